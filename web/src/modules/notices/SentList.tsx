import { Badge } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { noticeKindNames, noticeSourceNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type { SentRow } from '@zhibu/server/modules/notices/schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { sentQuery } from './api.ts'
import { MoreButton } from './MoreButton.tsx'
import type { NoticesPart } from './searches.ts'

type NoticeList = Exclude<NoticesPart, 'settings'>

const titles: Readonly<Record<NoticeList, string>> = { waiting: '待发', sent: '已发通知', dropped: '不发的' }

const leads: Readonly<Record<NoticeList, string>> = {
  waiting: '保存的草稿，以及系统按到期事项拟的稿。看过、改好以后由您发出；不需要的，写明原因不发。',
  sent: '您工作范围内的组织发出的通知。看没看过，只有发送人自己能查。',
  dropped: '决定不发的，以及原因。系统不会马上为同一件事再拟；到期事项和半年考察到下一周还没有办的，再按最新情况拟。',
}

/** Notices of the organisations in which the reader sends: what waits, what was sent, what was dropped. */
export function SentList({ list }: { list: NoticeList }) {
  const sent = useInfiniteQuery(sentQuery(list))
  if (sent.error) return <ErrorState error={sent.error} onRetry={() => void sent.refetch()} />
  if (!sent.data) return <PageLoading />
  const rows = sent.data.pages.flatMap((it) => it.items)
  if (rows.length === 0) return <Nothing list={list} />
  return (
    <Section title={titles[list]} lead={leads[list]}>
      <RowList
        label={titles[list]}
        rows={rows.map((it) => ({
          key: it.id,
          title: (
            <Link to="/notices/$noticeId" params={{ noticeId: it.id }}>
              {it.title}
            </Link>
          ),
          mark: <Marks it={it} />,
          facts: factsOf(it),
          ...(list === 'waiting' && {
            actions: (
              <LinkButton
                variant="default"
                size="xs"
                to="/notices/$noticeId/change"
                params={{ noticeId: it.id }}
                aria-label={`修改或发送：${it.title}`}
              >
                修改或发送
              </LinkButton>
            ),
          }),
        }))}
      />
      <MoreButton list={sent}>查看更早的</MoreButton>
    </Section>
  )
}

function Marks({ it }: { it: SentRow }) {
  return (
    <>
      <Badge variant="default">{noticeKindNames[it.kind]}</Badge>
      {it.source && <Badge color="gray">系统拟稿：{noticeSourceNames[it.source]}</Badge>}
      {it.correctsId !== null && <Badge variant="default">更正</Badge>}
      {it.isCorrected && <Badge color="gray">已更正</Badge>}
      {it.recalledAt !== null && <Badge color="gray">已撤回</Badge>}
    </>
  )
}

function factsOf(it: SentRow) {
  return [
    it.organization.name,
    it.sentAt && (
      <span key="sent">
        {it.isOwn ? '我' : it.senderName}发出于 <InstantText at={it.sentAt} />
      </span>
    ),
    it.droppedAt && (
      <span key="dropped">
        不发，
        <InstantText at={it.droppedAt} />
      </span>
    ),
    it.dropReason !== null && `原因：${it.dropReason}`,
    !it.sentAt && !it.droppedAt && (
      <span key="created">
        起草于 <InstantText at={it.createdAt} />
      </span>
    ),
    it.sentAt && (it.recipientCount === null ? '正在送达' : `${it.recipientCount.toLocaleString('zh-CN')} 人`),
  ]
}

function Nothing({ list }: { list: NoticeList }) {
  if (list === 'dropped') return <EmptyState title="没有不发的通知" />
  return (
    <EmptyState
      title={list === 'waiting' ? '没有待发的通知' : '还没有发过通知'}
      action={<LinkButton to="/notices/new">写通知</LinkButton>}
    >
      {list === 'waiting'
        ? '写好以后先保存的通知、系统按到期事项拟的稿，都列在这里等您看过再发。'
        : '发出的通知列在这里，可以提醒还没有答复的人，也可以更正、撤回。'}
    </EmptyState>
  )
}
