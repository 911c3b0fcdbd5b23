// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import type { components } from '../api/schema.gen';
import { t } from '../i18n';
import { languageName, listed, moment, number } from '../i18n/format';
import { announce, Badge, Button, Dialog, Loaded, ProblemNotice, type Tone } from '../ui';
import './association.css';

export type Members = components['schemas']['MembersView'];
type Round = components['schemas']['RoundView'];

/** How far a member can be, in two groups: who still has to answer, and who has. */
export const waiting = ['uninvited', 'sent', 'opened', 'expired'] as const;
const answered = ['visible', 'confirmed', 'paused', 'withdrawn', 'stale', 'declined'] as const;

const tones: Record<string, Tone> = { visible: 'good', sent: 'neutral', opened: 'neutral', uninvited: 'caution', expired: 'caution', stale: 'caution' };

/** How far a member has come. */
export function ProgressBadge({ progress }: { progress: string }) {
  return <Badge tone={tones[progress] ?? 'neutral'}>{t(`professionals.progress.${progress}`)}</Badge>;
}

/** How many members have come how far; each number leads to them. */
export function Tally({ load, current }: { load: Load<Members>; current: string }) {
  return (
    <Loaded load={load} waiting={t('professionals.tally_loading')}>
      {(members) => members.total === 0 ? null : (
        <nav class="so-far" aria-label={t('professionals.tally')}>
          <Group title={t('professionals.tally_waiting', { count: members.waiting })} all={waiting} members={members} current={current} />
          <Group title={t('professionals.tally_answered', { count: members.total - members.waiting })} all={answered} members={members} current={current} />
          <p class="so-far-more">
            <a href="/professionals" aria-current={current === '' ? 'page' : undefined}>{t('professionals.tally_all', { count: members.total })}</a>
            <span>{t('professionals.tally_proposed', { count: members.proposed })}</span>
            <span>{t('professionals.tally_placed', { count: members.placed })}</span>
            {members.oldest && <span>{t('professionals.tally_oldest', { when: moment(members.oldest) })}</span>}
          </p>
        </nav>
      )}
    </Loaded>
  );
}

function Group({ title, all, members, current }: { title: string; all: readonly string[]; members: Members; current: string }) {
  return (
    <div class="so-far-group">
      <h2 class="so-far-title">{title}</h2>
      <ul>
        {all.map((one) => (
          <li key={one}>
            <a href={`/professionals?progress=${one}`} aria-current={one === current ? 'page' : undefined}>
              <strong>{number(members.counts[one] ?? 0)}</strong> <span>{t(`professionals.progress.${one}`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RoundProps {
  progress: string;
  /** Only whom this import brought. */
  brought: string;
  onDone: () => void;
}

/** Invites everybody again who has not answered; first it says whom that would reach. */
export function InviteRound(props: RoundProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('professionals.round')}</Button>
      {open && <RoundDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function RoundDialog({ progress, brought, onDone, onClose }: RoundProps & { onClose: () => void }) {
  const query = { progress, import: brought };
  const load = useLoad<Round>((signal) => call('GET', '/members/invitations', { query, signal }), [progress, brought]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const send = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      announce(t('professionals.round_sent', { count: await inviteAll(query) }));
      onDone();
      onClose();
    } catch (thrown) {
      setProblem(problemOf(thrown)); // who was reached before is not written to again
      load.reload();
    }
    setBusy(false);
  };
  const some = (load.data?.count ?? 0) > 0;
  return (
    <Dialog open title={t('professionals.round')} onClose={onClose}
      actions={<>{some && <Button kind="primary" busy={busy} onClick={() => void send()}>{t('professionals.round_send')}</Button>}<Button onClick={onClose}>{t('professionals.cancel')}</Button></>}>
      <Loaded load={load} waiting={t('professionals.round_counting')}>{(round) => <RoundWords round={round} />}</Loaded>
      {problem && <ProblemNotice problem={problem} focus />}
    </Dialog>
  );
}

function RoundWords({ round }: { round: Round }) {
  const languages = Object.entries(round.languages).sort((a, b) => b[1] - a[1]).map(([code, count]) => t('professionals.round_language', { language: languageName(code), count }));
  return (
    <div class="stack">
      <p><strong>{t('professionals.round_count', { count: round.count })}</strong></p>
      {languages.length > 0 && <p>{t('professionals.round_languages', { languages: listed(languages) })}</p>}
      {round.rested > 0 && <p>{t('professionals.round_rested', { count: round.rested })}</p>}
      {round.count > 0 && <p class="muted">{t('professionals.round_text')}</p>}
    </div>
  );
}

// One request reaches a thousand people at most.
async function inviteAll(query: { progress: string; import: string }): Promise<number> {
  let count = 0;
  for (let left = 1; left > 0;) {
    const { data } = await call<Round>('POST', '/members/invitations', { body: query });
    count += data.count;
    left = data.count > 0 ? data.left : 0;
  }
  return count;
}
