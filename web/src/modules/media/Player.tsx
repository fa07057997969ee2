import { NativeSelect, TextInput } from '@mantine/core'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { clockOf } from './chapterLines.ts'
import classes from './Player.module.css'

interface Props {
  kind: 'video' | 'sound'
  src: string
  /** What it is, for who does not see it. */
  label: string
  poster?: string | undefined
  /** Where its captions and chapters lie as WebVTT, where there are any. */
  captions?: string | undefined
  chapters?: string | undefined
  /** Where it begins, in seconds. */
  from?: number
  /** Told where it is, as it goes on and when it is stopped; and that it has come to its end. */
  onAt?: (seconds: number, isPaused: boolean) => void
  onEnd?: () => void
}

interface Line {
  from: number
  to: number
  text: string
}

const speeds = ['0.75', '1', '1.25', '1.5', '2']

/**
 * A film or a sound with its chapters, its words and the speed at which it runs. A click on a chapter or on a line of the words goes there.
 * How far somebody has watched is kept nowhere but by whoever asks for it.
 */
export function Player({ kind, src, label, poster, captions, chapters, from = 0, onAt, onEnd }: Props) {
  const medium = useRef<HTMLMediaElement>(null)
  const [now, setNow] = useState(0)
  const [speed, setSpeed] = useState('1')
  const parts = useLines(medium, 'chapters', chapters)
  const words = useLines(medium, 'captions', captions)
  const go = useCallback((to: number) => {
    if (!medium.current) return
    medium.current.currentTime = to
    setNow(to)
  }, [])
  const begun = useRef(from)
  useEffect(() => {
    if (begun.current === from) return
    begun.current = from
    go(from)
  }, [from, go])
  const shared = {
    ref: medium as never,
    src,
    'aria-label': label,
    controls: true,
    preload: 'metadata',
    onTimeUpdate: () => {
      const at = medium.current?.currentTime ?? 0
      setNow(at)
      if (medium.current?.ended === false) onAt?.(at, false)
    },
    onPause: () => {
      if (medium.current?.ended === false) onAt?.(medium.current.currentTime, true)
    },
    onEnded: () => onEnd?.(),
    onLoadedMetadata: () => {
      if (from > 0) go(from)
    },
    onRateChange: () => setSpeed(String(medium.current?.playbackRate ?? 1)),
  }
  const tracks = (
    <>
      <track kind="captions" src={captions} srcLang="zh" label="字幕" default={captions !== undefined} />
      {chapters && <track kind="chapters" src={chapters} srcLang="zh" label="章节" />}
    </>
  )
  return (
    <div className={classes.player}>
      {kind === 'video' ? (
        <video {...shared} poster={poster} className={classes.film}>
          {tracks}
        </video>
      ) : (
        <audio {...shared} className={classes.sound}>
          {tracks}
        </audio>
      )}
      <NativeSelect
        className={classes.speed}
        label="播放速度"
        size="xs"
        value={speed}
        onChange={(event) => {
          if (medium.current) medium.current.playbackRate = Number(event.currentTarget.value)
        }}
        data={[...new Set([...speeds, speed])].map((value) => ({ value, label: `${value} 倍` }))}
      />
      {parts.length > 0 && <Lines title="章节" lines={parts} now={now} onGo={go} />}
      {words.length > 0 && <Words lines={words} now={now} onGo={go} />}
    </div>
  )
}

/** What is said, to be read and looked through. */
function Words({ lines, now, onGo }: { lines: readonly Line[]; now: number; onGo: (to: number) => void }) {
  const [sought, setSought] = useState('')
  const found = lines.filter((it) => it.text.includes(sought.trim()))
  return (
    <details className={classes.words}>
      <summary>文字稿（{lines.length} 条）</summary>
      <TextInput
        size="xs"
        label="在文字稿中查找"
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      {found.length === 0 ? (
        <p>没有找到“{sought.trim()}”</p>
      ) : (
        <Lines title="文字稿" isHeadless lines={found} now={now} onGo={onGo} />
      )}
    </details>
  )
}

interface LinesProps {
  title: string
  /** Whether what stands around it says what it is. */
  isHeadless?: boolean
  lines: readonly Line[]
  now: number
  onGo: (to: number) => void
}

function Lines({ title, isHeadless = false, lines, now, onGo }: LinesProps) {
  const id = useId()
  return (
    <div className={classes.lines}>
      {!isHeadless && (
        <p id={id} className={classes.title}>
          {title}
        </p>
      )}
      <ol {...(isHeadless ? { 'aria-label': title } : { 'aria-labelledby': id })}>
        {lines.map((it) => (
          <li key={`${it.from} ${it.text}`}>
            <button
              type="button"
              onClick={() => onGo(it.from)}
              aria-current={now >= it.from && now < it.to ? 'time' : undefined}
            >
              <span className={classes.clock}>{clockOf(it.from)}</span>
              <span>{it.text}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** The lines of a track, once the browser has read them. One that is not shown must be asked for. */
function useLines(
  medium: React.RefObject<HTMLMediaElement | null>,
  kind: 'captions' | 'chapters',
  src?: string,
): Line[] {
  const [lines, setLines] = useState<Line[]>([])
  useEffect(() => {
    setLines([])
    const element = medium.current
    const track = element?.querySelector<HTMLTrackElement>(`track[kind="${kind}"]`)
    if (!src || !track) return
    const read = () => {
      const cues = [...(track.track.cues ?? [])] as VTTCue[]
      setLines(cues.map((it) => ({ from: it.startTime, to: it.endTime, text: it.text })))
    }
    if (track.track.mode === 'disabled') track.track.mode = 'hidden'
    if (track.readyState === HTMLTrackElement.LOADED) read()
    track.addEventListener('load', read)
    return () => track.removeEventListener('load', read)
  }, [medium, kind, src])
  return lines
}
