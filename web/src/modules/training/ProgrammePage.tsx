import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import type { ProgrammeView } from '@zhibu/server/modules/training/schema'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { AcceptancePart } from './AcceptancePart.tsx'
import { AssignmentsPart } from './AssignmentsPart.tsx'
import { programmeQuery } from './api.ts'
import { OwnPart } from './OwnPart.tsx'
import { ParticipantsPart } from './ParticipantsPart.tsx'
import { ProgrammeActions } from './ProgrammeActions.tsx'
import { StateMark } from './ProgrammeRows.tsx'
import { QuotationsPart } from './QuotationsPart.tsx'
import { SessionsPart } from './SessionsPart.tsx'
import { amountOf, asDay, audienceNames, periodOf, termOf } from './words.ts'

const route = getRouteApi('/signed-in/training/$programmeId')
const breadcrumbs = [{ label: '培训', to: '/training' }]

/** One programme: what it is, where the reader stands in it, its sessions, and for whoever runs it who takes part. */
export function ProgrammePage() {
  const { programmeId } = route.useParams()
  const { data, error, refetch } = useQuery(programmeQuery(programmeId))
  if (data === undefined)
    return (
      <Page title="培训班" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const it = data.value
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          <StateMark state={it.state} /> {it.organization.name}，{termOf(it)}，对象：{audienceNames[it.audience]}
        </>
      }
      actions={<ProgrammeActions it={it} etag={data.etag} />}
    >
      {it.state === 'cancelled' && (
        <Alert color="red" title="这个培训班已经取消">
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
          只有组织培训的人看得到。添加课程、录取学员以后发布，本组织的人就能看到，学员会收到通知。
        </Alert>
      )}
      <OwnPart it={it} />
      <Section title="基本情况">
        <Facts it={it} />
      </Section>
      {(it.can.enrol || it.can.nominate) && <ParticipantsPart it={it} />}
      {it.state !== 'cancelled' && <AssignmentsPart programmeId={it.id} />}
      {it.state !== 'cancelled' && <AcceptancePart it={it} />}
      <SessionsPart it={it} />
      {it.state !== 'cancelled' && <QuotationsPart programmeId={it.id} />}
    </Page>
  )
}

function Facts({ it }: { it: ProgrammeView }) {
  const until = asDay(it.admission.untilOn)
  return (
    <div className={parts.form}>
      {it.summary !== '' && <p className={parts.text}>{it.summary}</p>}
      <DescriptionList
        items={[
          { label: '时间', value: periodOf(it) },
          { label: '课程', value: amountOf(it) },
          ...(it.requiredHours === null ? [] : [{ label: '要求学时', value: `${it.requiredHours} 学时` }]),
          {
            label: '名额',
            value: `${it.capacity === null ? '不限' : `${it.capacity} 人`}，已录取 ${it.taken} 人${it.waiting > 0 ? `，候补 ${it.waiting} 人` : ''}`,
          },
          { label: '怎样参加', value: waysOf(it) },
          ...(until === undefined ? [] : [{ label: '报名和推荐截止', value: dayWritten(until) }]),
          ...(it.copiedFrom === null
            ? []
            : [
                {
                  label: '沿用自',
                  value: (
                    <Link to="/training/$programmeId" params={{ programmeId: it.copiedFrom.id }}>
                      {it.copiedFrom.name}
                    </Link>
                  ),
                },
              ]),
        ]}
      />
    </div>
  )
}

function waysOf({ admission }: Pick<ProgrammeView, 'admission'>): string {
  const ways = [...(admission.byNomination ? ['支部推荐'] : []), ...(admission.bySignUp ? ['本人报名'] : [])]
  return ways.length === 0 ? '由组织培训的单位按名单录取' : `${ways.join('，')}，或者由组织培训的单位录取`
}
