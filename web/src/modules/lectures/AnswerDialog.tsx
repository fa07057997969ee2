import { Textarea } from '@mantine/core'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { questionClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  activityId: string
  questionId: string
  before: string
  onClose: () => void
}

/** Writes the answer to a question, or changes it. */
export function AnswerDialog({ activityId, questionId, before, onClose }: Props) {
  const [answer, setAnswer] = useState(before)
  const save = useWrite(
    () => parseResponse(questionClient.answer.$put({ param: { activityId, questionId }, json: { answer } })),
    onClose,
  )
  return (
    <FormDialog
      title="书面回答"
      lead="看得到这项活动的人都看得到回答。讲座结束以后也可以回答。"
      submitLabel="公开回答"
      needs={{ 回答: answer.trim().length >= 1 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="回答"
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
        error={problemIn(save.error, 'answer')}
        maxLength={2_000}
        autosize
        minRows={4}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
