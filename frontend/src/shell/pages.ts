// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages of the application. Every folder brings its own in pages.ts, so that
// a screen is added without touching the shell.
import type { ComponentType } from 'preact';
import type { Role } from '../session/session';

/** Where a page stands in the navigation. */
export interface Place {
  /** The key of its name: "needs.nav". */
  key: string;
  /** Smaller comes first. Home is 0; leave gaps. */
  order: number;
  /** The roles that it is offered to; all, if left out. The server decides what they may see. */
  roles?: readonly Role[];
}

export interface Page {
  /** The route: "/needs/:ref". */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Open to people who are not signed in. */
  open?: boolean;
  nav?: Place;
}

const modules = import.meta.glob<{ pages: Page[] }>('../*/pages.ts', { eager: true });

/** All pages, of all folders. */
export const pages: readonly Page[] = Object.entries(modules).flatMap(([file, module]) => (file === './pages.ts' ? [] : (module.pages ?? [])));

/** The navigation for a role. */
export function navigationFor(role: Role | undefined): { href: string; key: string }[] {
  return pages
    .filter((one) => one.nav && (!one.nav.roles || (role !== undefined && one.nav.roles.includes(role))))
    .sort((a, b) => (a.nav?.order ?? 0) - (b.nav?.order ?? 0))
    .map((one) => ({ href: one.path, key: one.nav?.key ?? '' }));
}
