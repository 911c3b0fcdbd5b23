// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { call, newKey } from '../api/call';
import { usePages } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { language, t } from '../i18n';
import { moment, number } from '../i18n/format';
import { Bdi, Button, Empty, Icon, LinkButton, Loaded, PageHeader, ProblemNotice, Section, ShowMore, Table } from '../ui';
import './intake.css';
import type { Import, ImportRow } from './types';
import { ImportState } from './words';

/** The spreadsheets that the association has brought, and the way to bring another. */
export default function ImportsPage() {
  const imports = usePages<ImportRow>('/imports');
  return (
    <>
      <PageHeader title={t('intake.title')} lead={t('intake.lead')}
        actions={<LinkButton href={`/api/v1/import-template?format=xlsx&language=${language.value}`} download>{t('intake.template')}</LinkButton>} />
      <Drop />
      <Section title={t('intake.earlier')}>
        <Loaded load={imports} waiting={t('intake.loading')}>
          {(items) => items.length === 0 ? <Empty title={t('intake.none')}>{t('intake.none_text')}</Empty> : (
            <>
              <Table caption={t('intake.earlier')} rows={items} rowKey={(one) => one.id} columns={[
                { key: 'file', header: t('intake.file'), names: true, cell: (one) => <a href={`/imports/${one.id}`}><Bdi>{one.fileName}</Bdi></a> },
                { key: 'state', header: t('intake.state'), cell: (one) => <ImportState state={one.state} /> },
                { key: 'new', header: t('intake.outcome.new'), number: true, cell: (one) => number(one.counts.new) },
                { key: 'updated', header: t('intake.outcome.updated'), number: true, cell: (one) => number(one.counts.updated) },
                { key: 'invalid', header: t('intake.outcome.invalid'), number: true, cell: (one) => number(one.counts.invalid) },
                { key: 'when', header: t('intake.when'), cell: (one) => <span class="muted small">{moment(one.createdAt)}</span> },
              ]} />
              <ShowMore shown={items.length} more={imports.more} loadMore={imports.loadMore} />
            </>
          )}
        </Loaded>
      </Section>
    </>
  );
}

/** Where a file is dropped or chosen. The button serves keys and small screens; dropping is only quicker. */
function Drop() {
  const { route } = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const send = async (file: File | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const body = new FormData();
      body.append('file', file, file.name);
      const { data } = await call<Import>('POST', '/imports', { body, idempotencyKey: newKey() });
      route(`/imports/${data.id}`);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <div class={over ? 'drop drop-over' : 'drop'} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); void send(event.dataTransfer?.files[0]); }}>
      <Icon name="plus" />
      <p class="drop-text">{t('intake.drop')}</p>
      <input ref={input} id="import-file" class="hidden" type="file" tabIndex={-1} aria-label={t('intake.choose')} accept=".csv,.tsv,.txt,.xlsx,.ods"
        onChange={(event) => void send(event.currentTarget.files?.[0])} />
      <Button kind="primary" busy={busy} onClick={() => input.current?.click()}>{t('intake.choose')}</Button>
      <p class="muted small">{t('intake.drop_hint')}</p>
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
