// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/partners', open: true, load: () => import('./directory') },
  { path: '/apply', open: true, load: () => import('./apply') },
  { path: '/application', open: true, load: () => import('./application') },
  { path: '/office', open: true, load: () => import('./office') },
  { path: '/organisations', load: () => import('./organisations'), nav: { key: 'partners.nav', order: 38, roles: ['coordinator', 'ministry', 'administrator'] } },
  { path: '/organisations/applications/:id', load: () => import('./review') },
];
