// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/fairness', load: () => import('./fairness'), nav: { key: 'fairness.nav', order: 75, roles: ['coordinator', 'ministry', 'administrator'] } },
];
