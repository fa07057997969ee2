import { Badge, Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Hiding, Report } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { hidingsQuery, moderationClient, reportsQuery } from './api.ts'
import classes from './Discussion.module.css'
import { hidingOf } from './hiding.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

/** 举报和隐藏: what people point out, what was hidden and why, and the appeals. */
export function Moderation() {
  const [isOpen, setIsOpen] = useState(true)
  return (
    <>
      <div>
        <SegmentedControl
          aria-label="显示哪些"
          value={isOpen ? 'open' : 'all'}
          onChange={(value) => setIsOpen(value === 'open')}
          data={[
            { value: 'open', label: '待处理' },
            { value: 'all', label: '全部记录' },
          ]}
        />
      </div>
      <Reports isOpen={isOpen} />
      <Hidings isOpen={isOpen} />
    </>
  )
}

function Reports({ isOpen }: { isOpen: boolean }) {
  const list = useInfiniteQuery(reportsQuery(isOpen))
  const rows = list.data?.pages.flatMap((it) => it.items)
  return (
    <Section title="举报" lead="是谁举报的，不显示。隐藏要有规定上的理由，意见不同不是理由。">
      {list.error && !rows ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : !rows ? (
        <PageLoading />
      ) : rows.length === 0 ? (
        <p className={parts.note}>{isOpen ? '没有待处理的举报。' : '没有举报。'}</p>
      ) : (
        <RowList
          label="举报"
          rows={rows.map((it) => ({
            key: it.id,
            title: <PostLink it={it} seq={it.postSeq} />,
            mark: it.decision && <Badge color="gray">{it.decision === 'hidden' ? '已隐藏' : '已保留'}</Badge>,
            facts: [
              it.organization.name,
              `${it.authorName}：${it.excerpt}`,
              `举报理由：${it.reason}`,
              <InstantText key="at" at={it.reportedAt} />,
              it.decidedBy && `${it.decidedBy}：${it.decisionReason}`,
            ],
            actions: it.can.decide && <ReportActions it={it} />,
          }))}
        />
      )}
      <MoreButton list={list}>查看更早的举报</MoreButton>
    </Section>
  )
}

function PostLink({ it, seq }: { it: { topicId: string; topicTitle: string }; seq: number }) {
  return (
    <Link
      to="/discussion/topics/$topicId"
      params={{ topicId: it.topicId }}
      search={{ post: String(seq) }}
      className={classes.topic}
    >
      {it.topicTitle}，第 {seq} 条
    </Link>
  )
}

function ReportActions({ it }: { it: Report }) {
  const [decision, setDecision] = useState<'hidden' | 'kept'>()
  const hiding = hidingOf(it.postSeq)
  return (
    <>
      <Button variant="default" onClick={() => setDecision('hidden')}>
        隐藏发言
      </Button>
      <Button variant="default" onClick={() => setDecision('kept')}>
        保留发言
      </Button>
      {decision && (
        <ReasonDialog
          title={decision === 'hidden' ? hiding.title : '保留发言'}
          lead={
            decision === 'hidden'
              ? `${hiding.lead}作者会看到原因，并可以向上级申诉。`
              : '发言仍然显示。举报的人看得到原因。'
          }
          label="处理原因"
          submitLabel={decision === 'hidden' ? '隐藏发言' : '保留发言'}
          write={(reason) =>
            parseResponse(
              moderationClient.reports[':reportId'].decision.$post({
                param: { reportId: it.id },
                json: { decision, reason },
              }),
            )
          }
          onClose={() => setDecision(undefined)}
        />
      )}
    </>
  )
}

function Hidings({ isOpen }: { isOpen: boolean }) {
  const list = useInfiniteQuery(hidingsQuery(isOpen))
  const rows = list.data?.pages.flatMap((it) => it.items)
  return (
    <Section title={isOpen ? '等待答复的申诉' : '隐藏和申诉记录'} lead="申诉由上级组织答复，隐藏它的人不参加。">
      {list.error && !rows ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : !rows ? (
        <PageLoading />
      ) : rows.length === 0 ? (
        <p className={parts.note}>{isOpen ? '没有等待答复的申诉。' : '没有隐藏过发言。'}</p>
      ) : (
        <RowList
          label={isOpen ? '等待答复的申诉' : '隐藏和申诉记录'}
          rows={rows.map((it) => ({
            key: it.id,
            title: <PostLink it={it} seq={it.postSeq} />,
            mark: it.decision && <Badge color="gray">{it.decision === 'upheld' ? '维持隐藏' : '已恢复'}</Badge>,
            facts: [
              `${it.authorName}：${it.excerpt}`,
              `${it.hiddenBy} 隐藏：${it.reason}`,
              <InstantText key="at" at={it.hiddenAt} />,
              it.appeal !== null && `申诉：${it.appeal}`,
              it.decidedBy && `${it.decidedBy} 答复：${it.decisionReason}`,
            ],
            actions: <HidingActions it={it} />,
          }))}
        />
      )}
      <MoreButton list={list}>查看更早的记录</MoreButton>
    </Section>
  )
}

const decisions = {
  upheld: { title: '维持隐藏', lead: '作者会看到答复和原因。' },
  restored: { title: '恢复发言', lead: '发言重新显示，作者会看到答复和原因。' },
  own: { title: '恢复发言', lead: '发言重新显示。' },
} as const

function HidingActions({ it }: { it: Hiding }) {
  const [decision, setDecision] = useState<keyof typeof decisions>()
  const param = { hidingId: it.id }
  const write = (reason: string): Promise<unknown> =>
    decision === 'upheld' || decision === 'restored'
      ? parseResponse(moderationClient.hidings[':hidingId'].decision.$post({ param, json: { decision, reason } }))
      : parseResponse(moderationClient.hidings[':hidingId'].restoration.$post({ param, json: { reason } }))
  return (
    <>
      {it.can.decide && (
        <>
          <Button variant="default" onClick={() => setDecision('upheld')}>
            维持隐藏
          </Button>
          <Button variant="default" onClick={() => setDecision('restored')}>
            恢复发言
          </Button>
        </>
      )}
      {it.can.restore && !it.can.decide && (
        <Button variant="default" onClick={() => setDecision('own')}>
          恢复发言
        </Button>
      )}
      {decision && (
        <ReasonDialog
          {...decisions[decision]}
          label="原因"
          submitLabel={decisions[decision].title}
          write={write}
          onClose={() => setDecision(undefined)}
        />
      )}
    </>
  )
}
