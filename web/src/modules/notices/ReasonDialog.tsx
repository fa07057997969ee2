import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { noticesClient, noticesKey } from './api.ts'

interface Props {
  noticeId: string
  way: 'recall' | 'dropping'
  onClose: () => void
}

const words = {
  recall: {
    title: '撤回通知',
    lead: '撤回以后正文不再显示。看过的人会收到撤回说明和原因；没有看过的人不会再看到这条通知。撤回不能取消。',
    label: '撤回原因',
    submit: '撤回',
  },
  dropping: {
    title: '不发这条通知',
    lead: '没有人会收到。系统拟的稿，同一件事不会再拟一份。',
    label: '不发的原因',
    submit: '不发',
  },
} as const

/** Takes a notice back, or leaves a draft unsent; with the reason. */
export function ReasonDialog({ noticeId, way, onClose }: Props) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const { title, lead, label, submit } = words[way]
  const write = useMutation({
    mutationFn: () => parseResponse(noticesClient[':noticeId'][way].$post({ param: { noticeId }, json: { reason } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: noticesKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={title}
      lead={lead}
      submitLabel={submit}
      needs={{ [label]: reason.trim().length >= 2 }}
      isBusy={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate()}
      onClose={onClose}
    >
      <Textarea
        label={label}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(write.error, 'reason')}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
