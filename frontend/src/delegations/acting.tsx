// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { problemOf } from '../api/problem';
import { t } from '../i18n';
import { date } from '../i18n/format';
import { actFor, session } from '../session/session';
import { Button, Notice, tell } from '../ui';

/** On every page, while one acts in a colleague's name: whose, until when, and the way back. */
export function ActingFor() {
  const [busy, setBusy] = useState(false);
  const own = session.value;
  const lent = own?.actingFor;
  if (!own || !lent) return null;
  const home = own.memberships.find((one) => one.organisation.id === lent.office.organisation.id && one.role === lent.office.role);
  const back = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await actFor(home?.membershipId ?? '');
      tell(t('delegations.back_done'));
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
    setBusy(false);
  };
  return (
    <div class="acting-for">
      <Notice tone="info" title={t('delegations.acting_title', { name: lent.name })} action={<Button small busy={busy} onClick={() => void back()}>{t('delegations.back')}</Button>}>
        {t('delegations.acting_until', { day: date(lent.until) })}
      </Notice>
    </div>
  );
}
