// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/vocabulary', load: () => import('./vocabulary'), nav: { key: 'vocabulary.nav', order: 70, roles: ['coordinator', 'ministry', 'administrator'] } },
];
