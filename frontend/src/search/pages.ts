// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/search', load: () => import('./search'), nav: { key: 'search.nav', order: 15, roles: ['coordinator'] } },
];
