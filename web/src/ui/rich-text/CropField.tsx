import { Button, Group } from '@mantine/core'
import type { Crop } from '@zhibu/server/platform/rich-text/document-schema'
import { type PointerEvent, useRef, useState } from 'react'
import { FractionSlider } from '../FractionSlider.tsx'
import classes from './RichText.module.css'

interface Props {
  url: string
  /** What of it is shown; null for all. */
  crop: Crop | null
  onCrop: (crop: Crop | null) => void
}

const whole: Crop = { x: 0, y: 0, width: 1, height: 1 }
/** Of a side. */
const least = 0.05

/** Which part of a picture is shown: drawn over it with the pointer, or by four sliders with the keyboard. */
export function CropField({ url, crop, onCrop }: Props) {
  const [isOpen, setIsOpen] = useState(crop !== null)
  const picture = useRef<HTMLDivElement>(null)
  const from = useRef<{ x: number; y: number }>(undefined)
  const at = crop ?? whole
  const put = (left: number, top: number, right: number, bottom: number) => {
    const isWhole = left <= 0 && top <= 0 && right >= 1 && bottom >= 1
    onCrop(isWhole ? null : { x: left, y: top, width: right - left, height: bottom - top })
  }
  const placeOf = (event: PointerEvent) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    return { x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) }
  }
  const draw = (event: PointerEvent) => {
    if (!from.current) return
    const [one, other] = [from.current, placeOf(event)]
    const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)]
    const [top, bottom] = [Math.min(one.y, other.y), Math.max(one.y, other.y)]
    if (right - left >= least && bottom - top >= least) put(left, top, right, bottom)
  }
  const [left, top, right, bottom] = [at.x, at.y, at.x + at.width, at.y + at.height]
  return (
    <div className={classes.cropping}>
      <div
        ref={picture}
        className={classes.cropped}
        data-open={isOpen || undefined}
        onPointerDown={(event) => {
          if (!isOpen) return
          event.currentTarget.setPointerCapture(event.pointerId)
          from.current = placeOf(event)
        }}
        onPointerMove={draw}
        onPointerUp={() => {
          from.current = undefined
        }}
      >
        <img src={url} alt="" draggable={false} />
        {isOpen && (
          <span
            className={classes.chosen}
            style={{
              left: `${left * 100}%`,
              top: `${top * 100}%`,
              width: `${at.width * 100}%`,
              height: `${at.height * 100}%`,
            }}
          />
        )}
      </div>
      <Group gap="xs">
        {isOpen ? (
          <Button
            variant="default"
            onClick={() => {
              onCrop(null)
              setIsOpen(false)
            }}
          >
            不裁剪
          </Button>
        ) : (
          <Button variant="default" onClick={() => setIsOpen(true)}>
            裁剪
          </Button>
        )}
      </Group>
      {isOpen && (
        <div className={classes.sides}>
          <FractionSlider
            name="左边"
            value={left}
            onValue={(it) => put(Math.min(it, right - least), top, right, bottom)}
          />
          <FractionSlider
            name="右边"
            value={right}
            onValue={(it) => put(left, top, Math.max(it, left + least), bottom)}
          />
          <FractionSlider
            name="上边"
            value={top}
            onValue={(it) => put(left, Math.min(it, bottom - least), right, bottom)}
          />
          <FractionSlider
            name="下边"
            value={bottom}
            onValue={(it) => put(left, top, right, Math.max(it, top + least))}
          />
        </div>
      )}
    </div>
  )
}

const within = (it: number): number => Math.min(Math.max(it, 0), 1)
