import { Alert, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { BookingView } from '@zhibu/server/modules/guidance/schema'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { bookingQuery } from './api.ts'
import { BookingActions } from './BookingActions.tsx'
import { RecordPart } from './RecordPart.tsx'
import { RemarkPart } from './RemarkPart.tsx'
import { bookingStateNames, clashInWords, heldInWords, partyOf, stateColours } from './words.ts'

const route = getRouteApi('/signed-in/training/guidance/$bookingId')
const breadcrumbs = [
  { label: '培训', to: '/training' },
  { label: '一对一指导', to: '/training/guidance' },
]

/** One talk: when and where, what about, its record and next steps, and what the reader keeps for themselves. */
export function BookingPage() {
  const { bookingId } = route.useParams()
  const { data, error, refetch } = useQuery(bookingQuery(bookingId))
  if (data === undefined)
    return (
      <Page title="一对一指导" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const it = data.value
  return (
    <Page
      title={`和${it.other.name}的指导`}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          <Badge color={stateColours[it.state]}>{bookingStateNames[it.state]}</Badge> {heldInWords(it)}
        </>
      }
      actions={<BookingActions it={it} etag={data.etag} />}
    >
      {it.cancelled && (
        <Alert color="red" title={`${partyOf(it.cancelled.by, it)}取消了这次预约`}>
          {it.cancelled.reason}（<InstantText at={it.cancelled.at} />）
        </Alert>
      )}
      {it.clashes.length > 0 && (
        <Alert color="yellow">这个时间{clashInWords(it.clashes)}。来不了的，请改期或者取消。</Alert>
      )}
      <Section title="安排">
        <DescriptionList items={factsOf(it)} />
      </Section>
      <Section title="想谈什么" lead="只有两个人看得到。">
        <p className={parts.text}>{it.wish}</p>
      </Section>
      {(it.record !== null || it.can.record) && <RecordPart it={it} etag={data.etag} />}
      {it.can.remark && <RemarkPart bookingId={it.id} />}
    </Page>
  )
}

const factsOf = (it: BookingView) => [
  { label: '时间', value: heldInWords(it) },
  ...(it.place === '' ? [] : [{ label: '地点', value: it.place }]),
  ...(it.link === ''
    ? []
    : [
        {
          label: '线上会议',
          value: (
            <a href={it.link} target="_blank" rel="noopener noreferrer nofollow">
              {new URL(it.link).host}
            </a>
          ),
        },
      ]),
  { label: '指导老师', value: `${it.mentor.name}（${it.organization.name}）` },
  { label: '预约人', value: it.guided.name },
]
