import { Badge, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CaseRow, MeetingView } from '@zhibu/server/modules/exchanges/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { exchangesKey, meetingClient } from './api.ts'
import { CaseDialog } from './CaseDialog.tsx'
import { useWrite } from './useWrite.ts'

/** The cases of a meeting in the order of presentation; who runs it settles the order. */
export function CasesPart({ it }: { it: MeetingView }) {
  const [isWriting, setIsWriting] = useState(false)
  const param = { exchangeId: it.id }
  const arrange = useWrite((caseIds: string[]) => parseResponse(meetingClient.order.$put({ param, json: { caseIds } })))
  const placed = it.cases.flatMap((one) => (one.place === null ? [] : [one.id]))
  const title = (one: CaseRow) => (
    <Link
      to="/training/exchanges/$exchangeId/cases/$caseId"
      params={{ exchangeId: it.id, caseId: one.id }}
      className={parts.link}
    >
      {one.title}
    </Link>
  )
  const buttons = (one: CaseRow) => (
    <OrderButtons one={one} placed={placed} isBusy={arrange.isPending} onArrange={arrange.mutate} />
  )
  return (
    <Section
      title="案例"
      lead={
        it.can.arrange
          ? '把要在会上讲的排进日程，校外嘉宾只看得到日程里的案例。'
          : '会前可以先看，有想问的写在案例下面。'
      }
      actions={it.can.write && <Button onClick={() => setIsWriting(true)}>写案例</Button>}
    >
      <div className={parts.form}>
        {it.cases.length === 0 ? (
          <p className={parts.note}>
            {it.can.write ? '还没有案例。做过什么、难在哪里、结果怎样，写下来就行。' : '没有案例。'}
          </p>
        ) : (
          <RowList
            label="案例"
            rows={it.cases.map((one) => ({
              key: one.id,
              title: title(one),
              mark: markOf(one),
              facts: [`${one.authorName}，${one.institution}`, one.isGuest && '校外嘉宾'],
              actions: it.can.arrange && one.isSubmitted && buttons(one),
            }))}
          />
        )}
        <ProblemNote error={arrange.error} />
      </div>
      {isWriting && (
        <CaseDialog
          save={(json) => parseResponse(meetingClient.cases.$post({ param, json }))}
          changes={exchangesKey}
          onClose={() => setIsWriting(false)}
        />
      )}
    </Section>
  )
}

/** Where a case stands: a draft, or its number in the programme. */
export function markOf(one: CaseRow) {
  if (!one.isSubmitted) return <Badge color="gray">草稿</Badge>
  return one.place === null ? undefined : <Badge color="blue">日程第 {one.place}</Badge>
}

interface OrderProps {
  one: CaseRow
  placed: readonly string[]
  isBusy: boolean
  onArrange: (caseIds: string[]) => void
}

function OrderButtons({ one, placed, isBusy, onArrange }: OrderProps) {
  const at = placed.indexOf(one.id)
  const others = placed.filter((id) => id !== one.id)
  const quiet = { variant: 'subtle', size: 'compact-sm', color: 'gray', disabled: isBusy } as const
  if (at < 0)
    return (
      <Button {...quiet} aria-label={`排进日程：${one.title}`} onClick={() => onArrange([...placed, one.id])}>
        排进日程
      </Button>
    )
  return (
    <>
      <Button
        {...quiet}
        disabled={isBusy || at === 0}
        aria-label={`往前：${one.title}`}
        onClick={() => onArrange(others.toSpliced(at - 1, 0, one.id))}
      >
        往前
      </Button>
      <Button {...quiet} aria-label={`移出日程：${one.title}`} onClick={() => onArrange(others)}>
        移出日程
      </Button>
    </>
  )
}
