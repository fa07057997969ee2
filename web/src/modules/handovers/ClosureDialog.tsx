import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { handoversClient, handoversKey } from './api.ts'

interface Props {
  handoverId: string
  way: 'return' | 'withdrawal'
  onClose: () => void
}

const words = {
  return: { title: '退回移交', lead: '人员和档案仍在原组织。移交方看到原因，补正以后可以重新发出。', verb: '退回' },
  withdrawal: {
    title: '撤回移交',
    lead: '接收方还没有接收，撤回以后人员和档案仍在本组织，可以重新发出。',
    verb: '撤回',
  },
} as const

/** Sends a hand-over back, or takes it back; why is told to both sides. */
export function ClosureDialog({ handoverId, way, onClose }: Props) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const refresh = () => queries.invalidateQueries({ queryKey: handoversKey })
  const close = useMutation({
    mutationFn: () => {
      const param = { handoverId }
      return way === 'return'
        ? parseResponse(handoversClient[':handoverId'].return.$post({ param, json: { reason } }))
        : parseResponse(handoversClient[':handoverId'].withdrawal.$post({ param, json: { reason } }))
    },
    onSuccess: async () => {
      await refresh()
      onClose()
    },
    onError: refresh,
  })
  const { title, lead, verb } = words[way]
  return (
    <FormDialog
      title={title}
      lead={lead}
      submitLabel={verb}
      needs={{ 原因: reason.trim().length >= 2 }}
      isBusy={close.isPending}
      error={close.error}
      onSubmit={() => close.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(close.error, 'reason')}
        autosize
        minRows={2}
        data-autofocus
        required
      />
    </FormDialog>
  )
}
