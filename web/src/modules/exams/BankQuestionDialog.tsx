import { Autocomplete, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import type { BankQuestionRow } from '@zhibu/server/modules/exams/bank-schema'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { draftOf, emptyDraft, needsOf, type QuestionDraft, questionOf } from '../quizzes/questionDraft.ts'
import { Right } from '../quizzes/RightFields.tsx'
import { bankClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  bankId: string
  /** The topics that there are already. */
  topics: readonly string[]
  /** The question that is changed; absent for a new one. */
  it?: BankQuestionRow
  /** The one before a new one: several often come from one document and one topic. */
  before?: BankQuestionRow | undefined
  onClose: () => void
}

/** Writes a question of a bank, with its topic. */
export function BankQuestionDialog({ bankId, topics, it, before, onClose }: Props) {
  const [draft, setDraft] = useState(() =>
    it ? draftOf({ ...it.question, id: it.id, revision: 1 }) : emptyDraft(before?.question.source),
  )
  const [topic, setTopic] = useState((it ?? before)?.topic ?? '')
  const change = (part: Partial<QuestionDraft>) => setDraft({ ...draft, ...part })
  const save = useWrite(async () => {
    const json = { topic, question: questionOf(draft) }
    if (it)
      await parseResponse(bankClient.questions[':questionId'].$put({ param: { bankId, questionId: it.id }, json }))
    else await parseResponse(bankClient.questions.$post({ param: { bankId }, json: { questions: [json] } }))
  }, onClose)
  const problem = (path: string) =>
    problemIn(save.error, `question.${path}`) ?? problemIn(save.error, `questions.0.question.${path}`)
  return (
    <FormDialog
      title={it ? '修改题目' : '添加题目'}
      submitLabel={it ? '保存修改' : '添加题目'}
      needs={needsOf(draft)}
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
      <Autocomplete
        label="章节"
        description="属于哪一章、哪个专题，抽题时可以按章节抽。可以不填。"
        data={topics.filter((name) => name !== '')}
        value={topic}
        onChange={setTopic}
        maxLength={60}
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
        description="交卷以后显示：为什么这样答。"
        value={draft.explanation}
        onChange={(event) => change({ explanation: event.currentTarget.value })}
        error={problem('explanation')}
        maxLength={1_000}
        autosize
        minRows={2}
      />
      <TextInput
        label="出处"
        description="哪份文件的哪一条，哪本书的哪一页。"
        value={draft.source}
        onChange={(event) => change({ source: event.currentTarget.value })}
        error={problem('source')}
        maxLength={200}
      />
    </FormDialog>
  )
}
