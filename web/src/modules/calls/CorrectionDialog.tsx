import { Radio, Textarea } from '@mantine/core'
import { decisionNames } from '@zhibu/server/modules/calls/names-schema'
import type { JudgedEntry } from '@zhibu/server/modules/calls/review-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { callsClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  callId: string
  /** Under which the call was read. */
  etag: string
  it: JudgedEntry
  onClose: () => void
}

/** Puts right what was announced of an entry: never without a reason, and never unseen. */
export function CorrectionDialog({ callId, etag, it, onClose }: Props) {
  const [decision, setDecision] = useState(it.decision ?? 'declined')
  const [words, setWords] = useState(it.decisionWords)
  const [reason, setReason] = useState('')
  const save = useWrite(
    () =>
      parseResponse(
        callsClient[':callId'].entries[':entryId'].corrections.$post(
          { param: { callId, entryId: it.id }, json: { decision, words, reason } },
          ifMatch(etag),
        ),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={`更正“${it.title}”的结果`}
      lead="立即生效，作者会收到通知。入选或未入选改了的，看得到这次征集的人都会看到：原来的结果、现在的结果、谁在什么时候更正、为什么。"
      submitLabel="更正结果"
      needs={{
        改动: decision !== it.decision || words.trim() !== it.decisionWords,
        更正的原因: reason.trim().length >= 2,
      }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Radio.Group
        label="更正为"
        value={decision}
        onChange={(value) => setDecision(codeIn(decisionNames, value) ?? decision)}
      >
        {choicesOf(decisionNames).map(({ value, label }) => (
          <Radio key={value} value={value} label={label} mt="xs" />
        ))}
      </Radio.Group>
      <Textarea
        label="给作者的话"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        error={problemIn(save.error, 'words')}
        maxLength={500}
        autosize
        minRows={2}
      />
      <Textarea
        label="更正的原因"
        description="作者看得到；改了是否入选的，看得到这次征集的人都看得到。请不要写个人情况。"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(save.error, 'reason')}
        maxLength={500}
        autosize
        minRows={2}
        required
      />
    </FormDialog>
  )
}
