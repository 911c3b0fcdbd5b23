// SPDX-License-Identifier: AGPL-3.0-or-later

/** One word of a pasted list. */
export interface Line {
  number: number;
  word: string;
  language: string;
  /** The line names its language itself. */
  named: boolean;
}

/** Reads a list: one word a line; "tw; word", or a tab between them, names the language of its own line. */
export function linesOf(text: string, language: string): Line[] {
  return text.split(/\r?\n/).flatMap((raw, i) => {
    const line = raw.trim();
    if (!line) return [];
    const own = /^([a-z]{2,3})\s*[;\t]\s*(.+)$/.exec(line);
    return [own ? { number: i + 1, language: own[1] ?? '', word: own[2] ?? '', named: true } : { number: i + 1, language, word: line, named: false }];
  });
}
