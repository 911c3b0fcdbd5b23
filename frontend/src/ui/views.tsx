// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { t } from '../i18n';
import { Button } from './button';
import { TextInput } from './inputs';

/** The filters of a list, kept in the address so that back, reload and a link bring them again. */
export function useFilters() {
  const { path, query, route } = useLocation();
  const set = (changes: Record<string, string>) => {
    const parts = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) {
      if (value) parts.set(name, value);
      else parts.delete(name);
    }
    const text = parts.toString();
    route(text ? `${path}?${text}` : path, true);
  };
  return { get: (name: string) => query[name] ?? '', set };
}

export interface ViewLink {
  id: string;
  label: string;
  href: string;
}

/** The ways of looking at one list, as links: each has an address of its own. */
export function Views({ label, views, current }: { label: string; views: readonly ViewLink[]; current: string }) {
  return (
    <nav class="views" aria-label={label}>
      <ul>
        {views.map((one) => <li key={one.id}><a href={one.href} aria-current={one.id === current ? 'page' : undefined}>{one.label}</a></li>)}
      </ul>
    </nav>
  );
}

interface SearchProps {
  id: string;
  label: string;
  value: string;
  onSearch: (text: string) => void;
}

/** Words to narrow a list by; asked when the person says so, not at every letter. */
export function SearchBox({ id, label, value, onSearch }: SearchProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <form class="search" role="search" onSubmit={(event) => { event.preventDefault(); onSearch(text.trim()); }}>
      <TextInput id={id} type="search" label={label} value={text} onChange={setText} />
      <Button type="submit" icon="search">{t('ui.search')}</Button>
      {value && <Button kind="quiet" onClick={() => onSearch('')}>{t('ui.search.clear')}</Button>}
    </form>
  );
}
