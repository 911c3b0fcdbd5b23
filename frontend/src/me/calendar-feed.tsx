// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import { Button, Disclosure, Loaded, Notice, ProblemNotice, tell } from '../ui';
import type { Feed } from './documents';
import './papers.css';

/** The secret address at which a calendar program reads when the person is free. */
export function CalendarFeed() {
  return <Disclosure lazy summary={t('me.feed')}><Address /></Disclosure>;
}

function Address() {
  const load = useLoad<Feed>((signal) => call('GET', '/me/calendar', { signal }), []);
  const [problem, setProblem] = useState<Problem | undefined>();
  const attempt = async (act: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await act();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  const renew = () => attempt(async () => load.replace(await call<Feed>('POST', '/me/calendar')));
  const close = () => attempt(async () => {
    await call('DELETE', '/me/calendar');
    load.replace({ data: { on: false, since: null, path: '' }, etag: '', status: 204 });
    tell(t('me.feed.closed'));
  });
  return (
    <Loaded load={load} waiting={t('me.feed.loading')}>
      {(feed) => (
        <>
          <p>{t('me.feed_lead')}</p>
          {problem && <ProblemNotice problem={problem} focus />}
          {feed.path && (
            <Notice tone="success" title={t('me.feed.made')}>
              <p class="feed-path" dir="ltr">{`${location.origin}${feed.path}`}</p>
              <p>{t('me.feed.made_text')}</p>
              <Button small onClick={() => void navigator.clipboard?.writeText(`${location.origin}${feed.path}`).then(() => tell(t('me.feed.copied')))}>{t('me.feed.copy')}</Button>
            </Notice>
          )}
          <p class="muted small">{feed.on && feed.since ? t('me.feed.on', { when: moment(feed.since) }) : t('me.feed.off')}</p>
          <div class="cluster">
            <Button onClick={() => void renew()}>{t(feed.on ? 'me.feed.renew' : 'me.feed.make')}</Button>
            {feed.on && <Button kind="quiet" onClick={() => void close()}>{t('me.feed.close')}</Button>}
          </div>
        </>
      )}
    </Loaded>
  );
}
