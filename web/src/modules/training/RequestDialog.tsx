import { Select, Textarea } from '@mantine/core'
import type { LeaveKind, RequestKind } from '@zhibu/server/modules/training/names-schema'
import type { SessionView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { sessionClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { leaveNames, whenHeld } from './words.ts'

interface Props {
  kind: RequestKind
  it: SessionView
  onClose: () => void
}

/** Writes to whoever holds a session: that the reader cannot come, or that they were there and are not recorded. */
export function RequestDialog({ kind, it, onClose }: Props) {
  const isLeave = kind === 'leave'
  const [leaveKind, setLeaveKind] = useState<LeaveKind>()
  const [text, setText] = useState('')
  const send = useWrite(
    () =>
      parseResponse(
        sessionClient.requests.$post({
          param: { sessionId: it.id },
          json: { kind, leaveKind: isLeave ? (leaveKind ?? null) : null, text },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={isLeave ? '请假' : '到课未登记'}
      lead={`${it.title}，${whenHeld(it)}。只有组织培训的人看得到，答复以后会通知您。`}
      submitLabel={isLeave ? '提交请假' : '提交说明'}
      needs={isLeave ? { 种类: leaveKind !== undefined } : { 说明: text.trim() !== '' }}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {isLeave && (
        <Select
          label="种类"
          data={choicesOf(leaveNames)}
          value={leaveKind ?? null}
          onChange={(value) => setLeaveKind(codeIn(leaveNames, value))}
          error={problemIn(send.error, 'leaveKind')}
          required
        />
      )}
      <Textarea
        label={isLeave ? '说明（可不填）' : '说明'}
        description={isLeave ? '病情等个人情况不用细写' : '写几句，例如坐在哪里、和谁一起'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problemIn(send.error, 'text')}
        maxLength={300}
        autosize
        minRows={2}
        required={!isLeave}
      />
    </FormDialog>
  )
}
