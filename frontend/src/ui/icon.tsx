// SPDX-License-Identifier: AGPL-3.0-or-later
// Own line icons on a grid of 20. They are decoration: the word stands beside them.
const paths = {
  check: 'M4 10.5l4 4 8-9',
  half: 'M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM10 3.5v13a6.5 6.5 0 0 0 0-13z',
  cross: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  question: 'M7 7.3a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1-1.4 2M10 15.2v.3',
  dash: 'M5 10h10',
  plus: 'M10 4v12M4 10h12',
  up: 'M5 12l5-5 5 5',
  down: 'M5 8l5 5 5-5',
  forward: 'M8 5l5 5-5 5',
  back: 'M12 5l-5 5 5 5',
  menu: 'M3 6h14M3 10h14M3 14h14',
  info: 'M10 2.8a7.2 7.2 0 1 0 0 14.4a7.2 7.2 0 1 0 0-14.4zM10 9.2v4.300M10 6.400v.2',
  warning: 'M10 7v4.5M10 14v.3M10 2.8l8 14H2z',
  sun: 'M10 6.8a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.5 1.5M14.2 14.2l1.5 1.5M4.3 15.7l1.5-1.5M14.2 5.8l1.5-1.5',
  moon: 'M15.5 12.2A6.5 6.5 0 0 1 7.8 4.5a6.5 6.5 0 1 0 7.7 7.7z',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM13 13l4 4',
  user: 'M10 3.5a3 3 0 1 0 0 6a3 3 0 1 0 0-6zM4 16.5c.8-3 3-4.3 6-4.3s5.2 1.3 6 4.3',
  bell: 'M10 3a4.500 4.500 0 0 0-4.500 4.500c0 4-1.500 5.500-1.500 5.500h12s-1.500-1.500-1.500-5.500A4.500 4.500 0 0 0 10 3zM8.300 16a1.800 1.800 0 0 0 3.400 0',
  mail: 'M3 5h14v10.5H3zM3 5.500l7 5.500 7-5.500',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  print: 'M6 8V3.5h8V8M6 14H3.5V8h13v6H14M6 11.5h8v5H6z',
} as const;

export type IconName = keyof typeof paths;

const mirrored = new Set<IconName>(['forward', 'back']);

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={mirrored.has(name) ? 'icon icon-mirrored' : 'icon'} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill={name === 'half' ? 'currentColor' : 'none'} fill-rule="evenodd" />
    </svg>
  );
}
