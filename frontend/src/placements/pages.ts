// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/placements', load: () => import('./list'), nav: { key: 'placements.nav', order: 30, roles: ['host', 'ministry', 'coordinator', 'association', 'professional'] } },
  { path: '/placements/:ref', load: () => import('./placement') },
  { path: '/duty', load: () => import('./duty'), nav: { key: 'placements.duty_nav', order: 31, roles: ['coordinator'] } },
  { path: '/incidents', load: () => import('./incidents'), nav: { key: 'placements.incidents_nav', order: 32, roles: ['coordinator'] } },
  { path: '/rates', load: () => import('./rates'), nav: { key: 'placements.rates_nav', order: 33, roles: ['coordinator'] } },
  { path: '/certificates', open: true, load: () => import('./certificate') },
  { path: '/certificates/:code', open: true, load: () => import('./certificate') },
];
