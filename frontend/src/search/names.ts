// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect } from 'preact/hooks';
import { useLists } from '../taxonomy/taxonomy';
import { languages } from './words';

/** Asks for the names of languages, for pages that show people in short. */
export function useLanguageNames(): void {
  const lists = useLists().data;
  useEffect(() => {
    if (lists) languages.value = new Map(lists.languages.map((one) => [one.code, one.name]));
  }, [lists]);
}
