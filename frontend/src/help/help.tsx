// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { PageHeader, Section, Status, type Fit } from '../ui';

const signs: readonly Fit[] = ['met', 'partly', 'missing', 'unknown'];

/** Short answers about the screens, one click away from each of them. */
export default function HelpPage() {
  return (
    <>
      <PageHeader title={t('help.title')} lead={t('help.lead')} />
      <Section title={t('help.signs')} lead={t('help.signs_lead')}>
        <dl class="facts">
          {signs.map((fit) => [<dt key={fit}><Status fit={fit} /></dt>, <dd key={`${fit}-text`}>{t(`help.signs_${fit}`)}</dd>])}
        </dl>
      </Section>
      <Section title={t('help.drafts')}><p class="read">{t('help.drafts_text')}</p></Section>
      <Section title={t('help.ended')}><p class="read">{t('help.ended_text')}</p></Section>
      <Section title={t('help.problem')}><p class="read">{t('help.problem_text')}</p></Section>
    </>
  );
}
