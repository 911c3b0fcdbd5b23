// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/invitation', open: true, load: () => import('./invitation') },
  { path: '/register', open: true, load: () => import('./register') },
];
