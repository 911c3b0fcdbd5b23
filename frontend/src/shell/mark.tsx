// SPDX-License-Identifier: AGPL-3.0-or-later
/** The bird that looks back for what was left behind: sankofa. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">
        <path d="M4 16c1 6 5 10 11 10 7 0 11-5 11-11 0-5-3-8-6.500-8S13 9.500 13 12" />
        <path d="M13 12l-3.500-1.500M4 16l-1.500-4M4 16l4 .5M13 26v3.500M18 25.500v4" />
      </g>
      <circle class="mark-seed" cx="6" cy="8.500" r="2.200" />
    </svg>
  );
}
