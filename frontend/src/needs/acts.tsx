// SPDX-License-Identifier: AGPL-3.0-or-later
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { call, newKey } from '../api/call';
import type { Load } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { role } from '../session/session';
import { Button, LinkButton, Menu, ProblemNotice, tell } from '../ui';
import { ActDialog, acts, type ActName } from './act-dialog';
import type { Need } from './types';
import { needPath } from './words';

interface Props {
  need: Need;
  load: Load<Need>;
  /** Begins to comment, in order to return the need. */
  onReturn: () => void;
}

// The step that leads on stands first and is filled; the others follow in the order of their weight.
const onward: readonly ActName[] = ['validate', 'approve', 'publish', 'resume', 'closeOut', 'reopen'];
const rest: readonly ActName[] = ['extend', 'close', 'suspend', 'reject', 'standDown', 'cancel'];

/** What the server says the reader may do next with a need, and nothing else. */
export function NeedActs({ need, load, onReturn }: Props) {
  const { route } = useLocation();
  const [open, setOpen] = useState<ActName | undefined>();
  const [busy, setBusy] = useState('');
  const [problem, setProblem] = useState<Problem | undefined>();
  const { can } = need;

  const run = async (name: string, act: () => Promise<void>) => {
    setBusy(name);
    setProblem(undefined);
    try {
      await act();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy('');
  };
  const submit = () => run('submit', async () => {
    load.replace(await call<Need>('POST', `/needs/${need.id}/submit`, { ifMatch: load.etag, body: {} }));
    tell(t('needs.done.submit'));
  });
  const duplicate = () => run('duplicate', async () => {
    const { data } = await call<Need>('POST', `/needs/${need.id}/duplicate`, { idempotencyKey: newKey() });
    tell(t('needs.done.duplicate', { reference: data.reference }));
    route(needPath(data, '/edit'));
  });

  const template = () => run('template', async () => {
    await call('POST', `/needs/${need.id}/template`, { body: { title: need.title } });
    tell(t('needs.template_kept'));
  });

  const forward = onward.filter((one) => can[one]);
  const further = rest.filter((one) => can[one]);
  return (
    <div class="acts">
      <div class="cluster">
        {can.rank && <LinkButton kind={can.shortlist ? 'primary' : 'normal'} href={needPath(need, '/ranking')}>{t('needs.act.rank')}</LinkButton>}
        {chosen(need) && <LinkButton href={needPath(need, '/shortlist')}>{t('needs.act.shortlist')}</LinkButton>}
        {can.apply && <LinkButton kind="primary" href={needPath(need, '/apply')}>{t('needs.act.apply')}</LinkButton>}
        {can.nominate && <LinkButton kind="primary" href={needPath(need, '/nominate')}>{t('needs.act.nominate')}</LinkButton>}
        {together(need) && <LinkButton href={needPath(need, '/teams')}>{t('needs.act.teams')}</LinkButton>}
        {chosen(need) && need.headcount > 1 && <LinkButton href={needPath(need, '/equipment')}>{t('needs.act.equipment')}</LinkButton>}
        {can.submit && <Button kind="primary" busy={busy === 'submit'} onClick={() => void submit()}>{t('needs.act.submit')}</Button>}
        {forward.map((one) => <Button key={one} kind={one === 'reopen' ? 'normal' : 'primary'} onClick={() => setOpen(one)}>{t(`needs.act.${one}`)}</Button>)}
        {can.return && <Button onClick={onReturn}>{t('needs.act.return')}</Button>}
        {can.edit && <LinkButton href={needPath(need, '/edit')}>{t('needs.act.edit')}</LinkButton>}
        {further.length < 2 && further.map((one) => <Button key={one} kind={acts[one].danger ? 'danger' : 'normal'} onClick={() => setOpen(one)}>{t(`needs.act.${one}`)}</Button>)}
        {can.duplicate && <Button busy={busy === 'duplicate'} onClick={() => void duplicate()}>{t('needs.act.duplicate')}</Button>}
        {(role.value === 'host' || role.value === 'coordinator') && <Button kind="quiet" busy={busy === 'template'} onClick={() => void template()}>{t('needs.template_keep')}</Button>}
        {further.length > 1 && (
          <Menu name={t('needs.act.more_name')} label={t('needs.act.more')}>
            {(close) => (
              <ul class="menu-list">
                {further.map((one) => <li key={one}><button type="button" class="menu-item" onClick={() => { close(); setOpen(one); }}>{t(`needs.act.${one}`)}</button></li>)}
              </ul>
            )}
          </Menu>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} focus {...(problem.conflict ? { onRetry: load.reload, retry: t('problem.load_newest') } : {})} />}
      {open && <ActDialog key={open} act={open} need={need} load={load} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

/** A shortlist exists from the selection on; hosts and ministries read it by this link. */
/** Several people at once are asked for, so that a team may stand for it. */
function together(need: Need): boolean {
  const party = ['host', 'ministry', 'coordinator', 'association'].includes(role.value ?? '');
  return party && need.headcount > 1 && !need.relay && !['DRAFT', 'SUBMITTED', 'RETURNED', 'VALIDATED', 'APPROVED', 'REJECTED', 'EXPIRED'].includes(need.state);
}

function chosen(need: Need): boolean {
  const partner = role.value === 'host' || role.value === 'ministry' || role.value === 'coordinator';
  return partner && ['IN_SELECTION', 'PARTLY_FILLED', 'FILLED', 'UNDERWAY', 'DELIVERED', 'CLOSED_OUT'].includes(need.state);
}
