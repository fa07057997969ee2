import { Box, Button } from '@mantine/core'
import type { OfferView } from '@zhibu/server/modules/development/offer-schema'
import { useRef, useState } from 'react'
import classes from './PaperOffers.module.css'

interface Props {
  documentId: string
  it: OfferView
}

/** The line of the paper on which a fact stands, the place marked. One with an identity number is asked for, as that is a reading. */
export function LinePicture({ documentId, it }: Props) {
  const [isAsked, setIsAsked] = useState(false)
  const [isMissing, setIsMissing] = useState(false)
  const scroller = useRef<HTMLDivElement>(null)
  const where = `第 ${it.page} 页第 ${it.line} 行`
  if (!it.hasPicture) return null
  if (it.isPrivate && !isAsked)
    return (
      <Button variant="default" size="compact-sm" className="no-print" onClick={() => setIsAsked(true)}>
        查看{where}（有身份证号，查看会记录）
      </Button>
    )
  if (isMissing) return <p className={classes.hint}>{where}的图片没有显示出来，请在材料的页面上核对。</p>
  const toMark = (width: number) => {
    const view = scroller.current
    if (view) view.scrollLeft = (it.mark.from + it.mark.width / 2) * width - view.clientWidth / 2
  }
  return (
    <Box
      component="section"
      ref={scroller}
      className={classes.line}
      aria-label={`${where}的图片：${it.label} ${it.value}`}
      tabIndex={0}
    >
      <div className={classes.picture}>
        <img
          src={`/api/archive/documents/${documentId}/pages/${it.page}/lines/${it.line}`}
          alt={`${where}，标出的是${it.label}`}
          decoding="async"
          onLoad={(event) => toMark(event.currentTarget.clientWidth)}
          onError={() => setIsMissing(true)}
        />
        <span
          className={classes.mark}
          style={{ left: `${it.mark.from * 100}%`, width: `${it.mark.width * 100}%` }}
          aria-hidden
        />
      </div>
    </Box>
  )
}
