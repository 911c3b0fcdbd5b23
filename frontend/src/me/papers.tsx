// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, type Answer, type List } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { languageName, moment } from '../i18n/format';
import '../professionals/professionals.css';
import { Bdi, Button, Checkbox, Empty, Loaded, Notice, PageHeader, ProblemNotice, Section, Table, tell } from '../ui';
import { curricula, documentHref, papers, sizeWords, type Paper, type Reading } from './documents';
import './papers.css';
import { SuggestionList } from './suggestion';
import { OwnPages } from './tabs';
import { Upload } from './upload';

/** A CV that fills the profile, field by field, and the papers that the person keeps here. */
export default function PapersPage() {
  return (
    <>
      <PageHeader title={t('me.papers')} lead={t('me.papers_lead')} />
      <OwnPages current="papers" />
      <Cv />
      <Papers />
    </>
  );
}

/** No CV yet is an answer like any other. */
async function ownCv(signal: AbortSignal): Promise<Answer<Reading | null>> {
  try {
    return await call<Reading>('GET', '/me/cv', { signal });
  } catch (thrown) {
    if (problemOf(thrown).status === 404) return { data: null, etag: '', status: 404 };
    throw thrown;
  }
}

function Cv() {
  const load = useLoad<Reading | null>(ownCv, []);
  const [problem, setProblem] = useState<Problem | undefined>();
  const attempt = async (act: () => Promise<Answer<Reading | null>>, said: string) => {
    setProblem(undefined);
    try {
      load.replace(await act());
      tell(said);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  const drop = () => attempt(async () => {
    await call('DELETE', '/me/cv');
    return { data: null, etag: '', status: 204 };
  }, t('me.cv.dropped'));
  const use = (yes: boolean) => attempt(() => call<Reading>('PUT', '/me/cv/text', { body: { use: yes } }), t(yes ? 'me.cv.text_used' : 'me.cv.text_ended'));
  return (
    <Section title={t('me.cv')} lead={t('me.cv_lead')}>
      <Upload<Reading> id="cv-file" path="/me/cv" kind={load.data ? 'normal' : 'primary'} action={t(load.data ? 'me.cv.send_other' : 'me.cv.send')} accept={curricula} onDone={(answer) => { load.replace(answer); tell(t('me.cv.read', { count: answer.data.suggestions.length })); }} />
      <p class="muted small">{t('me.cv.kinds')}</p>
      {problem && <ProblemNotice problem={problem} focus />}
      <Loaded load={load} waiting={t('me.cv.loading')}>
        {(reading) => reading && (
          <div class="cv-reading">
            <p class="cluster"><a href={documentHref(reading.document.id)} download><Bdi>{reading.document.name}</Bdi></a> <span class="muted small">{sizeWords(reading.document.size)}</span>
              {reading.language && <span class="muted small">{languageName(reading.language)}</span>}<span class="muted small">{moment(reading.createdAt)}</span></p>
            {reading.suggestions.length === 0
              ? <Notice tone="info" title={t('me.cv.nothing')}>{t('me.cv.nothing_text')}</Notice>
              : <SuggestionList reading={reading} onAnswer={load.replace} />}
            <Checkbox id="cv-text" label={t('me.cv.use_text')} help={t('me.cv.use_text_help')} value={reading.textUsed} onChange={(yes) => void use(yes)} />
            <Button kind="quiet" onClick={() => void drop()}>{t('me.cv.drop')}</Button>
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function Papers() {
  const load = useLoad<List<Paper>>((signal) => call('GET', '/me/documents', { signal }), []);
  const [problem, setProblem] = useState<Problem | undefined>();
  const remove = async (one: Paper) => {
    setProblem(undefined);
    try {
      await call('DELETE', `/me/documents/${one.id}`);
      tell(t('me.paper.deleted', { name: one.name }));
      load.reload();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  return (
    <Section title={t('me.paper.title')} lead={t('me.paper.lead')}>
      {problem && <ProblemNotice problem={problem} focus />}
      <Loaded load={load} waiting={t('me.paper.loading')}>
        {({ items }) => {
          const kept = items.filter((one) => one.kind !== 'cv');
          return kept.length === 0 ? <Empty title={t('me.paper.none')}>{t('me.paper.none_text')}</Empty> : (
            <Table caption={t('me.paper.title')} rows={kept} rowKey={(one) => one.id} columns={[
              { key: 'name', header: t('me.paper.name'), names: true, cell: (one) => <><a href={documentHref(one.id)} download><Bdi>{one.name}</Bdi></a><span class="muted under">{sizeWords(one.size)}</span></> },
              { key: 'at', header: t('me.paper.since'), cell: (one) => <span class="muted small">{moment(one.createdAt)}</span> },
              { key: 'used', header: t('me.paper.used'), cell: (one) => one.attached ? t('me.paper.attached') : <Button small kind="quiet" onClick={() => void remove(one)}>{t('me.paper.delete')}{' '}<span class="hidden">{one.name}</span></Button> },
            ]} />
          );
        }}
      </Loaded>
      <Upload<Paper> id="paper-file" path="/me/documents" action={t('me.paper.send')} accept={papers} onDone={(answer) => { load.reload(); tell(t('me.paper.kept', { name: answer.data.name })); }} />
      <p class="muted small">{t('me.paper.kinds')}</p>
    </Section>
  );
}
