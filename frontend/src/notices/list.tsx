// SPDX-License-Identifier: AGPL-3.0-or-later
import { usePages } from '../api/load';
import { problemOf } from '../api/problem';
import { language, t } from '../i18n';
import { date, moment } from '../i18n/format';
import { Badge, Bdi, Button, Empty, LinkButton, Loaded, PageHeader, ShowMore, tell } from '../ui';
import './notices.css';
import { markNews, waiting } from './news';
import type { News } from './types';

/** What happened that concerns one, the latest first, day by day. */
export default function NoticesPage() {
  const news = usePages<News>('/me/notices', { limit: 50, language: language.value });
  const read = async (ids: readonly string[]) => {
    try {
      await markNews(ids);
      news.reload();
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  return (
    <>
      <PageHeader title={t('notices.title')} lead={t('notices.lead')}
        actions={<>{waiting.value > 0 && <Button onClick={() => void read([])}>{t('notices.read_all')}</Button>}<LinkButton href="/me/notifications">{t('notices.choose')}</LinkButton></>} />
      <Loaded load={news} waiting={t('notices.loading')}>
        {(items) => items.length === 0
          ? <Empty title={t('notices.none')} action={<LinkButton href="/me/notifications">{t('notices.choose')}</LinkButton>}>{t('notices.none_text')}</Empty>
          : (
            <>
              {days(items).map(([day, some]) => (
                <section key={day} class="section">
                  <header class="section-head"><h2>{date(day, 'long')}</h2></header>
                  <ul class="news">{some.map((one) => <Row key={one.id} news={one} onRead={() => void read([one.id])} />)}</ul>
                </section>
              ))}
              <ShowMore shown={items.length} more={news.more} loadMore={news.loadMore} />
            </>
          )}
      </Loaded>
    </>
  );
}

/** Puts notices under the day on which they came. */
export function days(items: readonly News[]): [string, News[]][] {
  const by = new Map<string, News[]>();
  for (const one of items) {
    const day = one.at.slice(0, 10);
    by.set(day, [...(by.get(day) ?? []), one]);
  }
  return [...by];
}

function Row({ news, onRead }: { news: News; onRead: () => void }) {
  // Whoever follows it has read it; that it could not be noted is no reason to stay here.
  const follow = news.read ? undefined : () => void markNews([news.id]).catch(() => undefined);
  return (
    <li class={news.read ? 'news-row' : 'news-row news-unread'}>
      <div class="news-main">
        <p class="news-text">
          {!news.read && <><Badge tone="accent">{t('notices.new')}</Badge> </>}
          {news.path ? <a href={news.path} onClick={follow}><Bdi>{news.text}</Bdi></a> : <Bdi>{news.text}</Bdi>}
        </p>
        <p class="muted small">{moment(news.at)}</p>
      </div>
      {!news.read && <Button kind="quiet" small onClick={onRead}>{t('notices.read')}<span class="hidden"> {news.text}</span></Button>}
    </li>
  );
}
