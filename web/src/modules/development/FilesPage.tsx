import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { actLabels, isDay, stageLabels } from '@zhibu/rules'
import type { FileRow } from '@zhibu/server/modules/development/schema'
import { useState } from 'react'
import { useSession } from '../../session.ts'
import { DataList } from '../../ui/DataList.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { keepChoice } from '../../ui/keptChoice.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { askedSort, isNarrowed, wholeList } from '../../ui/listSearch.ts'
import { Page } from '../../ui/Page.tsx'
import { PictureLink } from '../../ui/PictureLink.tsx'
import { SeverityMark } from '../../ui/SeverityMark.tsx'
import { filesQuery } from './api.ts'
import { FilesFilters } from './FilesFilters.tsx'
import { NewBatchDialog } from './NewBatchDialog.tsx'
import type { FilesSearch } from './searches.ts'

const route = getRouteApi('/signed-in/development')

const columns: readonly Column<FileRow>[] = [
  { key: 'name', header: '姓名', cell: (it) => it.name, isSortable: true },
  { key: 'studentNumber', header: '学号（工号）', cell: (it) => it.studentNumber, isHiddenAtFirst: true },
  { key: 'organization', header: '所在组织', cell: (it) => it.organization, isSortable: true },
  { key: 'stage', header: '阶段', cell: (it) => it.stage && stageLabels[it.stage], isSortable: true },
  { key: 'next', header: '下一步', cell: (it) => it.next && actLabels[it.next.kind] },
  {
    key: 'earliest',
    header: '最早',
    cell: (it) => <NextDay on={it.next?.earliestOn} />,
    isHiddenAtFirst: true,
  },
  {
    key: 'due',
    header: '最迟',
    cell: ({ next }) => (
      <>
        <NextDay on={next?.latestOn} relative="deadline" />
        {next?.latestKind && next.latestKind !== next.kind && `（${actLabels[next.latestKind]}）`}
      </>
    ),
    isSortable: true,
  },
  { key: 'findings', header: '疑点', cell: (it) => <Findings {...it} />, isSortable: true },
]

/** 发展党员: every file within the reader's reach. */
export function FilesPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const session = useSession()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isBatching, setIsBatching] = useState(false)
  const change = (part: FilesSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  const list = useQuery({ ...filesQuery(asked(search)), placeholderData: keepPreviousData })
  const mayExport = session?.can.includes('exports') ?? false
  const mayMake = session?.can.includes('forms') ?? false
  const makeForms = () => {
    keepChoice('persons', [...chosen])
    void navigate({ to: '/forms', search: { chosen: 'yes' } })
  }
  const mayBatch = session?.can.includes('batch-review') ?? false
  return (
    <Page
      title="发展党员"
      printTitle="发展党员名册"
      lead="每个人走到哪一步、下一步是什么、最迟哪一天，以及记录之间有没有矛盾。"
      actions={
        // Like the export it is there for whoever reads files; it counts nobody to a helper.
        mayExport && (
          <LinkButton
            to="/development/board"
            search={search.organizationId ? { organizationId: search.organizationId } : {}}
            variant="default"
          >
            看板
          </LinkButton>
        )
      }
    >
      <DataList
        id="files"
        label="发展档案"
        columns={columns}
        rowKey={(it) => it.personId}
        rowPath={(it) => `/development/${it.personId}`}
        search={search}
        onSearch={change}
        list={list}
        filters={<FilesFilters search={search} onChange={change} />}
        actions={
          <>
            {chosen.size > 0 && mayMake && (
              <Button variant="default" onClick={makeForms}>
                生成表格（{chosen.size} 人）
              </Button>
            )}
            {chosen.size > 0 && mayBatch && (
              <Button onClick={() => setIsBatching(true)}>预审所选（{chosen.size} 人）</Button>
            )}
            {mayExport && <PictureLink picture="files" search={search} />}
            {mayExport && (
              <DownloadButton url="/api/intake/exports" body={{ list: 'development', query: asked(wholeList(search)) }}>
                导出表格
              </DownloadButton>
            )}
          </>
        }
        {...((mayBatch || mayMake) && { selection: { chosen, onChange: setChosen, nameOf: (it: FileRow) => it.name } })}
        empty={<NoFiles search={search} />}
      />
      {isBatching && <NewBatchDialog personIds={[...chosen]} onClose={() => setIsBatching(false)} />}
    </Page>
  )
}

function NextDay({ on, relative }: { on: string | null | undefined; relative?: 'deadline' }) {
  if (!on || !isDay(on)) return null
  return <DayText on={on} {...(relative && { relative })} />
}

function Findings({ errorCount, warningCount }: FileRow) {
  if (errorCount === null || warningCount === null) return null
  if (errorCount + warningCount === 0) return <span>无</span>
  return (
    <span style={{ display: 'inline-flex', gap: '0.75rem' }}>
      {errorCount > 0 && <SeverityMark severity="error" count={errorCount} />}
      {warningCount > 0 && <SeverityMark severity="warning" count={warningCount} />}
    </span>
  )
}

function NoFiles({ search }: { search: FilesSearch }) {
  if (isNarrowed(search)) {
    return <EmptyState title="没有符合条件的档案">可以换用学号或姓名的拼音首字母查找，或清除筛选条件。</EmptyState>
  }
  return (
    <EmptyState title="还没有发展档案">登记人员以后，在其页面记录递交入党申请书；或导入现有的电子表格。</EmptyState>
  )
}

/** The address as a question to the server. */
function asked({ sort, ...same }: FilesSearch) {
  return { ...same, ...askedSort(sort, ['name', 'organization', 'due', 'stage', 'findings']) }
}
