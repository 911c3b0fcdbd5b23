// SPDX-License-Identifier: AGPL-3.0-or-later

// The reasons of the ranking as plain sentences to the person, or about them.
import type { components } from '../api/schema.gen';
import { T, t } from '../i18n';
import { country, date } from '../i18n/format';
import type { Criterion } from '../ranking/types';
import { spell } from '../ranking/words';
import type { Lists } from '../taxonomy/taxonomy';
import { Bdi } from '../ui';

interface Props {
  criterion: Criterion;
  audience: 'me' | 'member';
  lists: Lists | undefined;
  /** The language of the need. */
  lang: string;
}

/** One criterion as a sentence. */
export function Reason({ criterion, audience, lists, lang }: Props) {
  const { name, status, evidence } = criterion;
  const need = <Words name={name} text={evidence.need} lists={lists} lang={lang} />;
  const person = <Words name={name} text={evidence.person} lists={lists} />;
  // Of what is not there one can only say what was asked for.
  const silent = !evidence.person || / –\/–$/.test(evidence.person);
  const said = status === 'partly' && silent ? 'missing' : status;
  if (audience === 'member') return <T k={`professionals.reason.member.${said}`} what={t(`ranking.criterion.${name}`)} need={need} person={person} />;
  const kind = name.startsWith('skill.') ? 'skill' : name.replace('.', '_');
  return <T k={`professionals.reason.${kind}.${said}`} need={need} person={person} />;
}

function Words({ name, text, lists, lang }: { name: string; text: string; lists: Lists | undefined; lang?: string }) {
  const spelt = text && spell(name, text, lists);
  return spelt ? <b><Bdi>{spelt}</Bdi></b> : <b lang={lang}><Bdi>{text}</Bdi></b>;
}

type Block = components['schemas']['Block'];

/** A condition that is not met, said kindly and with what could change it. */
export function Blocked({ block, audience, lists }: { block: Block; audience: 'me' | 'member'; lists: Lists | undefined }) {
  const { condition } = block;
  const need = side(condition, block.need, lists);
  const person = side(condition, block.person, lists);
  if (audience === 'member') return <T k="professionals.blocked.member" what={t(`ranking.condition.${condition}`)} need={need} person={person} />;
  return <T k={`professionals.blocked.${condition}`} need={need} person={person} />;
}

function side(condition: string, text: string, lists: Lists | undefined): string {
  // "fr –/–" is a language of which the profile says nothing.
  if (!text || / –\/–$/.test(text)) return t('ui.not_given');
  if (condition === 'origin') return country(text);
  if (condition === 'right_of_return') return /^\d{4}-\d\d-\d\d$/.test(text) ? date(text) : text;
  return spell(condition, text, lists) ?? text;
}
