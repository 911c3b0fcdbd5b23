// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/me/privacy', load: () => import('./own') },
  { path: '/processing', load: () => import('./processing'), nav: { key: 'privacy.processing_nav', order: 92, roles: ['administrator', 'coordinator'] } },
];
