// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { needPath } from '../needs/words';
import { Bdi, Button, Section } from '../ui';
import type { NeedRow, Proposal, Revise } from './types';

/** What stays empty and why, and which needs people could cover one after the other. */
export function Gaps({ proposal, revise }: { proposal: Proposal; revise: Revise }) {
  const empty = proposal.needs.filter((one) => one.empty > 0);
  const divisible = proposal.needs.filter((one) => one.divides || one.relay);
  const relays = proposal.inputs.relays ?? [];
  const toggle = ({ reference, relay }: NeedRow) => revise({ ...proposal.inputs, relays: relay ? relays.filter((one) => one !== reference) : [...relays, reference] });
  return (
    <>
      <Section title={t('proposals.gaps')}>
        {empty.length === 0 ? <p>{t('proposals.no_gaps')}</p> : (
          <ul class="ledger">
            {empty.map((one) => (
              <li key={one.reference} class="ledger-row">
                <span><a href={needPath(one.reference, '/ranking')}><Bdi>{one.title}</Bdi></a><span class="ledger-under">{t('proposals.empty_count', { count: one.empty })}: {t(`proposals.reason.${one.reason || 'unproven'}`)}</span></span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {divisible.length > 0 && (
        <Section title={t('proposals.relays')} lead={t('proposals.relays_lead')}>
          <ul class="ledger">
            {divisible.map((one) => (
              <li key={one.reference} class="ledger-row">
                <span><Bdi>{one.title}</Bdi><span class="ledger-under">{t(one.relay ? 'proposals.in_sequence' : 'proposals.side_by_side')}</span></span>
                <Button small onClick={() => void toggle(one)}>{t(one.relay ? 'proposals.to_side' : 'proposals.to_sequence')}<span class="hidden"> {one.reference}</span></Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
