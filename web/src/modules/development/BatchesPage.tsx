import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dayWritten, isDay } from '@zhibu/rules'
import type { BatchRow } from '@zhibu/server/modules/development/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { SeverityMark } from '../../ui/SeverityMark.tsx'
import { batchesQuery } from './api.ts'
import { NewBatchDialog } from './NewBatchDialog.tsx'

/** 批量预审: the batches that were pre-checked, the newest first. */
export function BatchesPage() {
  const [isOpening, setIsOpening] = useState(false)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(batchesQuery)
  const rows = data?.pages.flatMap((it) => it.items)
  const open = <Button onClick={() => setIsOpening(true)}>新建预审批次</Button>
  return (
    <Page
      title="批量预审"
      lead="成批核对材料：哪里矛盾、缺什么、怎样改正，一人一页，可以打印。结果供工作参考，不代替组织审核。"
      actions={rows && rows.length > 0 && open}
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : rows === undefined ? (
        <PageLoading />
      ) : rows.length === 0 ? (
        <EmptyState title="还没有预审批次" action={open}>
          送审以前先成批核对一遍，改正以后再核对，可以看到哪些已经改好。也可以在“发展党员”名单中勾选人员。
        </EmptyState>
      ) : (
        <Section title="批次">
          <RowList label="预审批次" rows={rows.map(rowOf)} />
          {hasNextPage && (
            <div>
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                更早的批次
              </Button>
            </div>
          )}
        </Section>
      )}
      {isOpening && <NewBatchDialog onClose={() => setIsOpening(false)} />}
    </Page>
  )
}

function rowOf({ id, title, createdBy, run }: BatchRow) {
  return {
    key: id,
    title: (
      <Link to="/development/batches/$id" params={{ id }}>
        {title}
      </Link>
    ),
    mark: run.filesWithErrors > 0 && <SeverityMark severity="error" count={run.filesWithErrors} />,
    facts: [
      `${run.files} 人`,
      `有矛盾 ${run.filesWithErrors} 人`,
      `有缺项 ${run.filesWithGaps} 人`,
      `第 ${run.number} 次预审${isDay(run.ranOn) ? `，${dayWritten(run.ranOn)}` : ''}`,
      createdBy && `由${createdBy}建立`,
    ],
  }
}
