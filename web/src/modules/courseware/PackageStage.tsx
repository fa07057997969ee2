import { Alert, Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Launch, ScoRow } from '@zhibu/server/modules/courseware/schema'
import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem } from '../../problem.ts'
import parts from '../../ui/Parts.module.css'
import { coursewareKey, keepState } from './api.ts'
import classes from './Courseware.module.css'
import { type Elements, isFrom, messageOf, wordOf } from './frameWords.ts'

interface Props {
  coursewareId: string
  unitId: string
  sco: ScoRow
  launch: Launch
  onClose: () => void
}

/** So long what a package sets is gathered before it is kept, and so long is waited after it could not be. */
const gatherMs = 1_500
const againMs = 5_000

/** Addresses of packages are good for four hours. */
const goodMs = 4 * 3_600_000

/**
 * A package in a frame without an origin: nothing in it reaches this page, what lies at the server, or another machine. It says what it
 * wants to find again by messages, which are kept for the reader alone.
 */
export function PackageStage({ coursewareId, unitId, sco, launch, onClose }: Props) {
  const queries = useQueryClient()
  const frame = useRef<HTMLIFrameElement>(null)
  const elements = useRef<Elements>(launch.elements)
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [failure, setFailure] = useState<unknown>()
  const [isDone, setIsDone] = useState(false)
  const [isOld, setIsOld] = useState(false)
  // The frame is named once, by what the package is told when it starts.
  const [name] = useState(() => JSON.stringify(wordOf(launch.elements)))

  const keep = useCallback(async () => {
    clearTimeout(waiting.current)
    waiting.current = undefined
    try {
      await keepState(coursewareId, unitId, { scoId: sco.id, elements: elements.current })
      setFailure(undefined)
    } catch (error) {
      setFailure(error)
      if (asProblem(error).isPassing) waiting.current ??= setTimeout(() => void keep(), againMs)
    }
  }, [coursewareId, unitId, sco.id])

  useEffect(() => {
    const hear = (event: MessageEvent) => {
      const inside = frame.current?.contentWindow
      if (event.origin !== 'null' || !isFrom(event.source, inside)) return
      const message = messageOf(event.data)
      if (!message) return
      // It has no origin by which it could be named; nothing but pages of the package is ever shown there.
      if (message.kind === 'hello') return event.source?.postMessage(wordOf(elements.current), { targetOrigin: '*' })
      elements.current = { ...elements.current, ...message.elements }
      if (message.kind === 'left') {
        setIsDone(true)
        void keep()
      } else waiting.current ??= setTimeout(() => void keep(), gatherMs)
    }
    const leave = () => {
      if (waiting.current !== undefined) void keep()
    }
    const aging = setTimeout(() => setIsOld(true), goodMs)
    window.addEventListener('message', hear)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('message', hear)
      window.removeEventListener('pagehide', leave)
      clearTimeout(aging)
      leave()
    }
  }, [keep])

  const close = async () => {
    if (waiting.current !== undefined) await keep()
    await queries.invalidateQueries({ queryKey: coursewareKey })
    onClose()
  }
  return (
    <Modal.Root opened onClose={() => void close()} fullScreen closeOnEscape={false} transitionProps={{ duration: 0 }}>
      <Modal.Content radius={0}>
        <Modal.Body className={classes.stage}>
          <div className={classes.bar}>
            <div>
              <Modal.Title>{sco.title}</Modal.Title>
              {isDone && (
                <p role="status" className={parts.note}>
                  这一课已经结束，可以关闭了。
                </p>
              )}
            </div>
            <Button variant="default" onClick={() => void close()}>
              关闭课件
            </Button>
          </div>
          {failure !== undefined && (
            <Alert color="yellow" role="alert" title="学到哪里还没有存上">
              {asProblem(failure).message}
            </Alert>
          )}
          {isOld && (
            <Alert color="yellow" role="alert">
              打开已经超过 4 小时，后面的内容可能不再显示。请关闭课件，再重新打开。
            </Alert>
          )}
          <iframe
            ref={frame}
            className={classes.frame}
            title={`互动课件：${sco.title}`}
            name={name}
            src={launch.src}
            sandbox="allow-scripts"
            allow="fullscreen; autoplay"
            referrerPolicy="no-referrer"
          />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
