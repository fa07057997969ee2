import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ActivitiesQuery } from '@zhibu/server/modules/activities/schema'
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
import classes from './Activities.module.css'
import { ActivityRows } from './ActivityRows.tsx'
import { activitiesQuery } from './api.ts'
import { activityKindNames } from './words.ts'

const route = getRouteApi('/signed-in/activities')

/** For which organisations the reader holds activities. */
type Places = readonly { id: string; name: string }[]

const titles: Readonly<Record<ActivitiesQuery['only'], string>> = {
  coming: '近期活动',
  past: '往期活动',
  own: '筹备中和待记录的',
}

/** Activities to come, past ones, or those that the reader prepares and has to record. */
export function ActivityList({ only, places }: { only: ActivitiesQuery['only']; places: Places }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const kind = codeIn(activityKindNames, search.kind)
  const organizationId = search.organization || undefined
  const isElsewhere = organizationId !== undefined && !places.some((it) => it.id === organizationId)
  const list = useInfiniteQuery(activitiesQuery({ only, kind, organizationId, q: search.q }))
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  const rows = list.data?.pages.flatMap((it) => it.items)
  const isNarrowed = kind !== undefined || organizationId !== undefined || (search.q ?? '') !== ''
  return (
    <Section title={titles[only]} actions={<PictureLink picture="activities" search={search} />}>
      <search className={`${classes.filters} no-print`}>
        <SearchField
          label="查找活动"
          placeholder="标题、地点、主讲人，按回车查找"
          value={search.q}
          onSearch={(q) => change({ q })}
        />
        <ListFilter
          label="类型"
          all="全部类型"
          choices={choicesOf(activityKindNames)}
          value={kind}
          onChange={(value) => change({ kind: value })}
        />
        {places.length > 1 && (
          <ListFilter
            label="组织"
            all="全部组织"
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
        <ActivityRows label={titles[only]} rows={rows} />
      ) : isNarrowed ? (
        <EmptyState title="没有符合条件的活动">请换个词，或者清除筛选条件。</EmptyState>
      ) : (
        <Nothing only={only} holds={places.length > 0} />
      )}
      <MoreButton list={list}>查看更多活动</MoreButton>
    </Section>
  )
}

function Nothing({ only, holds }: { only: ActivitiesQuery['only']; holds: boolean }) {
  const prepare = holds ? <LinkButton to="/activities/new">筹备活动</LinkButton> : undefined
  switch (only) {
    case 'past':
      return <EmptyState title="还没有办过活动">活动结束以后，记录和照片在这里可以再看。</EmptyState>
    case 'own':
      return (
        <EmptyState title="没有要办的活动" action={prepare}>
          筹备中的活动只有组织者看得到；发布以后本组织的人都能看到，结束以后在这里提醒填写记录。
        </EmptyState>
      )
    default:
      return (
        <EmptyState title="近期没有活动" action={prepare}>
          {holds
            ? '可以从“一年日历”里挑一个日子，照现成的方案办。'
            : '支部、学院和学校发布活动以后，会列在这里。想办什么活动，可以在“交流”里提建议。'}
        </EmptyState>
      )
  }
}
