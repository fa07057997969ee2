import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { dayWritten } from '@zhibu/rules'
import type { BookingView, Step } from '@zhibu/server/modules/guidance/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { distance } from '../../ui/writtenDay.ts'
import { bookingClient, versionsQuery } from './api.ts'
import classes from './Guidance.module.css'
import { RecordForm } from './RecordForm.tsx'
import { useWrite } from './useWrite.ts'
import { asDay, partyOf, whoseOf } from './words.ts'

/** 指导记录: what was talked about and agreed, with its versions; both complete it. */
export function RecordPart({ it, etag }: { it: BookingView; etag: string }) {
  const [isWriting, setIsWriting] = useState(false)
  const { record } = it
  if (isWriting)
    return (
      <Section title="指导记录" lead="两个人都看得到、都可以补充。每次保存留下一个版本。">
        <RecordForm it={it} etag={etag} onClose={() => setIsWriting(false)} />
      </Section>
    )
  return (
    <Section
      title="指导记录"
      lead="只有两个人看得到，两个人都可以补充、更正。"
      actions={
        it.can.record && (
          <Button variant={record ? 'default' : 'filled'} onClick={() => setIsWriting(true)}>
            {record ? '补充或更正' : '填写记录'}
          </Button>
        )
      }
    >
      {record === null ? (
        <p className={parts.note}>还没有记录。谈过以后，谁有空谁写，写几句就行。</p>
      ) : (
        <div className={parts.form}>
          <p className={parts.text}>{record.talked}</p>
          {record.steps.length > 0 && <Steps it={it} steps={record.steps} />}
          <p className={parts.note}>
            {partyOf(record.writtenBy, it)}
            {record.versions > 1 ? '最后修改于' : '写于'}
            <InstantText at={record.writtenAt} />。
          </p>
          {record.versions > 1 && <Versions it={it} count={record.versions} />}
        </div>
      )}
    </Section>
  )
}

function Steps({ it, steps }: { it: BookingView; steps: readonly Step[] }) {
  const today = useToday()
  const tick = useWrite(({ stepId, isDone }: { stepId: string; isDone: boolean }) => {
    const asked = { param: { bookingId: it.id, stepId } }
    const { completion } = bookingClient.steps[':stepId']
    return isDone ? parseResponse(completion.$put(asked)) : parseResponse(completion.$delete(asked))
  })
  return (
    <section className={classes.day} aria-label="约定事项">
      <h3>约定事项</h3>
      <ul className={classes.steps}>
        {steps.map((step) => {
          const [due, done] = [asDay(step.dueOn), asDay(step.doneOn)]
          const facts = [
            `由${whoseOf(step.side, it)}办`,
            ...(due ? [`${dayWritten(due)}以前`] : []),
            ...(due && !done && today !== undefined ? [distance(due, today, true)] : []),
            ...(done ? [`${dayWritten(done)}办好`] : []),
          ].join('，')
          return (
            <li key={step.id}>
              <Checkbox
                label={step.what}
                description={facts}
                checked={done !== undefined}
                disabled={!step.isOwn || !it.can.tick || tick.isPending}
                onChange={(event) => tick.mutate({ stepId: step.id, isDone: event.currentTarget.checked })}
              />
            </li>
          )
        })}
      </ul>
      <ProblemNote error={tick.error} />
    </section>
  )
}

function Versions({ it, count }: { it: BookingView; count: number }) {
  const [isShown, setIsShown] = useState(false)
  const { data, error, refetch } = useQuery({ ...versionsQuery(it.id), enabled: isShown })
  if (!isShown)
    return (
      <div>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setIsShown(true)}>
          看以前的版本（{count - 1}）
        </Button>
      </div>
    )
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading lines={2} />
  return data.items.slice(1).map((version) => (
    <section key={version.version} className={classes.version} aria-label={`第 ${version.version} 版`}>
      <p className={parts.note}>
        第 {version.version} 版，{partyOf(version.writtenBy, it)}
        写于
        <InstantText at={version.writtenAt} />
      </p>
      <p className={parts.text}>{version.talked}</p>
      {version.steps.length > 0 && (
        <ul>
          {version.steps.map((step) => {
            const due = asDay(step.dueOn)
            return (
              <li key={`${step.side} ${step.what}`}>
                {step.what}（由{whoseOf(step.side, it)}办{due && `，${dayWritten(due)}以前`}）
              </li>
            )
          })}
        </ul>
      )}
    </section>
  ))
}
