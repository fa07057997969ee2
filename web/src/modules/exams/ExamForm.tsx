import { Alert, Button, Checkbox, NumberInput, Radio, Select, Textarea, TextInput } from '@mantine/core'
import { examFormNames, explainNames, mostAttempts, mostMinutes } from '@zhibu/server/modules/exams/names-schema'
import type { ExamSettings } from '@zhibu/server/modules/exams/schema'
import { type ReactNode, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import classes from './Exams.module.css'
import { type ExamDraft, needsOf, settingsOf } from './examDraft.ts'
import { MomentInput } from './MomentInput.tsx'
import { PaperFields } from './PaperFields.tsx'

interface Props {
  initial: ExamDraft
  /** Somebody has begun: what is the same for all stays. */
  hasBegun: boolean
  submitLabel: string
  isBusy: boolean
  error: unknown
  onSubmit: (settings: ExamSettings) => void
  /** What stands above the rest. */
  children?: ReactNode
}

/** Everything that is settled of an examination. */
export function ExamForm({ initial, hasBegun, submitLabel, isBusy, error, onSubmit, children }: Props) {
  const [draft, setDraft] = useState(initial)
  const [isTouched, setIsTouched] = useState(false)
  useUnsaved(isTouched && !isBusy)
  const change = (part: Partial<ExamDraft>) => {
    setIsTouched(true)
    setDraft({ ...draft, ...part })
  }
  const needs = needsOf(draft)
  const said = (path: string) => problemIn(error, path)
  const isOnline = draft.form === 'online'
  const list = useListWhenOpened()
  return (
    <form
      className={parts.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (missingOf(needs).length === 0 && !isBusy) onSubmit(settingsOf(draft))
      }}
    >
      {hasBegun && (
        <Alert color="yellow" title="已经有人参加考试">
          试卷、时长、及格线不能再改，结束时间只能推迟。
        </Alert>
      )}
      <Section title="考试安排">
        <div className={parts.form}>
          {children}
          <TextInput
            label="名称"
            value={draft.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
            error={said('title')}
            maxLength={60}
            required
          />
          <Textarea
            label="考前说明"
            description="考生开始以前看到：考什么、可以带什么、遇到问题找谁。可以不填。"
            value={draft.summary}
            onChange={(event) => change({ summary: event.currentTarget.value })}
            error={said('summary')}
            maxLength={1_000}
            autosize
            minRows={2}
          />
          <Radio.Group
            label="考试方式"
            value={draft.form}
            onChange={(value) => change({ form: codeIn(examFormNames, value) ?? 'online' })}
            error={said('form')}
          >
            <Radio
              mt="xs"
              value="online"
              label="网上考试"
              description="考生用手机或者电脑作答，到时间自动收卷。"
              disabled={hasBegun}
            />
            <Radio
              mt="xs"
              value="paper"
              label="纸笔考试"
              description="打印试卷，考完把成绩表导入。"
              disabled={hasBegun}
            />
          </Radio.Group>
          <MomentInput
            name="开始"
            value={draft.opens}
            onChange={(opens) => change({ opens })}
            error={said('opensAt')}
            required
          />
          <MomentInput
            name="结束"
            value={draft.closes}
            onChange={(closes) => change({ closes })}
            error={said('closesAt')}
            required
          />
          <Checkbox
            label="限定时长"
            description="从本人开始作答起算；到了结束时间，没有用完的时长也不再延长。"
            checked={draft.hasMinutes}
            onChange={(event) => change({ hasMinutes: event.currentTarget.checked })}
            disabled={hasBegun}
          />
          <div className={classes.pair}>
            {draft.hasMinutes && (
              <NumberInput
                label="时长（分钟）"
                value={draft.minutes ?? ''}
                onChange={(value) => change({ minutes: typeof value === 'number' ? value : undefined })}
                error={said('minutes')}
                min={5}
                max={mostMinutes}
                allowDecimal={false}
                disabled={hasBegun}
                required
              />
            )}
            {isOnline && (
              <NumberInput
                label="可以参加几次"
                description="取最好的一次，每次另出一份试卷。"
                value={draft.attempts ?? ''}
                onChange={(value) => change({ attempts: typeof value === 'number' ? value : undefined })}
                error={said('attempts')}
                min={1}
                max={mostAttempts}
                allowDecimal={false}
                required
              />
            )}
            {isOnline && (
              <Select
                label="什么时候显示答案和解析"
                description="只给本人看自己的答卷。"
                data={choicesOf(explainNames)}
                value={draft.explains}
                onChange={(value) => change({ explains: codeIn(explainNames, value) ?? 'afterEnd' })}
                allowDeselect={false}
                {...list}
              />
            )}
          </div>
        </div>
      </Section>
      <PaperFields draft={draft} isFixed={hasBegun} said={said} onChange={change} />
      <ProblemNote error={error} isKept />
      <div className={parts.buttons}>
        <Button type="submit" loading={isBusy} disabled={missingOf(needs).length > 0}>
          {submitLabel}
        </Button>
        <StillMissing needs={needs} />
      </div>
    </form>
  )
}
