// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/transfers', load: () => import('./transfers') },
  { path: '/transfers/:id', load: () => import('./transfer') },
  { path: '/breaches', load: () => import('./breaches'), nav: { key: 'accountability.breaches_nav', order: 94, roles: ['administrator', 'coordinator'] } },
  { path: '/breaches/:id', load: () => import('./breach') },
  { path: '/impact-assessments', load: () => import('./assessments') },
  { path: '/impact-assessments/:id', load: () => import('./assessment') },
  { path: '/ranking-reviews', load: () => import('./reviews'), nav: { key: 'accountability.reviews_nav', order: 38, roles: ['coordinator'] } },
];
