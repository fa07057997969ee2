import { Button, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { ColumnChoice, useHiddenColumns } from './ColumnChoice.tsx'
import classes from './DataList.module.css'
import { ErrorState } from './ErrorState.tsx'
import { type Column, ListCards, ListTable, type Selection } from './ListRows.tsx'
import { type ListSearch, nextSort } from './listSearch.ts'

/** A page of rows as the server gives it. */
export interface Rows<Row> {
  items: readonly Row[]
  next?: string | undefined
  /** All rows that match, where the server counts them. */
  total?: number | undefined
}

/** How a question for a page stands: a query that shows the page before until it is answered. */
interface Question<Row> {
  data: Rows<Row> | undefined
  isPlaceholderData?: boolean
  error?: Error | null
  refetch?: () => unknown
}

interface Props<Row> {
  /** Under this name the choice of columns is remembered in this browser. */
  id: string
  /** Names the list: “人员名册”. */
  label: string
  /** The first column names the row and leads to it, if it has a page; it cannot be hidden. */
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** The path of the row's own page, where it has one. */
  rowPath?: (row: Row) => string
  /** Search, sort and page as the address has them, and how to change them there. */
  search: ListSearch
  onSearch: (change: ListSearch) => void
  list: Question<Row>
  searchPlaceholder?: string
  /** Whether words can be searched for; yes unless told otherwise. */
  hasSearch?: boolean
  /** Inputs that narrow the list, kept in the address by their owner. */
  filters?: ReactNode
  /** Buttons for the list as it is filtered: export, print. */
  actions?: ReactNode
  /** A button for the columns that are shown, given their keys: export these only. */
  columnAction?: (keys: readonly string[]) => ReactNode
  /** Shown when there is no row: an `EmptyState` that says what to do next. */
  empty: ReactNode
  /** Rows that can be chosen for a common action, by key. */
  selection?: Selection<Row>
}

/** Where a page was reached from, so that “previous” leads back there. Lost on reload; it then leads to the first page. */
const cameFrom = new Map<string, string | undefined>()

/** A list that the server searches, sorts and pages, and whose state stands in the address. Rows become cards on a phone. */
export function DataList<Row>(props: Props<Row>) {
  const { id, label, columns, search, onSearch, list, empty } = props
  const { data: rows, refetch } = list
  const [hidden, setHidden] = useHiddenColumns(id, columns)
  const isNarrow = useMediaQuery('screen and (max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const body = useRef<HTMLDivElement>(null)
  const shownColumns = columns.filter((it, at) => at === 0 || !hidden.has(it.key))

  const turnTo = (cursor: string | undefined) => {
    if (cursor !== undefined && cursor === rows?.next) cameFrom.set(`${id} ${cursor}`, search.cursor)
    onSearch({ cursor })
    body.current?.scrollTo({ top: 0 })
  }
  const Rows = isNarrow ? ListCards : ListTable

  return (
    <section aria-label={label} className={classes.list}>
      <div className={`${classes.tools} no-print`}>
        {props.hasSearch !== false && (
          <SearchField
            key={search.q === undefined ? 'empty' : 'filled'}
            label={`在“${label}”里查找`}
            placeholder={props.searchPlaceholder ?? '姓名、学号、拼音首字母'}
            value={search.q ?? ''}
            onSearch={(q) => onSearch({ q: q || undefined, cursor: undefined })}
          />
        )}
        {props.filters}
        <div className={classes.actions}>
          {!isNarrow && (
            <ColumnChoice
              columns={columns.slice(1).filter((it) => !it.isForActions)}
              hidden={hidden}
              onChange={setHidden}
            >
              {props.columnAction?.(shownColumns.map((it) => it.key))}
            </ColumnChoice>
          )}
          {props.actions}
        </div>
      </div>
      {list.error ? (
        <ErrorState error={list.error} {...(refetch && { onRetry: () => void refetch() })} />
      ) : rows === undefined ? (
        <Loading />
      ) : rows.items.length === 0 ? (
        empty
      ) : (
        <>
          <div className={classes.body} data-stale={list.isPlaceholderData || undefined} ref={body}>
            <Rows
              {...props}
              items={rows.items}
              columns={shownColumns}
              onSort={(key) => onSearch({ sort: nextSort(search.sort, key), cursor: undefined })}
            />
          </div>
          <p className={`${classes.count} only-print`}>{countOnPaper(rows, search.cursor)}</p>
          <div className={`${classes.pages} no-print`}>
            <span>{rows.total === undefined ? '' : `共 ${rows.total.toLocaleString('zh-CN')} 条`}</span>
            <Button
              variant="default"
              disabled={search.cursor === undefined}
              onClick={() => turnTo(cameFrom.get(`${id} ${search.cursor}`))}
            >
              上一页
            </Button>
            <Button variant="default" disabled={rows.next === undefined} onClick={() => turnTo(rows.next)}>
              下一页
            </Button>
          </div>
        </>
      )}
      <p className="for-screen-readers" role="status">
        {rows === undefined ? '正在读取' : `本页 ${rows.items.length} 条`}
      </p>
    </section>
  )
}

/** What a printed page tells of the rows that it does not hold. */
function countOnPaper<Row>({ items, total, next }: Rows<Row>, cursor: string | undefined): string {
  if (cursor === undefined && next === undefined) return `本表列出全部 ${items.length} 条。`
  const all = total === undefined ? '' : `，全部 ${total.toLocaleString('zh-CN')} 条`
  return `本页 ${items.length} 条${all}。完整名单请用“导出表格”。`
}

interface SearchFieldProps {
  label: string
  placeholder: string
  value: string
  onSearch: (q: string) => void
}

function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const settle = useDebouncedCallback(onSearch, 300)
  return (
    <TextInput
      className={classes.search ?? ''}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        settle(event.currentTarget.value.trim())
      }}
    />
  )
}

function Loading() {
  return (
    <div className={classes.loading} aria-busy="true">
      {Array.from({ length: 8 }, (_, row) => row).map((row) => (
        <Skeleton key={row} height={20} />
      ))}
    </div>
  )
}
