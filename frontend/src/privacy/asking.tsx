// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { call, newKey, type List } from '../api/call';
import { useLoad } from '../api/load';
import { problemOf, type Problem } from '../api/problem';
import { t } from '../i18n';
import { date, listed } from '../i18n/format';
import { Bdi, Button, CheckboxGroup, DateInput, DefinitionList, Dialog, Loaded, ProblemNotice, Status, tell, TextArea } from '../ui';
import { fieldName, partName } from './disclosures';
import { disclosable, type Disclosed } from './types';

interface Props {
  candidacy: string;
  until: string;
  /** Only hosts and coordinators of a candidacy that goes on may ask. */
  mayAsk: boolean;
}

/** What the person shows this host, and how to ask for more. */
export function Asking({ candidacy, until, mayAsk }: Props) {
  const load = useLoad<List<Disclosed>>((signal) => call('GET', '/disclosures', { query: { candidacy }, signal }), [candidacy]);
  const [open, setOpen] = useState(false);
  return (
    <Loaded load={load} waiting={t('privacy.loading')}>
      {({ items }) => (
        <>
          {items.length === 0 && <p class="muted">{t('privacy.none_asked')}</p>}
          <ul>{items.map((one) => <Asked key={one.id} one={one} />)}</ul>
          {mayAsk && !items.some((one) => one.state === 'ASKED' || one.state === 'GRANTED') && <Button onClick={() => setOpen(true)}>{t('privacy.ask')}</Button>}
          <AskDialog open={open} candidacy={candidacy} until={until} onClose={() => setOpen(false)} onAsked={() => { setOpen(false); load.reload(); tell(t('privacy.done.ask')); }} />
        </>
      )}
    </Loaded>
  );
}

/** One question as the host sees it: what is shown is read when it is opened, and noted for the person. */
function Asked({ one }: { one: Disclosed }) {
  const [shown, setShown] = useState<Disclosed | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const read = async () => {
    try {
      setShown((await call<Disclosed>('GET', `/disclosures/${one.id}`)).data);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  return (
    <li class="consent">
      <p><Status fit={one.state === 'GRANTED' ? 'met' : one.state === 'ASKED' ? 'partly' : 'unknown'}>{t(`privacy.state_host.${one.state}`)}</Status></p>
      <DefinitionList facts={[
        { term: t('privacy.asked_parts'), value: listed(one.parts.map(partName)) }, { term: t('privacy.purpose'), value: <Bdi>{one.purpose}</Bdi> },
        { term: t('privacy.until'), value: date(one.until) }, ...(one.state === 'GRANTED' ? [{ term: t('privacy.shown'), value: listed(one.grantedParts.map(partName)) }] : []),
      ]} />
      {problem && <ProblemNotice problem={problem} focus />}
      {one.state === 'GRANTED' && !shown && <Button onClick={() => void read()}>{t('privacy.read_shown')}</Button>}
      {shown?.content.map((part) => <DefinitionList key={part.part} facts={part.lines.map((line) => ({ term: fieldName(line.field), value: <Bdi>{line.value}</Bdi> }))} />)}
    </li>
  );
}

interface DialogProps {
  open: boolean;
  candidacy: string;
  until: string;
  onClose: () => void;
  onAsked: () => void;
}

function AskDialog({ open, candidacy, until, onClose, onAsked }: DialogProps) {
  const [parts, setParts] = useState<string[]>(['name']);
  const [purpose, setPurpose] = useState('');
  const [day, setDay] = useState(until);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const [key, setKey] = useState(newKey);
  const ask = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call('POST', `/candidacies/${candidacy}/disclosures`, { body: { parts, purpose, until: day }, idempotencyKey: key });
      onAsked();
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setKey(newKey());
    }
    setBusy(false);
  };
  const wrong = (name: string) => problem?.fields.find((one) => one.field.startsWith(name))?.message;
  return (
    <Dialog open={open} title={t('privacy.ask')} onClose={onClose}
      actions={<><Button kind="primary" busy={busy} onClick={() => void ask()}>{t('privacy.ask_now')}</Button><Button kind="quiet" onClick={onClose}>{t('privacy.not_now')}</Button></>}>
      <p>{t('privacy.ask_text')}</p>
      {problem && <ProblemNotice problem={problem} focus />}
      <CheckboxGroup id="ask-parts" label={t('privacy.asked_parts')} value={parts} onChange={setParts} error={wrong('parts')} options={disclosable.map((one) => ({ value: one, label: partName(one) }))} />
      <TextArea id="ask-purpose" label={t('privacy.purpose')} help={t('privacy.purpose_help')} value={purpose} onChange={setPurpose} maxLength={500} rows={3} error={wrong('purpose')} />
      <DateInput id="ask-until" label={t('privacy.until')} value={day} onChange={setDay} error={wrong('until')} />
    </Dialog>
  );
}
