// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { Bdi, Button, Disclosure, RadioGroup, Section, Select, TextInput } from '../ui';
import type { PinCost, Proposal, Revise } from './types';
import { Pseudonym, titleOf, withoutPin, withPin } from './words';

/** The decisions that the proposal keeps to, with what each costs, and a form for another. */
export function Pins({ proposal, revise }: { proposal: Proposal; revise: Revise }) {
  const { pins, inputs } = proposal;
  return (
    <Section title={t('proposals.pins')} lead={t('proposals.pins_lead')}>
      {pins.length > 0 && (
        <ul class="ledger">
          {pins.map((one) => (
            <li key={`${one.need} ${one.person}`} class="ledger-row">
              <span>
                <b><Pseudonym name={one.person} /></b> {t(one.here ? 'proposals.pin_here' : 'proposals.pin_not')} <Bdi>{titleOf(proposal, one.need)}</Bdi>
                <span class="ledger-under">{costOf(one)}</span>
              </span>
              <Button small kind="quiet" icon="cross" onClick={() => void revise(withoutPin(inputs, one))}>{t('proposals.unpin')}<span class="hidden"> {one.person} {one.need}</span></Button>
            </li>
          ))}
        </ul>
      )}
      <Disclosure summary={t('proposals.add_pin')}><Add proposal={proposal} revise={revise} /></Disclosure>
    </Section>
  );
}

/** What a pin costs in points: a number, or between which numbers it lies. */
function costOf({ exact, cost, least, most }: PinCost): string {
  if (exact) return cost === 0 ? t('proposals.pin_free') : t('proposals.pin_cost', { count: cost });
  return t('proposals.pin_between', { least: number(least), most: number(most) });
}

function Add({ proposal, revise }: { proposal: Proposal; revise: Revise }) {
  const [need, setNeed] = useState('');
  const [person, setPerson] = useState('');
  const [how, setHow] = useState('here');
  const add = (event: Event) => {
    event.preventDefault();
    void revise(withPin(proposal.inputs, { need, person: person.trim().toUpperCase(), here: how === 'here' }));
  };
  return (
    <form class="form" onSubmit={add}>
      <Select id="pin-need" label={t('needs.need')} value={need} onChange={setNeed} empty={t('proposals.choose_need')} width="full"
        options={proposal.needs.map((one) => ({ value: one.reference, label: `${one.reference} – ${one.title}` }))} />
      <TextInput id="pin-person" label={t('proposals.pseudonym')} help={t('proposals.pseudonym_help')} value={person} onChange={setPerson} code width="medium" maxLength={20} />
      <RadioGroup id="pin-how" label={t('proposals.pin_how')} value={how} onChange={setHow} inline options={[{ value: 'here', label: t('proposals.pin_here_option') }, { value: 'not', label: t('proposals.pin_not_option') }]} />
      <div><Button type="submit" kind="primary" disabled={!need || !person.trim()}>{t('proposals.pin_and_ask')}</Button></div>
    </form>
  );
}
