// SPDX-License-Identifier: AGPL-3.0-or-later
import { call, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { language, t } from '../i18n';
import type { Notice } from '../professionals/types';

/** The texts that people read before they consent, in the reader's language. */
export function useNotices(): Load<List<Notice>> {
  const tag = language.value;
  return useLoad<List<Notice>>((signal) => call('GET', '/notices', { query: { language: tag }, signal, anonymous: true }), [tag]);
}

export interface Block {
  list: boolean;
  lines: string[];
}

/** Splits a notice into paragraphs and lists: an empty line parts them, a dash begins an item. */
export function blocksOf(body: string): Block[] {
  const blocks: Block[] = [];
  for (const paragraph of body.split(/\n\s*\n/)) {
    for (const line of paragraph.split('\n')) {
      const item = /^\s*-\s+(.*)$/.exec(line);
      const last = blocks.at(-1);
      if (item) {
        if (last?.list) last.lines.push(item[1] ?? '');
        else blocks.push({ list: true, lines: [item[1] ?? ''] });
      } else if (line.trim()) blocks.push({ list: false, lines: [line.trim()] });
    }
  }
  return blocks;
}

/** The text of a notice, with its version. */
export function NoticeText({ notice }: { notice: Notice }) {
  return (
    <div class="consent-text" lang={notice.language} dir={notice.language === 'ar' ? 'rtl' : 'ltr'}>
      {blocksOf(notice.body).map((one, i) => (one.list ? <ul key={i}>{one.lines.map((line, at) => <li key={at}>{line}</li>)}</ul> : <p key={i}>{one.lines[0]}</p>))}
      <p class="muted small">{t('joining.version', { version: notice.version })}</p>
    </div>
  );
}
