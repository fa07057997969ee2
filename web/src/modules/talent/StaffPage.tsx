import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Page } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/TabLinks.tsx'
import { correctionsQuery, keptPlacesQuery } from './api.ts'
import { CallsPart } from './CallsPart.tsx'
import { CorrectionsPart } from './CorrectionsPart.tsx'
import { EstablishmentPart } from './EstablishmentPart.tsx'
import { EverybodyPart } from './EverybodyPart.tsx'
import { OwnPart } from './OwnPart.tsx'
import { PostsPart } from './PostsPart.tsx'
import { SkillsPart } from './SkillsPart.tsx'
import { SuccessionsPart } from './SuccessionsPart.tsx'
import type { StaffPart } from './searches.ts'

const route = getRouteApi('/signed-in/staff')

/** 工作队伍: the own record, and for whoever keeps files those of others. */
export function StaffPage() {
  const { list, organizationId } = route.useSearch()
  const places = useQuery(keptPlacesQuery).data?.items ?? []
  const keeps = places.length > 0
  const waiting = useQuery({ ...correctionsQuery, enabled: keeps }).data?.items.length
  return (
    <Page title="工作队伍" lead="谁在做党建工作、担任什么、会什么。能从别处知道的都不用再填；不打分、不排名。">
      <TabLinks<StaffPart>
        label="工作队伍的各部分"
        to="/staff"
        tabs={[
          { label: '我的情况' },
          { list: 'calls', label: '岗位征集' },
          { list: 'successions', label: '工作交接' },
          ...(keeps
            ? ([
                { list: 'everybody', label: '队伍名单' },
                { list: 'posts', label: '岗位' },
                { list: 'establishment', label: '配备和缺口' },
                { list: 'corrections', label: '更正申请', count: waiting },
              ] as const)
            : []),
          { list: 'skills', label: '技能清单' },
        ]}
        current={list}
      />
      <Part list={list} places={places} organizationId={organizationId} />
    </Page>
  )
}

interface PartProps {
  list: StaffPart | undefined
  places: readonly { id: string; name: string }[]
  organizationId: string | undefined
}

function Part({ list, places, organizationId }: PartProps) {
  switch (list) {
    case 'everybody':
      return <EverybodyPart places={places} />
    case 'calls':
      return <CallsPart />
    case 'successions':
      return <SuccessionsPart organizationId={organizationId} />
    case 'posts':
      return <PostsPart places={places} />
    case 'establishment':
      return <EstablishmentPart />
    case 'corrections':
      return <CorrectionsPart />
    case 'skills':
      return <SkillsPart />
    default:
      return <OwnPart />
  }
}
