// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { DefinitionList, Disclosure, Loaded, Table } from '../ui';
import type { Burden, Need } from './types';

/** The time that the need has cost: who held it for how long, and in which state. */
export function BurdenOf({ need }: { need: Need }) {
  const load = useLoad<Burden>((signal) => call('GET', `/needs/${encodeURIComponent(need.id)}/burden`, { signal }), [need.id, need.version]);
  return (
    <Disclosure summary={t('needs.burden')}>
      <Loaded load={load} waiting={t('needs.loading_one')}>
        {(data) => (
          <>
            <DefinitionList facts={data.partners.map((one) => ({ term: t(`needs.burden_of.${one.role}`), value: spell(one.hours) }))} />
            <Table caption={t('needs.burden_states')} showCaption rows={data.states} rowKey={(one) => one.state} columns={[
              { key: 'state', header: t('needs.burden_state'), cell: (one) => t(`needs.state.${one.state}`) },
              { key: 'visits', header: t('needs.burden_visits'), number: true, cell: (one) => number(one.visits) },
              { key: 'hours', header: t('needs.burden_time'), number: true, cell: (one) => spell(one.hours) },
            ]} />
          </>
        )}
      </Loaded>
    </Disclosure>
  );
}

// Two days of hours are read as hours, and more as days.
function spell(hours: number): string {
  return hours < 48 ? t('needs.hours', { count: hours }) : t('needs.days', { count: Math.round(hours / 24) });
}
