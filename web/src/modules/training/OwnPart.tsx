import { Button } from '@mantine/core'
import type { ProgrammeView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { programmeClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { sourceNames, whenHeld } from './words.ts'

/** Where the reader stands in a programme, and how they come into it or out of it. Nothing for whom neither concerns. */
export function OwnPart({ it }: { it: ProgrammeView }) {
  const today = useToday()
  const own = programmeClient.participants.own
  const param = { programmeId: it.id }
  const join = useWrite(() => parseResponse(own.$put({ param })))
  const leave = useWrite(() => parseResponse(own.$delete({ param })))
  // Whoever runs a programme needs no word on why they cannot sign up.
  if (it.own === null && !it.can.signUp && (it.closedBecause === null || it.can.enrol)) return null
  const next = it.sessions.find((one) => one.cancelledAt === null && today !== undefined && one.on >= today)
  return (
    <Section title="我的参加情况">
      <div className={parts.form}>
        {it.own && (
          <p className={parts.text} role="status">
            {it.own.place === 'taken'
              ? `您已录取（${sourceNames[it.own.source]}）。`
              : `您在候补第 ${it.own.queue} 位，有人退出会依次递补，有了名额会通知您。`}
            {it.ownHours !== null && it.own.place === 'taken' && `已登记 ${it.ownHours} 学时${ofRequired(it)}。`}
          </p>
        )}
        {it.own?.place === 'taken' && next && it.state !== 'cancelled' && (
          <p className={parts.text}>
            下一次课：{next.title}，{whenHeld(next)}
            {next.place !== '' && `，${next.place}`}
          </p>
        )}
        <div className={parts.buttons}>
          {it.can.signUp && (
            <Button onClick={() => join.mutate()} loading={join.isPending}>
              {it.capacity !== null && it.taken >= it.capacity ? '报名候补' : '报名'}
            </Button>
          )}
          {it.own !== null && it.can.leave && (
            <ConfirmButton
              question={
                it.waiting > 0
                  ? '退出以后，名额给候补的人；再来要重新排队。'
                  : '退出以后，您不再收到这个培训班的通知。确实来不了某一次课的，可以只请假。'
              }
              confirmLabel="确认退出"
              isBusy={leave.isPending}
              onConfirm={() => leave.mutate()}
            >
              退出培训班
            </ConfirmButton>
          )}
          {it.own === null && !it.can.signUp && it.closedBecause !== null && (
            <p className={parts.note}>{it.closedBecause}</p>
          )}
        </div>
        <ProblemNote error={join.error ?? leave.error} />
      </div>
    </Section>
  )
}

const ofRequired = ({ requiredHours }: Pick<ProgrammeView, 'requiredHours'>): string =>
  requiredHours === null ? '' : `，培训班要求 ${requiredHours} 学时`
