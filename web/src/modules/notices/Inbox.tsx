import { Badge } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import type { InboxRow } from '@zhibu/server/modules/notices/schema'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { inboxQuery } from './api.ts'
import { MoreButton } from './MoreButton.tsx'
import classes from './Notices.module.css'
import { answeredNames, isOpen } from './words.ts'

/** What the reader got: first what is unread or asks for something, then the others. */
export function Inbox() {
  const open = useInfiniteQuery(inboxQuery(true))
  const all = useInfiniteQuery(inboxQuery(false))
  const error = open.error ?? all.error
  if (error) return <ErrorState error={error} onRetry={() => void Promise.all([open.refetch(), all.refetch()])} />
  if (!open.data || !all.data) return <PageLoading />
  const waiting = open.data.pages.flatMap((it) => it.items)
  const others = all.data.pages.flatMap((it) => it.items).filter((it) => !isOpen(it))
  if (waiting.length === 0 && others.length === 0 && !all.hasNextPage)
    return (
      <EmptyState title="还没有通知">党组织发给您的通知列在这里。新的通知到了，导航中“通知”旁边会显示条数。</EmptyState>
    )
  return (
    <>
      <Section title="没有看的和要办的">
        {waiting.length === 0 ? (
          <p className={parts.note}>都看过了，也没有要确认或办理的。</p>
        ) : (
          <Rows label="没有看的和要办的通知" rows={waiting} />
        )}
        <MoreButton list={open}>查看更早的</MoreButton>
      </Section>
      {(others.length > 0 || all.hasNextPage) && (
        <Section title="看过的">
          {others.length > 0 && <Rows label="看过的通知" rows={others} />}
          <MoreButton list={all}>查看更早的通知</MoreButton>
        </Section>
      )}
    </>
  )
}

function Rows({ label, rows }: { label: string; rows: readonly InboxRow[] }) {
  return (
    <RowList
      label={label}
      rows={rows.map((it) => ({
        key: it.id,
        title: (
          <Link to="/notices/$noticeId" params={{ noticeId: it.id }} className={classes.title} data-unread={!it.readAt}>
            {it.title}
          </Link>
        ),
        mark: <Marks it={it} />,
        facts: [
          isOpen(it) && it.dueOn && isDay(it.dueOn) && (
            <span key="due">
              办理期限 <DayText on={it.dueOn} relative="deadline" />
            </span>
          ),
          it.happensOn && isDay(it.happensOn) && (
            <span key="day">
              活动日期 <DayText on={it.happensOn} relative="day" />
            </span>
          ),
          `${it.organization.name} ${it.senderName}`,
          <InstantText key="sent" at={it.sentAt} />,
        ],
      }))}
    />
  )
}

function Marks({ it }: { it: InboxRow }) {
  const answered = it.confirmedAt ?? it.doneAt
  return (
    <>
      {it.readAt === null && <Badge>未看</Badge>}
      {it.recalledAt !== null && <Badge color="gray">已撤回</Badge>}
      {it.correctedById !== null && <Badge color="gray">已更正，以新的为准</Badge>}
      {it.correctsId !== null && <Badge variant="default">更正</Badge>}
      {isOpen(it) && it.recalledAt === null && it.correctedById === null && it.kind !== 'information' && (
        <Badge color="yellow">{it.kind === 'task' ? '请办理' : '请确认'}</Badge>
      )}
      {isOpen(it) && it.recalledAt === null && it.remindedAt !== null && <Badge color="yellow">发送人提醒过</Badge>}
      {answered !== null && <Badge variant="default">{answeredNames[it.kind]}</Badge>}
    </>
  )
}
