import { Alert, Badge, Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { channelNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type { NoticeView, ReceiptRow, ReceiptsQuery } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { noticesClient, noticesKey, type ReceiptsPage, receiptsQuery } from './api.ts'
import { MoreButton } from './MoreButton.tsx'
import classes from './Notices.module.css'
import { answeredNames, openNames } from './words.ts'

type Only = ReceiptsQuery['only']

/** For the sender: who has not answered yet, what could not be sent, and the way to remind only the others. */
export function Receipts({ it }: { it: NoticeView }) {
  const [only, setOnly] = useState<Only>('open')
  const list = useInfiniteQuery({ ...receiptsQuery(it.id, only), enabled: it.isDelivered })
  const first = list.data?.pages[0]
  return (
    <div className="no-print">
      <Section
        title="送达和答复"
        lead={`只有${it.wentByItself ? `${it.organization.name}中能发通知的人` : '您'}看得到，用来提醒，不作评比，也不要公布名单。`}
        actions={first && it.recalledAt === null && <Reminder it={it} receipts={first} />}
      >
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : !it.isDelivered ? (
          <p className={parts.note}>正在送达，人多时要几分钟；可以离开本页，稍后再看。</p>
        ) : (
          <>
            {first && <Figures it={it} counts={first.counts} />}
            {first && <GroupFailures rows={first.groupFailures} />}
            <SegmentedControl
              aria-label="看哪些人"
              data={[
                { value: 'open', label: openNames[it.kind] },
                { value: 'all', label: '全部' },
                { value: 'failed', label: '没有送到' },
              ]}
              value={only}
              onChange={(chosen) => setOnly(choiceOf(chosen))}
            />
            {list.data ? (
              <Rows it={it} only={only} rows={list.data.pages.flatMap((page) => page.items)} />
            ) : (
              <PageLoading />
            )}
            <MoreButton list={list}>查看更多</MoreButton>
          </>
        )}
      </Section>
    </div>
  )
}

const choiceOf = (value: string): Only => (value === 'all' || value === 'failed' ? value : 'open')

function Figures({ it, counts }: { it: NoticeView; counts: ReceiptsPage['counts'] }) {
  const written = (count: number) => `${count.toLocaleString('zh-CN')} 人`
  return (
    <p className={parts.note}>
      发给 {written(counts.recipients)}，已看 {written(counts.read)}
      {it.kind !== 'information' && `，${answeredNames[it.kind]} ${written(counts.answered)}`}，{openNames[it.kind]}{' '}
      {written(counts.open)}
      {counts.failed > 0 && `；${written(counts.failed)}有渠道没有送到或没有回音（网页上仍然看得到）`}。
    </p>
  )
}

/** The groups of organisations in which it was not posted, and why. */
function GroupFailures({ rows }: { rows: ReceiptsPage['groupFailures'] }) {
  if (rows.length === 0) return null
  return (
    <Alert color="yellow" title="有工作群没有发到">
      网页上仍然看得到。需要的，可以用下面的“微信群文字版”自行转发。
      <ul>
        {rows.map(({ organization, channel, why }) => (
          <li key={`${organization.id} ${channel}`}>
            {organization.name}的{channelNames[channel]}群：{why}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

/** Above so many persons it is asked once more before they are reminded. */
const askedAbove = 30

/** Reminds only those who have not answered and can be reached; the pause is told. */
function Reminder({ it, receipts: { counts, remindableAt } }: { it: NoticeView; receipts: ReceiptsPage }) {
  const queries = useQueryClient()
  const remind = useMutation({
    mutationFn: () => parseResponse(noticesClient[':noticeId'].reminders.$post({ param: { noticeId: it.id } })),
    onSettled: () => queries.invalidateQueries({ queryKey: noticesKey }),
  })
  if (it.correctedById !== null) return null
  const written = (count: number) => count.toLocaleString('zh-CN')
  const reached = counts.open - counts.unreached
  const label = `只提醒${openNames[it.kind]}的 ${written(reached)} 人`
  const shared = { disabled: reached === 0 || remindableAt !== null }
  return (
    <div className={classes.buttons}>
      {remind.isSuccess ? (
        <span role="status">已提醒</span>
      ) : counts.open === 0 ? (
        <span className={parts.note}>没有要提醒的人</span>
      ) : (
        remindableAt && (
          <span className={parts.note}>
            <InstantText at={remindableAt} /> 以后可以提醒
          </span>
        )
      )}
      {counts.unreached > 0 && (
        <span className={parts.note}>{written(counts.unreached)} 人没有账号，请当面或电话通知</span>
      )}
      {reached > askedAbove ? (
        <ConfirmButton
          {...shared}
          variant="filled"
          question={`${written(reached)} 人会再收到一次提醒，不能收回。`}
          confirmLabel={`提醒 ${written(reached)} 人`}
          isBusy={remind.isPending}
          onConfirm={() => remind.mutate()}
        >
          {label}
        </ConfirmButton>
      ) : (
        <Button {...shared} loading={remind.isPending} onClick={() => remind.mutate()}>
          {label}
        </Button>
      )}
      <ProblemNote error={remind.error} />
    </div>
  )
}

function Rows({ it, only, rows }: { it: NoticeView; only: Only; rows: readonly ReceiptRow[] }) {
  if (rows.length === 0) {
    const nobody = { open: `没有${openNames[it.kind]}的人。`, all: '没有收到的人。', failed: '没有送不到的。' }
    return <p className={parts.note}>{nobody[only]}</p>
  }
  return (
    <RowList
      label="收到的人"
      rows={rows.map((row) => ({
        key: row.id,
        title: row.name,
        mark: !row.hasAccount && <Badge color="yellow">没有账号，请当面或电话通知</Badge>,
        facts: [
          row.organization.name,
          row.readAt ? (
            <span key="read">
              已看，
              <InstantText at={row.readAt} />
            </span>
          ) : (
            '未看'
          ),
          answeredOf(row) && (
            <span key="answered">
              {answeredNames[it.kind]}，<InstantText at={answeredOf(row)} />
            </span>
          ),
          row.remindedAt && (
            <span key="reminded">
              提醒过，
              <InstantText at={row.remindedAt} />
            </span>
          ),
          ...row.failures.map((failure) => (
            <span key={failure.channel} className={classes.failure}>
              {channelNames[failure.channel]}：{failure.why}
            </span>
          )),
        ],
      }))}
    />
  )
}

const answeredOf = (row: ReceiptRow): string => row.confirmedAt ?? row.doneAt ?? ''
