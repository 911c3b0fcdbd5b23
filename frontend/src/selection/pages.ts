// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/candidacies', load: () => import('./candidacies'), nav: { key: 'selection.nav', order: 20, roles: ['host', 'ministry', 'coordinator', 'association', 'professional'] } },
  { path: '/candidacies/:id', load: () => import('./candidacy') },
  { path: '/needs/:ref/shortlist', load: () => import('./shortlist') },
  { path: '/needs/:ref/committee', load: () => import('./committee') },
  { path: '/selection-rules', load: () => import('./rules') },
  { path: '/decide', open: true, load: () => import('./by-mail') },
  { path: '/approval-chain', load: () => import('./chain') },
  { path: '/needs/:ref/apply', load: () => import('./apply') },
  { path: '/needs/:ref/nominate', load: () => import('./nominate') },
  { path: '/snapshots/:id', load: () => import('./snapshot') },
];
