// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [{ path: '/board', load: () => import('./board'), nav: { key: 'board.nav', order: 12, roles: ['host', 'ministry', 'coordinator'] } }];
