import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import { useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { callsQuery, placesQuery } from './api.ts'
import { CallDialog } from './CallDialog.tsx'
import classes from './Discussion.module.css'

/** 征集: on which themes ideas are asked for, and until when. */
export function Calls() {
  const [isNew, setIsNew] = useState(false)
  const list = useInfiniteQuery(callsQuery)
  const places = useQuery(placesQuery).data?.items.filter((it) => it.can.moderate) ?? []
  const button = places.length > 0 && (
    <Button variant="default" onClick={() => setIsNew(true)}>
      征集意见建议
    </Button>
  )
  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <PageLoading />
  const items = list.data.pages.flatMap((it) => it.items)
  return (
    <>
      {items.length === 0 ? (
        <EmptyState title="还没有征集意见建议" action={button || undefined}>
          支部、学院或学校就一个主题征集意见和点子，列在这里。
        </EmptyState>
      ) : (
        <Section title="征集意见建议" actions={button || undefined}>
          <RowList
            label="征集意见建议"
            rows={items.map((it) => ({
              key: it.id,
              title: (
                <Link to="/discussion/calls/$callId" params={{ callId: it.id }} className={classes.topic}>
                  {it.title}
                </Link>
              ),
              mark: it.isOpen ? <Badge>正在征集</Badge> : <Badge color="gray">不在征集时间</Badge>,
              facts: [
                it.organization.name,
                isDay(it.untilOn) && (
                  <span key="until">
                    截止 <DayText on={it.untilOn} {...(it.isOpen && { relative: 'day' as const })} />
                  </span>
                ),
                it.ideaCount > 0 ? `${it.ideaCount} 篇来稿` : '还没有来稿',
              ],
            }))}
          />
          <MoreButton list={list}>查看更早的征集</MoreButton>
        </Section>
      )}
      {isNew && <CallDialog places={places} onClose={() => setIsNew(false)} />}
    </>
  )
}
