import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AccountRow } from '@zhibu/server/modules/accounts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { accountsClient, accountsKey } from './api.ts'

/** Locks an account, with the reason. */
export function LockDialog({ it, onClose }: { it: AccountRow; onClose: () => void }) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const lock = useMutation({
    mutationFn: () =>
      parseResponse(accountsClient[':accountId'].lock.$put({ param: { accountId: it.id }, json: { reason } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: accountsKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={`停用${it.name}的账号`}
      lead="停用后立即不能登录，登录会话全部结束；记录保留，以后可以恢复。"
      submitLabel="停用账号"
      needs={{ 原因: reason.trim().length >= 2 }}
      isBusy={lock.isPending}
      error={lock.error}
      onSubmit={() => lock.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="原因"
        placeholder="如 已毕业离校、账号可能被盗用"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(lock.error, 'reason')}
        data-autofocus
        required
      />
    </FormDialog>
  )
}
