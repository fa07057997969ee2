import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { noticeKindNames } from '@zhibu/server/modules/notices/channel-names-schema'
import { parseResponse } from 'hono/client'
import { ifMatch } from '../../api.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { audienceQuery, noticesClient, noticesKey } from './api.ts'
import type { KeptNotice } from './keeping.ts'
import { AudienceFigures } from './Recipients.tsx'

interface Props {
  /** The draft as it is kept. */
  it: KeptNotice
  onClose: () => void
}

/** Asks once more, with the count of those who will get it, and sends. What was looked at is what goes out; one that was changed meanwhile is refused. */
export function SendDialog({ it: { id: noticeId, etag, notice }, onClose }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const asked = useInfiniteQuery(audienceQuery(notice.organizationId, notice.audience))
  const view = asked.data?.pages[0]
  // Who sends a notice that is to be confirmed gets no copy to confirm.
  const isLeftOut = notice.kind === 'confirmation' && view?.isAmongThem === true
  const count = (view?.count ?? 0) - (isLeftOut ? 1 : 0)
  const send = useMutation({
    mutationFn: () => parseResponse(noticesClient[':noticeId'].sending.$post({ param: { noticeId } }, ifMatch(etag))),
    onSuccess: async () => {
      await navigate({ to: '/notices/$noticeId', params: { noticeId } })
      await queries.invalidateQueries({ queryKey: noticesKey })
    },
    onError: () => queries.invalidateQueries({ queryKey: [...noticesKey, 'one', noticeId] }),
  })
  return (
    <FormDialog
      title="发出通知"
      lead={`“${notice.title}”（${noticeKindNames[notice.kind]}）。发出以后不能修改，只能更正或撤回。`}
      submitLabel={view ? `发给 ${count.toLocaleString('zh-CN')} 人` : '发送'}
      isReady={view !== undefined && count > 0}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : view ? (
        <>
          <AudienceFigures view={view} />
          {isLeftOut && <p className={parts.note}>您自己不用确认自己发的通知，不计在内。</p>}
        </>
      ) : (
        <PageLoading lines={3} />
      )}
    </FormDialog>
  )
}
