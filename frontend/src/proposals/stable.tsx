// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Bdi, Section, Table } from '../ui';
import type { Proposal, Stable } from './types';
import { Pseudonym, titleOf } from './words';

/** What those who have stated wishes would not undo among themselves, beside the proposal. */
export function StablePairs({ proposal }: { proposal: Proposal }) {
  const { stable } = proposal;
  if (!stable) return null;
  return (
    <Section title={t('proposals.stable')} lead={t('proposals.stable_lead', { people: number(stable.professionals), needs: number(stable.needs) })}>
      <Pairs proposal={proposal} pairs={stable.people} title={t('proposals.stable_people')} />
      <Pairs proposal={proposal} pairs={stable.hosts} title={t('proposals.stable_hosts')} />
    </Section>
  );
}

function Pairs({ proposal, pairs, title }: { proposal: Proposal; pairs: Stable['people']; title: string }) {
  if (pairs.length === 0) return <p><b>{title}:</b> {t('proposals.stable_none')}</p>;
  const together = (need: string, person: string) => proposal.lines.some((one) => one.need === need && one.person === person);
  return (
    <Table caption={title} showCaption rows={pairs} rowKey={(one) => `${one.need} ${one.person}`} columns={[
      { key: 'need', header: t('needs.need'), names: true, cell: (one) => <Bdi>{titleOf(proposal, one.need)}</Bdi> },
      { key: 'person', header: t('proposals.person'), cell: (one) => <Pseudonym name={one.person} /> },
      { key: 'byPerson', header: t('proposals.wish_of_person'), number: true, cell: (one) => number(one.byPerson) },
      { key: 'byHost', header: t('proposals.wish_of_host'), number: true, cell: (one) => number(one.byHost) },
      { key: 'same', header: t('proposals.in_proposal'), cell: (one) => t(together(one.need, one.person) ? 'proposals.yes' : 'proposals.no') },
    ]} />
  );
}
