import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Offers } from '@zhibu/server/modules/guidance/schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { type Tab, TabLinks } from '../../ui/TabLinks.tsx'
import { offersQuery } from './api.ts'
import { FreeTimes } from './FreeTimes.tsx'
import { OwnTalks } from './OwnTalks.tsx'
import { OwnTimes } from './OwnTimes.tsx'
import type { GuidancePart } from './searches.ts'

const route = getRouteApi('/signed-in/training/guidance')

/** 一对一指导: the free times of mentors, the own talks, and for a mentor the times they offer. */
export function GuidancePage() {
  const { list } = route.useSearch()
  const { data, error, refetch } = useQuery(offersQuery)
  return (
    <Page
      title="一对一指导"
      breadcrumbs={[{ label: '培训', to: '/training' }]}
      lead="约一位指导老师当面谈。谈了什么只有两个人看得到，单位只看得到次数的合计。"
      actions={
        data?.can.appoint && (
          <LinkButton variant="default" to="/training/guidance/mentors">
            管理指导老师
          </LinkButton>
        )
      }
    >
      {data ? (
        <>
          <TabLinks
            label="一对一指导的各部分"
            to="/training/guidance"
            tabs={parts.filter((it) => data.own.length > 0 || it.list !== 'times')}
            current={list}
          />
          <Part key={list} list={list} offers={data} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

const parts: readonly Tab<GuidancePart>[] = [
  { label: '可预约的时间' },
  { list: 'mine', label: '我的指导' },
  { list: 'times', label: '我提供的时间' },
]

function Part({ list, offers }: { list: GuidancePart | undefined; offers: Offers }) {
  if (list === 'mine') return <OwnTalks />
  if (list === 'times' && offers.own.length > 0) return <OwnTimes mentors={offers.own} />
  return <FreeTimes offers={offers} />
}
