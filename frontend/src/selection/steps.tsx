// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { Bdi, Icon } from '../ui';
import type { IconName } from '../ui/icon';
import type { Candidacy } from './types';
import { stepsOf, type StepView } from './words';

const icons: Record<StepView['standing'], IconName> = { yes: 'check', no: 'cross', waiting: 'forward', later: 'dash' };

/** The five steps of a candidacy: who decided what and why, who is waited for, what comes later. */
export function Steps({ candidacy }: { candidacy: Candidacy }) {
  return (
    <ol class="decisions" aria-label={t('selection.steps')}>
      {stepsOf(candidacy).map((one) => (
        <li key={one.step} class={`decision decision-${one.standing}`} aria-current={one.standing === 'waiting' ? 'step' : undefined}>
          <p class="decision-step"><Icon name={icons[one.standing]} /><span>{t(`selection.step.${one.step}`)}</span></p>
          <p class="decision-standing">{t(one.decision ? `selection.outcome.${one.step}.${one.decision.outcome}` : `selection.standing.${one.standing}`)}</p>
          {one.decision && <Signed view={one} />}
        </li>
      ))}
    </ol>
  );
}

function Signed({ view: { decision } }: { view: StepView }) {
  if (!decision) return null;
  return (
    <>
      {decision.reason && <p class="decision-reason"><Bdi>{decision.reason}</Bdi></p>}
      <p class="muted decision-by">
        {decision.by && <><Bdi>{decision.by}</Bdi>{decision.for && <> {t('delegations.in_name_of', { name: decision.for })}</>}<br /></>}
        {decision.organisation && <><Bdi>{decision.organisation}</Bdi><br /></>}
        {moment(decision.at)}
      </p>
    </>
  );
}
