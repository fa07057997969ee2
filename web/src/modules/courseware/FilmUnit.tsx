import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { UnitView } from '@zhibu/server/modules/courseware/schema'
import { useCallback, useEffect, useRef, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { clockOf } from '../media/chapterLines.ts'
import { Player } from '../media/Player.tsx'
import { contentOf, coursewareKey, keepProgress, textOf } from './api.ts'

/** So many seconds of a film go by between two times that the place in it is kept. */
const everySeconds = 10

/** From so far on it is worth going on there. */
const leastSeconds = 5

/** A film or a sound with its chapters, from where the reader was. */
export function FilmUnit({ it }: { it: UnitView }) {
  const queries = useQueryClient()
  const { id: unitId, medium, own } = it
  const coursewareId = it.courseware.id
  const [from, setFrom] = useState(own && own.atSeconds >= leastSeconds ? own.atSeconds : 0)
  const place = useRef({ now: from, kept: from })

  // Where it cannot be kept, it is tried again with the next place.
  const keep = useCallback(() => {
    const { now, kept } = place.current
    if (now === kept) return
    place.current.kept = now
    keepProgress(coursewareId, unitId, { atSeconds: now }).catch(() => {
      place.current.kept = kept
    })
  }, [coursewareId, unitId])
  const onAt = useCallback(
    (seconds: number, isPaused: boolean) => {
      place.current.now = Math.floor(seconds)
      if (isPaused || Math.abs(place.current.now - place.current.kept) >= everySeconds) keep()
    },
    [keep],
  )
  const onEnd = useCallback(() => {
    place.current = { now: 0, kept: 0 }
    keepProgress(coursewareId, unitId, { isFinished: true, atSeconds: 0 }).then(
      () => queries.invalidateQueries({ queryKey: coursewareKey }),
      () => undefined,
    )
  }, [coursewareId, unitId, queries])
  useEffect(() => {
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      keep()
      // What this page shows next is read anew.
      void queries.invalidateQueries({ queryKey: coursewareKey, refetchType: 'none' })
    }
  }, [keep, queries])

  if (!medium) return null
  return (
    <div className={parts.form}>
      {from > 0 && (
        <div className={`${parts.buttons} no-print`} role="status">
          <span>上次看到 {clockOf(from)}，从那里接着放。</span>
          <Button size="compact-md" variant="default" onClick={() => setFrom(0)}>
            从头看
          </Button>
        </div>
      )}
      <Player
        kind={medium.kind === 'sound' ? 'sound' : 'video'}
        src={contentOf(coursewareId, unitId)}
        label={it.title}
        {...(medium.hasCaptions && { captions: textOf(coursewareId, unitId, 'captions') })}
        {...(medium.hasChapters && { chapters: textOf(coursewareId, unitId, 'chapters') })}
        from={from}
        onAt={onAt}
        onEnd={onEnd}
      />
    </div>
  )
}
