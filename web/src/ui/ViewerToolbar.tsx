import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconRotateClockwise, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import classes from './PagesView.module.css'
import type { ViewActions } from './viewedPages.ts'

interface Props extends ViewActions {
  /** From 0. */
  current: number
  count: number
  /** In per cent of the width at hand. */
  zoom: number
}

/** Which page is looked at, and how large. */
export function ViewerToolbar({ current, count, zoom, goTo, zoomBy, fit, turn }: Props) {
  const [typed, setTyped] = useState(String(current + 1))
  useEffect(() => setTyped(String(current + 1)), [current])
  const jump = (event: FormEvent) => {
    event.preventDefault()
    const page = Number(typed)
    if (Number.isInteger(page) && page >= 1 && page <= count) goTo(page - 1)
    else setTyped(String(current + 1))
  }
  const buttons = { variant: 'default', size: 36 } as const
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="查看">
      <form className={classes.group} onSubmit={jump}>
        <ActionIcon {...buttons} aria-label="上一页" disabled={current === 0} onClick={() => goTo(current - 1)}>
          <IconChevronUp size={18} stroke={1.8} />
        </ActionIcon>
        <TextInput
          aria-label={`页码，共 ${count} 页`}
          className={classes.number}
          inputMode="numeric"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={jump}
        />
        <span className={classes.count}>/ {count} 页</span>
        <ActionIcon {...buttons} aria-label="下一页" disabled={current === count - 1} onClick={() => goTo(current + 1)}>
          <IconChevronDown size={18} stroke={1.8} />
        </ActionIcon>
      </form>
      <div className={classes.group}>
        <ActionIcon {...buttons} aria-label="缩小" title="缩小（-）" disabled={zoom <= 50} onClick={() => zoomBy(-1)}>
          <IconZoomOut size={18} stroke={1.8} />
        </ActionIcon>
        <Button variant="default" className={classes.zoom} title="适合宽度（0）" onClick={fit}>
          {zoom === 100 ? '适合宽度' : `${zoom}%`}
        </Button>
        <ActionIcon {...buttons} aria-label="放大" title="放大（+）" disabled={zoom >= 300} onClick={() => zoomBy(1)}>
          <IconZoomIn size={18} stroke={1.8} />
        </ActionIcon>
        <ActionIcon {...buttons} aria-label="把这一页向右转" title="把这一页向右转（r）" onClick={turn}>
          <IconRotateClockwise size={18} stroke={1.8} />
        </ActionIcon>
      </div>
    </div>
  )
}
