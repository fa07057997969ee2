import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { NoticeView } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { noticesClient, noticesKey } from './api.ts'
import { needsOf, textIn, textOf } from './noticeDraft.ts'
import { TextFields } from './TextFields.tsx'

/** Sends a corrected text to all who got the old one. */
export function CorrectionDialog({ it, onClose }: { it: NoticeView; onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => textOf(it))
  const [reason, setReason] = useState('')
  const correct = useMutation({
    mutationFn: () =>
      parseResponse(
        noticesClient[':noticeId'].correction.$post({ param: { noticeId: it.id }, json: { ...textIn(draft), reason } }),
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: noticesKey })
      onClose()
      await navigate({ to: '/notices/$noticeId', params: { noticeId: id } })
    },
  })
  return (
    <FormDialog
      title="更正通知"
      lead="更正后的通知发给收到原通知的所有人。看过原通知的人会看到“已更正”；没有看过的人只看到新的。"
      submitLabel="发出更正"
      needs={{ ...needsOf(draft), 更正原因: reason.trim().length >= 2 }}
      isBusy={correct.isPending}
      error={correct.error}
      onSubmit={() => correct.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="更正原因"
        description="收到的人会看到，例如：会议地点写错了。"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(correct.error, 'reason')}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      <TextFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} error={correct.error} />
    </FormDialog>
  )
}
