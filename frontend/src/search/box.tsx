// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../api/problem';
import { textOf } from '../api/problem';
import { t } from '../i18n';
import { Button, Disclosure, Icon } from '../ui';

export const boxId = 'search-words';

interface Props {
  q: string;
  problem: Problem | undefined;
  onAsk: (q: string) => void;
  onClear: () => void;
}

/** One box for everything. What cannot be read is said below it, with a mend to press. */
export function Box({ q, problem, onAsk, onClear }: Props) {
  const [text, setText] = useState(q);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(q), [q]);
  const wrong = problem?.fields.find((one) => one.field === 'q');
  // The place of a mistake is counted in characters, the selection in units of UTF-16.
  useEffect(() => {
    if (!wrong?.at || !input.current) return;
    const units = Array.from(q).slice(0, wrong.at - 1).join('').length;
    input.current.focus();
    input.current.setSelectionRange(units, q.length);
  }, [wrong]);
  return (
    <form class="find" role="search" onSubmit={(event) => { event.preventDefault(); onAsk(text.trim()); }}>
      <label class="hidden" for={boxId}>{t('search.box')}</label>
      <div class="find-line">
        <Icon name="search" />
        <input id={boxId} ref={input} class="input find-input" type="search" value={text} dir="auto" autocomplete="off" spellcheck={false} enterkeyhint="search" maxLength={2000}
          placeholder={t('search.placeholder')} aria-describedby={wrong ? 'search-wrong' : 'search-hint'} aria-invalid={wrong ? true : undefined}
          onInput={(event) => setText(event.currentTarget.value)} />
        <Button type="submit" kind="primary">{t('ui.search')}</Button>
      </div>
      {wrong && (
        <div class="find-wrong" id="search-wrong" role="alert">
          <Icon name="warning" />
          <span>{textOf(wrong.code, wrong.message.replace(/ Did you mean: [\s\S]*$/, ''))}</span>
          {wrong.mend && <Button small onClick={() => onAsk(wrong.mend ?? '')}><span dir="auto">{t('search.mend', { query: wrong.mend })}</span></Button>}
        </div>
      )}
      <div class="find-under">
        <span class="muted small" id="search-hint">{t('search.hint')}</span>
        {q && <Button kind="quiet" small onClick={onClear}>{t('search.clear')}</Button>}
      </div>
      <How />
    </form>
  );
}

const examples = ['drip irrigation', '"water treatment"', 'nurse OR midwife', 'irrigation -drip', '(water OR soil) residence:IT', 'skill:"irrigation goutte à goutte"', 'language:fr-B2', 'language:fr-writing-B1',
  'isco:2221', 'held:22', 'years:5-10', 'level:7', 'studied:0811', 'available:2027-06', 'modality:virtual', 'licence:222', 'evidence:host', 'origin:GH'];

function How() {
  return (
    <Disclosure summary={t('search.how')}>
      <p>{t('search.how_text')}</p>
      <dl class="find-examples">
        {examples.map((one) => <div key={one}><dt><code dir="ltr">{one}</code></dt><dd>{t(`search.example.${keyOf(one)}`)}</dd></div>)}
      </dl>
    </Disclosure>
  );
}

function keyOf(example: string): string {
  const [field = ''] = example.split(':');
  if (example.includes('writing')) return 'ability';
  if (/^[a-z]+$/.test(field) && example.includes(':')) return field;
  if (example.startsWith('(')) return 'group';
  if (example.startsWith('"')) return 'phrase';
  if (example.includes(' OR ')) return 'or';
  return example.includes(' -') ? 'not' : 'words';
}
