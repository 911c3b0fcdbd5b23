// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { date, languageName, listed, moment, number } from '../i18n/format';
import { Bdi, DefinitionList, Disclosure, Section } from '../ui';
import { role } from '../session/session';
import { BurdenOf } from './burden';
import { fieldName } from './fields';
import type { Need, Review } from './types';
import { postWords } from './words';

/** Where the need stands, what comes next, and how it came here. */
export function Standing({ need }: { need: Need }) {
  const waits = t(`needs.next.${need.state}`);
  return (
    <aside class="standing" aria-label={t('needs.standing')}>
      <Section title={t('needs.standing')} lead={waits}>
        <DefinitionList facts={[
          need.opensOn !== '' && { term: t('needs.call_opens'), value: date(need.opensOn) },
          need.closesOn !== '' && { term: t('needs.call_closes'), value: date(need.closesOn) },
          need.noticeLanguages.length > 0 && { term: t('needs.notice_languages'), value: listed(need.noticeLanguages.map(languageName)) },
          { term: t('needs.posts'), value: t('needs.filled_of', { filled: need.filled, all: need.headcount }) },
          need.posts.length > 0 && { term: t('needs.positions'), value: <PostsTaken need={need} /> },
          { term: t('needs.programme'), value: <Bdi>{need.programme.name}</Bdi> },
          need.round > 0 && { term: t('needs.round'), value: number(need.round) },
          { term: t('needs.changed'), value: moment(need.updatedAt) },
        ]} />
      </Section>
      {['host', 'ministry', 'coordinator'].includes(role.value ?? '') && <BurdenOf need={need} />}
      {need.reviews.length > 0 && <History reviews={need.reviews} />}
    </aside>
  );
}

/** How much of each profession is found. */
export function PostsTaken({ need }: { need: Pick<Need, 'posts'> }) {
  return (
    <ul class="lines">
      {need.posts.map((one) => <li key={one.id}>{postWords(one)}</li>)}
    </ul>
  );
}

/** Who decided what about which submission, the newest first. */
export function History({ reviews }: { reviews: readonly Review[] }) {
  const newest = [...reviews].reverse();
  return (
    <Section title={t('needs.history')}>
      <ol class="timeline">
        {newest.map((one, i) => (
          <li key={`${one.round}-${one.step}-${one.at}`} class={`timeline-${one.outcome}`}>
            <p class="timeline-what">{t(`needs.outcome.${one.outcome}`)}</p>
            <p class="muted small"><Bdi>{one.by}</Bdi> · <Bdi>{one.organisation}</Bdi><br />{moment(one.at)} · {t('needs.round_number', { number: one.round })}</p>
            {one.reason && <p class="timeline-reason"><Bdi>{one.reason}</Bdi></p>}
            {one.comments.length > 0 && (
              <Disclosure open={i === 0} summary={t('needs.comments', { count: one.comments.length })}>
                <dl class="comments">
                  {one.comments.map((comment, at) => <div key={at}><dt>{fieldName(comment.field)}</dt><dd><Bdi>{comment.text}</Bdi></dd></div>)}
                </dl>
              </Disclosure>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
