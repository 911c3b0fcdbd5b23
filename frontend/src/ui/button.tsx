// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';

type Kind = 'primary' | 'normal' | 'quiet' | 'danger';

interface ButtonProps {
  kind?: Kind;
  type?: 'button' | 'submit';
  icon?: IconName;
  /** Shown small, for rows and toolbars. */
  small?: boolean;
  /** Only the icon is shown; children remain the name for screen readers. */
  iconOnly?: boolean;
  /** A request is on its way: further presses do nothing, the focus stays. */
  busy?: boolean;
  disabled?: boolean;
  onClick?: (event: MouseEvent) => void;
  id?: string;
  pressed?: boolean;
  expanded?: boolean;
  controls?: string;
  describedBy?: string;
  class?: string;
  children: ComponentChildren;
}

export function Button({ kind = 'normal', type = 'button', busy = false, disabled = false, onClick, ...rest }: ButtonProps) {
  const press = (event: MouseEvent) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button type={type} id={rest.id} class={classOf(kind, rest)} disabled={disabled} aria-disabled={busy || undefined} aria-busy={busy || undefined}
      aria-pressed={rest.pressed} aria-expanded={rest.expanded} aria-controls={rest.controls} aria-describedby={rest.describedBy} onClick={press}>
      {rest.icon && <Icon name={rest.icon} />}
      <span class={rest.iconOnly ? 'hidden' : undefined}>{rest.children}</span>
    </button>
  );
}

interface LinkButtonProps {
  href: string;
  kind?: Kind;
  icon?: IconName;
  small?: boolean;
  download?: boolean;
  class?: string;
  children: ComponentChildren;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ href, kind = 'normal', ...rest }: LinkButtonProps) {
  return (
    <a href={href} class={classOf(kind, rest)} download={rest.download || undefined}>
      {rest.icon && <Icon name={rest.icon} />}
      <span>{rest.children}</span>
    </a>
  );
}

function classOf(kind: Kind, { small, iconOnly, class: more }: { small?: boolean; iconOnly?: boolean; class?: string }): string {
  return ['button', `button-${kind}`, small && 'button-small', iconOnly && 'button-icon', more].filter(Boolean).join(' ');
}
