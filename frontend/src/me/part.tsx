// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { findDraft } from '../form/draft';
import type { Load } from '../api/load';
import { t } from '../i18n';
import { PartView, type ReadPart } from '../professionals/read';
import type { Professional } from '../professionals/types';
import { session } from '../session/session';
import { Button } from '../ui';
import { CalendarFeed } from './calendar-feed';
import { arrive, PartForm } from './part-form';
import { asked } from './standing';

interface Props {
  part: ReadPart;
  own: Professional;
  load: Load<Professional>;
}

/** One part of the profile: read, or written in its place and saved by itself. */
export function OwnPart({ part, own, load }: Props) {
  // What was begun here goes on where it was left.
  const [writing, setWriting] = useState(() => own.can.edit && findDraft(session.peek()?.user.id ?? 'nobody', `me-${part}`) !== undefined);
  const title = t(`professionals.part.${part}`);
  const wanted = asked.value;
  useEffect(() => {
    if (wanted?.part !== part || !own.can.edit) return;
    if (writing) arrive(part);
    else setWriting(true);
  }, [wanted]);
  const stop = () => {
    setWriting(false);
    requestAnimationFrame(() => document.getElementById(`edit-${part}`)?.focus());
  };
  return (
    <section class="section profile-part" aria-labelledby={`part-${part}`}>
      <header class="section-head">
        <h2 id={`part-${part}`} tabIndex={-1}>{title}</h2>
        {own.can.edit && !writing && <Button small id={`edit-${part}`} onClick={() => setWriting(true)}>{t('me.edit')}{' '}<span class="hidden">{title}</span></Button>}
      </header>
      {writing ? <PartForm part={part} own={own} load={load} onDone={stop} /> : <PartView part={part} profile={own} />}
      {part === 'stay' && own.can.edit && <CalendarFeed />}
    </section>
  );
}
