import { Alert, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { LectureView } from '@zhibu/server/modules/lectures/schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { whenOf } from '../activities/words.ts'
import { lectureQuery } from './api.ts'
import { Feedback } from './Feedback.tsx'
import { LiveActions } from './LiveActions.tsx'
import { Notes } from './Notes.tsx'
import { Polls } from './Polls.tsx'
import { Questions } from './Questions.tsx'
import { RecordingPart } from './RecordingPart.tsx'
import { useLive } from './useLive.ts'
import { WaitingQuestions } from './WaitingQuestions.tsx'

const route = getRouteApi('/signed-in/activities/$activityId/live')

/** The live page of a lecture: questions, a show of hands and notes while it is held; the recording and feedback afterwards. */
export function LivePage() {
  const { activityId } = route.useParams()
  const { from } = route.useSearch()
  const { data: it, error, refetch } = useQuery(lectureQuery(activityId))
  useLive(activityId)
  const breadcrumbs = [
    { label: '活动', to: '/activities' },
    { label: it?.title ?? '讲座', to: `/activities/${activityId}` },
  ]
  if (!it)
    return (
      <Page title="现场页" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title="现场页"
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          <SessionMark it={it} /> {it.title}，
          {[it.speaker, it.organization.name].filter((word) => word !== '').join('，')}
        </>
      }
      actions={<LiveActions it={it} />}
    >
      <Standing it={it} />
      <RecordingPart it={it} from={from} />
      <WaitingQuestions it={it} />
      <Polls it={it} />
      <Questions it={it} />
      <Notes it={it} />
      <Feedback it={it} />
    </Page>
  )
}

function SessionMark({ it: { session, isCancelled } }: { it: LectureView }) {
  if (isCancelled) return <Badge color="red">已取消</Badge>
  if (session.isOpen) return <Badge color="green">进行中</Badge>
  return session.closedAt === null ? <Badge color="blue">还没有开始</Badge> : <Badge color="gray">已结束</Badge>
}

/** What the reader has to know before they begin. */
function Standing({ it }: { it: LectureView }) {
  const where = [it.place, whenOf(it)].filter((word) => word !== '').join('，')
  return (
    <div className={parts.buttons}>
      <p className={parts.note}>{where}。看这一页的有谁、有多少人，不记录也不显示。</p>
      {it.link !== '' && !it.isCancelled && it.session.closedAt === null && (
        <a href={it.link} target="_blank" rel="noopener noreferrer nofollow">
          进入线上会议（{new URL(it.link).host}）
        </a>
      )}
      {it.isCancelled && (
        <Alert color="red" title="这项活动已经取消">
          原因见活动页。
        </Alert>
      )}
    </div>
  )
}
