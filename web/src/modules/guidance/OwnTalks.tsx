import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BookingRow } from '@zhibu/server/modules/guidance/schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { bookingListQuery, ownStepsQuery } from './api.ts'
import { ExportRecords } from './ExportRecords.tsx'
import { OwnSteps } from './OwnSteps.tsx'
import { bookingStateNames, heldInWords, stateColours } from './words.ts'

/** 我的指导: the talks to come and past on either side, the next steps, and the own records to take along. */
export function OwnTalks() {
  const steps = useQuery(ownStepsQuery).data?.items ?? []
  return (
    <>
      {steps.length > 0 && (
        <Section title="约定事项" lead="指导时约定由您办的事。办好的，打开那次指导勾选。">
          <OwnSteps steps={steps} />
        </Section>
      )}
      <Talks only="coming" title="已约的指导" empty="没有已约的指导">
        在“可预约的时间”里选一个时间。
      </Talks>
      <Talks only="past" title="谈过和取消的" empty="还没有谈过">
        谈过的指导和它的记录列在这里。
      </Talks>
      <ExportRecords />
    </>
  )
}

interface TalksProps {
  only: 'coming' | 'past'
  title: string
  empty: string
  children: string
}

function Talks({ only, title, empty, children }: TalksProps) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    bookingListQuery(only),
  )
  const items = data?.pages.flatMap((it) => it.items)
  return (
    <Section title={title}>
      {items ? (
        items.length > 0 ? (
          <div className={parts.form}>
            <RowList label={title} rows={items.map(talkRow)} />
            {hasNextPage && (
              <div>
                <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  再看一些
                </Button>
              </div>
            )}
          </div>
        ) : (
          <EmptyState title={empty}>{children}</EmptyState>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading lines={2} />
      )}
    </Section>
  )
}

/** A talk in a list: when, with whom, where. */
export const talkRow = (it: BookingRow) => ({
  key: it.id,
  title: (
    <Link to="/training/guidance/$bookingId" params={{ bookingId: it.id }} className={parts.link}>
      {heldInWords(it)}
    </Link>
  ),
  mark: <Badge color={stateColours[it.state]}>{bookingStateNames[it.state]}</Badge>,
  facts: [it.side === 'mentor' ? `${it.other.name}来谈` : `指导老师：${it.other.name}`, it.organization.name, it.place],
})
