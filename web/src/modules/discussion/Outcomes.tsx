import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { topicKindNames } from '@zhibu/server/modules/discussion/names-schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { outcomesQuery, placesQuery } from './api.ts'
import classes from './Discussion.module.css'
import { OutcomeFacts, Resumed } from './SuggestionLine.tsx'

/** 结果公示: what was asked, what was done, by whom and when. */
export function Outcomes() {
  const [place, setPlace] = useState<string>()
  const places = useQuery(placesQuery)
  const list = useInfiniteQuery(outcomesQuery(place))
  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.pages.flatMap((it) => it.items)
  return (
    <>
      <div className={classes.filters}>
        <ListFilter
          label="哪个组织"
          all="看得到的全部"
          choices={(places.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))}
          value={place}
          onChange={setPlace}
          searchable
        />
      </div>
      {!items ? (
        <PageLoading />
      ) : items.length === 0 ? (
        <EmptyState title="还没有公示的结果">建议办结或者决定不采纳以后，由答复的人在这里公示。</EmptyState>
      ) : (
        items.map((it) => (
          <Section
            key={it.topicId}
            title={it.title ?? `一项${topicKindNames[it.kind]}`}
            lead={
              <>
                {it.publishedBy.startsWith(it.organization.name) ? '' : `${it.organization.name}，`}
                {it.publishedBy} <InstantText at={it.publishedAt} /> 公示
              </>
            }
            actions={
              it.title !== null && (
                <Link to="/discussion/topics/$topicId" params={{ topicId: it.topicId }}>
                  查看话题
                </Link>
              )
            }
          >
            <Resumed it={it} />
            <OutcomeFacts it={it} />
          </Section>
        ))
      )}
      <MoreButton list={list}>查看更早的公示</MoreButton>
    </>
  )
}
