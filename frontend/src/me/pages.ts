// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/me', load: () => import('./profile'), nav: { key: 'me.nav', order: 5, roles: ['professional'] } },
  { path: '/me/consents', load: () => import('./consents') },
  { path: '/me/papers', load: () => import('./papers') },
  { path: '/me/views', load: () => import('./views') },
  { path: '/me/changes', load: () => import('./changes') },
  { path: '/suiting', load: () => import('./suiting'), nav: { key: 'me.suiting_nav', order: 8, roles: ['professional'] } },
];
