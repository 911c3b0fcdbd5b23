// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/needs', load: () => import('./list'), nav: { key: 'needs.nav', order: 10, roles: ['host', 'ministry', 'coordinator', 'association', 'professional'] } },
  { path: '/needs/new', load: () => import('./write') },
  { path: '/need-templates', load: () => import('./templates') },
  { path: '/needs/:ref', load: () => import('./need') },
  { path: '/needs/:ref/edit', load: () => import('./write') },
];
