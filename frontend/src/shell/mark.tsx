// SPDX-License-Identifier: AGPL-3.0-or-later
/** The bird that looks back for what was left behind: sankofa. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">
        <path d="M3.500 19.500c2 6 6.500 8.500 12 8.500 6.500 0 11-4.500 11-11.500C26.500 9 23 4 18 4c-3.500 0-5.500 2-5.500 4.800" />
        <path d="M12.500 8.800L9 11.500M3.500 19.500c4.500 1.200 9 .2 12.500-2.500" />
      </g>
      <circle class="mark-seed" cx="8" cy="14.200" r="1.900" />
    </svg>
  );
}
