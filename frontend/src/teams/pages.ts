// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/needs/:ref/teams', load: () => import('./list') },
  { path: '/needs/:ref/teams/new', load: () => import('./form-team') },
  { path: '/needs/:ref/equipment', load: () => import('./equipment') },
  { path: '/teams/:id', load: () => import('./team') },
];
