// SPDX-License-Identifier: AGPL-3.0-or-later
import { t } from '../i18n';
import { period } from '../i18n/format';
import { role } from '../session/session';
import { Badge, Bdi, Table, type Column } from '../ui';
import { Choose, Marks, MoveMenu } from './card';
import type { Card, Handling } from './types';
import { movesOf, pathOf, stateName } from './words';

/** The same cards, one a row. */
export function Cards({ cards, handling }: { cards: readonly Card[]; handling: Handling }) {
  const columns: Column<Card>[] = [
    ...(role.value === 'coordinator' ? [{ key: 'choose', header: t('board.chosen'), hideHeader: true, cell: (one: Card) => <Choose card={one} handling={handling} /> }] : []),
    { key: 'person', header: t('board.person'), names: true, cell: (one) => <span data-card={one.id}><a href={pathOf(one)}><Bdi>{one.person}</Bdi></a></span> },
    { key: 'need', header: t('needs.need'), cell: (one) => <><span lang={one.language || undefined}><Bdi>{one.title}</Bdi></span> <span class="muted" dir="ltr">{one.need}</span></> },
    { key: 'host', header: t('board.host'), cell: (one) => <Bdi>{one.organisation}</Bdi> },
    { key: 'state', header: t('board.state'), cell: (one) => <Badge>{stateName(one.record, one.state)}</Badge> },
    { key: 'when', header: t('board.when'), cell: (one) => period(one.from, one.to) },
    { key: 'waits', header: t('board.waits'), cell: (one) => <Marks card={one} /> },
    { key: 'move', header: t('board.move'), hideHeader: true, cell: (one) => movesOf(one).length > 0 && <MoveMenu card={one} handling={handling} /> },
  ];
  return <Table caption={t('board.view.table')} columns={columns} rows={cards} rowKey={(one) => one.id} />;
}
