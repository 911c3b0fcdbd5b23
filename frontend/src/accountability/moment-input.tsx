// SPDX-License-Identifier: AGPL-3.0-or-later
import type { TargetedEvent } from 'preact';
import { describe, Field, type FieldProps } from '../ui/field';

interface Props extends FieldProps {
  name?: string;
  /** A moment with its zone, as the server keeps it; empty while none is chosen. */
  value: string;
  onChange: (value: string) => void;
}

/** Day and hour, as the clock of the reader shows them. */
export function MomentInput({ name, value, onChange, ...rest }: Props) {
  return (
    <Field {...rest} width="medium">
      <input {...describe(rest)} class="input" type="datetime-local" name={name} value={local(value)}
        onInput={(event: TargetedEvent<HTMLInputElement>) => onChange(zoned(event.currentTarget.value))} />
    </Field>
  );
}

function local(value: string): string {
  const at = new Date(value);
  if (!value || Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function zoned(value: string): string {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
