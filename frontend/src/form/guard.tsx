// SPDX-License-Identifier: AGPL-3.0-or-later

// Keeps somebody from leaving a form by accident: closing the window asks the
// browser's question, a link within asks ours.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { t } from '../i18n';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

const guarded = new Set<string>();
const leaving = signal<string | undefined>(undefined);

/** Guards until the returned function is called. */
export function guard(form: string): () => void {
  guarded.add(form);
  return () => void guarded.delete(form);
}

/** Lives once in the shell and asks before a guarded form is left. */
export function LeaveGuard() {
  const { route } = useLocation();
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (guarded.size > 0) event.preventDefault();
    };
    // In the capture phase, to come before the router.
    const onClick = (event: MouseEvent) => {
      const to = guarded.size > 0 ? ownLink(event) : undefined;
      if (!to) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leaving.value = to;
    };
    addEventListener('beforeunload', onUnload);
    addEventListener('click', onClick, true);
    return () => {
      removeEventListener('beforeunload', onUnload);
      removeEventListener('click', onClick, true);
    };
  }, []);
  const stay = () => (leaving.value = undefined);
  const leave = () => {
    const to = leaving.value ?? '/';
    guarded.clear();
    stay();
    route(to);
  };
  return (
    <Dialog open={leaving.value !== undefined} title={t('form.leave.title')} onClose={stay}
      actions={<><Button onClick={stay}>{t('form.leave.stay')}</Button><Button kind="quiet" onClick={leave}>{t('form.leave.go')}</Button></>}>
      <p>{t('form.leave.text')}</p>
    </Dialog>
  );
}

function ownLink(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
  const link = (event.target as Element | null)?.closest?.('a[href]') as HTMLAnchorElement | null;
  if (!link || link.origin !== location.origin || link.hasAttribute('download') || (link.target && link.target !== '_self')) return undefined;
  if (link.pathname === location.pathname && link.hash) return undefined;
  return link.pathname + link.search + link.hash;
}
