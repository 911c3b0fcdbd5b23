// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Form } from '../form';
import { t } from '../i18n';
import type { Post } from '../needs/types';
import { findMembers } from '../selection/nominate';
import { Combobox, RepeatableList, Select } from '../ui';

/** A member who is to be asked; the label is for the screen. */
export interface Asked { professionalId: string; label: string; position: string }

export const freshMember = (): Asked => ({ professionalId: '', label: '', position: '' });

/** What the server reads of them. */
export const sendable = (members: readonly Asked[]) => members.map(({ professionalId, position }) => ({ professionalId, position }));

/** Whom to ask, and for which of the need's professions. */
export function MemberRows<V extends { members: Asked[] }>({ form, posts }: { form: Form<V>; posts: readonly Post[] }) {
  return (
    <RepeatableList<Asked> {...form.bind<Asked[]>('members')} section most={100} label={t('teams.members')} help={t('teams.members_help')} fresh={freshMember}
      one={t('selection.member')} add={t('teams.add_row')} row={(row, i) => (
        <div class="form-row">
          <Combobox {...form.bind(`members[${i}].professionalId`)} label={t('selection.member')} find={findMembers} value={row.professionalId ? { value: row.professionalId, label: row.label } : null}
            onChange={(picked) => {
              form.set(`members[${i}].professionalId`, picked?.value ?? '');
              form.set(`members[${i}].label`, picked?.label ?? '');
            }} />
          {posts.length > 0 && <Select {...form.bind(`members[${i}].position`)} label={t('teams.profession')} options={posts.map((one) => ({ value: one.id, label: one.title }))} empty={t('selection.position_own')} optional />}
        </div>
      )} />
  );
}
