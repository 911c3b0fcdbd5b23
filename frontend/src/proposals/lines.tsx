// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { number, period } from '../i18n/format';
import { daysWords, needPath } from '../needs/words';
import type { Candidacy } from '../selection/types';
import { CandidacyState } from '../selection/words';
import { Badge, Bdi, Empty, Menu, Table, type Column } from '../ui';
import { money } from './money';
import type { Line, Proposal, Revise } from './types';
import { Pseudonym, titleOf, withoutPin, withPin } from './words';

/** Every stay of the proposal. From here one goes on to the ranking, and there to the shortlist. */
export function Lines({ proposal, revise }: { proposal: Proposal; revise: Revise }) {
  if (proposal.lines.length === 0) return <Empty title={t('proposals.nobody_goes')}>{t('proposals.nobody_goes_text')}</Empty>;
  return <Table caption={t('proposals.stays')} columns={columns(proposal, revise)} rows={proposal.lines} rowKey={(one) => `${one.need} ${one.person}`} />;
}

function columns(proposal: Proposal, revise: Revise): readonly Column<Line>[] {
  return [
    { key: 'need', header: t('needs.need'), names: true, cell: (one) => <><a href={needPath(one.need)}><Bdi>{titleOf(proposal, one.need)}</Bdi></a><span class="muted under" dir="ltr">{one.need}</span></> },
    { key: 'person', header: t('proposals.person'), cell: (one) => (
      <><Pseudonym name={one.person} />{one.pinned && <> <Badge tone="accent">{t('proposals.pinned')}</Badge></>}{one.candidacy && <> <CandidacyState candidacy={{ state: one.candidacy as Candidacy['state'], status: 'received' }} /></>}</>) },
    { key: 'period', header: t('needs.period'), cell: (one) => <>{period(one.from, one.to)}<span class="muted under">{daysWords(one.days)}{one.stays > 1 && <> · {t('proposals.stay_of', { stay: number(one.stay), stays: number(one.stays) })}</>}</span></> },
    { key: 'score', header: t('ranking.score'), number: true, cell: (one) => number(one.score) },
    { key: 'cost', header: t('proposals.cost'), number: true, cell: (one) => money(one.cost, proposal.inputs.currency) },
    { key: 'acts', header: t('proposals.acts'), hideHeader: true, cell: (one) => <Acts line={one} proposal={proposal} revise={revise} /> },
  ];
}

function Acts({ line, proposal: { inputs }, revise }: { line: Line; proposal: Proposal; revise: Revise }) {
  const { need, person, pinned } = line;
  return (
    <Menu label={t('proposals.acts')} name={`${person}, ${need}:`}>
      {(close) => {
        const item = (key: string, ask: () => Promise<void>) => <li><button type="button" class="menu-item" onClick={() => { close(); void ask(); }}>{t(key)}</button></li>;
        return (
          <ul class="menu-list">
            {pinned ? item('proposals.unpin', () => revise(withoutPin(inputs, line))) : item('proposals.pin_line', () => revise(withPin(inputs, { need, person, here: true })))}
            {item('proposals.not_line', () => revise(withPin(inputs, { need, person, here: false })))}
            <li><a class="menu-item" href={needPath(need, '/ranking')}>{t('proposals.to_ranking')}</a></li>
          </ul>
        );
      }}
    </Menu>
  );
}
