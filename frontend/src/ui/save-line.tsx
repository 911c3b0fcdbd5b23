// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';

/** Says how what was typed is kept: "Saved", "Saving…", "Draft kept on this device". */
export function SaveLine({ state }: { state: 'clean' | 'changed' | 'drafted' | 'saving' | 'saved' | 'failed' | 'waiting' | 'unfinished' }) {
  return <p class="save-line" role="status">{state === 'clean' ? '' : t(`ui.save.${state}`)}</p>;
}
