import { Alert, Button, Loader, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { CountedImport, ImportState, ImportView } from '@zhibu/server/modules/intake/schema'
import { useEffect, useMemo, useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FindingNote } from '../../ui/FindingNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { importQuery, intakeClient, intakeKey } from './api.ts'
import { CommitSection } from './CommitSection.tsx'
import { DoneSection } from './DoneSection.tsx'
import { LayoutSection } from './LayoutSection.tsx'
import { PreviewSection } from './PreviewSection.tsx'
import { cellKey, type TypedCells, TypedCellsProvider, withCell } from './typedCells.ts'
import { UnknownBranches } from './UnknownBranches.tsx'

/** One import: what was recognised, what it would do, and how it ended. */
export function ImportPage() {
  const { importId } = useParams({ from: '/signed-in/intake/$importId' })
  return <OneImport key={importId} importId={importId} />
}

function OneImport({ importId }: { importId: string }) {
  const { data, error, refetch } = useQuery(importQuery(importId))
  useNewsOfPersons(data?.state)
  const [texts, setTexts] = useState<TypedCells['texts']>({})
  const cells = useMemo<TypedCells>(
    () => ({ texts, type: (row, letter, text) => setTexts((all) => withCell(all, cellKey(row, letter), text)) }),
    [texts],
  )
  useUnsaved(data?.can.change === true && Object.keys(texts).length > 0)
  return (
    <Page
      title={data?.fileName ?? '一次导入'}
      breadcrumbs={[{ label: '导入', to: '/intake' }]}
      lead={data && leadOf(data)}
      actions={data?.can.discard && <DiscardButton it={data} />}
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Stack gap="lg">
          {data.failure !== null && (
            <Alert color="red" role="alert" title="上一次没有完成">
              {data.failure}
            </Alert>
          )}
          <TypedCellsProvider value={cells}>
            <Stage it={data} />
          </TypedCellsProvider>
        </Stack>
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

/** When the work behind an import has ended, all that was read before may be out of date. */
function useNewsOfPersons(state: ImportState | undefined): void {
  const queries = useQueryClient()
  const isWriting = state === 'committing' || state === 'undoing'
  const [wasWriting, setWasWriting] = useState(isWriting)
  useEffect(() => {
    if (wasWriting && !isWriting) void queries.invalidateQueries()
    setWasWriting(isWriting)
  }, [wasWriting, isWriting, queries])
}

const leadOf = ({ organization, can }: ImportView): string =>
  `写入范围：${organization}。${can.change ? '提交之前，系统中的资料不会有任何改动。' : ''}`

function Stage({ it }: { it: ImportView }) {
  const { counts } = it
  switch (it.state) {
    case 'reading':
      return (
        <ProgressBar
          label="正在逐行核对"
          done={it.rowsDone}
          total={it.rowsToDo}
          unit="行"
          note="可以离开本页，核对会继续进行，结果留在“导入”页的记录里。"
        />
      )
    case 'committing':
      return (
        <ProgressBar
          label="正在写入"
          done={it.rowsDone}
          total={it.rowsToDo}
          unit="行"
          note="可以离开本页。写入要么全部完成，要么一行也不写。"
        />
      )
    case 'undoing':
      return (
        <Alert color="gray" role="status" title="正在撤销" icon={<Loader size="sm" />}>
          可以离开本页。撤销要么全部完成，要么保持原样。
        </Alert>
      )
    default:
      return counts === null ? <PageLoading /> : <Settled it={{ ...it, counts }} />
  }
}

function Settled({ it }: { it: CountedImport }) {
  switch (it.state) {
    case 'unrecognised':
      return <LayoutSection it={it} isOpen />
    case 'interrupted':
      return it.can.commit ? <Preview it={it} isInterrupted /> : <ReadAgain it={it} />
    case 'preview':
      return <Preview it={it} />
    default:
      return <DoneSection it={it} />
  }
}

function Preview({ it, isInterrupted = false }: { it: CountedImport; isInterrupted?: boolean }) {
  const [isLayoutOpen, setIsLayoutOpen] = useState(false)
  const columns = it.layout?.columns ?? []
  const unrecognised = columns.filter(({ field, warning }) => field === null && warning === null).length
  const warned = columns.filter(({ warning }) => warning !== null)
  return (
    <>
      {isInterrupted && (
        <Alert color="yellow" title="上一次写入中断了">
          没有写入任何内容。核对无误后可以重新提交。
        </Alert>
      )}
      {isLayoutOpen ? (
        <LayoutSection it={it} onDone={() => setIsLayoutOpen(false)} />
      ) : (
        <Alert
          color="gray"
          title={`读取工作表“${it.layout?.sheet}”，表头在第 ${it.layout?.headerRow} 行，共 ${it.rowsTotal} 行`}
        >
          <Stack gap="xs" align="flex-start">
            <span>
              {unrecognised + warned.length === 0
                ? `共 ${columns.length} 列，全部认出。`
                : `共 ${columns.length} 列，其中 ${unrecognised} 列没有对应的字段，内容按原表头留在人员的其他信息里。`}
            </span>
            {warned.map(({ letter, header, warning }) => (
              <FindingNote key={letter} severity="warning" message={`${letter} 列“${header}”：${warning}。`} />
            ))}
            <Button variant="default" size="xs" onClick={() => setIsLayoutOpen(true)}>
              核对或调整各列
            </Button>
          </Stack>
        </Alert>
      )}
      <UnknownBranches it={it} />
      <PreviewSection it={it} />
      <CommitSection it={it} />
    </>
  )
}

function ReadAgain({ it }: { it: ImportView }) {
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () =>
      intakeClient.imports[':importId'].layout.$put({
        param: { importId: it.id },
        json: {
          sheet: it.layout?.sheet ?? '',
          ...(it.layout && { headerRow: it.layout.headerRow }),
          columns: Object.fromEntries((it.layout?.columns ?? []).map(({ letter, field }) => [letter, field])),
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: intakeKey }),
  })
  return (
    <Alert color="yellow" title="核对中断了">
      <Stack gap="xs" align="flex-start">
        服务器在核对中途停止过，没有写入任何内容。
        <Button loading={again.isPending} onClick={() => again.mutate()}>
          重新核对
        </Button>
        <ProblemNote error={again.error} />
      </Stack>
    </Alert>
  )
}

function DiscardButton({ it }: { it: ImportView }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const discarding = useMutation({
    mutationFn: () => intakeClient.imports[':importId'].discard.$post({ param: { importId: it.id } }),
    onSuccess: async () => {
      await navigate({ to: '/intake' })
      await queries.invalidateQueries({ queryKey: intakeKey })
    },
  })
  return (
    <ConfirmButton
      question="放弃后，上传的文件和核对结果都会删除；系统中的资料不受影响。"
      confirmLabel="放弃导入"
      isBusy={discarding.isPending}
      onConfirm={() => discarding.mutate()}
    >
      放弃导入
    </ConfirmButton>
  )
}
