// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { t } from '../i18n';
import { country, date } from '../i18n/format';
import { role } from '../session/session';
import { Badge, Bdi, Empty, LinkButton, Loaded, PageHeader, ShowMore, Table } from '../ui';
import { Registers } from './tabs';
import type { Transfer } from './types';

/** The register of transfers to other countries (GDPR, articles 44–49). */
export default function TransfersPage() {
  const load = usePages<Transfer>('/transfers');
  const writes = role.value === 'administrator';
  return (
    <>
      <PageHeader title={t('accountability.transfers')} lead={t('accountability.transfers_lead')}
        actions={writes && <LinkButton kind="primary" href="/transfers/new">{t('accountability.transfer_new')}</LinkButton>} />
      <Registers current="transfers" />
      <Loaded load={load} waiting={t('accountability.loading')}>
        {(items) => items.length === 0 ? <Empty title={t('accountability.no_transfers')}>{t('accountability.no_transfers_text')}</Empty> : (
          <>
            <Table caption={t('accountability.transfers')} rows={items} rowKey={(one) => one.id} columns={[
              { key: 'recipient', header: t('accountability.recipient'), names: true, cell: (one) => <><a href={`/transfers/${one.id}`}><Bdi>{one.recipient}</Bdi></a><span class="muted under">{country(one.country)}</span></> },
              { key: 'categories', header: t('accountability.categories'), cell: (one) => <Bdi>{one.categories}</Bdi> },
              { key: 'basis', header: t('accountability.basis'), cell: (one) => <>{t(`accountability.basis.${one.basis}`)}{one.contract && <span class="muted under">{t(`accountability.contract.${one.contract}`)}</span>}</> },
              { key: 'safeguards', header: t('accountability.safeguards'), cell: (one) => one.safeguards ? <Bdi>{one.safeguards}</Bdi> : <span class="muted">–</span> },
              { key: 'when', header: t('accountability.runs'), cell: (one) => <><Badge tone={one.runs ? 'good' : 'neutral'}>{t(one.runs ? 'accountability.running' : 'accountability.not_running')}</Badge><span class="muted under">{date(one.from)} – {one.until ? date(one.until) : t('accountability.open_end')}</span></> },
            ]} />
            <ShowMore shown={items.length} more={load.more} loadMore={load.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}
