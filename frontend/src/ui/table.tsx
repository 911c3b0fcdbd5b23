// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentChildren } from 'preact';

export interface Column<R> {
  key: string;
  header: string;
  cell: (row: R) => ComponentChildren;
  /** Numbers stand at the end, so that their digits line up. */
  number?: boolean;
  /** The cell that names the row; the first column if none says so. */
  names?: boolean;
  /** The column has no need of a heading for those who see, such as buttons. */
  hideHeader?: boolean;
}

interface Props<R> {
  caption: string;
  showCaption?: boolean;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey: (row: R) => string;
}

/**
 * A table that becomes a stack of rows where it is narrow. The roles are
 * repeated because a browser drops them from elements that no longer look like
 * a table.
 */
export function Table<R>({ caption, showCaption, columns, rows, rowKey }: Props<R>) {
  const naming = Math.max(columns.findIndex((one) => one.names), 0);
  return (
    <div class="table-frame">
      <table class="table" role="table">
        <caption class={showCaption ? 'table-caption' : 'hidden'}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((one) => (
              <th key={one.key} role="columnheader" scope="col" class={one.number ? 'table-number' : undefined}>
                <span class={one.hideHeader ? 'hidden' : undefined}>{one.header}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map((one, i) => <Cell key={one.key} column={one} row={row} names={i === naming} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<R>({ column, row, names }: { column: Column<R>; row: R; names: boolean }) {
  const look = column.number ? 'table-number' : undefined;
  const label = column.hideHeader ? undefined : column.header;
  if (names) return <th role="rowheader" scope="row" class={look} data-label={label}>{column.cell(row)}</th>;
  return <td role="cell" class={look} data-label={label}>{column.cell(row)}</td>;
}
