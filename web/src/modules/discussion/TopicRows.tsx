import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import { stateNames, topicKindNames } from '@zhibu/server/modules/discussion/names-schema'
import type { TopicRow } from '@zhibu/server/modules/discussion/schema'
import { DayText } from '../../ui/DayText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import classes from './Discussion.module.css'
import { WrittenAt } from './WrittenAt.tsx'
import { stateColours } from './words.ts'

interface Props {
  label: string
  rows: readonly TopicRow[]
}

/** Topics in a list. Each leads to the first post that the reader has not seen. */
export function TopicRows({ label, rows }: Props) {
  return (
    <RowList
      label={label}
      rows={rows.map((it) => ({
        key: it.id,
        title: (
          <Link to="/discussion/topics/$topicId" params={{ topicId: it.id }} className={classes.topic}>
            {it.title}
          </Link>
        ),
        mark: <TopicMarks it={it} />,
        facts: [
          it.organization.name,
          it.authorName,
          it.replyCount > 0 ? `${it.replyCount} 条回复` : '还没有回复',
          it.supportCount > 0 && `${it.supportCount} 人赞同`,
          isWaiting(it) && isDay(it.promisedOn) && (
            <span key="promise">
              答复期限 <DayText on={it.promisedOn} relative="deadline" />
            </span>
          ),
          <WrittenAt key="last" at={it.lastPostAt} isProtected={it.isProtected} />,
        ],
      }))}
    />
  )
}

const isWaiting = (it: TopicRow): it is TopicRow & { promisedOn: string } =>
  it.promisedOn !== null && it.mergedIntoId === null && (it.state === 'received' || it.state === 'looking')

/** Kind and state of a topic, and what is unread of it. */
export function TopicMarks({ it }: { it: Omit<TopicRow, 'unreadCount'> & { unreadCount?: number } }) {
  return (
    <>
      {(it.unreadCount ?? 0) > 0 && <Badge>{it.unreadCount} 条没看</Badge>}{' '}
      {it.isPinned && <Badge color="gray">置顶</Badge>} <Badge variant="default">{topicKindNames[it.kind]}</Badge>{' '}
      {it.state && it.mergedIntoId === null && <Badge color={stateColours[it.state]}>{stateNames[it.state]}</Badge>}{' '}
      {it.isProtected && <Badge variant="default">身份受保护</Badge>}{' '}
      {it.isAnswered && <Badge color="green">已有答案</Badge>}{' '}
      {it.mergedIntoId !== null && <Badge color="gray">已并入另一条</Badge>}{' '}
      {it.isClosed && <Badge color="gray">已关闭</Badge>} {it.isHidden && <Badge color="gray">已隐藏</Badge>}
    </>
  )
}
