import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ProgrammesQuery } from '@zhibu/server/modules/training/schema'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { PictureLink } from '../../ui/PictureLink.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { programmesQuery } from './api.ts'
import { ProgrammeRows } from './ProgrammeRows.tsx'
import classes from './Training.module.css'
import { audienceNames } from './words.ts'

const route = getRouteApi('/signed-in/training')

type Only = ProgrammesQuery['only']

/** For which organisations the reader runs trainings. */
type Places = readonly { id: string; name: string }[]

const titles: Readonly<Record<Only, string>> = {
  present: '近期培训',
  past: '往期培训',
  mine: '我参加的培训',
  own: '筹备中和没有办结的',
}

/** Programmes to come and under way, past ones, those in which the reader takes part, or those that the reader runs. */
export function ProgrammeList({ only, places }: { only: Only; places: Places }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const audience = codeIn(audienceNames, search.audience)
  const organizationId = search.organization || undefined
  const isElsewhere = organizationId !== undefined && !places.some((it) => it.id === organizationId)
  const list = useInfiniteQuery(programmesQuery({ only, audience, organizationId, q: search.q }))
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  const rows = list.data?.pages.flatMap((it) => it.items)
  const isNarrowed = audience !== undefined || organizationId !== undefined || (search.q ?? '') !== ''
  return (
    <Section title={titles[only]} actions={<PictureLink picture="programmes" search={search} />}>
      <search className={`${classes.filters} no-print`}>
        <SearchField
          label="查找培训班"
          placeholder="名称、简介，按回车查找"
          value={search.q}
          onSearch={(q) => change({ q })}
        />
        <ListFilter
          label="培训对象"
          all="全部对象"
          choices={choicesOf(audienceNames)}
          value={audience}
          onChange={(value) => change({ audience: value })}
        />
        {places.length > 1 && (
          <ListFilter
            label="举办单位"
            all="全部单位"
            choices={places.map((it) => ({ value: it.id, label: it.name }))}
            value={isElsewhere ? undefined : organizationId}
            onChange={(value) => change({ organization: value })}
            searchable
          />
        )}
        {isElsewhere && <FilterChip label="一个单位举办的" onRemove={() => change({ organization: undefined })} />}
      </search>
      {list.error && !rows ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : !rows ? (
        <PageLoading />
      ) : rows.length > 0 ? (
        <ProgrammeRows label={titles[only]} rows={rows} />
      ) : isNarrowed ? (
        <EmptyState title="没有符合条件的培训班">请换个词，或者清除筛选条件。</EmptyState>
      ) : (
        <Nothing only={only} runs={places.length > 0} />
      )}
      <MoreButton list={list}>查看更多培训班</MoreButton>
    </Section>
  )
}

function Nothing({ only, runs }: { only: Only; runs: boolean }) {
  const plan = runs ? <LinkButton to="/training/new">筹备培训班</LinkButton> : undefined
  switch (only) {
    case 'past':
      return <EmptyState title="还没有办过的培训">培训班办完以后，课程和材料在这里可以再看。</EmptyState>
    case 'mine':
      return (
        <EmptyState title="您没有参加的培训">
          组织培训的单位录取了您，或者您报了名，就列在这里，也会收到通知。可以报名的在“近期培训”里。
        </EmptyState>
      )
    case 'own':
      return (
        <EmptyState title="没有要办的培训" action={plan}>
          筹备中的培训班只有组织培训的人看得到；发布以后本组织的人都能看到。
        </EmptyState>
      )
    default:
      return (
        <EmptyState title="近期没有培训" action={plan}>
          党校、学院和支部发布培训班以后，会列在这里。一年的安排在“年度计划”里。
        </EmptyState>
      )
  }
}
