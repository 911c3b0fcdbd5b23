// SPDX-License-Identifier: AGPL-3.0-or-later
import { language, t } from '../i18n';
import { country, listed, number } from '../i18n/format';

// Africa as tiles, a country each, near enough to where it lies: no map that somebody else
// would have to serve. The countries that are not here stand in a row of their own.
const tiles: Record<string, readonly [number, number]> = {
  MA: [2, 0], DZ: [3, 0], TN: [4, 0], LY: [5, 0], EG: [6, 0],
  EH: [1, 1], MR: [2, 1], ML: [3, 1], NE: [4, 1], TD: [5, 1], SD: [6, 1], ER: [7, 1],
  CV: [0, 2], SN: [1, 2], GM: [2, 2], BF: [3, 2], NG: [4, 2], CM: [5, 2], SS: [6, 2], ET: [7, 2], DJ: [8, 2],
  GW: [0, 3], GN: [1, 3], CI: [2, 3], GH: [3, 3], BJ: [4, 3], CF: [5, 3], UG: [6, 3], KE: [7, 3], SO: [8, 3],
  SL: [1, 4], LR: [2, 4], TG: [3, 4], GQ: [4, 4], CG: [5, 4], RW: [6, 4], TZ: [7, 4], SC: [9, 4],
  ST: [3, 5], GA: [4, 5], CD: [5, 5], BI: [6, 5], MW: [7, 5], KM: [8, 5],
  AO: [5, 6], ZM: [6, 6], MZ: [7, 6], MG: [9, 6],
  NA: [5, 7], BW: [6, 7], ZW: [7, 7], MU: [9, 7],
  ZA: [5, 8], LS: [6, 8], SZ: [7, 8],
};
const size = 40;

/** How many are in each country now, on a map of tiles; the table beneath says the same in words. */
export function Where({ countries }: { countries: readonly string[] }) {
  const counts = new Map<string, number>();
  for (const one of countries) counts.set(one, (counts.get(one) ?? 0) + 1);
  const away = [...counts.keys()].filter((one) => !(one in tiles)).sort();
  const placed = [...Object.entries(tiles), ...away.map((code, i): [string, readonly [number, number]] => [code, [i % 10, 10 + Math.floor(i / 10)]])];
  const rows = away.length > 0 ? 11 + Math.floor((away.length - 1) / 10) : 9;
  const said = listed([...counts].sort(([a], [b]) => a.localeCompare(b)).map(([code, count]) => t('placements.where_count', { country: country(code), count: number(count) })));
  return (
    <figure class="where">
      <svg viewBox={`0 0 ${10 * size} ${rows * size}`} role="img" aria-label={`${t('placements.where')}: ${said}`} direction="ltr" lang={language.value}>
        {placed.map(([code, [x, y]]) => {
          const count = counts.get(code);
          return (
            <g key={code} class={count ? 'where-tile where-some' : 'where-tile'}>
              <title>{count ? t('placements.where_count', { country: country(code), count: number(count) }) : country(code)}</title>
              <rect x={x * size + 1} y={y * size + 1} width={size - 2} height={size - 2} />
              <text x={x * size + size / 2} y={y * size + (count ? 15 : 25)}>{code}</text>
              {count && <text class="where-number" x={x * size + size / 2} y={y * size + 33}>{number(count)}</text>}
            </g>
          );
        })}
      </svg>
      <figcaption class="muted small">{t('placements.where_lead')}</figcaption>
    </figure>
  );
}
