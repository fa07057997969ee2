import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { noticeKindNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type { NoticeView } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { keepChoice, keptChoice } from '../../ui/keptChoice.ts'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { audienceQuery, noticesClient, noticesKey } from './api.ts'
import { AudienceFigures } from './Recipients.tsx'

const route = getRouteApi('/signed-in/notices/$noticeId/change')

interface Props {
  isOpen: boolean
  onOpen: () => void
  onClose: () => void
  /** The draft as it is stored. */
  it: NoticeView
  etag: string
}

/** Under this name the page of a new notice keeps which one is to be sent next, as it becomes the page of a draft. */
export const aboutToSend = 'notice-to-send'

/** Asks once more, with the count of those who will get it, and sends. Opens by itself for what was just written to be sent. */
export function SendDialog({ isOpen, onOpen, onClose, it, etag }: Props) {
  useEffect(() => {
    if (!keptChoice(aboutToSend).includes(it.id)) return
    keepChoice(aboutToSend, [])
    onOpen()
  }, [it.id, onOpen])
  if (!isOpen) return null
  return <Confirmation onClose={onClose} it={it} etag={etag} />
}

function Confirmation({ onClose, ...opened }: Pick<Props, 'it' | 'etag' | 'onClose'>) {
  // What was looked at is what goes out; one that was changed meanwhile is refused.
  const [{ it, etag }] = useState(opened)
  const queries = useQueryClient()
  const navigate = route.useNavigate()
  const noticeId = it.id
  const asked = useInfiniteQuery(
    audienceQuery(it.organization.id, it.audience ?? { groups: [], personIds: [], exceptIds: [] }),
  )
  const view = asked.data?.pages[0]
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
      lead={`“${it.title}”（${noticeKindNames[it.kind]}）。发出以后不能修改，只能更正或撤回。`}
      submitLabel={view ? `发给 ${view.count.toLocaleString('zh-CN')} 人` : '发送'}
      isReady={view !== undefined && view.count > 0}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : view ? (
        <AudienceFigures view={view} />
      ) : (
        <PageLoading lines={3} />
      )}
    </FormDialog>
  )
}
