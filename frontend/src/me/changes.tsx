// SPDX-License-Identifier: AGPL-3.0-or-later
import { call } from '../api/call';
import { usePages } from '../api/load';
import { problemOf } from '../api/problem';
import { t } from '../i18n';
import { moment } from '../i18n/format';
import '../professionals/professionals.css';
import type { Change, Field, Professional } from '../professionals/types';
import { fieldName } from '../professionals/words';
import { Button, Empty, Loaded, PageHeader, ShowMore, tell } from '../ui';
import { differences, occasions, type Occasion } from './difference';
import { OwnPages } from './tabs';

/** What was changed in the person's profile, by whom, from what to what. */
export default function ChangesPage() {
  const changes = usePages<Change>('/me/changes');
  return (
    <>
      <PageHeader title={t('me.changes')} lead={t('me.changes_lead')} />
      <OwnPages current="changes" />
      <Loaded load={changes} waiting={t('me.loading_changes')}>
        {(items) => items.length === 0 ? <Empty title={t('me.no_changes')}>{t('me.no_changes_text')}</Empty> : (
          <>
            <ol class="changes">{occasions(items).map((one, i) => <li key={i}><Saved occasion={one} onRestored={changes.reload} /></li>)}</ol>
            <ShowMore shown={items.length} more={changes.more} loadMore={changes.loadMore} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Saved({ occasion, onRestored }: { occasion: Occasion; onRestored: () => void }) {
  const restore = async (change: Change) => {
    try {
      const { etag } = await call<Professional>('GET', '/me/professional');
      await call('POST', `/me/changes/${change.id}/restore`, { ifMatch: etag });
      tell(t('me.restored'));
      onRestored();
    } catch (thrown) {
      tell(problemOf(thrown).text);
    }
  };
  return (
    <>
      <h2 class="change-head">{t('me.change_head', { when: moment(occasion.at), who: byWords(occasion) })}</h2>
      <dl class="change-fields">
        {occasion.changes.map((change) => [
          <dt key={`${change.field}-name`}>{fieldName(change.field as Field)}</dt>,
          <dd key={change.field}>{differences(change).map((one, i) => <p key={i}><span class="muted small">{t(`me.change.${one.kind}`)}</span> <span dir="auto">{one.text}</span></p>)}
            {change.source !== 'hand' && change.source !== '' && <p class="muted small">{t(`me.source.${change.source}`)}</p>}
            <Button kind="quiet" small onClick={() => void restore(change)}>{t('me.restore')}<span class="hidden"> {fieldName(change.field as Field)}</span></Button></dd>,
        ])}
      </dl>
    </>
  );
}

/** Who it was, in words. */
export function byWords({ by, organisation }: Pick<Change, 'by' | 'organisation'>): string {
  if (by === 'you' || by === 'person' || by === 'referee') return t(`me.by.${by}`);
  return organisation ? t('me.by.organisation', { name: organisation }) : t('me.by.programme');
}
