import { Alert, Button, SegmentedControl, TextInput } from '@mantine/core'
import type { AttendanceRow, AttendanceSheet } from '@zhibu/server/modules/training/attendance-schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useCallback, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { useSession } from '../../session.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { AttendanceLine } from './AttendanceLine.tsx'
import { sessionClient } from './api.ts'
import { moveByKey } from './keys.ts'
import { countsOf, type Mark, markOf, needsOfMarks, sentMarks } from './marks.ts'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'
import { attendanceNames } from './words.ts'

interface Props {
  sessionId: string
  sheet: AttendanceSheet
  etag: string
  onRead: () => void
}

const views = { all: '全部', exceptions: '例外的', waiting: '待答复', conflicts: '时间有冲突' } as const

/** The list of a session, with what is to be recorded of each. What was changed here stays while others write. */
export function AttendanceForm({ sessionId, sheet, etag, onRead }: Props) {
  const ownId = useSession()?.account.personId
  const [changed, setChanged] = useState<ReadonlyMap<string, Mark>>(new Map())
  const [view, setView] = useState<keyof typeof views>('all')
  const [words, setWords] = useState('')
  const { items, session, can } = sheet
  const isSelf = (it: AttendanceRow) => it.person.id === ownId
  const before = (it: AttendanceRow) => markOf(it, { isRecorded: session.isRecorded, isSelf: isSelf(it) })
  const marks = new Map(items.map((it) => [it.person.id, changed.get(it.person.id) ?? before(it)]))
  const save = useWrite(
    () => {
      const json = { marks: sentMarks(marks), restArePresent: false }
      return parseResponse(sessionClient.attendance.$put({ param: { sessionId }, json }, ifMatch(etag)))
    },
    () => setChanged(new Map()),
  )
  useUnsaved(changed.size > 0)
  const needs = needsOfMarks(marks)
  const isReady = missingOf(needs).length === 0 && !save.isPending
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    save.mutate(undefined, {
      onError: (error) => {
        if (isChanged(error)) onRead()
      },
    })
  }
  const change = useCallback(
    (personId: string, mark: Mark) => setChanged((all) => new Map(all).set(personId, mark)),
    [],
  )
  const { reset } = save
  const touch = useCallback(
    (personId: string, mark: Mark) => {
      reset()
      change(personId, mark)
    },
    [reset, change],
  )
  const sought = words.trim()
  const shown = items.filter((it) => {
    if (sought !== '' && !`${it.person.name} ${it.person.studentNumber ?? ''} ${it.organization}`.includes(sought))
      return false
    if (view === 'exceptions') return marks.get(it.person.id)?.attendance !== 'present'
    if (view === 'waiting') return it.requests.some((one) => one.isGranted === null)
    if (view === 'conflicts') return it.conflicts.length > 0
    return true
  })
  const counts = countsOf(marks)
  return (
    <form onSubmit={submit} className={parts.form} noValidate>
      <Section title={`学员（${items.length} 人）`}>
        <search className={`${classes.filters} no-print`}>
          <TextInput
            aria-label="在名单里查找"
            placeholder="姓名、学号、支部"
            type="search"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            // What is looked for is not sent.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
          <SegmentedControl
            aria-label="列出哪些人"
            data={choicesOf(views)}
            value={view}
            onChange={(value) => setView(codeIn(views, value) ?? 'all')}
          />
        </search>
        {can.record && (
          <p className={`${parts.note} ${classes.keys}`}>键盘：上下键换人，数字 1 到课、2 请假、3 未到、4 已补课。</p>
        )}
        {shown.length === 0 ? (
          <EmptyState title="没有符合条件的人">请换个词，或者选“全部”。</EmptyState>
        ) : (
          <ul className={classes.people} aria-label="到课情况" onKeyDown={moveByKey}>
            {shown.map((it) => (
              <AttendanceLine
                key={it.person.id}
                row={it}
                mark={marks.get(it.person.id) ?? before(it)}
                mayRecord={can.record}
                isSelf={isSelf(it)}
                onChange={touch}
              />
            ))}
          </ul>
        )}
      </Section>
      {can.record && (
        <div className={`${classes.saving} no-print`}>
          {isChanged(save.error) ? (
            <Alert color="yellow" role="alert" title="他人刚刚登记过">
              这次没有保存。上面已经是最新的，您改过的 {changed.size} 处还在，请核对后再次保存。
            </Alert>
          ) : (
            <ProblemNote error={save.error} isKept />
          )}
          <div className={parts.buttons}>
            <Button type="submit" loading={save.isPending} disabled={!isReady}>
              {session.isRecorded ? '保存修改' : '保存登记'}
            </Button>
            <span role="status">
              {save.isSuccess && changed.size === 0 ? '已保存。' : ''}
              {[...choicesOf(attendanceNames), { value: null, label: '未登记' }]
                .filter(({ value }) => counts.has(value))
                .map(({ value, label }) => `${label} ${counts.get(value)}`)
                .join('，')}
            </span>
            <StillMissing needs={needs} />
          </div>
        </div>
      )}
    </form>
  )
}
