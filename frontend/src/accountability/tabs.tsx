// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { Views } from '../ui';

const pages = [{ id: 'processing', href: '/processing' }, { id: 'transfers', href: '/transfers' }, { id: 'breaches', href: '/breaches' }, { id: 'assessments', href: '/impact-assessments' }] as const;

/** The registers of the data-protection officer. */
export function Registers({ current }: { current: (typeof pages)[number]['id'] }) {
  return <Views label={t('accountability.registers')} current={current} views={pages.map((one) => ({ id: one.id, href: one.href, label: t(`accountability.register.${one.id}`) }))} />;
}
