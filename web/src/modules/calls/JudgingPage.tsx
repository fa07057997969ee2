import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CallView } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { callQuery, callsClient, judgingQuery } from './api.ts'
import classes from './Calls.module.css'
import { JudgedEntry } from './JudgedEntry.tsx'
import { PhaseDialog } from './PhaseDialog.tsx'
import { PhasesPart } from './PhasesPart.tsx'
import { ReviewersPart } from './ReviewersPart.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/calls/$callId/entries')

/** 作品和评审, for those who hold the call: reviewers, phases, and each entry with what was said and decided. */
export function JudgingPage() {
  const { callId } = route.useParams()
  const call = useQuery(callQuery(callId))
  const judging = useQuery(judgingQuery(callId))
  const [isOpening, setIsOpening] = useState(false)
  const it = call.data?.value
  const breadcrumbs = [{ label: '征集', to: '/calls' }, ...(it ? [{ label: it.title, to: `/calls/${it.id}` }] : [])]
  const error = call.error ?? judging.error
  if (!call.data || !it || !judging.data)
    return (
      <Page title="作品和评审" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void judging.refetch()} /> : <PageLoading />}
      </Page>
    )
  const { entries, phases, criteria } = judging.data
  return (
    <Page
      title="作品和评审"
      breadcrumbs={breadcrumbs}
      lead="评审的意见按标准写成档次，不相加、不排序。是否入选由负责的同志决定，公布以前都可以改。"
      actions={
        <>
          <DownloadLink href={`/api/calls/${callId}/entries/export?blind=true`}>导出盲评表</DownloadLink>
          <DownloadLink href={`/api/calls/${callId}/entries/export?blind=false`}>导出作品表</DownloadLink>
          {it.can.openPhase && entries.length > 0 && (
            <Button variant="default" onClick={() => setIsOpening(true)}>
              开始一轮评审
            </Button>
          )}
          {it.can.announceResults && (
            <Results it={it} etag={call.data.etag} undecided={entries.filter((one) => one.decision === null).length} />
          )}
        </>
      }
    >
      <ReviewersPart it={it} />
      {phases.length > 0 && <PhasesPart callId={callId} phases={phases} />}
      <Section title="作品" actions={<Badge color="gray">{entries.length} 件</Badge>}>
        {entries.length === 0 ? (
          <EmptyState title="还没有收到作品">提交的作品列在这里。草稿看不到。</EmptyState>
        ) : (
          <ul className={classes.judged} aria-label="作品">
            {entries.map((entry) => (
              <JudgedEntry
                key={entry.id}
                call={it}
                etag={call.data.etag}
                criteria={criteria}
                phases={phases}
                it={entry}
              />
            ))}
          </ul>
        )}
      </Section>
      {isOpening && <PhaseDialog callId={callId} entries={entries} onClose={() => setIsOpening(false)} />}
    </Page>
  )
}

function Results({ it, etag, undecided }: { it: CallView; etag: string; undecided: number }) {
  const announce = useWrite(() =>
    parseResponse(callsClient[':callId'].results.$post({ param: { callId: it.id } }, ifMatch(etag))),
  )
  return (
    <>
      <ConfirmButton
        variant={undecided > 0 ? 'default' : 'filled'}
        question={
          undecided > 0
            ? `还有 ${undecided} 件作品没有决定是否入选，都决定了才能公布。`
            : '所有作品的决定同时生效，系统通知作者各自的结果，入选并同意公开的上作品架。公布以后发现有误，只能写明原因更正，更正也会公开。'
        }
        confirmLabel="公布结果"
        isBusy={announce.isPending}
        onConfirm={() => announce.mutate()}
      >
        公布结果
      </ConfirmButton>
      <ProblemNote error={announce.error} />
    </>
  )
}
