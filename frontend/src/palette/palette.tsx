// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { t } from '../i18n';
import { role } from '../session/session';
import { navigationFor } from '../shell/pages';
import { toggleTheme } from '../shell/theme';
import { Dialog, Field } from '../ui';
import './palette.css';

interface Entry {
  id: string;
  name: string;
  under: string;
  go: () => void;
}

const reference = /^[A-Z]{2}-(P-)?\d{4}-\d{3,6}$/;

/** The page of a record by its reference: "GH-2027-0001", "GH-P-2027-0001". */
export function recordPath(typed: string): string | undefined {
  const found = reference.exec(typed.trim().toUpperCase());
  if (!found) return undefined;
  return `/${found[1] ? 'placements' : 'needs'}/${found[0]}`;
}

// Letters without their marks, so that "selecao" finds "Seleção".
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Goes anywhere by typing: Ctrl or Cmd and K opens it on every page. */
export function Palette() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      // Whoever is asked something answers first.
      if (document.querySelector('dialog[open]') && !open) return;
      event.preventDefault();
      setOpen(!open);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [open]);
  return open ? <Asking onClose={() => setOpen(false)} /> : null;
}

function Asking({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const found = useEntries(words, onClose);
  const chosen = found[Math.min(at, found.length - 1)];
  useEffect(() => input.current?.focus(), []);
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setAt((was) => (Math.min(was, found.length - 1) + by + found.length) % Math.max(found.length, 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      chosen?.go();
    }
  };
  return (
    <Dialog open title={t('palette.title')} onClose={onClose}>
      <Field id="palette" label={t('palette.label')} help={t('palette.help')}>
        <input ref={input} id="palette" class="input" role="combobox" aria-expanded="true" aria-controls={list} aria-autocomplete="list" aria-describedby="palette-help"
          aria-activedescendant={chosen ? `palette-${chosen.id}` : undefined} autocomplete="off" value={words} dir="auto"
          onInput={(event) => { setWords(event.currentTarget.value); setAt(0); }} onKeyDown={press} />
      </Field>
      <ul id={list} class="palette-list" role="listbox" aria-label={t('palette.title')}>
        {found.map((one) => (
          <li key={one.id} id={`palette-${one.id}`} class="palette-entry" role="option" aria-selected={one === chosen} onClick={one.go}>
            <bdi>{one.name}</bdi> <span class="muted palette-under">{one.under}</span>
          </li>
        ))}
      </ul>
      <p class="hidden" role="status">{found.length === 0 ? t('palette.none') : ''}</p>
      {found.length === 0 && <p class="muted">{t('palette.none')}</p>}
    </Dialog>
  );
}

// What the words lead to: a record first, then pages and acts whose names hold them.
function useEntries(words: string, onClose: () => void): Entry[] {
  const { route } = useLocation();
  const lead = (id: string, name: string, under: string, path: string): Entry => ({ id, name, under, go: () => { onClose(); route(path); } });
  const all: Entry[] = [
    ...navigationFor(role.value).map((one) => lead(one.href, t(one.key), t('palette.page'), one.href)),
    lead('tasks', t('tasks.title'), t('palette.page'), '/tasks'),
    lead('notices', t('notices.title'), t('palette.page'), '/notices'),
    lead('help', t('help.title'), t('palette.page'), '/help'),
    ...(role.value === 'host' ? [lead('write', t('needs.write'), t('palette.act'), '/needs/new')] : []),
    { id: 'theme', name: t('palette.theme'), under: t('palette.act'), go: () => { onClose(); toggleTheme(); } },
  ];
  const asked = plain(words.trim());
  const path = recordPath(words);
  const hits = all.filter((one) => plain(one.name).includes(asked));
  return [
    ...(path ? [lead('record', words.trim().toUpperCase(), t('palette.record'), path)] : []), ...hits,
    ...(asked && !path && role.value === 'coordinator' ? [lead('search', t('palette.search', { words: words.trim() }), t('palette.act'), `/search?q=${encodeURIComponent(words.trim())}`)] : []),
  ].slice(0, 12);
}
