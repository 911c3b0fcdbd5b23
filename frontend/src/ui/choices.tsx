// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { FieldError, type FieldProps } from './field';
import type { Option } from './inputs';

interface CheckboxProps {
  id: string;
  label: ComponentChildren;
  name?: string;
  value: boolean | undefined;
  onChange: (value: boolean) => void;
  help?: ComponentChildren;
  error?: string | undefined;
}

export function Checkbox({ id, label, name, value, onChange, help, error }: CheckboxProps) {
  return (
    <div class={error ? 'choice-field field-wrong' : 'choice-field'}>
      <FieldError id={id} error={error} />
      <label class="choice" for={id}>
        <input type="checkbox" id={id} name={name} checked={value ?? false} aria-invalid={error ? true : undefined}
          aria-describedby={[help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined}
          onChange={(event) => onChange(event.currentTarget.checked)} />
        <span class="choice-label field-name">{label}</span>
      </label>
      {help && <p class="choice-help" id={`${id}-help`}>{help}</p>}
    </div>
  );
}

interface RadioProps extends FieldProps {
  name?: string;
  value: string | null | undefined;
  onChange: (value: string) => void;
  options: readonly Option[];
  /** Side by side, for short words. */
  inline?: boolean;
}

export function RadioGroup({ value, onChange, options, inline, name, ...field }: RadioProps) {
  return (
    <Fieldset {...field}>
      <div class={inline ? 'choices choices-inline' : 'choices'}>
        {options.map((one) => (
          <div key={one.value}>
            <label class="choice">
              <input type="radio" name={name ?? field.id} value={one.value} checked={value === one.value}
                aria-describedby={one.hint ? `${field.id}-${one.value}-hint` : undefined} onChange={() => onChange(one.value)} />
              <span class="choice-label">{one.label}</span>
            </label>
            {one.hint && <p class="choice-help" id={`${field.id}-${one.value}-hint`}>{one.hint}</p>}
          </div>
        ))}
      </div>
    </Fieldset>
  );
}

interface CheckboxesProps extends FieldProps {
  value: readonly string[] | undefined;
  onChange: (value: string[]) => void;
  options: readonly Option[];
  inline?: boolean;
}

/** Any number of a few. */
export function CheckboxGroup({ value = [], onChange, options, inline, ...field }: CheckboxesProps) {
  const toggle = (one: string, on: boolean) => onChange(on ? [...value, one] : value.filter((other) => other !== one));
  return (
    <Fieldset {...field}>
      <div class={inline ? 'choices choices-inline' : 'choices'}>
        {options.map((one) => (
          <Checkbox key={one.value} id={`${field.id}-${one.value}`} label={one.label} help={one.hint} value={value.includes(one.value)}
            onChange={(on) => toggle(one.value, on)} />
        ))}
      </div>
    </Fieldset>
  );
}

interface FieldsetProps extends FieldProps {
  /** A part of a form with a heading of its own, set off by a rule. */
  section?: boolean;
  children: ComponentChildren;
}

/** Fields that belong together under one question. Focusable, so that the error summary can lead here. */
export function Fieldset({ id, label, help, error, optional, hideLabel, section, children }: FieldsetProps) {
  const by = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset id={id} tabIndex={-1} class={`fieldset${section ? ' fieldset-section' : ''}${error ? ' field-wrong' : ''}`} aria-describedby={by || undefined}>
      <legend class={hideLabel ? 'hidden' : 'field-label'}>
        <span class="field-name">{label}</span>
        {optional && <span class="field-optional"> {t('ui.optional')}</span>}
      </legend>
      {help && <p class="field-help" id={`${id}-help`}>{help}</p>}
      <FieldError id={id} error={error} />
      {children}
    </fieldset>
  );
}
