// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { nameIn, useLists } from '../taxonomy/taxonomy';
import { Badge, Bdi, Button, Dialog, Table, TextInput, tell, type Column } from '../ui';
import type { Word } from './types';

interface Props {
  caption: string;
  words: readonly Word[];
  withConcept?: boolean;
  onConcept?: (word: Word) => void;
  onChanged: () => void;
}

/** Words of staff, with who added them and when, and who withdrew them and why. */
export function WordTable({ caption, words, withConcept, onConcept, onChanged }: Props) {
  const [leaving, setLeaving] = useState<Word | undefined>();
  const languages = useLists().data?.languages;
  const columns: Column<Word>[] = [
    { key: 'word', header: t('vocabulary.word'), names: true, cell: (one) => <Said word={one} /> },
    { key: 'language', header: t('vocabulary.in'), cell: (one) => nameIn(languages, one.language) },
    ...(withConcept ? [{ key: 'concept', header: t('vocabulary.means'), cell: (one: Word) => (
      <button type="button" class="vocabulary-concept" onClick={() => onConcept?.(one)}>{one.conceptLabel}<code class="muted under" dir="ltr">{one.concept}</code></button>) }] : []),
    { key: 'by', header: t('vocabulary.added'), cell: (one) => <span class="small"><Bdi>{one.author || t('vocabulary.author_gone')}</Bdi>{one.organisation && <>, <Bdi>{one.organisation}</Bdi></>}<span class="muted under">{moment(one.addedAt)}</span></span> },
    { key: 'act', header: t('vocabulary.act'), hideHeader: true, cell: (one) => one.can.withdraw && (
      <Button small kind="quiet" onClick={() => setLeaving(one)}><span aria-hidden="true">{t('vocabulary.withdraw')}</span><span class="hidden">{t('vocabulary.withdraw_word', { word: one.word })}</span></Button>) },
  ];
  return (
    <>
      <Table caption={caption} columns={columns} rows={words} rowKey={(one) => one.id} />
      {leaving && <Withdraw word={leaving} onClose={() => setLeaving(undefined)} onDone={() => {
        setLeaving(undefined);
        onChanged();
      }} />}
    </>
  );
}

function Said({ word }: { word: Word }) {
  return (
    <>
      <span lang={word.language} dir="auto" class={word.withdrawnAt ? 'vocabulary-gone' : undefined}>{word.word}</span>
      {word.demo && <> <Badge>{t('vocabulary.demo')}</Badge></>}
      {word.withdrawnAt && (
        <span class="small under">
          <Badge tone="caution">{t('vocabulary.withdrawn')}</Badge> {t('vocabulary.withdrawn_by', { name: word.withdrawer || t('vocabulary.author_gone'), when: moment(word.withdrawnAt) })} <Bdi>{word.reason}</Bdi>
        </span>
      )}
    </>
  );
}

/** Asks why a word is withdrawn: the next person who wants to add it should know. */
function Withdraw({ word, onClose, onDone }: { word: Word; onClose: () => void; onDone: () => void }) {
  const form = useForm({ id: 'withdraw-word', initial: { reason: '' }, submit: async (values) => {
    await call('POST', `/vocabulary/words/${word.id}/withdraw`, { body: values });
    tell(t('vocabulary.withdrawn_now', { word: word.word }));
    onDone();
  } });
  return (
    <Dialog open title={t('vocabulary.withdraw_title', { word: word.word })} onClose={onClose}>
      <p>{t('vocabulary.withdraw_text')}</p>
      <FormView form={form} action={t('vocabulary.withdraw')} beside={<Button kind="quiet" onClick={onClose}>{t('vocabulary.keep')}</Button>}>
        <TextInput {...form.bind('reason')} label={t('vocabulary.reason')} maxLength={300} />
      </FormView>
    </Dialog>
  );
}
