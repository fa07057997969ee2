import { Alert, Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { InvitationView } from '@zhibu/server/modules/experts/invitation-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { AgreementDialog, RefusalDialog } from './AgreementDialog.tsx'
import { expertsKey, invitationClient, invitationQuery } from './api.ts'
import { EvaluationDialog } from './EvaluationDialog.tsx'
import { EvaluationView } from './EvaluationView.tsx'
import { ChangeInvitationDialog } from './InvitationDialog.tsx'
import { TakenDays } from './TakenDays.tsx'
import { useWrite } from './useWrite.ts'
import { aboveOne, dayOf, invitationColours, invitationStateNames, venueNames, whenInvited, whenOf } from './words.ts'

const route = getRouteApi('/signed-in/training/experts/invitations/$invitationId')

/** One invitation: what is asked, what was agreed on, the lecture that came of it, and what is said afterwards. */
export function InvitationPage() {
  const { invitationId } = route.useParams()
  const { data, error, refetch } = useQuery(invitationQuery(invitationId))
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="邀请" breadcrumbs={aboveOne}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.topic}
      breadcrumbs={
        it.can.openExpert ? [...aboveOne, { label: it.expert.name, to: `/training/experts/${it.expert.id}` }] : aboveOne
      }
      subtitle={
        <>
          {it.organization.name}邀请{it.isOwn ? '您' : it.expert.name}{' '}
          <Badge color={invitationColours[it.state]}>{invitationStateNames[it.state]}</Badge>
        </>
      }
      actions={<Actions it={it} etag={data.etag} />}
    >
      <Standing it={it} />
      {it.clashes.length > 0 && (
        <Alert color="yellow" title="同一天还有别的邀请" className="no-print">
          <TakenDays days={it.clashes} />
        </Alert>
      )}
      {it.agreed && <Agreed it={it} agreed={it.agreed} />}
      <Asked it={it} />
      {it.evaluation && (
        <Section title="评价">
          <EvaluationView it={it.evaluation} by={it.evaluation.by} />
        </Section>
      )}
    </Page>
  )
}

function Standing({ it }: { it: InvitationView }) {
  if (it.withdrawn)
    return (
      <Alert color="gray" title="邀请已经撤回">
        {it.withdrawn.words}（{it.withdrawn.by}，<InstantText at={it.withdrawn.at} />）
      </Alert>
    )
  if (it.declined)
    return (
      <Alert color="gray" title="这次没有约成">
        {it.declined.words}（{it.declined.by}，<InstantText at={it.declined.at} />）
      </Alert>
    )
  if (it.state === 'cancelled')
    return (
      <Alert color="red" title="讲座已经取消">
        原因见讲座页面。要另约时间的，请重新邀请。
      </Alert>
    )
  if (it.state === 'asked')
    return (
      <Alert color="blue" className="no-print">
        {it.isOwn
          ? '能讲的，点“同意讲课”，定好时间；不能讲的，点“这次不能讲”，写一句话。讲课不付酬。'
          : '联系专家以后，点“记下约定”或“记下没有约成”。专家登记在册的，本人也可以自己答复。讲课不付酬。'}
      </Alert>
    )
  if (it.state === 'agreed' && !it.activity && it.can.begin)
    return (
      <Alert color="green" className="no-print">
        已经约定。点“起草讲座”，题目、时间、地点和主讲人都填好了，看过再发布。
      </Alert>
    )
  if (it.state === 'over' && it.can.evaluate)
    return (
      <Alert color="yellow" className="no-print">
        讲座已经过了，点“填写评价”，写几句话，别的单位请人时可以看看。
      </Alert>
    )
  return null
}

