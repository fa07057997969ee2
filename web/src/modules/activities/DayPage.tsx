import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { DayView } from '@zhibu/server/modules/activities/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { ActivityRows } from './ActivityRows.tsx'
import { dayQuery, daysClient, placesQuery } from './api.ts'
import { KitRows } from './KitRows.tsx'
import { OwnDayDialog } from './OwnDayDialog.tsx'
import { useWrite } from './useWrite.ts'
import { asDay } from './words.ts'

const route = getRouteApi('/signed-in/activities/days/$dayKey')
const breadcrumbs = [{ label: '活动', to: '/activities' }]

/** One marked day: where it comes from, the plans that are ready for it, and what was held on it. */
export function DayPage() {
  const { dayKey } = route.useParams()
  const { year: asked } = route.useSearch()
  const today = useToday()
  const year = Number(asked ?? (today ?? '').slice(0, 4))
  const { data, error, refetch } = useQuery({ ...dayQuery(dayKey, year), enabled: year > 0 })
  const holds = (useQuery(placesQuery).data?.items.length ?? 0) > 0
  if (data === undefined)
    return (
      <Page title="日子" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={data.name}
      breadcrumbs={breadcrumbs}
      subtitle={<When it={data} />}
      actions={
        <>
          {data.can.change && <OwnDayActions day={data} />}
          {holds && (
            <LinkButton to="/activities/new" search={{ day: dayKey }}>
              筹备活动
            </LinkButton>
          )}
        </>
      }
    >
      <Section title="由来">
        <p className={parts.text}>{data.sentence === '' ? '还没有写由来。' : data.sentence}</p>
        {data.isToVerify && (
          <p className={parts.note}>
            <Badge color="yellow">待核实</Badge> 这个日子的设立依据还没有与正式文件核对，使用前请核实。
          </p>
        )}
      </Section>
      <Section title="现成的方案" lead="点开看环节、要准备的东西和通知稿，可以直接用，也可以改了再用。">
        {data.kits.length === 0 ? (
          <p className={parts.note}>这个日子还没有现成的方案，可以在“方案库”里找一份改用。</p>
        ) : (
          <KitRows label="现成的方案" rows={data.kits} />
        )}
      </Section>
      <Section title="办过的活动">
        {data.activities.length === 0 ? (
          <p className={parts.note}>您所在的组织还没有在这个日子办过活动。</p>
        ) : (
          <ActivityRows label="办过的活动" rows={data.activities} />
        )}
      </Section>
    </Page>
  )
}

function When({ it }: { it: DayView }) {
  const [on, until] = [asDay(it.on), asDay(it.until)]
  return (
    <>
      {on && <DayText on={on} {...(it.until === it.on && { relative: 'day' as const })} />}
      {until && it.until !== it.on && (
        <>
          {' '}
          至 <DayText on={until} />
        </>
      )}
      {it.organization && `，${it.organization.name}的日子`}
    </>
  )
}

function OwnDayActions({ day }: { day: DayView }) {
  const [isChanging, setIsChanging] = useState(false)
  const navigate = useNavigate()
  const remove = useWrite(
    () => parseResponse(daysClient[':dayId'].$delete({ param: { dayId: day.dayKey } })),
    () => void navigate({ to: '/activities', search: { list: 'year' } }),
  )
  return (
    <>
      <Button variant="default" onClick={() => setIsChanging(true)}>
        修改
      </Button>
      <ConfirmButton
        question={`从日历里删除“${day.name}”。办过的活动不受影响。`}
        confirmLabel="删除日子"
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        删除日子
      </ConfirmButton>
      <ProblemNote error={remove.error} />
      {isChanging && <OwnDayDialog changed={day} onClose={() => setIsChanging(false)} />}
    </>
  )
}
