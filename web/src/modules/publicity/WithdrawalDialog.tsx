import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { publicityClient, publicityKey } from './api.ts'

/** Takes a published article from the site, with the reason. */
export function WithdrawalDialog({ articleId, onClose }: { articleId: string; onClose: () => void }) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const withdraw = useMutation({
    mutationFn: () =>
      parseResponse(
        publicityClient.articles[':articleId'].withdrawal.$post({ param: { articleId }, json: { reason } }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: publicityKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title="从网站撤下"
      lead="读者打开原来的地址，只看到“已撤下”。原因留在这里，不给读者看。撤下不能取消；要再发布，以此为底稿另写一篇。"
      submitLabel="撤下"
      needs={{ 撤下原因: reason.trim().length >= 2 }}
      isBusy={withdraw.isPending}
      error={withdraw.error}
      onSubmit={() => withdraw.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="撤下原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(withdraw.error, 'reason')}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
