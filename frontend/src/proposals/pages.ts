// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/assignment', load: () => import('./list'), nav: { key: 'proposals.nav', order: 14, roles: ['coordinator'] } },
  { path: '/assignment/:id', load: () => import('./proposal') },
  { path: '/wishes', load: () => import('./wishes'), nav: { key: 'proposals.wishes_nav', order: 9, roles: ['professional'] } },
  { path: '/needs/:ref/favourites', load: () => import('./favourites') },
];
