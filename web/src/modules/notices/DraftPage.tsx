import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { NoticeView } from '@zhibu/server/modules/notices/schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { askAudience, noticeQuery, noticesKey, settingsQuery } from './api.ts'
import { DraftLacks } from './DraftLacks.tsx'
import { keptNotice, revisionIn } from './keeping.ts'
import { draftOf } from './noticeDraft.ts'
import { Writing } from './Writing.tsx'

const route = getRouteApi('/signed-in/notices/$noticeId/change')

/** Changes a notice that waits to be sent, and sends it. */
export function DraftPage() {
  const { noticeId } = route.useParams()
  const read = useQuery(noticeQuery(noticeId))
  const settings = useQuery(settingsQuery)
  const it = read.data?.value
  const names = useQuery({ ...namesQuery(it), enabled: it?.audience != null })
  // What was typed stays when the server is not reached for a while.
  const error = read.data && settings.data ? null : (read.error ?? settings.error)
  return (
    <Page
      title="修改和发送通知"
      breadcrumbs={[
        { label: '通知', to: '/notices' },
        { label: it?.title ?? '…', to: `/notices/${noticeId}` },
      ]}
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([read.refetch(), settings.refetch()])} />
      ) : !read.data || !it || !settings.data || names.isLoading ? (
        <PageLoading />
      ) : it.can.change ? (
        <>
          {it.begunFrom && (
            <DraftLacks
              of={it.begunFrom.of}
              draft={{ id: noticeId, revision: revisionIn(read.data), lacks: it.lacks }}
              changes={noticesKey}
            />
          )}
          <Writing
            key={noticeId}
            start={draftOf(it, (id) => names.data?.get(id) ?? '（不在名册的人员）')}
            stored={keptNotice(it, read.data.etag)}
            settings={settings.data.value}
          />
        </>
      ) : (
        <EmptyState
          title={it.sentAt ? '这条通知已经发出' : '这条通知不能修改'}
          action={
            <Link to="/notices/$noticeId" params={{ noticeId }}>
              查看通知
            </Link>
          }
        >
          {it.sentAt ? '发出的通知不能修改，只能更正或撤回。' : '已经决定不发，或者不在您的工作范围内。'}
        </EmptyState>
      )}
    </Page>
  )
}

/** The names of those who are named one by one in a draft, or left out. */
const namesQuery = (it: NoticeView | undefined) => {
  const ids = [...(it?.audience?.personIds ?? []), ...(it?.audience?.exceptIds ?? [])]
  return {
    queryKey: [...noticesKey, 'names', it?.organization.id, ids],
    queryFn: async (): Promise<Map<string, string>> => {
      const names = new Map<string, string>()
      if (it === undefined || ids.length === 0) return names
      let cursor: string | undefined
      do {
        const page = await askAudience(it.organization.id, { groups: [], personIds: ids, exceptIds: [] }, cursor, 200)
        for (const { id, name } of page.items) names.set(id, name)
        cursor = page.next
      } while (cursor !== undefined)
      return names
    },
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  }
}