function Agreed({ it, agreed }: { it: InvitationView; agreed: NonNullable<InvitationView['agreed']> }) {
  return (
    <Section title="约定">
      <DescriptionList
        items={[
          { label: '题目', value: agreed.topic },
          { label: '时间', value: whenOf({ ...agreed, fromOn: agreed.on, untilOn: null }) },
          ...(it.on !== agreed.on && it.on !== null ? [{ label: '讲座现在的时间', value: whenInvited(it) }] : []),
          ...(agreed.place === '' ? [] : [{ label: '地点', value: agreed.place }]),
          ...(agreed.link === ''
            ? []
            : [
                {
                  label: '线上会议',
                  value: (
                    <a href={agreed.link} target="_blank" rel="noreferrer">
                      打开会议链接
                    </a>
                  ),
                },
              ]),
          { label: '报酬', value: '不付酬' },
          ...(agreed.how === '' ? [] : [{ label: '怎样约定的', value: agreed.how }]),
          {
            label: '谁记的',
            value: (
              <>
                {agreed.by} <InstantText at={agreed.at} />
              </>
            ),
          },
          ...(it.activity
            ? [
                {
                  label: '讲座',
                  value: it.activity.canOpen ? (
                    <Link to="/activities/$activityId" params={{ activityId: it.activity.id }}>
                      {it.activity.title}
                    </Link>
                  ) : (
                    it.activity.title
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

function Asked({ it }: { it: InvitationView }) {
  return (
    <Section title="邀请">
      <DescriptionList
        items={[
          { label: '专家', value: `${it.expert.name}（${it.expert.institution}）` },
          { label: '主题', value: it.topic },
          { label: '为什么请', value: <span className={parts.text}>{it.purpose}</span> },
          { label: '讲给谁听', value: it.audience },
          ...(it.expectedCount === null ? [] : [{ label: '大约多少人', value: `${it.expectedCount} 人` }]),
          { label: '希望的日期', value: it.wishedOn.map(dayOf).join('、') },
          { label: '在哪里讲', value: it.place === '' ? venueNames[it.venue] : `${venueNames[it.venue]}，${it.place}` },
          {
            label: '谁邀请的',
            value: (
              <>
                {it.organization.name}，{it.asked.by} <InstantText at={it.asked.at} />
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}

function Actions({ it, etag }: { it: InvitationView; etag: string }) {
  const navigate = route.useNavigate()
  const [asked, setAsked] = useState<'agree' | 'decline' | 'change' | 'withdraw' | 'evaluate'>()
  const param = { invitationId: it.id }
  const begin = useWrite(
    () => parseResponse(invitationClient.activity.$post({ param })),
    ({ id }) => void navigate({ to: '/activities/$activityId', params: { activityId: id } }),
  )
  const close = () => setAsked(undefined)
  return (
    <>
      {it.can.begin && (
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          起草讲座
        </Button>
      )}
      {it.can.evaluate && (
        <Button {...(it.evaluation && { variant: 'default' })} onClick={() => setAsked('evaluate')}>
          {it.evaluation ? '修改评价' : '填写评价'}
        </Button>
      )}
      {it.can.agree && (
        <Button {...(it.agreed && { variant: 'default' })} onClick={() => setAsked('agree')}>
          {it.agreed ? '修改约定' : it.isOwn ? '同意讲课' : '记下约定'}
        </Button>
      )}
      {it.can.decline && (
        <Button variant="default" onClick={() => setAsked('decline')}>
          {it.isOwn ? '这次不能讲' : '记下没有约成'}
        </Button>
      )}
      {it.can.seeFeedback && it.activity && (
        <LinkButton variant="default" to="/activities/$activityId/live" params={{ activityId: it.activity.id }}>
          听众的反馈
        </LinkButton>
      )}
      {it.can.change && (
        <Button variant="default" onClick={() => setAsked('change')}>
          修改邀请
        </Button>
      )}
      {it.can.withdraw && (
        <Button variant="default" onClick={() => setAsked('withdraw')}>
          撤回邀请
        </Button>
      )}
      <ProblemNote error={begin.error} />
      {asked === 'agree' && <AgreementDialog it={it} etag={etag} onClose={close} />}
      {asked === 'decline' && <RefusalDialog it={it} etag={etag} onClose={close} />}
      {asked === 'change' && <ChangeInvitationDialog it={it} etag={etag} onClose={close} />}
      {asked === 'evaluate' && <EvaluationDialog it={it} etag={etag} onClose={close} />}
      {asked === 'withdraw' && (
        <ReasonDialog
          title="撤回邀请"
          lead="专家登记在册的，会收到通知，看到原因。撤回后不能恢复，可以重新邀请。"
          label="撤回原因"
          submitLabel="撤回邀请"
          write={(reason) => parseResponse(invitationClient.withdrawal.$post({ param, json: { reason } }))}
          changes={expertsKey}
          onClose={close}
        />
      )}
    </>
  )
}
