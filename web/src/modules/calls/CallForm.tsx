import { Button, Checkbox, NumberInput, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { CallFields } from '@zhibu/server/modules/calls/schema'
import { type FormEvent, type ReactNode, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import classes from './Calls.module.css'
import { CriteriaPart } from './CriteriaPart.tsx'
import { type CallDraft, newKey, wholeOf } from './callDraft.ts'
import { FieldsPart } from './FieldsPart.tsx'

interface Props {
  initial: CallDraft
  /** Whether what entries are made of is settled already. */
  isAnnounced: boolean
  /** What stands above the form, such as for which organisation. */
  children?: ReactNode
  submitLabel: string
  isBusy: boolean
  error: unknown
  onSubmit: (call: CallFields) => void
}

/** Everything that is settled of a call, made by click. */
export function CallForm({ initial, isAnnounced, children, submitLabel, isBusy, error, onSubmit }: Props) {
  const [draft, setDraft] = useState(initial)
  const [isSent, setIsSent] = useState(false)
  useUnsaved(!isSent && draft !== initial)
  const change = (part: Partial<CallDraft>) => {
    setIsSent(false)
    setDraft({ ...draft, ...part })
  }
  const whole = wholeOf(draft)
  const needs = {
    题目: draft.title.trim().length >= 4,
    征集什么: draft.body.trim().length >= 10,
    每个类别的名称: draft.kinds.every((it) => it.name.trim() !== ''),
    每个类别的截止日期: whole !== undefined,
    每一栏的名称: draft.fields.length > 0 && draft.fields.every((it) => it.label.trim() !== ''),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (whole === undefined || missingOf(needs).length > 0 || isBusy) return
    setIsSent(true)
    onSubmit(whole)
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <Section title="征集什么">
        <div className={classes.form}>
          {children}
          <TextInput
            label="题目"
            value={draft.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
            error={problemIn(error, 'title')}
            maxLength={80}
            required
          />
          <Textarea
            label="征集什么"
            description="为什么征集、怎样算合适、作品会怎样用。"
            value={draft.body}
            onChange={(event) => change({ body: event.currentTarget.value })}
            error={problemIn(error, 'body')}
            maxLength={5_000}
            autosize
            minRows={4}
            required
          />
        </div>
      </Section>
      <Section
        title="类别和截止日期"
        lead="每个类别有自己的截止日期，当天仍可提交。"
        actions={
          <Button
            variant="default"
            disabled={draft.kinds.length >= 10}
            onClick={() =>
              change({ kinds: [...draft.kinds, { key: newKey('k', draft.kinds), name: '', untilOn: undefined }] })
            }
          >
            添加类别
          </Button>
        }
      >
        <ProblemOf error={error} path="kinds" />
        {draft.kinds.map((kind, place) => {
          const set = (part: Partial<typeof kind>) =>
            change({ kinds: draft.kinds.map((it) => (it === kind ? { ...it, ...part } : it)) })
          return (
            <fieldset key={kind.key} className={classes.part}>
              <legend>类别 {place + 1}</legend>
              <div className={classes.pair}>
                <TextInput
                  label="类别名称"
                  value={kind.name}
                  onChange={(event) => set({ name: event.currentTarget.value })}
                  maxLength={30}
                  required
                />
                <DayInput label="截止日期" value={kind.untilOn} onChange={(untilOn) => set({ untilOn })} required />
              </div>
              {!isAnnounced && draft.kinds.length > 1 && (
                <div className={parts.buttons}>
                  <Button
                    variant="default"
                    size="xs"
                    onClick={() => change({ kinds: draft.kinds.filter((it) => it !== kind) })}
                  >
                    删去类别 {place + 1}
                  </Button>
                </div>
              )}
            </fieldset>
          )
        })}
      </Section>
      <FieldsPart
        fields={draft.fields}
        isSettled={isAnnounced}
        error={problemIn(error, 'fields')}
        onChange={(fields) => change({ fields })}
      />
      <Section title="参加和评审">
        <div className={classes.form}>
          <div className={classes.pair}>
            <NumberInput
              label="每件作品最多几人"
              description="1 人：只有作者自己。"
              value={draft.teamMost}
              onChange={(value) => typeof value === 'number' && change({ teamMost: value })}
              error={problemIn(error, 'teamMost')}
              min={1}
              max={20}
              allowDecimal={false}
              clampBehavior="strict"
            />
            <NumberInput
              label="每类每人最多几件"
              value={draft.entriesMost}
              onChange={(value) => typeof value === 'number' && change({ entriesMost: value })}
              error={problemIn(error, 'entriesMost')}
              min={1}
              max={10}
              allowDecimal={false}
              clampBehavior="strict"
            />
          </div>
          <Checkbox
            label="盲评：评审看不到作者和单位"
            description="作者提交时，系统会指出题目、文字、文件名和图片说明中的姓名、学号和单位，由作者自己看过。"
            checked={draft.isBlind}
            disabled={isAnnounced}
            onChange={(event) => change({ isBlind: event.currentTarget.checked })}
          />
          {draft.isBlind && (
            <TagsInput
              label="还有哪些词不宜出现"
              description="例如实验室、社团的名字。输入一个词后按回车。"
              value={draft.words}
              onChange={(words) => change({ words })}
              error={problemIn(error, 'words')}
              maxTags={50}
            />
          )}
        </div>
      </Section>
      <CriteriaPart
        criteria={draft.criteria}
        error={problemIn(error, 'criteria')}
        onChange={(criteria) => change({ criteria })}
      />
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

function ProblemOf({ error, path }: { error: unknown; path: string }) {
  const problem = problemIn(error, path)
  return problem === undefined ? null : <p role="alert">{problem}</p>
}
