// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [{ path: '/ledger', load: () => import('./ledger'), nav: { key: 'ledger.nav', order: 90, roles: ['coordinator', 'administrator'] } }];
