import { Alert, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { stackSourceNames, stackStateNames } from '@zhibu/server/modules/digitization/names-schema'
import type { StackView } from '@zhibu/server/modules/digitization/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { Adding } from './Adding.tsx'
import { digitizationClient, digitizationKey, stackQuery } from './api.ts'
import { Sorting } from './Sorting.tsx'
import { partTitle } from './words.ts'

const route = getRouteApi('/signed-in/digitization/$stackId')

/** One stack, at whatever it has come to: files are added, pages are read, parts are sorted and filed. */
export function StackPage() {
  const { stackId } = route.useParams()
  const { data: it, error, refetch } = useQuery(stackQuery(stackId))
  const breadcrumbs = [{ label: '纸质材料整理', to: '/digitization' }]
  if (it === undefined) {
    return (
      <Page title="一批材料" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  const facts = [it.organization.name, stackSourceNames[it.source], stackStateNames[it.state], `${it.pageCount} 页`]
  return (
    <Page title={it.name} breadcrumbs={breadcrumbs} subtitle={facts.join(' · ')} actions={<Ending it={it} />}>
      {it.missing !== null && (
        <Alert color="yellow" title="没有识别文字">
          {it.missing}
        </Alert>
      )}
      {it.state === 'adding' && <Adding it={it} />}
      {it.state === 'reading' && <Reading it={it} />}
      {it.state === 'sorting' && <Sorting it={it} />}
      {it.state === 'closed' && <Closed it={it} />}
      <Failures it={it} />
    </Page>
  )
}

/** Ways to end a stack: closed when all is filed or left out, deleted while nothing is filed. */
function Ending({ it }: { it: StackView }) {
  const queries = useQueryClient()
  const navigate = route.useNavigate()
  const param = { stackId: it.id }
  const refresh = () => queries.invalidateQueries({ queryKey: digitizationKey })
  const close = useMutation({
    mutationFn: () => parseResponse(digitizationClient.stacks[':stackId'].closing.$post({ param })),
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: () => parseResponse(digitizationClient.stacks[':stackId'].$delete({ param })),
    onSuccess: async () => {
      await navigate({ to: '/digitization' })
      queries.removeQueries({ queryKey: stackQuery(it.id).queryKey })
      await refresh()
    },
  })
  return (
    <>
      {it.can.close && (
        <Button loading={close.isPending} onClick={() => close.mutate()}>
          办结这一批
        </Button>
      )}
      {it.can.delete && (
        <ConfirmButton
          question="删除这一批的全部文件和页面，不能恢复。纸质原件不受影响。"
          confirmLabel="删除"
          onConfirm={() => remove.mutate()}
          isBusy={remove.isPending}
        >
          删除这一批
        </ConfirmButton>
      )}
      <ProblemNote error={close.error ?? remove.error} />
    </>
  )
}

/** How many pages have been read of all. */
function Reading({ it }: { it: StackView }) {
  const queries = useQueryClient()
  const goOn = useMutation({
    mutationFn: () => parseResponse(digitizationClient.stacks[':stackId'].reading.$post({ param: { stackId: it.id } })),
    onSettled: () => queries.invalidateQueries({ queryKey: digitizationKey }),
  })
  return (
    <Section
      title="正在识别"
      actions={
        it.can.read && (
          <Button variant="default" loading={goOn.isPending} onClick={() => goOn.mutate()}>
            重新开始识别
          </Button>
        )
      }
    >
      <ProgressBar
        label="逐页转正、读二维码、识别文字"
        done={it.pagesRead}
        total={it.pageCount}
        unit="页"
        note="可以离开本页，识别在后台进行；服务器重新启动后接着识别，读过的页不会重读。"
      />
      <ProblemNote error={goOn.error} />
    </Section>
  )
}

function Closed({ it }: { it: StackView }) {
  return (
    <Section
      title="已办结"
      lead={
        it.keptUntil !== null && (
          <>
            页面图片保留到 <DayText on={it.keptUntil} />
            ，归档的材料不受影响。
          </>
        )
      }
    >
      <RowList
        label="这一批的各份材料"
        rows={it.parts.map((part) => ({
          key: part.id,
          title:
            part.documentId === null ? (
              partTitle(part)
            ) : (
              <Link to="/archive/documents/$documentId" params={{ documentId: part.documentId }}>
                {partTitle(part)}
              </Link>
            ),
          facts: [part.state === 'filed' ? `${part.filedBy ?? ''} 归档` : '不归档', `${part.pages.length} 页`],
        }))}
      />
    </Section>
  )
}

/** Pages of which nothing could be read, with the reason. */
function Failures({ it }: { it: StackView }) {
  const failed = it.pages.filter((page) => page.failure !== null)
  if (failed.length === 0) return null
  const names = new Map(it.files.map((file) => [file.id, file.fileName]))
  return (
    <Section title="没有读出来的页" lead="这些页仍可以手工选择人员和类别后归档；看不清的请重新扫描。">
      <RowList
        label="没有读出来的页"
        rows={failed.map((page) => ({
          key: String(page.number),
          title: `第 ${page.number} 页`,
          facts: [names.get(page.fileId), page.failure],
        }))}
      />
    </Section>
  )
}
