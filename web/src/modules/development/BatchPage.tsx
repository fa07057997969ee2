import { Alert, Button, Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { dayWritten, isDay } from '@zhibu/rules'
import type { BatchView } from '@zhibu/server/modules/development/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { batchQuery, developmentClient, useReadAgain } from './api.ts'
import classes from './BatchPage.module.css'
import { BatchSheet } from './BatchSheet.tsx'
import { BatchSummary } from './BatchSummary.tsx'

const route = getRouteApi('/signed-in/development/batches/$id')

/** One batch: a summary and a sheet per person, as they are printed. */
export function BatchPage() {
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(batchQuery(id))
  return (
    <Page
      title={data?.title ?? '预审批次'}
      breadcrumbs={[{ label: '批量预审', to: '/development/batches' }]}
      lead={data && runsText(data)}
      actions={data && <Actions batch={data} />}
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading />
      ) : (
        <Sheets batch={data} />
      )}
    </Page>
  )
}

function runsText({ run, runs }: BatchView): string {
  const latest = runs.find((it) => it.number === run.number)
  const day = isDay(run.ranOn) ? dayWritten(run.ranOn) : ''
  const who = latest?.ranBy ? `，${latest.ranBy}` : ''
  return `共 ${run.entries.length} 人，第 ${run.number} 次预审，${day}${who}。${run.number > 1 ? changesText(run.entries) : ''}`
}

/** What a repeated run is made for: what has been mended since the one before, and what is new. */
function changesText(entries: BatchView['run']['entries']): string {
  const changes = entries.flatMap(({ change }) => change ?? [])
  const cured = changes.reduce((sum, it) => sum + it.cured.length + it.supplied.length + it.papersSettled.length, 0)
  const fresh = changes.reduce((sum, it) => sum + it.new.length + it.newlyMissing.length + it.papersNew.length, 0)
  return cured + fresh === 0 ? '与上次相比没有变化。' : `与上次相比，已改正 ${cured} 处，新发现 ${fresh} 处。`
}

function Actions({ batch }: { batch: BatchView }) {
  const { only } = route.useSearch()
  const readAgain = useReadAgain()
  const run = useMutation({
    mutationFn: () => parseResponse(developmentClient.batches[':id'].runs.$post({ param: { id: batch.id } })),
    onSuccess: readAgain,
  })
  return (
    <>
      <ProblemNote error={run.error} />
      <DownloadButton url={`/api/development/batches/${batch.id}/exports`} body={only ? { only } : {}}>
        导出汇总表
      </DownloadButton>
      <Button variant="default" onClick={() => window.print()}>
        打印
      </Button>
      {batch.can.run && (
        <Button loading={run.isPending} onClick={() => run.mutate()}>
          重新预审
        </Button>
      )}
    </>
  )
}

/** So many sheets are laid out at first: a large batch would make the page slow. */
const sheetsAtFirst = 50

function Sheets({ batch }: { batch: BatchView }) {
  const { only } = route.useSearch()
  const navigate = route.useNavigate()
  const [isWhole, setIsWhole] = useState(false)
  const isPrinting = usePrinting()
  const { entries, gone, leftOut } = batch.run
  const open = entries.filter((it) => it.findings.length + it.missing.length + it.papers.length > 0)
  const chosen = only === 'open' ? open : entries
  const shown = isWhole || isPrinting ? chosen : chosen.slice(0, sheetsAtFirst)
  return (
    <>
      <div className={`${classes.tools} no-print`}>
        <Checkbox
          label={`只看有矛盾或缺项的（${open.length} 人）`}
          checked={only === 'open'}
          onChange={(event) =>
            void navigate({ search: event.currentTarget.checked ? { only: 'open' } : {}, replace: true })
          }
        />
      </div>
      {gone.length > 0 && (
        <Alert color="yellow" title={`有 ${gone.length} 人不再列入`}>
          {gone.join('、')}：这次预审时已转往其他组织，或不在预审人的权限范围内。
        </Alert>
      )}
      {leftOut > 0 && (
        <Alert color="yellow" title={`有 ${leftOut} 人没有列出`}>
          这些人员已转往其他组织，或不在您的权限范围内，预审结果不再显示。
        </Alert>
      )}
      {chosen.length === 0 ? (
        <EmptyState title="没有矛盾和缺项">已有的记录之间没有发现矛盾，也没有缺项。没有记录的内容不作判断。</EmptyState>
      ) : (
        <div className={classes.sheets}>
          <BatchSummary batch={batch} entries={chosen} onGoTo={() => flushSync(() => setIsWhole(true))} />
          {shown.map((it) => (
            <BatchSheet key={it.personId} batch={batch} entry={it} />
          ))}
        </div>
      )}
      {shown.length < chosen.length && (
        <div className="no-print">
          <p>
            已显示 {shown.length} 人，共 {chosen.length} 人。打印时包括全部 {chosen.length} 人。
          </p>
          <Button variant="default" onClick={() => setIsWhole(true)}>
            显示全部
          </Button>
        </div>
      )}
    </>
  )
}

/** Whether the page is being printed, by its button or by the browser's own command; laid out anew before the browser takes the pages. */
function usePrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setIsPrinting(true))
    const end = () => setIsPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinting
}
