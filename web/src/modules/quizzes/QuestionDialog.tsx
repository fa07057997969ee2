import { SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { QuestionRow } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { quizClient } from './api.ts'
import { draftOf, emptyDraft, needsOf, type QuestionDraft, questionOf } from './questionDraft.ts'
import { Right } from './RightFields.tsx'
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
