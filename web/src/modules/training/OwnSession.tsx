import { Button } from '@mantine/core'
import type { SessionView } from '@zhibu/server/modules/training/schema'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { MakeUps } from './MakeUps.tsx'
import { RequestDialog } from './RequestDialog.tsx'
import classes from './Training.module.css'
import { attendanceNames, leaveNames, requestNames } from './words.ts'

type Own = NonNullable<SessionView['own']>

/** Whether the reader was at a session, what they wrote of it and what was answered, and what they may still write. */
export function OwnSession({ it, own }: { it: SessionView; own: Own }) {
  const [asked, setAsked] = useState<'leave' | 'claim'>()
  const recorded = own.attendance !== null
  if (!recorded && own.requests.length === 0 && it.can.ask.length === 0) return null
  return (
    <div className={classes.own}>
      {own.attendance !== null && (
        <p>
          我的到课情况：<strong>{attendanceNames[own.attendance]}</strong>
          {own.leaveKind !== null && `（${leaveNames[own.leaveKind]}）`}
          {own.note !== '' && `，${own.note}`}
        </p>
      )}
      {own.requests.map((one) => (
        <p key={one.id} className={parts.note}>
          我写的“{requestNames[one.kind]}”{one.leaveKind !== null && `（${leaveNames[one.leaveKind]}）`}
          {one.text !== '' && `：${one.text}`}
          {one.isGranted === null ? '（等待答复）' : one.isGranted ? '（已经同意）' : '（没有同意）'}
          {one.answer && `答复：${one.answer}`}
        </p>
      ))}
      {it.can.ask.length > 0 && (
        <div className={`${parts.buttons} no-print`}>
          {it.can.ask.map((kind) => (
            <Button
              key={kind}
              size="xs"
              variant="default"
              aria-label={`${requestNames[kind]}：${it.title}`}
              onClick={() => setAsked(kind)}
            >
              {requestNames[kind]}
            </Button>
          ))}
        </div>
      )}
      {(own.attendance === 'absent' || own.attendance === 'leave') && <MissedSession it={it} />}
      {asked && <RequestDialog kind={asked} it={it} onClose={() => setAsked(undefined)} />}
    </div>
  )
}

/** Where a session that was missed can be heard; looked up when it is asked for. */
function MissedSession({ it }: { it: SessionView }) {
  const [isShown, setIsShown] = useState(false)
  if (isShown) return <MakeUps sessionId={it.id} />
  return (
    <div className="no-print">
      <Button size="xs" variant="subtle" aria-label={`看看在哪里补课：${it.title}`} onClick={() => setIsShown(true)}>
        看看在哪里补课
      </Button>
    </div>
  )
}
