import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { type Tab, TabLinks } from '../../ui/TabLinks.tsx'
import { ActivityList } from './ActivityList.tsx'
import { placesQuery } from './api.ts'
import { Kits } from './Kits.tsx'
import { OwnSignUps } from './OwnSignUps.tsx'
import type { ActivitiesPart } from './searches.ts'
import { Year } from './Year.tsx'

const route = getRouteApi('/signed-in/activities')

/** 活动: what is to come, the year with its days, what was held, and the plans that are ready. */
export function ActivitiesPage() {
  const { list } = route.useSearch()
  const places = useQuery(placesQuery).data?.items ?? []
  const holds = places.length > 0
  return (
    <Page
      title="活动"
      lead="看近期的活动、报名；组织者从现成方案开始筹备，办完写一份记录。不签到、不计分、不排名。"
      actions={
        <>
          <LinkButton variant="default" to="/calls">
            征集
          </LinkButton>
          <LinkButton variant="default" to="/activities/lectures">
            讲座和回放
          </LinkButton>
          <LinkButton variant="default" to="/quizzes">
            答题
          </LinkButton>
          {holds && <LinkButton to="/activities/new">筹备活动</LinkButton>}
        </>
      }
    >
      <TabLinks
        label="活动的各部分"
        to="/activities"
        tabs={parts.filter((it) => holds || it.list !== 'own')}
        current={list}
      />
      <Part key={list} list={list} places={places} />
    </Page>
  )
}

const parts: readonly Tab<ActivitiesPart>[] = [
  { label: '近期活动' },
  { list: 'mine', label: '我报名的' },
  { list: 'year', label: '一年日历' },
  { list: 'past', label: '往期活动' },
  { list: 'kits', label: '方案库' },
  { list: 'own', label: '我要办的' },
]

interface PartProps {
  list: ActivitiesPart | undefined
  places: readonly { id: string; name: string }[]
}

function Part({ list, places }: PartProps) {
  switch (list) {
    case 'mine':
      return <OwnSignUps />
    case 'year':
      return <Year />
    case 'kits':
      return <Kits />
    case 'past':
      return <ActivityList only="past" places={places} />
    case 'own':
      return <ActivityList only="own" places={places} />
    default:
      return <ActivityList only="coming" places={places} />
  }
}
