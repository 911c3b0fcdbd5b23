// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { listed } from '../i18n/format';
import type { Field, Professional } from '../professionals/types';
import { fieldName } from '../professionals/words';
import { Icon, Loaded, Section } from '../ui';
import { hindrance, warningWords } from './standing';

interface Line {
  href: string;
  title: string;
  under: string;
}

/** What the person's own profile waits for, for the overview. */
export function ProfileWaiting() {
  const load = useLoad<Professional>((signal) => call('GET', '/me/professional', { signal }), []);
  return (
    <Section title={t('me.waiting')}>
      <Loaded load={load}>
        {(own) => {
          const lines = linesOf(own);
          if (lines.length === 0) return <p class="muted">{t('home.wait.none')}</p>;
          return (
            <ul class="ledger">
              {lines.map((one) => (
                <li key={one.title} class="ledger-row">
                  <a class="ledger-link" href={one.href}>{one.title}<span class="muted ledger-under">{one.under}</span></a>
                  <Icon name="forward" />
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Section>
  );
}

/** Why the person cannot be found, and what ends soon. */
export function linesOf(own: Professional): Line[] {
  const why = hindrance(own);
  const lines: Line[] = [];
  if (why === 'lacks') lines.push({ href: '/me', title: t('me.waiting_lacks'), under: listed(own.lacks.map((one) => fieldName(one as Field))) });
  if (why === 'paused') lines.push({ href: '/me', title: t('me.waiting_paused'), under: t('me.standing_text.paused') });
  if (why === 'consent') lines.push({ href: '/me/consents', title: t('me.waiting_consent'), under: t('me.standing_text.consent') });
  for (const one of own.warnings) lines.push({ href: '/me', title: warningWords(one, own), under: t('me.waiting_warning') });
  return lines;
}
