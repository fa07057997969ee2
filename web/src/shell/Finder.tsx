import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import classes from './Finder.module.css'
import { allResults, type Hit } from './hit.ts'
import type { NavigationEntry } from './navigation.ts'

/** Finds by name, student number, pinyin initials, or by what stands in a text; at most a screenful. */
export type SearchEverywhere = (query: string, signal: AbortSignal) => Promise<readonly Hit[]>

interface Props {
  pages: readonly NavigationEntry[]
  search: SearchEverywhere
  onClose: () => void
}

/** The search over everything (Ctrl-K): type, choose with the arrow keys, Enter goes there. */
export default function Finder({ pages, search, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const navigate = useNavigate()
  const listId = useId()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const [settled] = useDebouncedValue(query.trim(), 200)
  const found = useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => search(settled, signal),
    enabled: settled !== '',
  })
  useEffect(() => dialog.current?.showModal(), [])

  const hits = [...pagesNamed(pages, query.trim()), ...(query.trim() === '' ? [] : (found.data ?? []))]
  const active = Math.min(chosen, hits.length - 1)
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    void navigate({ href: hit.to })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && hits.length > 0) setChosen((active + step + hits.length) % hits.length)
    else if (event.key === 'Enter') go(hits[active])
    else return
    event.preventDefault()
  }

  return (
    <dialog ref={dialog} className={classes.finder} aria-label="搜索" onClose={onClose}>
      <input
        className={classes.input}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-activedescendant={hits.length > 0 ? `${listId}-${active}` : undefined}
        aria-label="搜索人员、页面、操作"
        placeholder="姓名、学号、拼音首字母，页面、操作的名称，或材料中的字词"
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="搜索结果" className={classes.hits}>
        {hits.map((hit, index) => (
          <div
            key={`${hit.kind} ${hit.to} ${hit.label} ${hit.note}`}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={classes.hit}
            onClick={() => go(hit)}
            onKeyDown={onKeyDown}
            onPointerMove={() => setChosen(index)}
          >
            <span>{hit.label}</span>
            <span className={classes.note}>{hit.note}</span>
            <span className={classes.kind}>{hit.kind}</span>
          </div>
        ))}
      </div>
      <p className={classes.status} role="status">
        {statusOf(
          query.trim(),
          hits.filter((it) => it.kind !== allResults).length,
          found.isFetching || settled !== query.trim(),
          found.error,
        )}
      </p>
    </dialog>
  )
}

function pagesNamed(pages: readonly NavigationEntry[], query: string): Hit[] {
  return pages
    .filter((it) => it.label.includes(query) || it.purpose.includes(query))
    .map((it) => ({ kind: '页面', label: it.label, note: it.purpose, to: it.to }))
}

function statusOf(query: string, count: number, isSearching: boolean, error: Error | null): string {
  if (query === '') return '↑ ↓ 选择，回车打开，Esc 关闭'
  if (error) return error.message
  if (isSearching) return '正在查找…'
  return count === 0 ? `没有找到“${query}”。可以换用学号，或姓名的拼音首字母。` : `找到 ${count} 项`
}
