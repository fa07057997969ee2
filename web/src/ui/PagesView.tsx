import { Box as Part } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { PageSheet } from './PageSheet.tsx'
import classes from './PagesView.module.css'
import { PageThumbs } from './PageThumbs.tsx'
import { type Box, nextZoom, type Turn, turnedBox, turnedFurther } from './pageTurns.ts'
import { ViewerToolbar } from './ViewerToolbar.tsx'
import { actionOf, numbered, type PageMark, type PagesDocument } from './viewedPages.ts'

interface Props {
  label: string
  document: PagesDocument
  marks: readonly PageMark[]
  lookAt: PageMark | undefined
}

/** The pages of a document below one another, small ones at the side, a bar above. */
export function PagesView({ label, document, marks, lookAt }: Props) {
  const { pages } = document
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: measured, width } = useElementSize<HTMLDivElement>()
  const room = width - 2 * edge
  const [zoom, setZoom] = useState(100)
  const [turns, setTurns] = useState<ReadonlyMap<number, Turn>>(new Map())
  const [current, setCurrent] = useCurrentPage(scroller, pages.length)
  const shownTurns = useRef(turns)
  shownTurns.current = turns
  const turnOf = (page: number) => turns.get(page) ?? 0

  const keepPlace = useKeptPlace(scroller, current, [zoom, turns])

  const actions = {
    goTo: (page: number) => {
      const target = Math.min(Math.max(page, 0), pages.length - 1)
      setCurrent(target)
      scrollTo(scroller.current, target)
    },
    zoomBy: (step: 1 | -1) => {
      keepPlace()
      setZoom((it) => nextZoom(it, step))
    },
    fit: () => {
      keepPlace()
      setZoom(100)
    },
    turn: () => {
      keepPlace()
      setTurns((it) => new Map(it).set(current, turnedFurther(it.get(current) ?? 0)))
    },
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return
    const act = actionOf(event.key, actions, current, pages.length)
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  const isMeasured = room > 0
  useEffect(() => {
    if (lookAt === undefined || !isMeasured) return
    scroller.current?.scrollIntoView({ block: 'nearest' })
    scrollTo(scroller.current, lookAt.page, turnedBox(lookAt.box, shownTurns.current.get(lookAt.page) ?? 0))
  }, [lookAt, isMeasured])

  return (
    <Part className={classes.view} onKeyDown={onKeyDown}>
      <ViewerToolbar current={current} count={pages.length} zoom={zoom} {...actions} />
      <PageThumbs document={document} current={current} turnOf={turnOf} onChoose={actions.goTo} />
      <Part
        component="section"
        ref={useMergedRef(scroller, measured)}
        className={classes.scroller}
        aria-label={`${label}的页面`}
        tabIndex={0}
      >
        {isMeasured &&
          pages.map((_, page) => (
            <PageSheet
              key={numbered('page', page)}
              document={document}
              page={page}
              turn={turnOf(page)}
              shownWidth={Math.floor((room * zoom) / 100)}
              marks={marks.filter((it) => it.page === page)}
              lookAt={lookAt}
            />
          ))}
      </Part>
    </Part>
  )
}

/** Around the pages, in pixels, as in the style sheet. */
const edge = 12

const sheetIn = (scroller: HTMLElement | null, page: number) =>
  scroller?.querySelector<HTMLElement>(`[data-page="${page}"]`) ?? null

/** Goes to the head of a page, or to a place on it. What stands around stays where it is. */
function scrollTo(scroller: HTMLElement | null, page: number, box?: Box): void {
  const sheet = sheetIn(scroller, page)
  if (scroller === null || sheet === null) return
  const { offsetTop, offsetLeft, offsetWidth, offsetHeight } = sheet
  if (box === undefined) scroller.scrollTo({ top: offsetTop - edge })
  else {
    scroller.scrollTo({
      top: offsetTop + (box.y + box.height / 2) * offsetHeight - scroller.clientHeight / 2,
      left: offsetLeft + (box.x + box.width / 2) * offsetWidth - scroller.clientWidth / 2,
    })
  }
}

/** Keeps what is in the middle there while pages change their size: to be called before `changes` change. */
function useKeptPlace(scroller: RefObject<HTMLElement | null>, current: number, changes: readonly unknown[]) {
  const kept = useRef<{ page: number; x: number; y: number }>(undefined)
  useLayoutEffect(() => {
    if (kept.current === undefined) return
    const { page, x, y } = kept.current
    kept.current = undefined
    scrollTo(scroller.current, page, { x, y, width: 0, height: 0 })
  }, [scroller, ...changes])
  return () => {
    const [view, sheet] = [scroller.current, sheetIn(scroller.current, current)]
    if (view === null || sheet === null) return
    kept.current = {
      page: current,
      x: (view.scrollLeft + view.clientWidth / 2 - sheet.offsetLeft) / sheet.offsetWidth,
      y: (view.scrollTop + view.clientHeight / 2 - sheet.offsetTop) / sheet.offsetHeight,
    }
  }
}

/** The page in the middle of what is seen. */
function useCurrentPage(scroller: RefObject<HTMLElement | null>, count: number) {
  const [current, setCurrent] = useState(0)
  useEffect(() => {
    const root = scroller.current
    if (root === null || count === 0) return
    const inTheMiddle = new IntersectionObserver(
      (entries) => {
        const seen = entries.findLast((it) => it.isIntersecting)?.target
        if (seen instanceof HTMLElement) setCurrent(Number(seen.dataset.page))
      },
      { root, rootMargin: '-50% 0px -50% 0px' },
    )
    const watch = () => {
      for (const sheet of root.querySelectorAll('[data-page]')) inTheMiddle.observe(sheet)
    }
    // Pages are drawn as soon as it is known how wide they may be.
    const drawn = new MutationObserver(watch)
    drawn.observe(root, { childList: true })
    watch()
    return () => {
      drawn.disconnect()
      inTheMiddle.disconnect()
    }
  }, [scroller, count])
  return [current, setCurrent] as const
}
