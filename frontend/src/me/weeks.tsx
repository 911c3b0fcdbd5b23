// SPDX-License-Identifier: AGPL-3.0-or-later
import { useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { month, period } from '../i18n/format';
import type { Fields, Window } from '../professionals/types';
import { announce, Button, Fieldset, Select } from '../ui';
import './weeks.css';
import { cover, repeated, weeksFrom, withoutPeriod, withPeriod, type Week } from './week-list';

/** How many weeks are shown, and how many periods a profile holds. */
const shown = 53;
const most = 24;

/** Free time as a calendar of weeks: each is a button, so that a key, a finger and a mouse do the same. */
export function Weeks({ form }: { form: Fields<'availability'> }) {
  const today = new Date().toISOString().slice(0, 10);
  const weeks = weeksFrom(today, shown);
  const last = useRef<number | undefined>(undefined);
  const [every, setEvery] = useState('52');
  const [full, setFull] = useState(false);
  const { availability } = form.values;
  const write = (next: Window[]) => {
    setFull(next.length > most);
    if (next.length <= most) form.set('availability', next);
  };
  const press = (i: number, event: MouseEvent) => {
    const week = weeks[i] as Week;
    const free = cover(week, availability) !== 'all';
    // With Shift, everything since the week that was pressed before.
    const [a, b] = event.shiftKey && last.current !== undefined ? [Math.min(i, last.current), Math.max(i, last.current)] : [i, i];
    const [from, to] = [(weeks[a] as Week).from, (weeks[b] as Week).to];
    last.current = i;
    write(free ? withPeriod(availability, from, to, today) : withoutPeriod(availability, from, to));
    announce(t(free ? 'me.weeks.now_free' : 'me.weeks.now_taken', { period: period(from, to) }));
  };
  const repeat = () => {
    write(repeated(availability, Number(every), every === '52' ? 1 : 6, today));
    announce(t('me.weeks.repeated'));
  };
  return (
    <Fieldset id={`${form.id}-weeks`} label={t('me.weeks')} help={t('me.weeks_help')}>
      <div class="weeks">
        {byMonth(weeks).map(({ name, of }) => (
          <div key={name} class="weeks-month">
            <span class="weeks-name">{name}</span>
            <div class="weeks-row">
              {of.map((i) => {
                const week = weeks[i] as Week;
                const how = cover(week, availability);
                return (
                  <button key={week.from} type="button" class={`week week-${how}`} aria-pressed={how === 'some' ? 'mixed' : how === 'all'} aria-label={period(week.from, week.to)} onClick={(event) => press(i, event)}>
                    <span aria-hidden="true">{Number(week.from.slice(8))}</span>
                  </button>
                );
              })}
            </div>
          </div>
        ))}
      </div>
      {full && <p class="weeks-full" role="alert">{t('me.weeks.too_many')}</p>}
      <div class="cluster weeks-repeat">
        <Select id={`${form.id}-every`} label={t('me.weeks.repeat')} value={every} onChange={setEvery}
          options={['2', '4', '8', '13', '26', '52'].map((value) => ({ value, label: t(`me.weeks.every.${value}`) }))} />
        <Button small onClick={repeat} disabled={availability.length === 0}>{t('me.weeks.repeat_do')}</Button>
        <Button small kind="quiet" onClick={() => write([])} disabled={availability.length === 0}>{t('me.weeks.clear')}</Button>
      </div>
    </Fieldset>
  );
}

/** The weeks by the month of their Monday. */
function byMonth(weeks: readonly Week[]): { name: string; of: number[] }[] {
  const out: { key: string; name: string; of: number[] }[] = [];
  weeks.forEach((week, i) => {
    const key = week.from.slice(0, 7);
    if (out.at(-1)?.key !== key) out.push({ key, name: month(`${key}-01`), of: [] });
    out.at(-1)?.of.push(i);
  });
  return out;
}
