// SPDX-License-Identifier: AGPL-3.0-or-later

// What a reviewer wrote about single fields: shown where the field is, and
// written there too.
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Bdi, Button, Icon, TextArea } from '../ui';
import type { Need, Remark } from './types';

/** Comments about to be made, by field; undefined while nobody is commenting. */
export interface Commenting {
  comments: Record<string, string>;
  set: (field: string, text: string) => void;
}

export const CommentingContext = createContext<Commenting | undefined>(undefined);

/** The field without its row: "outputs" of "outputs[0].indicator". */
export function rootOf(field: string): string {
  return /^\w*/.exec(field)?.[0] ?? field;
}

/** What the last return asks to mend, while it is the host's turn or the ministry looks whether it was done. */
export function openRemarks(need: Pick<Need, 'reviews' | 'round' | 'state'>): Remark[] {
  const last = [...need.reviews].reverse().find((one) => one.outcome === 'returned');
  const current = last && (need.state === 'RETURNED' || (need.state === 'SUBMITTED' && last.round === need.round - 1));
  return current ? last.comments : [];
}

/** What is said about some fields. Spans only, so that it may stand in a help text. */
export function RemarksOn({ remarks, fields }: { remarks: readonly Remark[]; fields: readonly string[] }) {
  const found = remarks.filter((one) => fields.includes(one.field) || fields.includes(rootOf(one.field)));
  return (
    <>
      {found.map((one, i) => (
        <span key={i} class="remark"><Icon name="warning" /><span><span class="remark-by">{t('needs.remark')}</span> <Bdi>{one.text}</Bdi></span></span>
      ))}
    </>
  );
}

interface PartProps {
  /** The field that a comment here is about. */
  field: string;
  /** Its name, for the button and the box. */
  name: string;
  remarks: readonly Remark[];
  /** Other fields that are shown here. */
  also?: readonly string[];
  children: ComponentChildren;
}

/** A part of the document that can be commented on. */
export function Part({ field, name, remarks, also = [], children }: PartProps) {
  const commenting = useContext(CommentingContext);
  return (
    <div class="part">
      {children}
      {!commenting && <RemarksOn remarks={remarks} fields={[field, ...also]} />}
      {commenting && <CommentBox commenting={commenting} field={field} name={name} />}
    </div>
  );
}

function CommentBox({ commenting, field, name }: { commenting: Commenting; field: string; name: string }) {
  const text = commenting.comments[field] ?? '';
  const [open, setOpen] = useState(text !== '');
  const asked = useRef(false);
  const id = `comment-${field}`;
  useEffect(() => {
    if (open && asked.current) document.getElementById(id)?.focus();
  }, [open]);
  if (!open) {
    return (
      <div class="part-comment">
        <Button small kind="quiet" icon="plus" onClick={() => { asked.current = true; setOpen(true); }}>{t('needs.comment_on', { name })}</Button>
      </div>
    );
  }
  return (
    <div class="part-comment">
      <TextArea id={id} label={t('needs.comment_label', { name })} optional rows={2} value={text} onChange={(value) => commenting.set(field, value)} />
    </div>
  );
}
