// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon';

type Tone = 'info' | 'success' | 'warning' | 'problem';

const icons: Record<Tone, IconName> = { info: 'info', success: 'check', warning: 'warning', problem: 'warning' };

interface Props {
  tone: Tone;
  title?: string;
  action?: ComponentChildren;
  /** Take the focus when it appears. */
  focus?: boolean;
  children?: ComponentChildren;
}

/** Something that the reader should know, in the place where it matters. */
export function Notice({ tone, title, action, focus, children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) element.current?.focus();
  }, []);
  return (
    <div ref={element} class={`notice notice-${tone}`} role={tone === 'problem' ? 'alert' : undefined} tabIndex={focus ? -1 : undefined}>
      <Icon name={icons[tone]} />
      <div class="notice-text">
        {title && <p class="notice-title">{title}</p>}
        {children && <div>{children}</div>}
        {action && <div class="notice-action">{action}</div>}
      </div>
    </div>
  );
}
