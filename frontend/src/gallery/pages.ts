// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Page } from '../shell/pages';

// A workshop for those who build screens; no build for users holds it.
const shown = import.meta.env.DEV || import.meta.env.MODE === 'gallery';

export const pages: Page[] = shown ? [{ path: '/ui', open: true, load: () => import('./gallery') }] : [];
