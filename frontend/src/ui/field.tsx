// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { Icon } from './icon';

/** What every control takes; useForm's bind() brings id, name, value, error and onChange. */
export interface FieldProps {
  id: string;
  label: string;
  help?: ComponentChildren;
  error?: string | undefined;
  /** Optional fields are marked in words; required ones are the rule. */
  optional?: boolean;
  /** The label is for screen readers only, as in a table whose heading says it. */
  hideLabel?: boolean;
}

interface Props extends FieldProps {
  /** How wide the control is: a hint at how much is expected. */
  width?: 'short' | 'medium' | 'full';
  children: ComponentChildren;
}

/** A label, a help text, a message and the control between them. */
export function Field({ id, label, help, error, optional, hideLabel, width = 'full', children }: Props) {
  return (
    <div class={`field field-${width}${error ? ' field-wrong' : ''}`}>
      <label for={id} class={hideLabel ? 'hidden' : 'field-label'}>
        <span class="field-name">{label}</span>
        {optional && <span class="field-optional"> {t('ui.optional')}</span>}
      </label>
      {help && <p class="field-help" id={`${id}-help`}>{help}</p>}
      <FieldError id={id} error={error} />
      {children}
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p class="field-error" id={`${id}-error`}>
      <Icon name="warning" />
      <span class="hidden">{t('ui.error')} </span>
      <span>{error}</span>
    </p>
  );
}

/** The attributes that tie a control to its help and its message. */
export function describe({ id, help, error, optional }: FieldProps) {
  const by = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return {
    id,
    'aria-describedby': by || undefined,
    'aria-invalid': error ? true : undefined,
    'aria-required': optional ? undefined : true,
  } as const;
}
