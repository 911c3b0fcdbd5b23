// SPDX-License-Identifier: AGPL-3.0-or-later
import { Doubting, MyBreaches } from '../accountability/own';
import { t } from '../i18n';
import { OwnPages } from '../me/tabs';
import '../professionals/professionals.css';
import { LinkButton, PageHeader, Section } from '../ui';
import { Accessibility } from './accessibility';
import { Disclosures } from './disclosures';
import { Erasing } from './erasing';
import { Keeping } from './keeping';
import { Reading } from './reading';

/** What the person shows to whom, what they may take away, and how they go. */
export default function PrivacyPage() {
  return (
    <>
      <PageHeader title={t('privacy.title')} lead={t('privacy.lead')} />
      <OwnPages current="privacy" />
      <MyBreaches />
      <Keeping />
      <Section title={t('privacy.disclosures')}><Disclosures /></Section>
      <Section title={t('privacy.accessibility')}><Accessibility /></Section>
      <Section title={t('privacy.ranked')}><Doubting /></Section>
      <Section title={t('privacy.take')}>
        <p>{t('privacy.take_text')}</p>
        <div class="cluster">
          <LinkButton href="/api/v1/me/export.pdf" download>{t('privacy.take_pdf')}</LinkButton>
          <LinkButton href="/api/v1/me/export.json" download>{t('privacy.take_json')}</LinkButton>
          <LinkButton href="/api/v1/me/export.resume.json" download>{t('privacy.take_resume')}</LinkButton>
        </div>
        <Reading />
      </Section>
      <Section title={t('privacy.erase')}><Erasing /></Section>
    </>
  );
}
