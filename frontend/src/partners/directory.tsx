// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { t } from '../i18n';
import { country, listed } from '../i18n/format';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import { Bdi, Empty, LinkButton, Loaded, PageHeader, SearchBox, Section, Select, ShowMore, Table, useFilters } from '../ui';
import { Website } from './told';
import { kinds, type Partner } from './types';

/** Who takes part, and who may write to a person and why. Open to everybody. */
export default function DirectoryPage() {
  const { get, set } = useFilters();
  const lists = useLists().data;
  const partners = usePages<Partner>('/partners', { kind: get('kind'), country: get('country'), q: get('q') });
  return (
    <>
      <PageHeader title={t('partners.title')} lead={t('partners.lead')} actions={<LinkButton href="/apply">{t('partners.apply')}</LinkButton>} />
      <Section title={t('partners.who')} lead={t('partners.who_lead')}>
        <ul class="prose">
          {['association', 'coordinator', 'host', 'ministry'].map((one) => <li key={one}>{t(`partners.who.${one}`)}</li>)}
        </ul>
        <p><strong>{t('partners.never')}</strong></p>
        <p>{t('partners.doubt')}</p>
      </Section>
      <Section title={t('partners.list')}>
        <SearchBox id="partner-words" label={t('partners.search')} value={get('q')} onSearch={(q) => set({ q })} />
        <div class="form-row">
          <Select id="partner-kind" label={t('partners.field.kind')} value={get('kind')} empty={t('partners.every_kind')} onChange={(kind) => set({ kind })} options={['coordinator', ...kinds].map((one) => ({ value: one, label: t(`partners.kind.${one}`) }))} />
          <Select id="partner-country" label={t('partners.field.country')} value={get('country')} empty={t('partners.every_country')} onChange={(chosen) => set({ country: chosen })} options={optionsOf(lists?.countries)} />
        </div>
        <Loaded load={partners} waiting={t('partners.loading')}>
          {(items) => items.length === 0 ? <Empty title={t('partners.none')}>{t('partners.none_text')}</Empty> : (
            <>
              <Table caption={t('partners.list')} rows={items} rowKey={(one) => one.id} columns={[
                { key: 'name', header: t('partners.field.name'), names: true, cell: (one) => <><Bdi>{one.name}</Bdi>{one.summary && <span class="under muted small" dir="auto">{one.summary}</span>}{one.website && <span class="under small"><Website url={one.website} /></span>}</> },
                { key: 'kind', header: t('partners.field.kind'), cell: (one) => t(`partners.kind.${one.kind}`) },
                { key: 'where', header: t('partners.field.country'), cell: (one) => <>{one.place && <><Bdi>{one.place}</Bdi>, </>}{country(one.country)}</> },
                { key: 'programmes', header: t('partners.programme'), cell: (one) => <Bdi>{listed(one.programmes)}</Bdi> },
              ]} />
              <ShowMore shown={items.length} more={partners.more} loadMore={partners.loadMore} />
            </>
          )}
        </Loaded>
      </Section>
    </>
  );
}
