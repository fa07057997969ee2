import { useEffect, useRef } from 'react'
import classes from './PagesView.module.css'
import { shapeOf, type Turn } from './pageTurns.ts'
import { numbered, type PagesDocument } from './viewedPages.ts'

interface Props {
  document: PagesDocument
  /** From 0. */
  current: number
  turnOf: (page: number) => Turn
  onChoose: (page: number) => void
}

/** Small pictures of all pages, to go from one to another; in a row on a phone. */
export function PageThumbs({ document: { pages, pictureUrl }, current, turnOf, onChoose }: Props) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const strip = list.current
    const chosen = strip?.children[current]
    if (!(strip && chosen instanceof HTMLElement)) return
    // Only the strip moves, not the page around it.
    strip.scrollTo({
      top: chosen.offsetTop - (strip.clientHeight - chosen.offsetHeight) / 2,
      left: chosen.offsetLeft - (strip.clientWidth - chosen.offsetWidth) / 2,
    })
  }, [current])
  if (pages.length < 2) return null
  return (
    <nav className={classes.thumbs} aria-label="全部页面">
      <ul ref={list}>
        {pages.map((size, page) => (
          <li key={numbered('page', page)}>
            <button
              type="button"
              className={classes.thumb}
              aria-label={`第 ${page + 1} 页`}
              aria-current={page === current ? 'page' : undefined}
              onClick={() => onChoose(page)}
            >
              <img
                key={turnOf(page)}
                src={pictureUrl(page, 200, turnOf(page))}
                alt=""
                loading="lazy"
                decoding="async"
                style={{ aspectRatio: shapeOf(size, turnOf(page)) }}
                onError={(event) => event.currentTarget.setAttribute('data-failed', '')}
              />
              <span aria-hidden>{page + 1}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
