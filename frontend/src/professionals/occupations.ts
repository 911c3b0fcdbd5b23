// SPDX-License-Identifier: AGPL-3.0-or-later

// Occupations of ISCO-08: what a code is called, and which group a title means.
import { useEffect, useState } from 'preact/hooks';
import { call } from '../api/call';
import { language } from '../i18n';

export interface Occupation {
  code: string;
  title: string;
  matched: string;
}

const known = new Map<string, string>();

function remember(found: readonly Occupation[], tag: string): void {
  for (const one of found) known.set(`${tag} ${one.code}`, one.title);
}

async function nameOfCode(code: string, tag: string, signal: AbortSignal): Promise<string> {
  const { data } = await call<{ items: Occupation[] }>('GET', '/taxonomy/occupations', { query: { q: code, language: tag }, signal, anonymous: true });
  remember(data.items, tag);
  return known.get(`${tag} ${code}`) ?? '';
}

/** The title of a unit group in the reader's language; empty until it is known. */
export function useOccupation(code: string): string {
  const tag = language.value;
  const [, drawn] = useState(0);
  const title = known.get(`${tag} ${code}`);
  useEffect(() => {
    if (!code || title !== undefined) return;
    const controller = new AbortController();
    // The code says enough where its title cannot be had.
    nameOfCode(code, tag, controller.signal).then(() => controller.signal.aborted || drawn((n) => n + 1), () => undefined);
    return () => controller.abort();
  }, [code, tag, title]);
  return title ?? '';
}

/** The groups that a free title probably means, asked a moment after the last letter. */
export function useSuggestions(title: string): readonly Occupation[] {
  const tag = language.value;
  const text = title.trim();
  const [found, setFound] = useState<readonly Occupation[]>([]);
  useEffect(() => {
    if (text.length < 3) return setFound([]);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      call<{ items: Occupation[] }>('GET', '/taxonomy/occupation-links', { query: { title: text, language: tag }, signal: controller.signal, anonymous: true }).then(
        ({ data }) => {
          remember(data.items, tag);
          setFound(data.items.slice(0, 4));
        },
        // Without proposals one searches by hand.
        () => controller.signal.aborted || setFound([]),
      );
    }, 350);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, tag]);
  return found;
}
