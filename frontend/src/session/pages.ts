// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/sign-in', open: true, load: () => import('./sign-in') },
  { path: '/security', load: () => import('./security') },
];
