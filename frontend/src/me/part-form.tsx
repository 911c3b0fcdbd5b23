// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, type Answer } from '../api/call';
import type { Load } from '../api/load';
import { Problem, problemOf } from '../api/problem';
import { FormView, useForm } from '../form';
import { idOf } from '../form/path';
import { t } from '../i18n';
import { CvFields, EmailField, NameFields, OriginCountryField, OriginLinkField, PersonFields, ResidenceCountryField, ResidenceFields, StayFields, WorkFields } from '../professionals/fields';
import { LanguageRows } from '../professionals/language-rows';
import { Newer } from '../professionals/newer';
import { OccupationFields } from '../professionals/occupation';
import { EducationRows, ExperienceRows, LicenceRows } from '../professionals/past-rows';
import type { ReadPart } from '../professionals/read';
import { SkillRows } from '../professionals/skill-rows';
import { differing, parts, pick, type Field, type Fields, type Professional, type ProfileText } from '../professionals/types';
import { announce, Button, Notice, tell } from '../ui';
import { LicenceDocument } from './licence-document';
import { asked } from './standing';
import { Weeks } from './weeks';

interface Props {
  part: ReadPart;
  own: Professional;
  load: Load<Professional>;
  onDone: () => void;
}

/** Writes some fields, if they still hold what was seen; other fields are left as they are. */
export async function save(seen: Partial<ProfileText>, values: Partial<ProfileText>, fields: readonly Field[]): Promise<Answer<Professional>> {
  try {
    return await call<Professional>('PATCH', '/me/professional', { body: { fields, seen: some(seen, fields), values: some(values, fields) } });
  } catch (thrown) {
    // The form calls its fields by their own names.
    const { status, code, title, message, fields: wrong, requestId } = problemOf(thrown);
    throw new Problem({ status, code, title, detail: message, requestId, fields: wrong.map((one) => ({ ...one, field: one.field.replace(/^values\./, '') })) });
  }
}

function some(of: Partial<ProfileText>, fields: readonly Field[]): Partial<ProfileText> {
  return Object.fromEntries(fields.map((name) => [name, of[name]]));
}

/** The fields of one part, with a draft of its own on this device. */
export function PartForm({ part, own, load, onDone }: Props) {
  const fields: readonly Field[] = parts[part];
  // What was written when this was opened, and what the server holds as far as we know.
  const opened = useRef(pick(own, fields));
  const base = useRef<Pick<ProfileText, Field>>(opened.current);
  const [newest, setNewest] = useState<Professional | undefined>();
  const closing = useRef(false);
  const write = async (values: Pick<ProfileText, Field>) => {
    const changed = differing(base.current, values, fields);
    if (changed.length === 0) return;
    const answer = await save(base.current, values, changed);
    base.current = { ...base.current, ...pick(values, changed) };
    load.replace(answer);
    // The server spells some things its own way: that is what will stand there.
    base.current = pick(answer.data, fields);
  };
  const form = useForm<Pick<ProfileText, Field>>({
    id: `me-${part}`,
    initial: opened.current,
    draft: true,
    autosave: true,
    version: fingerprint(JSON.stringify(opened.current)),
    submit: async (values) => {
      await write(values);
      if (closing.current) tell(t('me.saved', { part: t(`professionals.part.${part}`) }));
    },
  });
  const loadNewest = async () => {
    const answer = await call<Professional>('GET', '/me/professional');
    base.current = pick(answer.data, fields);
    setNewest(answer.data);
    announce(t('professionals.newer'));
  };
  const send = async (event?: Event) => {
    closing.current = true;
    const done = await form.submit(event);
    closing.current = false;
    if (done) onDone();
    return done;
  };
  // What was saved on the way is put back to what was there in the beginning.
  const stop = async () => {
    form.discard();
    try {
      await write(opened.current);
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
    onDone();
  };
  useEffect(() => arrive(part), []);
  return (
    <FormView form={{ ...form, submit: send }} action={t('me.save')} onReload={() => void loadNewest()} beside={<Button kind="quiet" onClick={() => void stop()}>{t('me.cancel')}</Button>}>
      {form.state === 'waiting' && <Notice tone="warning" title={t('me.offline')}>{t('me.offline_text')}</Notice>}
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
    case 'origin': return <><OriginCountryField form={form} /><OriginLinkField form={form} /></>;
    case 'residence': return <><ResidenceCountryField form={form} /><ResidenceFields form={form} /></>;
    case 'work': return <><OccupationFields form={form} /><WorkFields form={form} /></>;
    case 'skills': return <SkillRows form={form} isco={isco} />;
    case 'languages': return <LanguageRows form={form} />;
    case 'stay': return <><Weeks form={form} /><StayFields form={form} /></>;
    case 'education': return <EducationRows form={form} />;
    case 'licences': return <LicenceRows form={form} document={(i) => <LicenceDocument form={form} index={i} />} />;
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
