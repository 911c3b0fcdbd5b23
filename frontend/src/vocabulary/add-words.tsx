// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, type List } from '../api/call';
import { Problem, textOf, type FieldProblem } from '../api/problem';
import { FormView, useForm } from '../form';
import { t } from '../i18n';
import { listed } from '../i18n/format';
import { Checkbox, Section, Select, TextArea, tell } from '../ui';
import { optionsOf, useLists } from '../taxonomy/taxonomy';
import { linesOf } from './lines';
import type { Concept, Word } from './types';

const first = ['tw', 'wo', 'so', 'am', 'ti'];

/** One word, or some dozens pasted from a list; everything that is wrong with them is said at once. */
export function AddWords({ concept, onAdded }: { concept: Concept; onAdded: () => void }) {
  const lists = useLists().data;
  const [conflict, setConflict] = useState(false);
  const form = useForm({ id: 'add-words', initial: { language: '', text: '', evenSo: false }, submit: async (values, key) => {
    const lines = linesOf(values.text, values.language);
    const words = lines.map((one) => ({ kind: concept.kind, concept: concept.id, language: one.language, word: one.word }));
    try {
      const { data } = await call<List<Word>>('POST', '/vocabulary/words', { body: { words, evenSo: values.evenSo }, idempotencyKey: key });
      tell(t('vocabulary.added_now', { count: data.items.length }));
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
      setConflict(conflict || thrown.fields.some((one) => one.code === 'word.other_concept'));
      throw byLine(thrown, lines);
    }
    setConflict(false);
    form.reset({ language: values.language, text: '', evenSo: false });
    onAdded();
  } });
  const all = optionsOf(lists?.languages);
  const options = [...first.flatMap((tag) => all.filter((one) => one.value === tag)), ...all.filter((one) => !first.includes(one.value))];
  return (
    <Section title={t('vocabulary.add')} lead={t('vocabulary.add_lead')}>
      <FormView form={form} action={t('vocabulary.add_action')}>
        <Select {...form.bind('language')} label={t('vocabulary.language')} options={options} empty={t('vocabulary.choose_language')} />
        <TextArea {...form.bind('text')} label={t('vocabulary.words')} help={t('vocabulary.words_help')} rows={4} />
        {conflict && <Checkbox {...form.bind<boolean>('evenSo')} label={t('vocabulary.even_so')} help={t('vocabulary.even_so_help')} />}
      </FormView>
    </Section>
  );
}

/** What is wrong, in the reader's language; which concepts the word names already stands in quotation marks. */
function said({ code, message }: FieldProblem): string {
  const names = message.match(/“[^”]*”/g);
  return code === 'word.other_concept' && names ? t('vocabulary.other_concept', { names: listed(names) }) : textOf(code, message);
}

/** Says what is wrong by the line on which it stands. */
function byLine(problem: Problem, lines: ReturnType<typeof linesOf>): Problem {
  const fields = problem.fields.map((one) => {
    const line = lines[Number(/^words\[(\d+)\]/.exec(one.field)?.[1] ?? -1)];
    if (!line) return { ...one, field: 'text' };
    const message = said(one);
    if (one.code === 'word.language' && !line.named) return { ...one, field: 'language' };
    return { field: `line-${line.number}-${one.code}`, code: '', message: t('vocabulary.line', { number: line.number, word: line.word, text: message }) };
  });
  const wrong = fields.some((one) => one.field.startsWith('line-'));
  return new Problem({ status: problem.status, code: problem.code, detail: problem.message, requestId: problem.requestId,
    fields: wrong ? [{ field: 'text', code: '', message: t('vocabulary.lines_wrong') }, ...fields] : fields });
}
