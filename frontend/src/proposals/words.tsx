// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Inputs, Pin, Proposal } from './types';

/** Somebody by their pseudonym, always written from left to right. */
export function Pseudonym({ name }: { name: string }) {
  return <span class="pseudonym" dir="ltr">{name}</span>;
}

/** What a need is called, or its reference once nobody knows it any more. */
export function titleOf(proposal: Proposal, reference: string): string {
  return proposal.needs.find((one) => one.reference === reference)?.title || reference;
}

/** The inputs with one pin more; a pin of the same pair gives way. */
export function withPin(inputs: Inputs, pin: Pin): Inputs {
  return { ...withoutPin(inputs, pin), pins: [...withoutPin(inputs, pin).pins, pin] };
}

/** The inputs without the pin of a pair. */
export function withoutPin(inputs: Inputs, { need, person }: Pick<Pin, 'need' | 'person'>): Inputs {
  return { ...inputs, pins: inputs.pins.filter((one) => one.need !== need || one.person !== person) };
}
