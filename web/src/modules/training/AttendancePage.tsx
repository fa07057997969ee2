import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { AttendanceSheet } from '@zhibu/server/modules/training/attendance-schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { AttendanceForm } from './AttendanceForm.tsx'
import { sheetQuery } from './api.ts'
import { MakeUps } from './MakeUps.tsx'
import { SheetsPart } from './SheetsPart.tsx'
import { whenHeld } from './words.ts'

const route = getRouteApi('/signed-in/training/sessions/$sessionId/attendance')

/** Who is to come to a session, and who was there: for whoever runs its programme. */
export function AttendancePage() {
  const { sessionId } = route.useParams()
  const { data, error, refetch } = useQuery(sheetQuery(sessionId))
  if (data === undefined)
    return (
      <Page title="到课情况" breadcrumbs={[{ label: '培训', to: '/training' }]}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const { programme, session, can, items } = data.value
  return (
    <Page
      title={can.record ? '登记到课' : session.isRecorded ? '到课情况' : '名单和请假'}
      breadcrumbs={[
        { label: '培训', to: '/training' },
        { label: programme.name, to: `/training/${programme.id}` },
      ]}
      subtitle={factsOf(session)}
      lead={
        can.record
          ? '没有特别情况的默认到课，只改例外的人。由组织培训的人登记，不用任何设备签到；只有组织培训的人和本人看得到。'
          : session.isRecorded
            ? '已经登记，不能再改。只有组织培训的人和本人看得到。'
            : '上课当天起可以登记到课。这里先看谁请假、谁在同一时间还有别的安排。'
      }
      actions={
        <LinkButton variant="default" to="/training/sessions/$sessionId/signatures" params={{ sessionId }}>
          打印签到表
        </LinkButton>
      }
    >
      {items.length === 0 ? (
        <Section title="学员">
          <EmptyState
            title="名单上还没有人"
            action={
              <LinkButton to="/training/$programmeId/candidates" params={{ programmeId: programme.id }}>
                录取学员
              </LinkButton>
            }
          >
            录取学员以后，名单列在这里。
          </EmptyState>
        </Section>
      ) : (
        <AttendanceForm
          key={sessionId}
          sessionId={sessionId}
          sheet={data.value}
          etag={data.etag}
          onRead={() => void refetch()}
        />
      )}
      {(can.record || data.value.sheets.length > 0) && <SheetsPart sessionId={sessionId} sheet={data.value} />}
      {items.some(wasNotThere) && (
        <Section
          title="可以补课的课程"
          lead="没有来的人可以去听的：同名的在前，其次是同类内容的。补完以后回到这里，登记为已补课。"
        >
          <MakeUps sessionId={sessionId} />
        </Section>
      )}
    </Page>
  )
}

const wasNotThere = ({ attendance }: AttendanceSheet['items'][number]): boolean =>
  attendance === 'absent' || attendance === 'leave'

const factsOf = (it: AttendanceSheet['session']): string =>
  [it.title, whenHeld(it), it.place, `${it.hours} 学时`, it.lecturers.join('、')]
    .filter((text) => text !== '')
    .join('，')
