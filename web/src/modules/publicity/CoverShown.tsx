import { type CoverShape, coverSizes } from '@zhibu/server/modules/publicity/draft-limits-schema'
import type { ArticleText } from '@zhibu/server/modules/publicity/schema'
import type { Crop } from '@zhibu/server/platform/rich-text/document-schema'
import { type ReactNode, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { pictureInFrame } from '../../ui/rich-text/cropFrame.ts'
import { coverNames, cropOf, middle, type Size } from './covers.ts'
import classes from './Publicity.module.css'

interface Props {
  cover: NonNullable<ArticleText['cover']>
  url: string
}

/** Both covers of an article, side by side. */
export function CoverShown({ cover, url }: Props) {
  return (
    <div className={classes.covers}>
      {(['wide', 'square'] as const).map((shape) => (
        <CoverFrame key={shape} shape={shape} url={url} alt={cover.alt} crop={cover[shape]} />
      ))}
    </div>
  )
}

interface FrameProps {
  shape: CoverShape
  url: string
  alt: string
  /** Its middle where nothing was chosen. */
  crop: Crop | null
  onSize?: (size: Size) => void
  children?: ReactNode
}

/** What of a picture a cover shows. */
export function CoverFrame({ shape, url, alt, crop, onSize, children }: FrameProps) {
  const [size, setSize] = useState<Size>()
  const shown = crop ?? (size && cropOf(shape, size, middle))
  const { width, height } = coverSizes[shape]
  return (
    <figure className={classes.cover} data-shape={shape}>
      <span className={classes.coverFrame} style={{ aspectRatio: `${width} / ${height}` }}>
        <img
          src={url}
          alt={alt}
          style={shown && pictureInFrame(shown)}
          draggable={false}
          onLoad={({ currentTarget: it }) => {
            const loaded = { width: it.naturalWidth, height: it.naturalHeight }
            setSize(loaded)
            onSize?.(loaded)
          }}
        />
        {children}
      </span>
      <figcaption className={parts.note}>{coverNames[shape]}</figcaption>
    </figure>
  )
}
