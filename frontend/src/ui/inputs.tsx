// SPDX-License-Identifier: AGPL-3.0-or-later
import type { TargetedEvent } from 'preact';
import { describe, Field, type FieldProps } from './field';

type Width = 'short' | 'medium' | 'full';

interface TextProps extends FieldProps {
  name?: string;
  value: string | null | undefined;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search';
  autocomplete?: string;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
  maxLength?: number;
  width?: Width;
  readOnly?: boolean;
  /** A code or an address: always written from left to right. */
  code?: boolean;
  /** The language of what is typed, where it is known. */
  lang?: string;
}

export function TextInput({ name, value, onChange, type = 'text', width = 'full', code, autocomplete, ...rest }: TextProps) {
  // The types of JSX tell inputs apart by kind; ours all hold text.
  const kind = { type: type as 'text' };
  return (
    <Field {...rest} width={width}>
      <input {...describe(rest)} class={code ? 'input input-code' : 'input'} name={name} {...kind} value={value ?? ''}
        autocomplete={autocomplete ?? 'off'} inputMode={rest.inputMode} maxLength={rest.maxLength} readOnly={rest.readOnly} lang={rest.lang}
        dir={code || type === 'email' || type === 'url' || type === 'tel' ? 'ltr' : 'auto'}
        onInput={(event: TargetedEvent<HTMLInputElement>) => onChange(event.currentTarget.value)} />
    </Field>
  );
}

interface AreaProps extends FieldProps {
  name?: string;
  value: string | null | undefined;
  onChange: (value: string) => void;
  rows?: number;
  maxLength?: number;
}

/** Several lines; grows with what is typed where the browser can. */
export function TextArea({ name, value, onChange, rows = 4, maxLength, ...rest }: AreaProps) {
  return (
    <Field {...rest}>
      <textarea {...describe(rest)} class="input" name={name} rows={rows} maxLength={maxLength} dir="auto" value={value ?? ''}
        onInput={(event: TargetedEvent<HTMLTextAreaElement>) => onChange(event.currentTarget.value)} />
    </Field>
  );
}

interface NumberProps extends FieldProps {
  name?: string;
  value: number | null | undefined;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  /** What is counted, shown behind the number: "days". */
  unit?: string;
}

/** A whole number. Not type=number: that one loses what it cannot read and changes when somebody scrolls. */
export function NumberInput({ name, value, onChange, unit, ...rest }: NumberProps) {
  const read = (event: TargetedEvent<HTMLInputElement>) => {
    const digits = latinDigits(event.currentTarget.value).replace(/[^\d-]/g, '');
    const parsed = digits === '' || digits === '-' ? null : Number(digits);
    if (String(parsed ?? '') !== event.currentTarget.value) event.currentTarget.value = digits;
    onChange(parsed);
  };
  return (
    <Field {...rest} width="short">
      <span class="input-with-unit">
        <input {...describe(rest)} class="input input-number" name={name} inputMode="numeric" autocomplete="off" dir="ltr"
          value={value ?? ''} onInput={read} />
        {unit && <span class="input-unit">{unit}</span>}
      </span>
    </Field>
  );
}

// Somebody with an Arabic or Persian keyboard types other digits for the same number.
function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

export interface Option {
  value: string;
  label: string;
  hint?: string;
}

interface SelectProps extends FieldProps {
  name?: string;
  value: string | null | undefined;
  onChange: (value: string) => void;
  options: readonly Option[];
  /** The first line, for no choice yet: "Choose a country". */
  empty?: string;
  width?: Width;
}

export function Select({ name, value, onChange, options, empty, width = 'medium', ...rest }: SelectProps) {
  return (
    <Field {...rest} width={width}>
      <select {...describe(rest)} class="input" name={name} value={value ?? ''}
        onChange={(event: TargetedEvent<HTMLSelectElement>) => onChange(event.currentTarget.value)}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
      </select>
    </Field>
  );
}

interface DateProps extends FieldProps {
  name?: string;
  /** A date without a time: "2026-03-01", or empty. */
  value: string | null | undefined;
  onChange: (value: string) => void;
  min?: string;
  max?: string;
  /** Only the month is asked: "2026-03". */
  month?: boolean;
}

export function DateInput({ name, value, onChange, min, max, month, ...rest }: DateProps) {
  return (
    <Field {...rest} width="short">
      <input {...describe(rest)} class="input" type={month ? 'month' : 'date'} name={name} value={value ?? ''} min={min} max={max}
        onInput={(event: TargetedEvent<HTMLInputElement>) => onChange(event.currentTarget.value)} />
    </Field>
  );
}
