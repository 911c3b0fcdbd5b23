// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/professionals', load: () => import('./members'), nav: { key: 'professionals.nav', order: 12, roles: ['association', 'coordinator'] } },
  { path: '/professionals/new', load: () => import('./register') },
  { path: '/professionals/:id', load: () => import('./member') },
  { path: '/professionals/:id/edit', load: () => import('./register') },
  { path: '/professionals/:id/needs', load: () => import('./member-needs') },
];
