// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';

/** Lines in the shape of what is to come. Said aloud; seen only when it takes more than a blink. */
export function Loading({ label, lines = 4 }: { label?: string | undefined; lines?: number }) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 120);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={slow ? 'loading loading-slow' : 'loading'}>
      <p class="hidden" role="status">{label ?? t('ui.loading')}</p>
      {Array.from({ length: lines }, (_, i) => <span key={i} class="skeleton" aria-hidden="true" />)}
    </div>
  );
}
