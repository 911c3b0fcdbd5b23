// SPDX-License-Identifier: AGPL-3.0-or-later
/** A link that saves a file: the browser, not the router, follows it. */
export function Sheet({ href, label }: { href: string; label: string }) {
  return <a class="button button-small" href={href} target="_top" download>{label}</a>;
}
