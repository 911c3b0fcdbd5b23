// SPDX-License-Identifier: AGPL-3.0-or-later
import { t, T } from '../i18n';
import { period } from '../i18n/format';
import { Bdi, Section } from '../ui';
import type { Change, Line, Proposal } from './types';
import { Pseudonym, titleOf } from './words';

/** What is different from the round before, person by person. */
export function Changes({ proposal }: { proposal: Proposal }) {
  if (!proposal.before) return null;
  return (
    <Section title={t('proposals.changes')}>
      {proposal.changes.length === 0 ? <p>{t('proposals.no_changes')}</p> : (
        <ul class="assign-changes">{proposal.changes.map((one, i) => <li key={i}><One change={one} proposal={proposal} /></li>)}</ul>
      )}
    </Section>
  );
}

function One({ change: { person, before, after }, proposal }: { change: Change; proposal: Proposal }) {
  const name = <Pseudonym name={person} />;
  const place = (line: Line) => <><Bdi>{titleOf(proposal, line.need)}</Bdi> <span class="muted">({period(line.from, line.to)})</span></>;
  if (before && after) return <T k="proposals.moves" person={name} before={<s>{place(before)}</s>} after={place(after)} />;
  if (after) return <T k="proposals.comes" person={name} after={place(after)} />;
  return before ? <T k="proposals.goes" person={name} before={<s>{place(before)}</s>} /> : null;
}
