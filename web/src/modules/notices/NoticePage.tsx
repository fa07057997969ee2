import { Alert, Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { noticeKindNames, noticeSourceNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type { NoticeView } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { noticeQuery, noticesClient, noticesKey } from './api.ts'
import { CorrectionDialog } from './CorrectionDialog.tsx'
import { inWords } from './DraftLacks.tsx'
import { EndDialog } from './EndDialog.tsx'
import { GroupText } from './GroupText.tsx'
import { NoticeSheet } from './NoticeSheet.tsx'
import classes from './Notices.module.css'
import { Receipts } from './Receipts.tsx'
import { useReading } from './reading.ts'
import { answeredNames, answerVerbs, asSentence } from './words.ts'

const route = getRouteApi('/signed-in/notices/$noticeId')
const breadcrumbs = [{ label: '通知', to: '/notices' }]

/** One notice: for its reader the text and what it asks for; for its sender what became of it. */
export function NoticePage() {
  const { noticeId } = route.useParams()
  const { data, error, refetch } = useQuery(noticeQuery(noticeId))
  const it = data?.value
  useReading(it)
  if (it === undefined) {
    return (
      <Page title="通知" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  return (
    <Page
      title={it.title}
      printTitle={`${it.organization.name}通知`}
      breadcrumbs={breadcrumbs}
      subtitle={
        <span className="no-print">
          {it.organization.name} {it.senderName}
          {it.sentAt && (
            <>
              ，<InstantText at={it.sentAt} />
            </>
          )}
        </span>
      }
      actions={<Actions it={it} />}
    >
      <Standing it={it} />
      {it.body !== null && <NoticeSheet it={it} />}
      {it.own && isAsked(it, it.own) && (
        <div className="no-print">
          <Answer it={it} own={it.own} />
        </div>
      )}
      {it.can.seeReceipts && <Receipts it={it} />}
      {it.audience !== null && it.sentAt !== null && it.recalledAt === null && it.correctedById === null && (
        <GroupText it={it} />
      )}
    </Page>
  )
}

function Actions({ it }: { it: NoticeView }) {
  const [dialog, setDialog] = useState<'recall' | 'correction' | 'dropping'>()
  const close = () => setDialog(undefined)
  return (
    <>
      {it.body !== null && (
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} stroke={1.6} aria-hidden />}
          onClick={() => window.print()}
        >
          打印
        </Button>
      )}
      {it.can.correct && (
        <Button variant="default" onClick={() => setDialog('correction')}>
          更正
        </Button>
      )}
      {it.can.recall && (
        <Button variant="default" onClick={() => setDialog('recall')}>
          撤回
        </Button>
      )}
      {it.can.drop && (
        <Button variant="default" onClick={() => setDialog('dropping')}>
          不发
        </Button>
      )}
      {it.can.change && (
        <LinkButton to="/notices/$noticeId/change" params={{ noticeId: it.id }}>
          修改或发送
        </LinkButton>
      )}
      {dialog === 'correction' && <CorrectionDialog it={it} onClose={close} />}
      {(dialog === 'recall' || dialog === 'dropping') && <EndDialog noticeId={it.id} way={dialog} onClose={close} />}
    </>
  )
}

/** In words: a draft, dropped, recalled, corrected, or itself a correction. */
function Standing({ it }: { it: NoticeView }) {
  return (
    <>
      {it.sentAt === null && it.droppedAt === null && (
        <Alert color="gray" title="还没有发出">
          {it.source
            ? `这是系统按“${noticeSourceNames[it.source]}”拟的稿，由您看过再发。`
            : '这是保存的草稿，只有能以这个组织名义发通知的人看得到。'}
          {it.lacks.length > 0 && `草稿里没有写现在的${inWords(it.lacks)}，请点“修改或发送”更新。`}
        </Alert>
      )}
      {it.droppedAt !== null && (
        <Alert color="gray" title="决定不发">
          <InstantText at={it.droppedAt} /> 决定不发，没有人收到。
          {it.dropReason !== null && `原因：${asSentence(it.dropReason)}`}
        </Alert>
      )}
      {it.recalledAt !== null && (
        <Alert color="yellow" title="这条通知已经撤回" role="status">
          <InstantText at={it.recalledAt} /> 撤回，原因：{asSentence(it.recallReason)}
          {it.body === null ? '内容不再显示；此前看过的，请不要再按它办理。' : '收到的人不再看得到正文。'}
        </Alert>
      )}
      {it.correctedById !== null && (
        <Alert color="yellow" title="这条通知已经更正" role="status">
          请以更正后的为准：
          <Link to="/notices/$noticeId" params={{ noticeId: it.correctedById }}>
            查看更正后的通知
          </Link>
        </Alert>
      )}
      {it.correctsId !== null && (
        <Alert color="blue" title="这是更正后的通知">
          更正原因：{asSentence(it.correctionReason)}
          {it.recalledAt === null && '请以这一条为准。'}
          <Link to="/notices/$noticeId" params={{ noticeId: it.correctsId }}>
            查看原通知
          </Link>
        </Alert>
      )}
      {it.hurriedReason !== null && (
        <Alert className="no-print" color="gray" title="提前不足的原因">
          {it.hurriedReason}
        </Alert>
      )}
    </>
  )
}

/** Whether a notice asks something of its reader, or they have answered. */
function isAsked(it: NoticeView, own: NonNullable<NoticeView['own']>): boolean {
  if (it.kind === 'information') return false
  return own.confirmedAt !== null || own.doneAt !== null || (it.recalledAt === null && it.correctedById === null)
}

/** What the notice asks of its reader, and their answer. */
function Answer({ it, own }: { it: NoticeView; own: NonNullable<NoticeView['own']> }) {
  const queries = useQueryClient()
  const answer = useMutation({
    mutationFn: () => {
      const one = noticesClient[':noticeId']
      const param = { noticeId: it.id }
      return parseResponse(it.kind === 'task' ? one.completion.$post({ param }) : one.confirmation.$post({ param }))
    },
    onSettled: () => queries.invalidateQueries({ queryKey: noticesKey }),
  })
  if (it.kind === 'information') return null
  const answeredAt = own.confirmedAt ?? own.doneAt
  return (
    <Section
      title={noticeKindNames[it.kind]}
      lead={
        answeredAt === null
          ? it.kind === 'task'
            ? '办完以后点一下，发送人就不再提醒您。'
            : '看明白以后点一下，发送人就知道您已经知悉。'
          : undefined
      }
    >
      {answeredAt === null ? (
        <div className={classes.buttons}>
          <Button loading={answer.isPending} onClick={() => answer.mutate()}>
            {answerVerbs[it.kind]}
          </Button>
        </div>
      ) : (
        <p className={parts.note} role="status">
          您{answeredNames[it.kind]}：
          <InstantText at={answeredAt} />
        </p>
      )}
      <ProblemNote error={answer.error} />
    </Section>
  )
}
