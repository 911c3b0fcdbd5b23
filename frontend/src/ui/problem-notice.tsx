// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Problem } from '../api/problem';
import { t } from '../i18n';
import { Button, LinkButton } from './button';
import { Notice } from './notice';

interface Props {
  problem: Problem;
  onRetry?: () => void;
  /** The word on the button, if it is not "Try again". */
  retry?: string;
  focus?: boolean;
}

/** A problem in words: what happened, what to do, and the number to quote. */
export function ProblemNotice({ problem, onRetry, retry, focus }: Props) {
  // The server asks for a second factor before it lets some roles work.
  const enrol = problem.code === 'session.enrol';
  const action = enrol ? <LinkButton href="/security">{t('security.set_up')}</LinkButton>
    : onRetry && <Button onClick={onRetry}>{retry ?? t('ui.retry')}</Button>;
  return (
    <Notice tone={problem.conflict || enrol ? 'warning' : 'problem'} title={headingOf(problem)} action={action} focus={focus}>
      <p>{problem.text}</p>
      {problem.requestId && <p class="request-id">{t('problem.request_id')} <code dir="ltr">{problem.requestId}</code></p>}
    </Notice>
  );
}

function headingOf(problem: Problem): string {
  if (problem.conflict) return t('problem.title.conflict');
  if (problem.status === 0) return t('problem.title.network');
  if (problem.status === 403) return t('problem.title.denied');
  if (problem.status === 404) return t('problem.title.missing');
  return t('problem.title');
}
