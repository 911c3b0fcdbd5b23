// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { useLoad, usePages } from '../api/load';
import { t } from '../i18n';
import { moment, number } from '../i18n/format';
import { Badge, Bdi, Button, Dialog, Empty, Loaded, Section, ShowMore, Table, type Column } from '../ui';
import { Sheet } from './sheet';
import type { Shown, ShownPerson } from './types';

/** Every ranking that somebody saw: who, when, for which need, by which rules. */
export function ShownLog() {
  const log = usePages<Shown>('/fairness/rankings', { limit: 15 });
  const [open, setOpen] = useState<Shown | undefined>();
  return (
    <Section title={t('fairness.log')} lead={t('fairness.log_lead')} actions={<Sheet href="/api/v1/fairness/rankings.csv" label={t('fairness.export_log')} />}>
      <Loaded load={log} waiting={t('fairness.log_loading')}>
        {(rows) => rows.length === 0 ? <Empty title={t('fairness.log_none')}>{t('fairness.log_none_text')}</Empty> : (
          <>
            <Table caption={t('fairness.log')} columns={columns(setOpen)} rows={rows} rowKey={(one) => one.id} />
            <ShowMore shown={rows.length} more={log.more} loadMore={log.loadMore} />
          </>
        )}
      </Loaded>
      {open && <People ranking={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

function columns(onOpen: (ranking: Shown) => void): readonly Column<Shown>[] {
  return [
    { key: 'need', header: t('fairness.need'), names: true, cell: (one) => <><a href={`/needs/${one.reference}`} dir="ltr">{one.reference}</a>{one.demo && <> <Badge>{t('fairness.demo')}</Badge></>}<span class="small under"><Bdi>{one.title}</Bdi></span></> },
    { key: 'at', header: t('fairness.at'), cell: (one) => <span class="small">{moment(one.at)}</span> },
    { key: 'viewer', header: t('fairness.viewer'), cell: (one) => <span class="small"><Bdi>{one.viewer || t('fairness.viewer_gone')}</Bdi>{one.organisation && <span class="muted under"><Bdi>{one.organisation}</Bdi></span>}</span> },
    { key: 'rules', header: t('fairness.rules'), cell: (one) => <span class="small"><code dir="ltr">{one.algorithm}</code><span class="muted under">{t('fairness.position', { number: number(one.indexPosition) })}</span></span> },
    { key: 'passed', header: t('fairness.passed'), number: true, cell: (one) => t('fairness.passed_of', { passed: number(one.passed), considered: number(one.considered) }) },
    { key: 'shown', header: t('fairness.people'), number: true, cell: (one) => <Button small kind="quiet" onClick={() => onOpen(one)}><span aria-hidden="true">{number(one.shown)}</span><span class="hidden">{t('fairness.open', { count: one.shown, reference: one.reference, when: moment(one.at) })}</span></Button> },
  ];
}

function People({ ranking, onClose }: { ranking: Shown; onClose: () => void }) {
  const load = useLoad<List<ShownPerson>>((signal) => call('GET', `/fairness/rankings/${ranking.id}`, { signal }), [ranking.id]);
  return (
    <Dialog open title={t('fairness.people_title', { reference: ranking.reference })} onClose={onClose}>
      <Loaded load={load} waiting={t('fairness.log_loading')}>
        {({ items }) => <Table caption={t('fairness.people')} rows={items} rowKey={(one) => String(one.rank)} columns={[
          { key: 'person', header: t('fairness.person'), names: true, cell: (one) => (one.person ? <code dir="ltr">{one.person}</code> : <span class="muted">{t('fairness.person_gone')}</span>) },
          { key: 'rank', header: t('fairness.rank'), number: true, cell: (one) => number(one.rank) },
          { key: 'score', header: t('fairness.score'), number: true, cell: (one) => number(one.score) },
        ]} />}
      </Loaded>
    </Dialog>
  );
}
