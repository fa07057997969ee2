import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ActivityView } from '@zhibu/server/modules/activities/schema'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { Player } from '../media/Player.tsx'
import { DraftLacks, inWords } from '../notices/DraftLacks.tsx'
import classes from './Activities.module.css'
import { ActivityActions } from './ActivityActions.tsx'
import { StateMark } from './ActivityRows.tsx'
import { activitiesKey, activityQuery, mediumOf } from './api.ts'
import { PlanView } from './PlanView.tsx'
import { RecordView } from './RecordView.tsx'
import { SignUp } from './SignUp.tsx'
import { activityKindNames, whenOf } from './words.ts'

const route = getRouteApi('/signed-in/activities/$activityId')
const breadcrumbs = [{ label: '活动', to: '/activities' }]

/** One activity: when and where, its plan and attachments, sign-up, and its record when it is over. */
export function ActivityPage() {
  const { activityId } = route.useParams()
  const { data, error, refetch } = useQuery(activityQuery(activityId))
  if (data === undefined)
    return (
      <Page title="活动" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const it = data.value
  const hasPlan = it.plan.aim !== '' || it.plan.steps.length > 0 || it.plan.materials.length > 0
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          <StateMark state={it.state} /> {activityKindNames[it.kind]}，{it.organization.name}
        </>
      }
      actions={<ActivityActions it={it} etag={data.etag} />}
    >
      {it.state === 'cancelled' && (
        <Alert color="red" title="这项活动已经取消">
          {it.cancelReason}
          {it.cancelledAt && (
            <>
              （<InstantText at={it.cancelledAt} />）
            </>
          )}
        </Alert>
      )}
      {it.state === 'planned' && (
        <Alert color="gray" title="还在筹备">
          只有组织者看得到。定好时间、地点以后发布，本组织的人就能看到{it.signUp && '、报名'}。
        </Alert>
      )}
      {it.draft && <DraftLacks of="activity" draft={it.draft} changes={activitiesKey} />}
      {it.toCorrect && (
        <Alert color="yellow" title="发出的通知和活动现在的安排不一致" role="status">
          通知里没有写现在的{inWords(it.toCorrect.lacks)}。收到通知的人不一定知道，请在
          <Link to="/notices/$noticeId" params={{ noticeId: it.toCorrect.id }}>
            发出的通知
          </Link>
          里点“更正”。
        </Alert>
      )}
      {it.record && <RecordView it={it} record={it.record} />}
      <Section title="安排">
        <div className={classes.form}>
          {it.summary !== '' && <p className={parts.text}>{it.summary}</p>}
          <DescriptionList
            items={[
              { label: '时间', value: whenOf(it) },
              // An online meeting has no place; of others those who prepare it see that one is missing.
              ...(it.place === '' && (it.link !== '' || !it.can.change)
                ? []
                : [{ label: '地点', value: it.place === '' ? undefined : it.place }]),
              ...(it.link === '' ? [] : [{ label: '线上会议', value: <MeetingLink link={it.link} /> }]),
              ...(it.speaker === '' ? [] : [{ label: '主讲人', value: it.speaker }]),
              ...(it.dayKey === null || it.dayName === null
                ? []
                : [
                    {
                      label: '日子',
                      value: <DayLink dayKey={it.dayKey} name={it.dayName} year={it.fromOn?.slice(0, 4)} />,
                    },
                  ]),
            ]}
          />
          {it.aboutSpeaker !== '' && <p className={parts.text}>{it.aboutSpeaker}</p>}
        </div>
      </Section>
      {it.signUp && <SignUp it={it} rule={it.signUp} />}
      {hasPlan && (
        <Section title="方案">
          <PlanView plan={it.plan} hidesNotice={!it.can.change} />
        </Section>
      )}
      {it.attachments.length > 0 && <Attachments it={it} />}
    </Page>
  )
}

function MeetingLink({ link }: { link: string }) {
  return (
    <a href={link} target="_blank" rel="noopener noreferrer nofollow">
      {new URL(link).host}
    </a>
  )
}

function DayLink({ dayKey, name, year }: { dayKey: string; name: string; year: string | undefined }) {
  return (
    <Link to="/activities/days/$dayKey" params={{ dayKey }} search={{ year }}>
      {name}
    </Link>
  )
}

function Attachments({ it }: { it: ActivityView }) {
  const films = it.attachments.filter((one) => one.kind === 'video' || one.kind === 'sound')
  const others = it.attachments.filter((one) => !films.includes(one))
  return (
    <Section title="附件">
      <div className={classes.form}>
        {others.length > 0 && (
          <ul className={classes.materials}>
            {others.map((one) => (
              <li key={one.mediaId}>
                <a href={mediumOf(it.id, one.mediaId)} target="_blank" rel="noopener">
                  {one.label === '' ? one.fileName : one.label}
                </a>
              </li>
            ))}
          </ul>
        )}
        {films.map((one) => (
          <figure key={one.mediaId} className={classes.part}>
            <Player
              kind={one.kind === 'video' ? 'video' : 'sound'}
              src={mediumOf(it.id, one.mediaId)}
              label={one.label === '' ? one.fileName : one.label}
            />
            <figcaption className={parts.note}>{one.label === '' ? one.fileName : one.label}</figcaption>
          </figure>
        ))}
      </div>
    </Section>
  )
}
