// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { Badge, type Tone } from '../ui';

const tones: Record<string, Tone> = {
  PREPARING: 'accent', CLEARED: 'good', TRAVELLING: 'good', ON_DUTY: 'good', EXTENSION_ASKED: 'accent', POSTPONED: 'caution', SUSPENDED: 'caution', EVACUATED: 'bad', CURTAILED: 'caution',
  COMPLETED: 'good', CANCELLED: 'bad',
};

/** The state of a placement. */
export function PlacementState({ state }: { state: string }) {
  return <Badge tone={tones[state] ?? 'neutral'}>{t(`placements.state.${state}`)}</Badge>;
}

/** The address of a placement's page. */
export function placementPath(reference: string): string {
  return `/placements/${encodeURIComponent(reference)}`;
}
