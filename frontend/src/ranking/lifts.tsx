// SPDX-License-Identifier: AGPL-3.0-or-later
import { has, T, t } from '../i18n';
import { languageName } from '../i18n/format';
import { Bdi } from '../ui';
import type { Lift } from './types';
import { languageWords } from './words';

interface Props {
  lifts: readonly Lift[];
  /** The language of the need. */
  lang?: string | undefined;
}

/** "Why not higher": the few changes that would add most, each with its points. */
export function Lifts({ lifts, lang }: Props) {
  return (
    <section class="lifts">
      <h4>{t('ranking.lifts')}</h4>
      {lifts.length === 0 ? <p class="muted">{t('ranking.no_lifts')}</p> : (
        <ul>
          {lifts.map((one) => (
            <li key={`${one.change} ${one.name} ${one.concept} ${one.need}`}>
              <span class="lift-gain">{t('ranking.gain', { count: one.gain })}</span>
              <span><T k={has(`ranking.lift.${one.change}`) ? `ranking.lift.${one.change}` : 'ranking.lift.other'} what={<LiftSubject lift={one} lang={lang} />} /></span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What a change is about: the skill, the language with its level, the way of working. */
export function LiftSubject({ lift, lang }: { lift: Lift; lang?: string | undefined }) {
  if (lift.name === 'language') return <b>{/\//.test(lift.need) ? languageWords(lift.need) : languageName(lift.concept)}</b>;
  if (lift.name === 'modality') return <b>{t(`needs.modality.${lift.need}`)}</b>;
  if (lift.conceptLabel) return <b><Bdi>{lift.conceptLabel}</Bdi></b>;
  return <b lang={lang}><Bdi>{lift.need}</Bdi></b>;
}
