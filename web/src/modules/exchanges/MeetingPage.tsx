import { Alert, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { MeetingView } from '@zhibu/server/modules/exchanges/schema'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { whenOf } from '../activities/words.ts'
import { meetingQuery } from './api.ts'
import { CasesPart } from './CasesPart.tsx'
import { GuestsPart } from './GuestsPart.tsx'
import { MeetingActions } from './MeetingActions.tsx'
import { meetingStateNames, stateColours } from './words.ts'

const route = getRouteApi('/signed-in/training/exchanges/$exchangeId')
const breadcrumbs = [
  { label: '培训', to: '/training' },
  { label: '经验交流', to: '/training/exchanges' },
]

/** One meeting: when and where, who takes part, the cases in their order, the guests, and what came of it. */
export function MeetingPage() {
  const { exchangeId } = route.useParams()
  const { data, error, refetch } = useQuery(meetingQuery(exchangeId))
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="交流会" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name}举办 <Badge color={stateColours[it.state]}>{meetingStateNames[it.state]}</Badge>
        </>
      }
      actions={<MeetingActions it={it} etag={data.etag} />}
    >
      <Standing it={it} />
      <Facts it={it} />
      {it.conclusion !== '' && (
        <Section title="小结">
          <p className={parts.text}>{it.conclusion}</p>
        </Section>
      )}
      <CasesPart it={it} />
      {it.can.seeGuests && it.state !== 'planned' && <GuestsPart it={it} />}
    </Page>
  )
}

function Standing({ it }: { it: MeetingView }) {
  if (it.state === 'cancelled')
    return (
      <Alert color="red" title="这场交流会已取消">
        {it.cancelReason}
      </Alert>
    )
  if (it.state === 'planned')
    return (
      <Alert color="gray" className="no-print">
        还没有发布，只有举办单位负责的人看得到。填写日期以后可以发布；发布以后，大家写案例，您可以邀请校外嘉宾。
      </Alert>
    )
  return null
}

function Facts({ it }: { it: MeetingView }) {
  return (
    <Section title="安排">
      <DescriptionList
        items={[
          { label: '时间', value: whenOf({ ...it, fromOn: it.on, untilOn: null }) },
          { label: '地点', value: it.place || undefined },
          ...(it.link === ''
            ? []
            : [
                {
                  label: '线上会议',
                  value: (
                    <a href={it.link} target="_blank" rel="noreferrer">
                      打开会议链接
                    </a>
                  ),
                },
              ]),
          {
            label: '参加的组织',
            value: [it.organization.name, ...it.participants.map(({ name }) => name)].join('、'),
          },
          { label: '交流什么', value: <span className={parts.text}>{it.theme}</span> },
        ]}
      />
    </Section>
  )
}
