// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/imports', load: () => import('./list'), nav: { key: 'intake.nav', order: 25, roles: ['association'] } },
  { path: '/imports/:id', load: () => import('./import') },
];
