import { Button, TextInput } from '@mantine/core'
import type { CoverShape } from '@zhibu/server/modules/publicity/draft-limits-schema'
import type { ArticleText } from '@zhibu/server/modules/publicity/schema'
import type { Crop } from '@zhibu/server/platform/rich-text/document-schema'
import { lazy, type PointerEvent, Suspense, useRef, useState } from 'react'
import { FractionSlider } from '../../ui/FractionSlider.tsx'
import { contentOf } from '../media/api.ts'
import { mediaOf } from './api.ts'
import { CoverFrame } from './CoverShown.tsx'
import { cropOf, type Framing, framingOf, mostZoom, type Size } from './covers.ts'
import classes from './Publicity.module.css'
import { placeOfUpload, rememberUpload } from './sendingMedia.ts'

const MediaPicker = lazy(async () => ({ default: (await import('../media/MediaPicker.tsx')).MediaPicker }))

type Cover = NonNullable<ArticleText['cover']>

interface Props {
  articleId: string
  cover: Cover | null
  onCover: (cover: Cover | null) => void
  error: string | undefined
}

/** The picture of an article and what of it both covers show. */
export function CoverField({ articleId, cover, onCover, error }: Props) {
  const [isChoosing, setIsChoosing] = useState(false)
  const url = cover && (placeOfUpload(cover.mediaId) ?? mediaOf(articleId)(cover.mediaId, 'picture'))?.url
  return (
    <div className={classes.form}>
      {cover && url && (
        <>
          <div className={classes.covers}>
            {(['wide', 'square'] as const).map((shape) => (
              <CoverPart
                key={`${cover.mediaId} ${shape}`}
                shape={shape}
                url={url}
                alt={cover.alt}
                crop={cover[shape]}
                onCrop={(crop) => onCover({ ...cover, [shape]: crop })}
              />
            ))}
          </div>
          <TextInput
            label="封面画面说明"
            description="看不见图片的人听到的就是这句话，例如“支部党员在红船旁合影”。"
            value={cover.alt}
            onChange={(event) => onCover({ ...cover, alt: event.currentTarget.value })}
            error={error}
            maxLength={200}
            required
          />
        </>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => setIsChoosing(true)}>
          {cover ? '换一张' : '选择封面'}
        </Button>
        {cover && (
          <Button variant="default" onClick={() => onCover(null)}>
            不用封面
          </Button>
        )}
      </div>
      {isChoosing && (
        <Suspense>
          <MediaPicker
            kind="picture"
            onChoose={([it]) => {
              setIsChoosing(false)
              if (!it) return
              rememberUpload(it.id, { url: contentOf(it, 960) })
              onCover({ mediaId: it.id, alt: it.altText, wide: null, square: null })
            }}
            onClose={() => setIsChoosing(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

interface PartProps {
  shape: CoverShape
  url: string
  alt: string
  crop: Crop | null
  onCrop: (crop: Crop) => void
}

/** What of the picture one cover shows: moved with the pointer, or by sliders. */
function CoverPart({ shape, url, alt, crop, onCrop }: PartProps) {
  const [size, setSize] = useState<Size>()
  const from = useRef<{ x: number; y: number; framing: Framing }>(undefined)
  const framing = size && framingOf(shape, size, crop)
  const put = (part: Partial<Framing>) => {
    if (size && framing) onCrop(cropOf(shape, size, { ...framing, ...part }))
  }
  const shown = size && framing && cropOf(shape, size, framing)
  const move = (event: PointerEvent) => {
    if (!from.current || !shown) return
    const { width, height } = event.currentTarget.getBoundingClientRect()
    const [right, down] = [(event.clientX - from.current.x) / width, (event.clientY - from.current.y) / height]
    put({
      across: moved(from.current.framing.across, right, shown.width),
      down: moved(from.current.framing.down, down, shown.height),
    })
  }
  return (
    <div className={classes.coverPart} data-shape={shape}>
      <div
        className={classes.coverMove}
        onPointerDown={(event) => {
          if (!framing) return
          event.currentTarget.setPointerCapture(event.pointerId)
          from.current = { x: event.clientX, y: event.clientY, framing }
        }}
        onPointerMove={move}
        onPointerUp={() => {
          from.current = undefined
        }}
      >
        <CoverFrame shape={shape} url={url} alt={alt} crop={crop} onSize={setSize} />
      </div>
      {framing && shown && (
        <div className={classes.sliders}>
          <FractionSlider
            className={classes.slider}
            name="放大"
            value={(framing.zoom - 1) / (mostZoom - 1)}
            onValue={(it) => put({ zoom: 1 + it * (mostZoom - 1) })}
          />
          {shown.width < 0.999 && (
            <FractionSlider
              className={classes.slider}
              name="左右"
              value={framing.across}
              onValue={(across) => put({ across })}
            />
          )}
          {shown.height < 0.999 && (
            <FractionSlider
              className={classes.slider}
              name="上下"
              value={framing.down}
              onValue={(down) => put({ down })}
            />
          )}
        </div>
      )}
    </div>
  )
}

/** Where a part lies after it was drawn that far, as a fraction of the frame. */
function moved(before: number, by: number, extent: number): number {
  const room = 1 - extent
  return room < 0.001 ? before : Math.min(Math.max(before - (by * extent) / room, 0), 1)
}
