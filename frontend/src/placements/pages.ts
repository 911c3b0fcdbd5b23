// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/placements', load: () => import('./list'), nav: { key: 'placements.nav', order: 30, roles: ['host', 'ministry', 'coordinator', 'association', 'professional'] } },
  { path: '/placements/:ref', load: () => import('./placement') },
  { path: '/certificates', open: true, load: () => import('./certificate') },
  { path: '/certificates/:code', open: true, load: () => import('./certificate') },
];
