// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

export const pages: Page[] = [
  { path: '/notices', load: () => import('./list') },
  { path: '/me/notifications', load: () => import('./notifications') },
  { path: '/outbox', load: () => import('./outbox'), nav: { key: 'notices.outbox', order: 60, roles: ['administrator'] } },
  { path: '/forgot-password', open: true, load: () => import('./forgot') },
  { path: '/reset-password', open: true, load: () => import('./reset') },
  { path: '/confirm', open: true, load: () => import('./confirm') },
  { path: '/mail-answer', open: true, load: () => import('./answer') },
  { path: '/stop-mails', open: true, load: () => import('./stop') },
];
