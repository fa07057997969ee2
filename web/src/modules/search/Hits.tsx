import { useNavigate } from '@tanstack/react-router'
import { searchKindNames } from '@zhibu/server/modules/search/names-schema'
import type { Hit } from '@zhibu/server/modules/search/schema'
import type { KeyboardEvent, MouseEvent } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { MarkedText } from '../../ui/MarkedText.tsx'
import classes from './Hits.module.css'
import { hitAddress } from './hitAddress.ts'

/** What was found, each with a piece of its text. Arrow keys go from one to the next, Enter opens. */
export function Hits({ hits }: { hits: readonly Hit[] }) {
  return (
    <ol className={classes.hits} aria-label="查找结果" onKeyDown={moveBetweenHits}>
      {hits.map((hit) => (
        <li key={`${hit.kind} ${hit.id}`} className={classes.hit}>
          <HitLink hit={hit} />
          <p className={classes.snippet}>
            <MarkedText {...hit.snippet} />
          </p>
          <p className={classes.facts}>
            <span>{searchKindNames[hit.kind]}</span>
            {hit.page !== null && <span>第 {hit.page} 页</span>}
            {hit.person && <span>{hit.person.name}</span>}
            {hit.organization && <span>{hit.organization.name}</span>}
            {hit.on ? <DayText on={hit.on} /> : <span>日期未记录</span>}
          </p>
        </li>
      ))}
    </ol>
  )
}

function HitLink({ hit }: { hit: Hit }) {
  const navigate = useNavigate()
  const href = hitAddress(hit)
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void navigate({ href })
  }
  return (
    <a href={href} className={classes.title} data-hit-link onClick={open}>
      <MarkedText {...hit.title} />
    </a>
  )
}

function moveBetweenHits(event: KeyboardEvent<HTMLOListElement>) {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit-link]')]
  if (!(event.target instanceof HTMLElement)) return
  const at = links.indexOf(event.target)
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (at === -1 || step === undefined) return
  event.preventDefault()
  links[at + step]?.focus()
}
