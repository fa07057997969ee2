import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DocumentView } from '@zhibu/server/modules/archive/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { archiveClient } from './api.ts'
import { archiveKey } from './key.ts'

/** Takes a document out of the file; its entry and its content stay. */
export function WithdrawalDialog({ it, onClose }: { it: DocumentView; onClose: () => void }) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const withdraw = useMutation({
    mutationFn: () =>
      parseResponse(
        archiveClient.documents[':documentId'].withdrawal.$post({ param: { documentId: it.id }, json: { reason } }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={`把“${it.title}”撤出档案`}
      lead="归错了人、内容无法辨认等情况使用。登记和原文件保留，可以查到；需要销毁的，另走销毁清单。"
      submitLabel="撤出"
      needs={{ 原因: reason.trim().length >= 2 }}
      isBusy={withdraw.isPending}
      error={withdraw.error}
      onSubmit={() => withdraw.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(withdraw.error, 'reason')}
        autosize
        minRows={2}
        data-autofocus
        required
      />
    </FormDialog>
  )
}
