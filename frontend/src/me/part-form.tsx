// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, type Answer } from '../api/call';
import type { Load } from '../api/load';
import { Problem } from '../api/problem';
import { FormView, useForm } from '../form';
import { idOf } from '../form/path';
import { t } from '../i18n';
import { CvFields, EmailField, NameFields, OriginFields, PersonFields, ResidenceCountryField, ResidenceFields, StayFields, WorkFields } from '../professionals/fields';
import { LanguageRows } from '../professionals/language-rows';
import { Newer } from '../professionals/newer';
import { OccupationFields } from '../professionals/occupation';
import { EducationRows, ExperienceRows, LicenceRows } from '../professionals/past-rows';
import type { ReadPart } from '../professionals/read';
import { SkillRows } from '../professionals/skill-rows';
import { differing, parts, pick, textOf, type Field, type Fields, type Professional, type ProfileText } from '../professionals/types';
import { announce, Button, tell } from '../ui';
import { asked } from './standing';

interface Props {
  part: ReadPart;
  own: Professional;
  load: Load<Professional>;
  onDone: () => void;
}

/** Sends some fields with the rest of the profile as it is saved now. */
export async function save(own: Professional, etag: string, values: Partial<ProfileText>, fields: readonly Field[]): Promise<Answer<Professional>> {
  const send = (to: Professional, version: string) => call<Professional>('PUT', '/me/professional', { body: { ...textOf(to), ...values }, ifMatch: version });
  try {
    return await send(own, etag);
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.status !== 412) throw thrown;
    // Somebody saved another part meanwhile: that is no conflict with this one.
    const now = await call<Professional>('GET', '/me/professional');
    if (differing(own, now.data, fields).length > 0) throw thrown;
    return send(now.data, now.etag);
  }
}

/** The fields of one part, with a draft of its own on this device. */
export function PartForm({ part, own, load, onDone }: Props) {
  const fields: readonly Field[] = parts[part];
  const first = useRef(own);
  const base = useRef({ own, etag: load.etag });
  const [newest, setNewest] = useState<Professional | undefined>();
  const started = pick(first.current, fields);
  // Another part that was saved brings a new version; what this one began with has not changed.
  if (!newest && differing(own, base.current.own, fields).length === 0) base.current = { own, etag: load.etag };
  const form = useForm<Pick<ProfileText, Field>>({
    id: `me-${part}`,
    initial: started,
    draft: true,
    version: fingerprint(JSON.stringify(started)),
    submit: async (values) => {
      load.replace(await save(base.current.own, base.current.etag, values, fields));
      tell(t('me.saved', { part: t(`professionals.part.${part}`) }));
    },
  });
  const loadNewest = async () => {
    const answer = await call<Professional>('GET', '/me/professional');
    base.current = { own: answer.data, etag: answer.etag };
    setNewest(answer.data);
    announce(t('professionals.newer'));
  };
  const send = async (event?: Event) => {
    const done = await form.submit(event);
    if (done) onDone();
    return done;
  };
  const stop = () => {
    form.discard();
    onDone();
  };
  useEffect(() => arrive(part), []);
  return (
    <FormView form={{ ...form, submit: send }} action={t('me.save')} onReload={() => void loadNewest()} beside={<Button kind="quiet" onClick={stop}>{t('me.cancel')}</Button>}>
      {newest && <Newer newest={newest} form={form} fields={fields} />}
      <PartFields part={part} form={form} isco={own.isco} />
    </FormView>
  );
}

/** Puts the focus on the field that was asked for, else on the first one. */
export function arrive(part: ReadPart): void {
  const form = `me-${part}`;
  const field = asked.peek()?.field;
  asked.value = undefined;
  const wanted = field ? document.getElementById(idOf(form, field)) : null;
  const first = document.querySelector<HTMLElement>(`:is(input, select, textarea)[id^="${form}-"]`) ?? document.getElementById(`part-${part}`);
  (wanted ?? first)?.focus();
}

function PartFields({ part, form, isco }: { part: ReadPart; form: Fields<Field>; isco: string }) {
  switch (part) {
    case 'person': return <><NameFields form={form} /><EmailField form={form} help={t('me.email_help')} /><PersonFields form={form} /></>;
    case 'origin': return <OriginFields form={form} />;
    case 'residence': return <><ResidenceCountryField form={form} /><ResidenceFields form={form} /></>;
    case 'work': return <><OccupationFields form={form} /><WorkFields form={form} /></>;
    case 'skills': return <SkillRows form={form} isco={isco} />;
    case 'languages': return <LanguageRows form={form} />;
    case 'stay': return <StayFields form={form} />;
    case 'education': return <EducationRows form={form} />;
    case 'licences': return <LicenceRows form={form} />;
    case 'experience': return <ExperienceRows form={form} />;
    case 'cv': return <CvFields form={form} />;
  }
}

/** A short mark of a text, to tell whether it is the same one (FNV-1a). */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
