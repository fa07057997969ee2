import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { stackSourceNames, stackStateNames } from '@zhibu/server/modules/digitization/names-schema'
import type { StackRow } from '@zhibu/server/modules/digitization/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { stacksQuery } from './api.ts'
import { NewStackDialog } from './NewStackDialog.tsx'

/** The stacks of paper within the reader's reach, and the way to a new one. */
export function StacksPage() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(stacksQuery)
  const [isBeginning, setIsBeginning] = useState(false)
  const stacks = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <Page
      title="纸质材料整理"
      lead="把一摞纸质材料扫描或拍照后整批放进来：系统按封面二维码或材料上的文字分成一份一份，您核对后归档。"
      actions={
        <>
          <LinkButton to="/digitization/covers" variant="default">
            打印封面
          </LinkButton>
          <Button onClick={() => setIsBeginning(true)}>整理一批材料</Button>
        </>
      }
    >
      <Section title="各批材料">
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <PageLoading />
        ) : stacks.length === 0 ? (
          <EmptyState title="还没有整理过材料">
            先“打印封面”，每份材料前放一张，整摞扫描成一个 PDF；没有封面的也可以，由系统按文字提出归档建议。
          </EmptyState>
        ) : (
          <RowList label="各批材料" rows={stacks.map(rowOf)} />
        )}
        {hasNextPage && (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            查看更早的
          </Button>
        )}
      </Section>
      {isBeginning && <NewStackDialog onClose={() => setIsBeginning(false)} />}
    </Page>
  )
}

const rowOf = (it: StackRow) => ({
  key: it.id,
  title: (
    <Link to="/digitization/$stackId" params={{ stackId: it.id }}>
      {it.name}
    </Link>
  ),
  mark: <Badge variant="default">{stackStateNames[it.state]}</Badge>,
  facts: [
    it.organization.name,
    stackSourceNames[it.source],
    `${it.fileCount} 个文件，${it.pageCount} 页`,
    it.state === 'reading' && `已识别 ${it.pagesRead} 页`,
    it.parts.filed > 0 && `已归档 ${it.parts.filed} 份`,
    it.parts.proposed > 0 && `待归档 ${it.parts.proposed} 份`,
    <span key="begun">
      {it.begunBy}，<InstantText at={it.begunAt} />
    </span>,
  ],
})
