import { Button, Checkbox, Radio, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { mostAccepted, mostOptions, questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { QuestionRow } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { letterOf } from './answering.ts'
import { quizClient } from './api.ts'
import classes from './Quizzes.module.css'
import {
  draftOf,
  emptyDraft,
  marked,
  needsOf,
  type QuestionDraft,
  questionOf,
  withAccepted,
  withOption,
} from './questionDraft.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  quizId: string
  /** Each question of a set that is published says where it can be looked up. */
  isPublished: boolean
  /** The question that is changed; absent for a new one. */
  it?: QuestionRow
  /** Where a new one can be looked up, as the one before it. */
  source?: string
  onClose: () => void
}

const most = { options: mostOptions, accepted: mostAccepted } as const

/** Writes a question of any kind, with what is right, why, and where it can be looked up. */
export function QuestionDialog({ quizId, isPublished, it, source, onClose }: Props) {
  const [draft, setDraft] = useState(() => (it ? draftOf(it) : emptyDraft(source)))
  const change = (part: Partial<QuestionDraft>) => setDraft({ ...draft, ...part })
  const save = useWrite(async () => {
    const json = questionOf(draft)
    if (it) {
      const param = { quizId, questionId: it.id }
      await parseResponse(
        quizClient.questions[':questionId'].$put({ param, json }, ifMatch(`"${String(it.revision)}"`)),
      )
    } else await parseResponse(quizClient.questions.$post({ param: { quizId }, json: { questions: [json] } }))
  }, onClose)
  const problem = (path: string) => problemIn(save.error, path) ?? problemIn(save.error, `questions.0.${path}`)
  return (
    <FormDialog
      title={it ? '修改题目' : '添加题目'}
      submitLabel={it ? '保存修改' : '添加题目'}
      needs={{ ...needsOf(draft), ...(isPublished && { 出处: draft.source.trim() !== '' }) }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="题型"
        data={choicesOf(questionKindNames)}
        value={draft.kind}
        onChange={(value) => change({ kind: codeIn(questionKindNames, value) ?? 'single' })}
      />
      <Textarea
        label="题目"
        {...(draft.kind === 'blank' && { description: '要填的地方写成“____”。' })}
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        error={problem('text')}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      <Right draft={draft} problem={problem} onChange={change} />
      <Textarea
        label="解析"
        description="答完以后显示：为什么这样答。"
        value={draft.explanation}
        onChange={(event) => change({ explanation: event.currentTarget.value })}
        error={problem('explanation')}
        maxLength={1_000}
        autosize
        minRows={2}
      />
      <TextInput
        label="出处"
        description="哪份文件的哪一条，哪本书的哪一页。发布以前每道题都要写上。"
        value={draft.source}
        onChange={(event) => change({ source: event.currentTarget.value })}
        error={problem('source')}
        maxLength={200}
      />
    </FormDialog>
  )
}

interface RightProps {
  draft: QuestionDraft
  problem: (path: string) => string | undefined
  onChange: (part: Partial<QuestionDraft>) => void
}

/** What is right, as the kind of the question has it. */
function Right({ draft, problem, onChange }: RightProps) {
  if (draft.kind === 'blank') return <Accepted draft={draft} problem={problem} onChange={onChange} />
  if (draft.kind === 'judgement')
    return (
      <Radio.Group
        label="正确答案"
        value={draft.isTrue === undefined ? null : String(draft.isTrue)}
        onChange={(value) => onChange({ isTrue: value === 'true' })}
        error={problem('options')}
        required
      >
        <Radio mt="xs" value="true" label="正确" />
        <Radio mt="xs" value="false" label="错误" />
      </Radio.Group>
    )
  return <Options draft={draft} problem={problem} onChange={onChange} />
}

function Options({ draft, problem, onChange }: RightProps) {
  const { kind, options } = draft
  const Mark = kind === 'single' ? Radio : Checkbox
  return (
    <fieldset className={classes.lines}>
      <legend>选项</legend>
      <p className={classes.note}>{kind === 'single' ? '勾选正确的一项。' : '勾选正确的各项，至少两项。'}</p>
      {options.map(({ key, text, isRight }, at) => (
        <div key={key} className={classes.optionLine}>
          <Mark
            aria-label={`选项 ${letterOf(at)} 是正确答案`}
            checked={isRight}
            onChange={() => onChange({ options: marked(draft, key) })}
          />
          <TextInput
            aria-label={`选项 ${letterOf(at)}`}
            placeholder={`选项 ${letterOf(at)}`}
            value={text}
            onChange={(event) => {
              const written = event.currentTarget.value
              onChange({ options: options.map((one) => (one.key === key ? { ...one, text: written } : one)) })
            }}
            error={problem(`options.${at}.text`)}
            maxLength={200}
          />
          <Button
            variant="subtle"
            disabled={options.length <= 2}
            aria-label={`删去选项 ${letterOf(at)}`}
            onClick={() => onChange({ options: options.filter((one) => one.key !== key) })}
          >
            删去
          </Button>
        </div>
      ))}
      <Problem>{problem('options')}</Problem>
      {options.length < most.options && (
        <div>
          <Button variant="default" onClick={() => onChange({ options: withOption(options) })}>
            加一个选项
          </Button>
        </div>
      )}
    </fieldset>
  )
}

function Accepted({ draft: { accepted }, problem, onChange }: RightProps) {
  return (
    <fieldset className={classes.lines}>
      <legend>正确答案</legend>
      <p className={classes.note}>有几种写法都算对的，各写一行。大小写、全角半角和空格不同的，不必另写。</p>
      {accepted.map(({ key, text }, at) => (
        <div key={key} className={classes.removable}>
          <TextInput
            aria-label={`正确答案 ${at + 1}`}
            value={text}
            onChange={(event) => {
              const written = event.currentTarget.value
              onChange({ accepted: accepted.map((one) => (one.key === key ? { key, text: written } : one)) })
            }}
            error={problem(`accepted.${at}`)}
            maxLength={100}
          />
          <Button
            variant="subtle"
            disabled={accepted.length <= 1}
            aria-label={`删去正确答案 ${at + 1}`}
            onClick={() => onChange({ accepted: accepted.filter((one) => one.key !== key) })}
          >
            删去
          </Button>
        </div>
      ))}
      <Problem>{problem('accepted')}</Problem>
      {accepted.length < most.accepted && (
        <div>
          <Button variant="default" onClick={() => onChange({ accepted: withAccepted(accepted) })}>
            加一种写法
          </Button>
        </div>
      )}
    </fieldset>
  )
}

function Problem({ children }: { children: string | undefined }) {
  return (
    children !== undefined && (
      <p role="alert" className={classes.problem}>
        {children}
      </p>
    )
  )
}
