// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, type Answer } from '../api/call';
import { problemOf, textOf } from '../api/problem';
import { t } from '../i18n';
import type { Field } from '../professionals/types';
import { rowWords, valueWords } from '../professionals/values';
import { fieldName } from '../professionals/words';
import { announce, Button, Disclosure, LinkButton, TextArea, TextInput } from '../ui';
import type { Reading, Suggestion } from './documents';
import { partOf } from './standing';

interface Props {
  reading: Reading;
  onAnswer: (answer: Answer<Reading>) => void;
}

/** What the CV suggests, one after the other; nothing is taken before the person says yes to it. */
export function SuggestionList({ reading, onAnswer }: Props) {
  const open = reading.suggestions.filter((one) => one.answer === 'open');
  const settled = reading.suggestions.filter((one) => one.answer !== 'open');
  return (
    <>
      <h3>{t('me.cv.suggestions', { count: open.length })}</h3>
      <p class="muted">{t('me.cv.suggestions_lead')}</p>
      <ul class="suggestions">{open.map((one) => <Card key={one.id} suggestion={one} language={reading.language} onAnswer={onAnswer} />)}</ul>
      {settled.length > 0 && (
        <Disclosure summary={t('me.cv.settled', { count: settled.length })}>
          <ul class="suggestions">{settled.map((one) => <Card key={one.id} suggestion={one} language={reading.language} onAnswer={onAnswer} />)}</ul>
        </Disclosure>
      )}
    </>
  );
}

const lists: readonly string[] = ['skills', 'languages', 'education', 'licences', 'experience'];

interface CardProps {
  suggestion: Suggestion;
  language: string;
  onAnswer: (answer: Answer<Reading>) => void;
}

function Card({ suggestion, language, onAnswer }: CardProps) {
  const { id, field, words, sure, answer } = suggestion;
  const [value, setValue] = useState<unknown>(suggestion.value);
  const [busy, setBusy] = useState('');
  const [wrong, setWrong] = useState('');
  const name = fieldName(field as Field);
  const list = lists.includes(field);
  const text = list ? rowWords(field as Field, value) : valueWords(field as Field, value as never);
  const say = async (said: 'accepted' | 'refused') => {
    setBusy(said);
    setWrong('');
    try {
      const changed = said === 'accepted' && JSON.stringify(value) !== JSON.stringify(suggestion.value);
      onAnswer(await call<Reading>('POST', `/me/cv/suggestions/${id}`, { body: { answer: said, ...(changed ? { value } : {}) } }));
      announce(t(`me.cv.said.${said}`, { name }));
    } catch (thrown) {
      const problem = problemOf(thrown);
      setWrong([...new Set(problem.fields.map((one) => textOf(one.code, one.message)))].join(' ') || problem.text);
    }
    setBusy('');
  };
  const scalar = answer === 'open' && !list && field !== 'isco';
  return (
    <li class={answer === 'open' ? 'suggestion' : 'suggestion suggestion-settled'}>
      <h4 class={scalar ? 'hidden' : undefined}>{name}</h4>
      {scalar
        ? <Scalar id={`suggestion-${id}`} name={name} value={value} onChange={setValue} />
        : <p class="suggestion-value"><bdi>{text}</bdi></p>}
      {words && words !== text && <blockquote class="suggestion-words" lang={language || undefined}><bdi>{words}</bdi></blockquote>}
      {sure < 500 && answer === 'open' && <p class="small muted">{t('me.cv.unsure')}</p>}
      {wrong && <p class="field-error" role="alert">{wrong}</p>}
      {answer === 'open' ? (
        <div class="cluster">
          <Button small kind="primary" busy={busy === 'accepted'} onClick={() => void say('accepted')}>{t('me.cv.accept')}{' '}<span class="hidden">{`${name}: ${text}`}</span></Button>
          <Button small kind="quiet" busy={busy === 'refused'} onClick={() => void say('refused')}>{t('me.cv.refuse')}{' '}<span class="hidden">{`${name}: ${text}`}</span></Button>
        </div>
      ) : (
        <div class="cluster">
          <span class="small">{t(`me.cv.answer.${answer}`)}</span>
          {answer === 'accepted' && list && <LinkButton kind="quiet" href={`/me?part=${partOf(field)}`}>{t('me.edit')}</LinkButton>}
          {answer === 'refused' && <Button small kind="quiet" busy={busy === 'accepted'} onClick={() => void say('accepted')}>{t('me.cv.accept')}{' '}<span class="hidden">{`${name}: ${text}`}</span></Button>}
        </div>
      )}
    </li>
  );
}

/** A value of one field, to be mended before it is taken. */
function Scalar({ id, name, value, onChange }: { id: string; name: string; value: unknown; onChange: (value: unknown) => void }) {
  const text = String(value ?? '');
  if (typeof value === 'number') return <TextInput id={id} label={name} value={text} onChange={(next) => onChange(Number(next.replace(/\D/g, '')) || 0)} width="short" />;
  if (text.length > 80) return <TextArea id={id} label={name} value={text} onChange={onChange} rows={4} maxLength={2000} />;
  return <TextInput id={id} label={name} value={text} onChange={onChange} />;
}
