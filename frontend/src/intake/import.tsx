// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem as Refusal } from '../api/problem';
import { has, language, t } from '../i18n';
import { date, number } from '../i18n/format';
import { Bdi, Button, Dialog, LinkButton, Loaded, Notice, PageHeader, ProblemNotice, Section } from '../ui';
import { DryRun } from './dry-run';
import './intake.css';
import { Columns } from './mapping';
import type { Import } from './types';
import { CountsLine, ImportState, Progress } from './words';

/** One spreadsheet, from how it is read to how it can be undone. */
export default function ImportPage() {
  const id = useRoute().params['id'] ?? '';
  const load = useLoad<Import>((signal) => call('GET', `/imports/${id}`, { signal }), [id]);
  const moving = load.data?.state === 'running' || load.data?.state === 'undoing';
  useEffect(() => {
    // The server does the work: the page only looks on, and may be closed.
    if (!moving) return;
    const timer = setInterval(load.reload, 1000);
    return () => clearInterval(timer);
  }, [moving]);
  return (
    <Loaded load={load} waiting={t('intake.loading_one')}>
      {(one) => (
        <>
          <PageHeader title={one.fileName} heading={<Bdi>{one.fileName}</Bdi>} crumbs={[{ href: '/imports', label: t('intake.title') }]}
            facts={<><ImportState state={one.state} />{one.rows > 0 && <span> {t('intake.rows', { count: one.rows, rows: number(one.rows) })}</span>}</>} />
          {one.state === 'open' ? <Open one={one} load={load} /> : <Later one={one} load={load} />}
        </>
      )}
    </Loaded>
  );
}

interface Props { one: Import; load: Load<Import> }

/** Before it is started: questions, columns, the dry run. */
function Open({ one, load }: Props) {
  const [refusal, setRefusal] = useState<Refusal>();
  const decide = async (row: number, decision: string) => {
    setRefusal(undefined);
    const rows = [...(one.settings.rows ?? []).filter((other) => other.row !== row), ...(decision ? [{ row, decision }] : [])];
    try {
      load.replace(await call<Import>('PUT', `/imports/${one.id}`, { body: { ...one.settings, rows }, ifMatch: load.etag }));
    } catch (thrown) {
      setRefusal(problemOf(thrown));
    }
  };
  return (
    <>
      <Columns one={one} load={load} />
      {one.lacks.length > 0 && <Notice tone="warning" title={t('intake.lacks')}>{one.lacks.map((field) => t(`intake.field.${field}`)).join(', ')}</Notice>}
      {one.lacks.length === 0 && (
        <Section title={t('intake.dry_run')}>
          {refusal && <ProblemNotice problem={refusal} />}
          <DryRun one={one} onDecide={(row, decision) => void decide(row, decision)} />
        </Section>
      )}
      <Steps one={one} load={load} />
    </>
  );
}

/** Once it has been started: how far it is, what came of it, and the way back. */
function Later({ one, load }: Props) {
  return (
    <>
      {(one.state === 'running' || one.state === 'undoing') && (
        <Notice tone="info" title={t(`intake.${one.state}_title`)}>
          <Progress label={t(`intake.${one.state}_title`)} value={one.state === 'running' ? one.done : one.removed + one.restored + one.kept} max={one.state === 'running' ? one.total : one.counts.new + one.counts.updated} />
          <p>{t('intake.running_text')}</p>
        </Notice>
      )}
      {one.state === 'done' && <Notice tone="success" title={t('intake.done_title')} focus>{t('intake.done_text', { count: one.counts.new, people: number(one.counts.new) })}</Notice>}
      {one.state === 'cancelled' && <Notice tone="warning" title={t('intake.cancelled_title')}>{t('intake.cancelled_text')}</Notice>}
      {one.state === 'undone' && <Notice tone="success" title={t('intake.undone_title')}>{t('intake.undone_text', { removed: number(one.removed), restored: number(one.restored), kept: number(one.kept) })}</Notice>}
      {one.problem && <Notice tone="problem" title={t('intake.stopped')}>{problemWords(one.problem)}</Notice>}
      <CountsLine counts={one.counts} />
      {one.state === 'done' && one.counts.new > 0 && <p><LinkButton href={`/professionals?import=${one.id}`}>{t('intake.to_members')}</LinkButton></p>}
      {one.counts.invalid > 0 && one.can.errors && <p><LinkButton href={`/api/v1/imports/${one.id}/errors?format=xlsx&language=${language.value}`} download>{t('intake.errors_file')}</LinkButton></p>}
      <Steps one={one} load={load} />
    </>
  );
}

/** Why an import stopped by itself, in words; a code that we have no words for yet is shown as it is. */
function problemWords(code: string): string {
  const key = `intake.problem.${code}`;
  return has(key) ? t(key) : t('intake.problem.other', { code });
}

/** What can be done next; the server says what. */
function Steps({ one, load }: Props) {
  const [busy, setBusy] = useState('');
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const step = async (verb: 'start' | 'cancel' | 'undo') => {
    setBusy(verb);
    setRefusal(undefined);
    setAsking(false);
    try {
      load.replace(await call<Import>('POST', `/imports/${one.id}/${verb}`, { ifMatch: load.etag }));
    } catch (thrown) {
      setRefusal(problemOf(thrown));
    } finally {
      setBusy('');
    }
  };
  return (
    <div class="import-steps">
      {refusal && <ProblemNotice problem={refusal} />}
      {one.can.start && <Button kind="primary" busy={busy === 'start'} onClick={() => void step('start')}>{t(one.state === 'cancelled' ? 'intake.go_on' : 'intake.start')}</Button>}
      {one.can.cancel && <Button busy={busy === 'cancel'} onClick={() => void step('cancel')}>{t(one.state === 'open' ? 'intake.discard' : 'intake.cancel')}</Button>}
      {one.can.undo && <Button kind="danger" busy={busy === 'undo'} onClick={() => setAsking(true)}>{t('intake.undo')}</Button>}
      {one.can.undo && one.undoUntil && <p class="muted small">{t('intake.undo_until', { date: date(one.undoUntil.slice(0, 10)) })}</p>}
      {asking && (
        <Dialog open title={t('intake.undo')} onClose={() => setAsking(false)}>
          <p>{t('intake.undo_text')}</p>
          <Button kind="danger" onClick={() => void step('undo')}>{t('intake.undo')}</Button>
        </Dialog>
      )}
    </div>
  );
}
