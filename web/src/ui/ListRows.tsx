import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react'
import classes from './ListRows.module.css'
import type { ListSearch } from './listSearch.ts'

/** A column of a list. */
export interface Column<Row> {
  /** Also the word for sorting in the address and at the server. */
  key: string
  header: string
  cell: (row: Row) => ReactNode
  isSortable?: boolean
  /** Figures: set to the right. */
  isNumeric?: boolean
  /** Not shown until chosen. */
  isHiddenAtFirst?: boolean
  /** Buttons of the row: neither chosen nor printed. */
  isForActions?: boolean
}

/** Rows chosen for a common action, and how to change the choice. */
export interface Selection<Row> {
  /** Keys of rows, also of rows on other pages. */
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  /** Names a row for screen readers. */
  nameOf: (row: Row) => string
}

interface Props<Row> {
  label: string
  items: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  rowPath?: (row: Row) => string
  search: ListSearch
  onSort: (key: string) => void
  selection?: Selection<Row>
}

/** The rows as a table. One row's link is in the tab order; arrow keys, Home and End go to the others, Enter opens. */
export function ListTable<Row>(props: Props<Row>) {
  const { label, items, columns, rowKey, search, onSort, selection } = props
  const [focusedAt, setFocusedAt] = useState(0)
  const current = Math.min(focusedAt, items.length - 1)
  return (
    <table className={classes.table} onKeyDown={moveBetweenRows}>
      <caption className="for-screen-readers">{label}</caption>
      <thead>
        <tr>
          {selection && (
            <th scope="col" className={classes.choose}>
              <ChooseAll items={items} rowKey={rowKey} selection={selection} />
            </th>
          )}
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              aria-sort={sortOf(column.key, search.sort)}
              data-numeric={column.isNumeric || undefined}
              className={noPrint(column)}
            >
              <Head column={column} sort={search.sort} onSort={onSort} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((row, at) => (
          <TableRow
            key={rowKey(row)}
            {...props}
            row={row}
            isCurrent={at === current}
            onFocus={() => setFocusedAt(at)}
          />
        ))}
      </tbody>
    </table>
  )
}

/** The rows as cards, one below the other; what a row does not have takes no room. */
export function ListCards<Row>({ label, items, columns, rowKey, rowPath, selection }: Props<Row>) {
  const [first, ...rest] = columns
  const others = rest.filter((it) => !it.isForActions)
  const actions = rest.filter((it) => it.isForActions)
  return (
    <ul className={classes.cards} aria-label={label}>
      {items.map((row) => (
        <li key={rowKey(row)} className={classes.card}>
          <div className={classes.cardHead}>
            {selection && (
              <span className={classes.chooseCard}>
                <Choose id={rowKey(row)} row={row} selection={selection} />
              </span>
            )}
            {rowPath ? (
              <Link to={rowPath(row)} className={classes.cardLink}>
                {first?.cell(row)}
              </Link>
            ) : (
              <span className={classes.cardTitle}>{first?.cell(row)}</span>
            )}
          </div>
          <dl>
            {others
              .map(({ key, header, cell }) => ({ key, header, value: cell(row) }))
              .filter(({ value }) => value !== null && value !== undefined && value !== '')
              .map(({ key, header, value }) => (
                <div key={key}>
                  <dt>{header}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
          {actions.map(({ key, cell }) => (
            <div key={key} className={`${classes.cardActions} no-print`}>
              {cell(row)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

function TableRow<Row>(props: Props<Row> & { row: Row; isCurrent: boolean; onFocus: () => void }) {
  const { row, columns, rowKey, rowPath, selection, isCurrent, onFocus } = props
  const navigate = useNavigate()
  const open = (event: MouseEvent<HTMLTableRowElement>) => {
    if (!rowPath) return
    const isElsewhere = event.target instanceof Element && event.target.closest('a, button, input, label') !== null
    if (!isElsewhere && window.getSelection()?.isCollapsed !== false) void navigate({ to: rowPath(row) })
  }
  return (
    // The link in the first cell does the same for the keyboard.
    <tr className={classes.row} data-leads={rowPath !== undefined || undefined} onClick={open} onFocus={onFocus}>
      {selection && (
        <td className={classes.choose}>
          <Choose id={rowKey(row)} row={row} selection={selection} />
        </td>
      )}
      {columns.map((column, at) =>
        at === 0 ? (
          <th key={column.key} scope="row">
            {rowPath ? (
              <Link to={rowPath(row)} className={classes.link} data-row-link tabIndex={isCurrent ? 0 : -1}>
                {column.cell(row)}
              </Link>
            ) : (
              column.cell(row)
            )}
          </th>
        ) : (
          <td key={column.key} data-numeric={column.isNumeric || undefined} className={noPrint(column)}>
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  )
}

const noPrint = <Row,>({ isForActions }: Column<Row>): string | undefined => (isForActions ? 'no-print' : undefined)

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>
  sort: string | undefined
  onSort: (key: string) => void
}) {
  if (!column.isSortable) return column.header
  const Icon = sort === column.key ? IconArrowUp : sort === `-${column.key}` ? IconArrowDown : IconArrowsSort
  return (
    <button type="button" className={classes.sort} onClick={() => onSort(column.key)}>
      {column.header}
      <Icon size={14} stroke={1.8} aria-hidden />
    </button>
  )
}

function Choose<Row>({ id, row, selection }: { id: string; row: Row; selection: Selection<Row> }) {
  const { chosen, onChange, nameOf } = selection
  return (
    <Checkbox
      aria-label={`选择${nameOf(row)}`}
      checked={chosen.has(id)}
      onChange={(event) => onChange(event.currentTarget.checked ? new Set([...chosen, id]) : without(chosen, [id]))}
    />
  )
}

function ChooseAll<Row>({
  items,
  rowKey,
  selection: { chosen, onChange },
}: {
  items: readonly Row[]
  rowKey: (row: Row) => string
  selection: Selection<Row>
}) {
  const keys = items.map(rowKey)
  const count = keys.filter((it) => chosen.has(it)).length
  return (
    <Checkbox
      aria-label="选择本页全部"
      checked={count === keys.length}
      indeterminate={count > 0 && count < keys.length}
      onChange={(event) =>
        onChange(event.currentTarget.checked ? new Set([...chosen, ...keys]) : without(chosen, keys))
      }
    />
  )
}

function without(chosen: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  return new Set([...chosen].filter((it) => !keys.includes(it)))
}

function sortOf(key: string, sort: string | undefined) {
  return sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined
}

/** Arrow keys go from one row's link to another's. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>) {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')]
  if (!(event.target instanceof HTMLElement)) return
  const at = links.indexOf(event.target)
  if (at === -1) return
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  if (target === undefined) return
  event.preventDefault()
  links[target]?.focus()
}
