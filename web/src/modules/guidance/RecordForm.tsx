import { Button, Select, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { mostSteps } from '@zhibu/server/modules/guidance/names-schema'
import type { BookingView } from '@zhibu/server/modules/guidance/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { bookingClient, bookingQuery } from './api.ts'
import classes from './Guidance.module.css'
import { changesOf, draftOf, emptyStep, type RecordDraft, type StepDraft, sentAt, textOf } from './recordDraft.ts'
import { useWrite } from './useWrite.ts'
import { whoseOf } from './words.ts'

interface Props {
  it: BookingView
  etag: string
  onClose: () => void
}

/** Writes what was talked about and agreed. Where the other one has written meanwhile, says what, and keeps what was typed. */
export function RecordForm({ it, etag, onClose }: Props) {
  const queries = useQueryClient()
  const [opened, setOpened] = useState({ record: it.record, etag })
  const [seen, setSeen] = useState(it.record)
  const [draft, setDraft] = useState<RecordDraft>(() => draftOf(it.record))
  const [isTouched, setIsTouched] = useState(false)
  const save = useWrite(async () => {
    const bookingId = it.id
    try {
      await parseResponse(
        bookingClient.record.$put({ param: { bookingId }, json: textOf(draft) }, ifMatch(opened.etag)),
      )
    } catch (error) {
      if (isChanged(error)) {
        const now = await queries.fetchQuery({ ...bookingQuery(bookingId), staleTime: 0 })
        setSeen(opened.record)
        setOpened({ record: now.value.record, etag: now.etag })
        // What was struck out meanwhile is written as new.
        const known = new Set(now.value.record?.steps.map((step) => step.id))
        setDraft((before) => ({
          ...before,
          steps: before.steps.map((step) => ({ ...step, id: step.id !== null && known.has(step.id) ? step.id : null })),
        }))
      }
      throw error
    }
  }, onClose)
  useUnsaved(isTouched && !save.isSuccess)
  const change = (part: Partial<RecordDraft>) => {
    setIsTouched(true)
    setDraft((before) => ({ ...before, ...part }))
  }
  const needs = { 谈了什么: draft.talked.trim().length >= 2 }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length === 0 && !save.isPending) save.mutate()
  }
  return (
    <form onSubmit={submit} className={parts.form} noValidate>
      <ChangedMeanwhile error={save.error} changes={changesOf(seen, opened.record)} />
      <Textarea
        label="谈了什么"
        value={draft.talked}
        onChange={(event) => change({ talked: event.currentTarget.value })}
        error={problemIn(save.error, 'talked')}
        maxLength={5000}
        autosize
        minRows={4}
        required
      />
      <StepsField it={it} steps={draft.steps} error={save.error} onChange={(steps) => change({ steps })} />
      {!isChanged(save.error) && <ProblemNote error={save.error} isKept />}
      <div className={parts.buttons}>
        <Button type="submit" loading={save.isPending} disabled={missingOf(needs).length > 0}>
          保存记录
        </Button>
        <Button variant="default" onClick={onClose}>
          不保存
        </Button>
        <StillMissing needs={needs} />
      </div>
    </form>
  )
}

interface StepsProps {
  it: BookingView
  steps: readonly StepDraft[]
  error: unknown
  onChange: (steps: StepDraft[]) => void
}

function StepsField({ it, steps, error, onChange }: StepsProps) {
  const owners = { guided: whoseOf('guided', it), mentor: whoseOf('mentor', it) }
  const set = (key: string, part: Partial<StepDraft>) =>
    onChange(steps.map((step) => (step.key === key ? { ...step, ...part } : step)))
  return (
    <fieldset className={classes.part}>
      <legend>约定事项</legend>
      <p className={parts.note}>谁办什么、到哪天为止。有日期的，提前三天和当天提醒办的人。没有约定的不用填。</p>
      {steps.map((step, at) => {
        const said = (field: string) => problemIn(error, `steps.${sentAt(steps, step.key)}.${field}`)
        return (
          <div key={step.key} className={classes.stepInput}>
            <Textarea
              aria-label={`第 ${at + 1} 项约定做什么`}
              placeholder="做什么"
              value={step.what}
              onChange={(event) => set(step.key, { what: event.currentTarget.value })}
              error={said('what')}
              maxLength={200}
              autosize
            />
            <Select
              aria-label={`第 ${at + 1} 项约定由谁办`}
              data={[
                { value: 'guided', label: `由${owners.guided}办` },
                { value: 'mentor', label: `由${owners.mentor}办` },
              ]}
              value={step.side}
              onChange={(value) => set(step.key, { side: codeIn(owners, value) ?? step.side })}
              allowDeselect={false}
            />
            <DayInput
              label={`第 ${at + 1} 项约定到哪天为止`}
              isBare
              value={step.dueOn}
              onChange={(dueOn) => set(step.key, { dueOn })}
              error={said('dueOn')}
            />
            <Button
              variant="subtle"
              color="gray"
              aria-label={`删去第 ${at + 1} 项约定`}
              onClick={() => onChange(steps.filter((one) => one.key !== step.key))}
            >
              删去
            </Button>
          </div>
        )
      })}
      <div>
        <Button
          variant="default"
          onClick={() => onChange([...steps, emptyStep()])}
          disabled={steps.length >= mostSteps}
        >
          添加约定事项
        </Button>
      </div>
    </fieldset>
  )
}
