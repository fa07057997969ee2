import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AccountRow } from '@zhibu/server/modules/accounts/schema'
import { parseResponse } from 'hono/client'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { accountsClient, accountsKey, sessionsQuery } from './api.ts'
import { sessionShown } from './sessionShown.tsx'

/** Where an account is signed in; ends all of it. */
export function AccountSessionsDialog({ it, onClose }: { it: AccountRow; onClose: () => void }) {
  const queries = useQueryClient()
  const { data, error } = useQuery(sessionsQuery(it.id))
  const end = useMutation({
    mutationFn: () => parseResponse(accountsClient[':accountId'].sessions.$delete({ param: { accountId: it.id } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: accountsKey })
      onClose()
    },
  })
  const items = data?.items ?? []
  return (
    <FormDialog
      title={`${it.name}的登录会话`}
      submitLabel="结束全部会话"
      isReady={items.length > 0}
      isBusy={end.isPending}
      error={end.error ?? error}
      onSubmit={() => end.mutate()}
      onClose={onClose}
    >
      {data === undefined && !error && <PageLoading lines={2} />}
      {data !== undefined && items.length === 0 && <EmptyState title="现在没有登录" />}
      <RowList label="登录会话" rows={items.map(sessionShown)} />
    </FormDialog>
  )
}
