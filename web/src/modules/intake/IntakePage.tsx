import { Badge, Button, Stack } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ImportItem } from '@zhibu/server/modules/intake/schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { importsQuery, intakeKey, upload } from './api.ts'
import { stateNames } from './names.ts'

/** The files that an import takes. */
export const accepted = { endings: ['.xlsx', '.xls', '.csv'], largestMb: 64 } as const

/** Choosing a spreadsheet, and the imports so far. */
export function IntakePage() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const sending = useMutation({
    mutationFn: upload,
    onSuccess: async (importId) => {
      await navigate({ to: '/intake/$importId', params: { importId } })
      await queries.invalidateQueries({ queryKey: intakeKey })
    },
  })
  return (
    <Page title="导入" lead="把现有的电子表格直接拖进来。系统先逐格核对给您看，确认以后才写入；写入后还可以整体撤销。">
      <Stack gap="lg">
        <Section
          title="选择文件"
          actions={
            <Button component="a" variant="default" href="/api/intake/template" download>
              下载空白模板
            </Button>
          }
        >
          <Stack gap="md">
            <FileDrop
              label={sending.isPending ? '正在上传，请稍候……' : '把表格拖到这里，或点击选择，也可以粘贴文件'}
              hint="可用 .xlsx、.xls、.csv，不超过 64 MB。表头照原来的样子即可，不必套用模板；还没有表格的，可以从空白模板开始。"
              {...accepted}
              disabled={sending.isPending}
              onFiles={([file]) => file && sending.mutate(file)}
            />
            <ProblemNote error={sending.error} />
          </Stack>
        </Section>
        <FormerImports />
      </Stack>
    </Page>
  )
}

function FormerImports() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(importsQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  const items = data.pages.flatMap((it) => it.items)
  return (
    <Section title="导入记录">
      {items.length === 0 && <p>还没有导入过表格。</p>}
      <RowList label="导入记录" rows={items.map(rowOf)} />
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          查看更早的记录
        </Button>
      )}
    </Section>
  )
}

const rowOf = (it: ImportItem) => ({
  key: it.id,
  title: (
    <Link to="/intake/$importId" params={{ importId: it.id }}>
      {it.fileName}
    </Link>
  ),
  mark: (
    <Badge variant="default" size="lg">
      {stateNames[it.state]}
    </Badge>
  ),
  facts: [
    <InstantText key="at" at={it.createdAt} />,
    it.createdBy,
    it.organization,
    it.written
      ? `新增 ${it.written.registered} 人，变更 ${it.written.changed} 人，发展过程 ${it.written.acts} 条`
      : `${it.rowsTotal} 行`,
  ],
})
