// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { call, newKey, type List } from '../api/call';
import { useLoad, type Load } from '../api/load';
import { problemOf } from '../api/problem';
import { t } from '../i18n';
import { number } from '../i18n/format';
import { openSearch } from '../search/question';
import { facetNames } from '../search/types';
import { valueName } from '../search/words';
import { Badge, Bdi, Button, Checkbox, Empty, LinkButton, Loaded, PageHeader, Select, tell } from '../ui';
import { bodyOf, SaveDialog } from './save';
import './savedsearches.css';
import { frequencies, type Frequency, type SavedSearch } from './types';

/** The searches that one keeps, and those that others share. */
export default function SavedSearchesPage() {
  const load = useLoad<List<SavedSearch>>((signal) => call('GET', '/saved-searches', { signal }), []);
  return (
    <>
      <PageHeader title={t('savedsearches.title')} lead={t('savedsearches.lead')} crumbs={[{ href: '/search', label: t('search.title') }]}
        actions={<><LinkButton href="/alerts">{t('savedsearches.alerts')}</LinkButton><LinkButton kind="primary" href="/search">{t('savedsearches.new')}</LinkButton></>} />
      <Loaded load={load} waiting={t('savedsearches.loading')}>
        {({ items }) => (items.length === 0
          ? <Empty title={t('savedsearches.none')} action={<LinkButton kind="primary" href="/search">{t('savedsearches.new')}</LinkButton>}>{t('savedsearches.none_text')}</Empty>
          : <ul class="saved-list">{items.map((one) => <Row key={one.id} saved={one} load={load} />)}</ul>)}
      </Loaded>
    </>
  );
}

/** Opens what was saved: the search, or the ranking of the need. */
export function OpenSaved({ saved }: { saved: SavedSearch }) {
  const { route } = useLocation();
  if (saved.need) return <a class="saved-name" href={`/needs/${saved.need.reference}/ranking`}><Bdi>{saved.name}</Bdi></a>;
  return (
    <a class="saved-name" href="/search" onClick={(event) => { event.preventDefault(); event.stopPropagation(); openSearch(route, { q: saved.q, exact: saved.exact, choices: saved.facets }); }}>
      <Bdi>{saved.name}</Bdi>
    </a>
  );
}

/** What a saved search looks for, in words. */
export function Sought({ saved }: { saved: SavedSearch }) {
  if (saved.need) return <p class="muted small">{t('savedsearches.need_line', { count: saved.best, need: saved.need.title })} <span dir="ltr">{saved.need.reference}</span></p>;
  const chosen = facetNames.flatMap((name) => (saved.facets[name] ?? []).map((value) => `${t(`search.facet.${name}`)}: ${valueName(name, { value })}`));
  return <p class="muted small">{saved.q && <code dir="auto">{saved.q}</code>}{saved.q && chosen.length > 0 && ' · '}{chosen.join(' · ')}</p>;
}

function Row({ saved, load }: { saved: SavedSearch; load: Load<List<SavedSearch>> }) {
  const [editing, setEditing] = useState(false);
  const follow = async (pinned: boolean, frequency: Frequency) => {
    try {
      await call('PUT', `/saved-searches/${saved.id}/following`, { body: { pinned, frequency } });
      load.reload();
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  const restore = async () => {
    await call('POST', '/saved-searches', { body: bodyOf({ q: saved.q, exact: saved.exact, choices: saved.facets }, saved, saved.need?.reference), idempotencyKey: newKey() });
    load.reload();
  };
  const remove = async () => {
    try {
      await call('DELETE', `/saved-searches/${saved.id}`);
      load.reload();
      tell(t('savedsearches.removed', { name: saved.name }), () => void restore().catch((thrown: unknown) => tell(problemOf(thrown).text)));
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  return (
    <li class="saved">
      <div class="saved-main">
        <h2 class="saved-title">
          <OpenSaved saved={saved} />
          {saved.unread > 0 && <> <a href={`/alerts?search=${saved.id}`} class="saved-unread">{t('savedsearches.unread', { count: saved.unread, alerts: number(saved.unread) })}</a></>}
          {saved.shared && <> <Badge>{saved.owner ? t('savedsearches.shared_by', { name: saved.owner }) : t('savedsearches.shared')}</Badge></>}
        </h2>
        <Sought saved={saved} />
      </div>
      <div class="saved-tools">
        <Select id={`frequency-${saved.id}`} label={t('savedsearches.frequency')} width="full" value={saved.frequency} onChange={(value) => void follow(saved.pinned, value as Frequency)}
          options={frequencies.map((one) => ({ value: one, label: t(`savedsearches.frequency.${one}`) }))} />
        <Checkbox id={`pin-${saved.id}`} label={t('savedsearches.pin')} value={saved.pinned} onChange={(on) => void follow(on, saved.frequency)} />
        {saved.can.edit && (
          <span class="saved-acts">
            <Button kind="quiet" small onClick={() => setEditing(true)}>{t('savedsearches.edit')}<span class="hidden"> {saved.name}</span></Button>
            <Button kind="quiet" small onClick={() => void remove()}>{t('savedsearches.remove')}<span class="hidden"> {saved.name}</span></Button>
          </span>
        )}
      </div>
      {editing && (
        <SaveDialog title={t('savedsearches.edit_title')} need={Boolean(saved.need)} initial={saved} onClose={() => setEditing(false)}
          onSave={async (wanted) => {
            await call('PUT', `/saved-searches/${saved.id}`, { body: bodyOf({ q: saved.q, exact: saved.exact, choices: saved.facets }, wanted, saved.need?.reference), ifMatch: `"${saved.version}"` });
            load.reload();
          }} />
      )}
    </li>
  );
}
