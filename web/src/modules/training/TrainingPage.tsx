import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { type Tab, TabLinks } from '../../ui/TabLinks.tsx'
import { placesQuery } from './api.ts'
import { OwnHours } from './OwnHours.tsx'
import { ProgrammeList } from './ProgrammeList.tsx'
import { Statements } from './Statements.tsx'
import type { TrainingPart } from './searches.ts'
import { sisters } from './sisters.ts'
import { YearPlan } from './YearPlan.tsx'

const route = getRouteApi('/signed-in/training')

/** 培训: the programmes to come and those in which the reader takes part, the year, the hours, and for whoever runs trainings their own. */
export function TrainingPage() {
  const { list } = route.useSearch()
  const places = useQuery(placesQuery).data?.items ?? []
  const runs = places.length > 0
  return (
    <Page
      title="培训"
      lead="看培训班和课程，报名、请假、查自己的学时；组织培训的人在这里安排课程、录取学员、登记到课。不打卡、不计分、不排名。"
      actions={
        <>
          {sisters.map(({ to, label }) => (
            <LinkButton key={to} variant="default" to={to}>
              {label}
            </LinkButton>
          ))}
          {runs && <LinkButton to="/training/new">筹备培训班</LinkButton>}
        </>
      }
    >
      <TabLinks
        label="培训的各部分"
        to="/training"
        tabs={parts.filter((it) => runs || !ofRunners.includes(it.list))}
        current={list}
      />
      <Part key={list} list={list} places={places} />
    </Page>
  )
}

const parts: readonly Tab<TrainingPart>[] = [
  { label: '近期培训' },
  { list: 'mine', label: '我参加的' },
  { list: 'year', label: '年度计划' },
  { list: 'hours', label: '我的学时' },
  { list: 'past', label: '往期培训' },
  { list: 'own', label: '我组织的' },
  { list: 'statements', label: '年度学时' },
]

const ofRunners: readonly (TrainingPart | undefined)[] = ['own', 'statements']

interface PartProps {
  list: TrainingPart | undefined
  places: readonly { id: string; name: string }[]
}

function Part({ list, places }: PartProps) {
  switch (list) {
    case 'year':
      return <YearPlan />
    case 'hours':
      return <OwnHours />
    case 'statements':
      return <Statements places={places} />
    case 'mine':
    case 'past':
    case 'own':
      return <ProgrammeList only={list} places={places} />
    default:
      return <ProgrammeList only="present" places={places} />
  }
}
