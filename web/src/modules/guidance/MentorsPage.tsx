import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { dayWritten } from '@zhibu/rules'
import type { AppointmentRow, Appointments } from '@zhibu/server/modules/guidance/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { appointmentsQuery } from './api.ts'
import { ChangeMentorDialog, NewMentorDialog } from './MentorDialogs.tsx'
import { asDay } from './words.ts'

const breadcrumbs = [
  { label: '培训', to: '/training' },
  { label: '一对一指导', to: '/training/guidance' },
]

/** 指导老师: who guides where, for those who run trainings, and how much of it there is in sum. */
export function MentorsPage() {
  const { data, error, refetch } = useQuery(appointmentsQuery)
  const [isNew, setIsNew] = useState(false)
  const [changed, setChanged] = useState<AppointmentRow>()
  return (
    <Page
      title="指导老师"
      breadcrumbs={breadcrumbs}
      lead="聘请谁、指导什么、到哪天为止。谁和谁谈、谈了什么，这里看不到。"
      actions={data && <Button onClick={() => setIsNew(true)}>聘请指导老师</Button>}
    >
      {data ? (
        <>
          <Section title="指导老师">
            {data.items.length > 0 ? (
              <RowList label="指导老师" rows={data.items.map((it) => mentorRow(it, () => setChanged(it)))} />
            ) : (
              <EmptyState title="还没有指导老师">点“聘请指导老师”，从名册里选人。属于该组织的人都可以约。</EmptyState>
            )}
          </Section>
          {data.sums.length > 0 && (
            <Section title="合计" lead="只有各组织的合计，不分人。谈过的是最近一年里没有取消的。">
              <RowList label="合计" rows={data.sums.map(sumRow)} />
            </Section>
          )}
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
      {isNew && data && <NewMentorDialog places={data.places} onClose={() => setIsNew(false)} />}
      {changed && <ChangeMentorDialog mentor={changed} onClose={() => setChanged(undefined)} />}
    </Page>
  )
}

function mentorRow(it: AppointmentRow, onChange: () => void) {
  const [from, until] = [asDay(it.fromOn), asDay(it.untilOn)]
  return {
    key: it.id,
    title: it.person.name,
    mark: it.isOver && <Badge color="gray">聘期已满</Badge>,
    facts: [
      it.organization.name,
      it.guidesIn,
      from && `${dayWritten(from)}起${until ? `，到${dayWritten(until)}为止` : ''}`,
      !it.isOver && `${it.freeTimes} 个时间可以约`,
      `${it.appointedBy}聘请`,
    ],
    actions: (
      <Button size="compact-sm" variant="subtle" color="gray" aria-label={`修改：${it.person.name}`} onClick={onChange}>
        修改
      </Button>
    ),
  }
}

const sumRow = ({ organization, freeTimes, coming, past }: Appointments['sums'][number]) => ({
  key: organization.id,
  title: organization.name,
  facts: [`可以约的时间 ${freeTimes} 个`, `已约 ${coming} 次`, `谈过 ${past} 次`],
})
