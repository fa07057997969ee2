import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { accountsClient, ownSessionsQuery } from './api.ts'
import { sessionShown } from './sessionShown.tsx'

/** Where the own account is signed in, and the way to end it there. */
export function OwnSessions() {
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(ownSessionsQuery)
  const reread = () => queries.invalidateQueries({ queryKey: ownSessionsQuery.queryKey })
  const end = useMutation({
    mutationFn: (sessionId: string) =>
      parseResponse(accountsClient.sessions[':sessionId'].$delete({ param: { sessionId } })),
    onSettled: reread,
  })
  const endOthers = useMutation({
    mutationFn: () => parseResponse(accountsClient.sessions.$delete()),
    onSettled: reread,
  })
  const items = data?.items ?? []
  return (
    <Section
      title="登录会话"
      lead="账号正在哪些设备上登录。不认识的会话请立即结束，并修改密码。"
      actions={
        items.length > 1 && (
          <ConfirmButton
            question="除本机外，其他设备都需要重新登录。"
            confirmLabel="全部结束"
            onConfirm={() => endOthers.mutate()}
            isBusy={endOthers.isPending}
          >
            结束其他会话
          </ConfirmButton>
        )
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading lines={2} />
      ) : (
        <RowList
          label="登录会话"
          rows={items.map((it) => ({
            ...sessionShown(it),
            ...(!it.isCurrent && {
              actions: (
                <Button
                  variant="default"
                  size="xs"
                  loading={end.isPending && end.variables === it.id}
                  onClick={() => end.mutate(it.id)}
                >
                  结束
                </Button>
              ),
            }),
          }))}
        />
      )}
      <ProblemNote error={end.error ?? endOthers.error} />
    </Section>
  )
}
