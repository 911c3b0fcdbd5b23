// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { useLoad } from '../api/load';
import { t } from '../i18n';
import { readParts, type ReadPart } from '../professionals/read';
import { Button, Disclosure, LinkButton, Meter, Section } from '../ui';
import type { MeterView } from './documents';
import './papers.css';
import { asked } from './standing';

/** How much of the profile is filled in, and what would lift the person for the needs of today. */
export function Completeness({ version }: { version: number }) {
  const load = useLoad<MeterView>((signal) => call('GET', '/me/completeness', { signal }), [version]);
  const meter = load.data;
  if (!meter) return null; // The profile itself does not wait for it.
  const open = meter.items.filter((one) => !one.done);
  return (
    <Section title={t('me.meter')} lead={t(meter.percent === 100 ? 'me.meter_full' : 'me.meter_lead')}>
      <div class="completeness">
        <Meter label={t('me.meter')} value={meter.percent} hideLabel />
        {meter.tips.length > 0 && (
          <>
            <h3>{t('me.meter.tips', { count: meter.needs })}</h3>
            <ul>{meter.tips.map((tip, i) => <li key={i}>{tipWords(tip)} <To part={tip.part} field="">{t('me.mend')}</To></li>)}</ul>
          </>
        )}
        {open.length > 0 && (
          <Disclosure summary={t('me.meter.open', { count: open.length })}>
            <ul>{open.map((one) => <li key={one.name}><To part={one.part} field={one.field}>{t(`me.meter.item.${one.name}`)}</To></li>)}</ul>
          </Disclosure>
        )}
      </div>
    </Section>
  );
}

/** A tip in plain words: "Add the skill X: 3 needs want it." */
export function tipWords(tip: MeterView['tips'][number]): string {
  const wanted = t('me.meter.wanted', { count: tip.needs });
  return t('me.meter.tip', { what: t(`me.meter.${tip.kind}.${tip.what}`, { name: tip.label }), wanted });
}

function To({ part, field, children }: { part: string; field: string; children: string }) {
  if (part === 'consents') return <LinkButton kind="quiet" href="/me/consents">{children}</LinkButton>;
  if (!readParts.includes(part as ReadPart)) return null;
  return <Button small onClick={() => (asked.value = { part: part as ReadPart, field })}>{children}</Button>;
}
