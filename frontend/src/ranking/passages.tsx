// SPDX-License-Identifier: AGPL-3.0-or-later
import { call, type List } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { Bdi, Loaded } from '../ui';
import type { Passage } from './types';

/** What the person wrote that met the need, with the words marked; asked for when somebody wants to read it. */
export function Passages({ reference, person }: { reference: string; person: string }) {
  const load = useLoad<List<Passage>>((signal) => call('GET', `/needs/${encodeURIComponent(reference)}/candidates/${encodeURIComponent(person)}/passages`, { signal }), [reference, person]);
  return (
    <Loaded load={load} waiting={t('ranking.loading_passages')}>
      {({ items }) => items.length === 0 ? <p class="muted">{t('ranking.no_passages')}</p> : (
        <>
          <p class="muted small">{t('ranking.passages_note')}</p>
          <ul class="passages">{items.map((one, i) => <li key={i}><OnePassage passage={one} /></li>)}</ul>
        </>
      )}
    </Loaded>
  );
}

function OnePassage({ passage: { source, title, language, parts } }: { passage: Passage }) {
  return (
    <figure>
      <blockquote lang={language || undefined} dir="auto">
        {parts.map((one, i) => one.mark ? <mark key={i} class={`mark-${one.mark}`} title={t('ranking.mark', { need: one.need ?? '' })}>{one.text}</mark> : one.text)}
      </blockquote>
      <figcaption class="muted small">{title ? <>{t(`ranking.passage.${source}`)}: <Bdi>{title}</Bdi></> : t(`ranking.passage.${source}`)}</figcaption>
    </figure>
  );
}
