// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { country, period } from '../i18n/format';
import { needPath } from '../needs/words';
import { Bdi, DefinitionList } from '../ui';
import { scoreWords } from './card';
import type { Candidacy } from './types';

/** The need and the days, as a register. */
export function Facts({ candidacy }: { candidacy: Candidacy }) {
  const { need } = candidacy;
  return (
    <DefinitionList facts={[
      { term: t('needs.need'), value: <a href={needPath(need)}><Bdi>{need.title}</Bdi></a> },
      { term: t('needs.host'), value: <Bdi>{need.organisation.name}</Bdi> },
      { term: t('needs.place'), value: need.dutyStation ? t('needs.place_in', { place: need.dutyStation, country: country(need.country) }) : country(need.country) },
      { term: t('selection.period'), value: `${period(candidacy.from, candidacy.to)} (${t('needs.days', { count: candidacy.days })})` },
      { term: t('needs.modality'), value: t(`needs.modality.${need.modality}`) },
      candidacy.position && { term: t('selection.position'), value: <Bdi>{candidacy.position.title}</Bdi> },
      candidacy.teamId !== '' && { term: t('selection.team'), value: <a href={`/teams/${candidacy.teamId}`}>{t('selection.team_see')}</a> },
      candidacy.score > 0 && { term: t('ranking.score'), value: scoreWords(candidacy) },
    ]} />
  );
}
