// SPDX-License-Identifier: AGPL-3.0-or-later
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from './icon';

/** Set while a form on the page shows errors: the title of the window says so. */
export const erroneous = signal(false);

/** Names the page in the window's title. PageHeader does it for most pages. */
export function useTitle(title: string): void {
  const wrong = erroneous.value;
  useEffect(() => {
    const full = t('ui.page_title', { title, product: 'Sankofa' });
    document.title = wrong ? t('ui.error_title', { title: full }) : full;
  }, [title, wrong]);
}

export interface Crumb {
  href: string;
  label: string;
}

interface Props {
  title: string;
  /** What is shown instead of the plain title, such as a name in a <Bdi>. */
  heading?: ComponentChildren;
  /** The reference or kind above the title. */
  over?: ComponentChildren;
  /** One or two sentences on what the page is for. */
  lead?: ComponentChildren;
  crumbs?: readonly Crumb[];
  /** States, dates, owners: a line of facts below the title. */
  facts?: ComponentChildren;
  actions?: ComponentChildren;
}

/** The head of every page: where one is, what it is, what one can do. */
export function PageHeader({ title, heading, over, lead, crumbs, facts, actions }: Props) {
  useTitle(title);
  return (
    <header class="page-head">
      {crumbs && <Breadcrumbs crumbs={crumbs} />}
      <div class="page-head-row">
        <div>
          {over && <p class="page-over">{over}</p>}
          <h1 class="page-title" id="page-title">{heading ?? title}</h1>
          {facts && <div class="page-facts">{facts}</div>}
          {lead && <p class="page-lead">{lead}</p>}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </div>
    </header>
  );
}

export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav class="crumbs" aria-label={t('ui.breadcrumbs')}>
      <ol>
        {crumbs.map((one) => <li key={one.href}><a href={one.href}>{one.label}</a><Icon name="forward" /></li>)}
      </ol>
    </nav>
  );
}

/** A part of a page under its own heading. */
export function Section({ title, actions, lead, children }: { title: string; actions?: ComponentChildren; lead?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="section">
      <header class="section-head"><h2>{title}</h2>{actions}</header>
      {lead && <p class="section-lead">{lead}</p>}
      {children}
    </section>
  );
}
