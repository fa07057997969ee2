import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { topicQuery } from './api.ts'
import { EarlierTitles } from './EarlierTitles.tsx'
import { OpeningsOfTopic } from './OpeningsOfTopic.tsx'
import { Posts } from './Posts.tsx'
import { Standing } from './Standing.tsx'
import { SuggestionLine } from './SuggestionLine.tsx'
import { Tending } from './Tending.tsx'
import { TopicActions } from './TopicActions.tsx'
import { TopicMarks } from './TopicRows.tsx'

const route = getRouteApi('/signed-in/discussion/topics/$topicId')
const breadcrumbs = [{ label: '交流', to: '/discussion' }]

/** One topic: what it is about, how far it has come, and what was said, from the first post that the reader has not seen. */
export function TopicPage() {
  const { topicId } = route.useParams()
  const { post } = route.useSearch()
  const { data: it, error, refetch } = useQuery(topicQuery(topicId))
  if (it === undefined)
    return (
      <Page title="话题" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const seq = Number(post)
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name} <TopicMarks it={{ ...it, unreadCount: 0 }} />
        </>
      }
      actions={<TopicActions it={it} />}
    >
      <EarlierTitles it={it} />
      <Standing it={it} />
      {it.call && (
        <p>
          应征：
          <Link to="/discussion/calls/$callId" params={{ callId: it.call.id }}>
            {it.call.name}
          </Link>
        </p>
      )}
      {it.isConfidential && (
        <Alert color="gray" title="只有作者和负责答复的人看得到" className="no-print">
          不公开，不进入查找；其他人打开这个地址也看不到。
        </Alert>
      )}
      {it.state && <SuggestionLine it={it} />}
      <Tending it={it} />
      {it.isProtected && <OpeningsOfTopic it={it} />}
      <Posts key={`${topicId} ${post}`} it={it} begin={Number.isInteger(seq) && seq > 0 ? seq : undefined} />
    </Page>
  )
}
