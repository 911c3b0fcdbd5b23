// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { t } from '../i18n';
import { listed } from '../i18n/format';
import type { Field, Professional } from '../professionals/types';
import { fieldName } from '../professionals/words';
import { hindrance, warningWords } from './standing';

interface Line {
  id: string;
  href: string;
  title: string;
  under: string;
}

/** What the person's own profile waits for, for the overview. */
export async function profileWaits(signal: AbortSignal): Promise<Line[]> {
  return linesOf((await call<Professional>('GET', '/me/professional', { signal })).data);
}

/** Why the person cannot be found, and what ends soon. */
export function linesOf(own: Professional): Line[] {
  const lines: Line[] = own.warnings.map((one) => ({ id: one.field, href: '/me', title: warningWords(one, own), under: t('me.waiting_warning') }));
  switch (hindrance(own)) {
    case 'lacks': return [{ id: 'lacks', href: '/me', title: t('me.waiting_lacks'), under: listed(own.lacks.map((one) => fieldName(one as Field))) }, ...lines];
    case 'paused': return [{ id: 'paused', href: '/me', title: t('me.waiting_paused'), under: t('me.standing_text.paused') }, ...lines];
    case 'consent': return [{ id: 'consent', href: '/me/consents', title: t('me.waiting_consent'), under: t('me.standing_text.consent') }, ...lines];
    default: return lines;
  }
}
