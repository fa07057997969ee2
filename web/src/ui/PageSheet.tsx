import { Button } from '@mantine/core'
import { useState } from 'react'
import classes from './PagesView.module.css'
import { type Box, pictureWidth, shapeOf, type Turn, turnedBox } from './pageTurns.ts'
import type { PageMark, PagesDocument } from './viewedPages.ts'

interface Props {
  document: PagesDocument
  /** From 0. */
  page: number
  turn: Turn
  /** In pixels of the screen. */
  shownWidth: number
  /** Of this page. */
  marks: readonly PageMark[]
  lookAt: PageMark | undefined
}

/** One page as a picture, with what is pointed out on it. Its place is kept while the picture is still under way. */
export function PageSheet({ document, page, turn, shownWidth, marks, lookAt }: Props) {
  const [failed, setFailed] = useState<string>()
  const [attempt, setAttempt] = useState(0)
  const source = document.pictureUrl(page, pictureWidth(shownWidth, window.devicePixelRatio), turn)
  const size = document.pages[page] ?? a4
  const lines = turn === 0 ? document.linesOf?.(page) : undefined
  return (
    <div data-page={page} className={classes.sheet} style={{ width: shownWidth, aspectRatio: shapeOf(size, turn) }}>
      {failed === source ? (
        <div className={classes.failed} role="alert">
          <p>第 {page + 1} 页没有显示出来。</p>
          <Button
            variant="default"
            onClick={() => {
              setFailed(undefined)
              setAttempt(attempt + 1)
            }}
          >
            重试
          </Button>
        </div>
      ) : (
        <img
          key={attempt}
          src={source}
          alt={`第 ${page + 1} 页`}
          loading="lazy"
          decoding="async"
          className={classes.picture}
          onError={() => setFailed(source)}
        />
      )}
      {lines && <TextLines lines={lines} ratio={size.height / size.width} />}
      {marks.map((mark) => (
        <mark
          key={`${mark.label} ${mark.box.x} ${mark.box.y}`}
          data-looked-at={mark === lookAt || undefined}
          className={classes.mark}
          style={placed(turnedBox(mark.box, turn))}
          title={mark.label}
        >
          <span className="for-screen-readers">{mark.label}</span>
        </mark>
      ))}
    </div>
  )
}

const a4 = { width: 210, height: 297 }

/** The lines of text above their picture: not seen, but selected, found by the browser and read aloud. */
function TextLines({ lines, ratio }: { lines: readonly { text: string; box: Box }[]; ratio: number }) {
  return (
    <svg viewBox={`0 0 1000 ${1000 * ratio}`} preserveAspectRatio="none" className={classes.lines}>
      <title>本页文字</title>
      {lines.map(({ text, box: { x, y, width, height } }) => (
        <text
          key={`${x} ${y} ${text}`}
          x={x * 1000}
          y={(y + height * 0.85) * 1000 * ratio}
          fontSize={height * 1000 * ratio}
          textLength={width * 1000}
          lengthAdjust="spacingAndGlyphs"
        >
          {text}
        </text>
      ))}
    </svg>
  )
}

const percent = (part: number) => `${part * 100}%`

const placed = ({ x, y, width, height }: Box) => ({
  left: percent(x),
  top: percent(y),
  width: percent(width),
  height: percent(height),
})
