// SPDX-License-Identifier: AGPL-3.0-or-later
import { signal } from '@preact/signals';
import { t } from '../i18n';
import { Button } from './button';
import { Icon } from './icon';

interface Message {
  text: string;
  undo?: (() => void) | undefined;
}

const spoken = signal('');
const toast = signal<Message | undefined>(undefined);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says something to those who listen; nothing is seen. */
export function announce(text: string): void {
  // The same sentence twice is heard twice only if the region changes.
  spoken.value = spoken.peek() === text ? `${text}\u00a0` : text;
}

/** Shows and says that something was done, with a way to undo it where there is one. */
export function tell(text: string, undo?: () => void): void {
  clearTimeout(timer);
  toast.value = { text, undo };
  timer = setTimeout(() => (toast.value = undefined), undo ? 30_000 : 6_000);
}

/** Lives once in the shell. */
export function LiveRegion() {
  const message = toast.value;
  const close = () => (toast.value = undefined);
  return (
    <>
      <p class="hidden" role="status" aria-live="polite">{spoken.value}</p>
      <div class="toasts" role="status" aria-live="polite">
        {message && (
          <div class="toast">
            <Icon name="check" />
            <span>{message.text}</span>
            {message.undo && <Button small kind="quiet" onClick={() => { message.undo?.(); close(); }}>{t('ui.undo')}</Button>}
            <Button small kind="quiet" icon="cross" iconOnly onClick={close}>{t('ui.close')}</Button>
          </div>
        )}
      </div>
    </>
  );
}
