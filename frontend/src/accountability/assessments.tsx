// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { t } from '../i18n';
import { date } from '../i18n/format';
import { role } from '../session/session';
import { Badge, Bdi, Empty, LinkButton, Loaded, PageHeader, ShowMore, Table } from '../ui';
import { Registers } from './tabs';
import type { Assessment } from './types';

const tones = { low: 'good', mitigated: 'caution', high: 'bad' } as const;

/** Notes of impact assessments (GDPR, article 35). */
export default function AssessmentsPage() {
  const load = usePages<Assessment>('/impact-assessments');
  return (
    <>
      <PageHeader title={t('accountability.assessments')} lead={t('accountability.assessments_lead')}
        actions={role.value === 'administrator' && <LinkButton kind="primary" href="/impact-assessments/new">{t('accountability.assessment_new')}</LinkButton>} />
      <Registers current="assessments" />
      <Loaded load={load} waiting={t('accountability.loading')}>
        {(items) => items.length === 0 ? <Empty title={t('accountability.no_assessments')}>{t('accountability.no_assessments_text')}</Empty> : (
          <>
            <Table caption={t('accountability.assessments')} rows={items} rowKey={(one) => one.id} columns={[
              { key: 'title', header: t('accountability.about'), names: true, cell: (one) => <a href={`/impact-assessments/${one.id}`}><Bdi>{one.title}</Bdi></a> },
              { key: 'outcome', header: t('accountability.outcome'), cell: (one) => <Badge tone={tones[one.outcome as keyof typeof tones] ?? 'neutral'}>{t(`accountability.outcome.${one.outcome}`)}</Badge> },
              { key: 'review', header: t('accountability.review_on'), cell: (one) => one.due ? <Badge tone="caution">{date(one.reviewOn)}</Badge> : date(one.reviewOn) },
              { key: 'updated', header: t('accountability.changed'), cell: (one) => <span class="muted">{date(one.updatedAt.slice(0, 10))}</span> },
            ]} />
            <ShowMore shown={items.length} more={load.more} loadMore={load.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}
