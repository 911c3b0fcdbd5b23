// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { Views } from '../ui';

const pages = [{ id: 'profile', href: '/me' }, { id: 'papers', href: '/me/papers' }, { id: 'consents', href: '/me/consents' }, { id: 'views', href: '/me/views' }, { id: 'changes', href: '/me/changes' }, { id: 'referees', href: '/me/referees' }, { id: 'privacy', href: '/me/privacy' }] as const;

/** The pages about oneself. */
export function OwnPages({ current }: { current: (typeof pages)[number]['id'] }) {
  return <Views label={t('me.pages')} current={current} views={pages.map((one) => ({ id: one.id, href: one.href, label: t(`me.page.${one.id}`) }))} />;
}
