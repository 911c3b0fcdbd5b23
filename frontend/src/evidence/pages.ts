// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/duplicates', load: () => import('./duplicates'), nav: { key: 'evidence.duplicates_nav', order: 34, roles: ['association', 'coordinator', 'administrator'] } },
  { path: '/duplicates/:id', load: () => import('./duplicate') },
  { path: '/verifications', load: () => import('./verifications'), nav: { key: 'evidence.cases_nav', order: 36, roles: ['coordinator'] } },
  { path: '/verifications/:id', load: () => import('./verification') },
  { path: '/me/referees', load: () => import('./referees') },
  { path: '/referee', open: true, load: () => import('./referee') },
];
