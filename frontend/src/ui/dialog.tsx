// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Button } from './button';

interface Props {
  open: boolean;
  title: string;
  onClose: () => void;
  actions?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
}

/** A native modal dialog: the browser keeps the focus inside and gives it back. */
export function Dialog({ open, title, onClose, actions, wide, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement as HTMLElement | null;
    const own = element.current;
    if (own && !own.open) own.showModal();
    return () => {
      own?.close();
      if (before?.isConnected) before.focus();
    };
  }, [open]);
  if (!open) return null;
  return (
    <dialog ref={element} class={wide ? 'dialog dialog-wide' : 'dialog'} aria-labelledby={heading}
      onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <header class="dialog-head">
        <h2 id={heading} class="dialog-title">{title}</h2>
        <Button kind="quiet" small icon="cross" iconOnly onClick={onClose}>{t('ui.close')}</Button>
      </header>
      <div class="dialog-body">{children}</div>
      {actions && <footer class="dialog-actions">{actions}</footer>}
    </dialog>
  );
}
