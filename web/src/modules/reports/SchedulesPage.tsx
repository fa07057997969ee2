import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { officeLabels } from '@zhibu/server/modules/accounts/names-schema'
import { cardNames, everyNames, failureNames } from '@zhibu/server/modules/reports/names-schema'
import type { Schedules, ScheduleView } from '@zhibu/server/modules/reports/schedule-schema'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { NothingReadable, useReadable } from './Readable.tsx'
import { ScheduleDialog } from './ScheduleDialog.tsx'
import { endSchedule, pauseSchedule, schedulesQuery, useScheduleWrite } from './scheduleApi.ts'

const route = getRouteApi('/signed-in/reports/schedules')

/** 定期报送: which tables of an organisation go upward by themselves, to whom, and what became of the last ones. */
export function SchedulesPage() {
  const { organization } = route.useSearch()
  // What is named may be dissolved by now, and what went from there is still looked at.
  const places = useReadable(organization)
  const asked = organization ?? places.it?.id
  const schedules = useQuery({ ...schedulesQuery(asked ?? ''), enabled: asked !== undefined })
  const { data, error, refetch } = asked === undefined ? { ...places, data: undefined } : schedules
  const isNowhere = asked === undefined && places.data !== undefined
  const [isNew, setIsNew] = useState(false)
  return (
    <Page
      title="定期报送"
      breadcrumbs={[{ label: '统计', to: '/reports' }]}
      {...(data && { subtitle: data.organization.name })}
      lead="到了日子，统计表按当天的数字做好，以通知送到上级有关职务，附说明，可以下载电子表格。"
      actions={data?.can.setUp && <Button onClick={() => setIsNew(true)}>设置定期报送</Button>}
    >
      {isNowhere ? (
        <NothingReadable />
      ) : !data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : data.items.length === 0 ? (
        <EmptyState title="还没有定期报送">
          上级每月、每季要的数字，可以设置好名称、统计表和收件的职务，到日子自动送去。
        </EmptyState>
      ) : (
        data.items.map((it) => <Schedule key={it.id} it={it} of={data} />)
      )}
      {isNew && data && <ScheduleDialog of={data} onClose={() => setIsNew(false)} />}
    </Page>
  )
}

function Schedule({ it, of }: { it: ScheduleView; of: Schedules }) {
  const [isChanging, setIsChanging] = useState(false)
  const pause = useScheduleWrite(() => pauseSchedule(it, !it.isPaused))
  const end = useScheduleWrite(() => endSchedule(it))
  const nameOf = (id: string) => of.choices.find((one) => one.id === id)?.name ?? '已撤销的组织'
  return (
    <Section
      title={it.title}
      actions={
        of.can.setUp && (
          <>
            <Button variant="default" onClick={() => setIsChanging(true)}>
              修改
            </Button>
            <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>
              {it.isPaused ? '恢复报送' : '暂停报送'}
            </Button>
            <ConfirmButton
              question={`停止“${it.title}”，以后不再报送。已经送出的，收件人仍然看得到。`}
              confirmLabel="停止报送"
              isBusy={end.isPending}
              onConfirm={() => end.mutate()}
            >
              停止报送
            </ConfirmButton>
          </>
        )
      }
    >
      <div className={parts.form}>
        <p>
          {everyNames[it.every]} {it.dayOfMonth} 日，{it.cards.map((card) => cardNames[card]).join('、')}。送给
          {it.recipients.map((one) => `${nameOf(one.organizationId)}${officeLabels[one.office]}`).join('、')}。
        </p>
        <p className={parts.note}>
          负责人：{it.owner}。
          {it.nextOn === null ? (
            '现在暂停。'
          ) : (
            <>
              下一次：
              <DayText on={it.nextOn} />。
            </>
          )}
        </p>
        <ProblemNote error={pause.error ?? end.error} />
        {it.sendings.length > 0 && (
          <RowList
            label={`“${it.title}”最近的报送`}
            rows={it.sendings.map((one) => ({
              key: one.id,
              title:
                one.failure === null ? (
                  <Link to="/reports/sent/$sendingId" params={{ sendingId: one.id }}>
                    <DayText on={one.dueOn} />
                  </Link>
                ) : (
                  <DayText on={one.dueOn} />
                ),
              ...(one.failure !== null && { mark: <Badge color="yellow">没有发出</Badge> }),
              facts: [one.failure === null ? `送给 ${one.recipientCount} 人` : failureNames[one.failure]],
            }))}
          />
        )}
      </div>
      {isChanging && <ScheduleDialog of={of} it={it} onClose={() => setIsChanging(false)} />}
    </Section>
  )
}
