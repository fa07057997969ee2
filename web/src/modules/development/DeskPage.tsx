import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { actLabels } from '@zhibu/rules'
import type { DueCounts as Counts } from '@zhibu/server/modules/development/schema'
import { Suspense, useDeferredValue } from 'react'
import { useSession } from '../../session.ts'
import { choicesOf } from '../../ui/choices.ts'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { PictureLink } from '../../ui/PictureLink.tsx'
import { OrganizationFilter } from '../organization/OrganizationFilter.tsx'
import { dueCountsQuery, duesQuery } from './api.ts'
import classes from './DeskPage.module.css'
import { countText, DueCounts } from './DueCounts.tsx'
import { DueList } from './DueList.tsx'
import { kindChoices } from './kinds.ts'
import { useParts } from './parts.ts'
import type { DeskSearch } from './searches.ts'
import { WhoseTabs, whoseNames } from './WhoseTabs.tsx'

const route = getRouteApi('/signed-in/')

/** 工作台: what the reader has to do, overdue first; and what others within reach have to do. */
export function DeskPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const session = useSession()
  const change = (part: { [Key in keyof DeskSearch]?: DeskSearch[Key] | undefined }) =>
    void navigate({ search: (it) => present({ ...it, ...part }), replace: true })
  const { due, ...filters } = search
  const asked = { ...filters, ...within(due) }
  const counts = useQuery({ ...dueCountsQuery(asked), placeholderData: keepPreviousData })
  const list = useInfiniteQuery({
    // As many as are read at a glance, so that the first page of the day comes at once on a phone too.
    ...duesQuery({ ...asked, limit: '20' }),
    placeholderData: keepPreviousData,
  })
  // Drawn piece by piece: on a phone twenty rows take longer than a finger waits.
  const shown = useDeferredValue(list.data)
  const items = shown?.pages.flatMap((it) => it.items)
  const { StaffCheck, WaitingCorrections, WaitingHandovers, WaitingSuccessions, WaitingSuggestions, WaitingTrainings } =
    useParts()
  const mayExport = session?.can.includes('exports') ?? false
  return (
    <Page
      title="工作台"
      printTitle="待办事项"
      lead="需要办理的事项，逾期和临近到期的排在前面。期限依据条款和已有记录推算，不是对任何人的评价。"
    >
      <Suspense fallback={null}>
        <WaitingSuccessions />
        <WaitingHandovers />
        <WaitingSuggestions />
        <WaitingTrainings />
        <WaitingCorrections />
        <StaffCheck />
      </Suspense>
      <WhoseTabs choices={counts.data?.whose} search={search} />
      <DueCounts counts={counts} chosen={search.due} onChoose={(due) => change({ due })} />
      <div className={`${classes.filters} no-print`}>
        <OrganizationFilter value={search.organizationId} onChange={(organizationId) => change({ organizationId })} />
        <ListFilter
          label="事项"
          all="全部事项"
          choices={kindChoices}
          value={search.kind}
          onChange={(kind) => change({ kind })}
          searchable
        />
        <ListFilter
          label="排列"
          all="按期限排列"
          choices={choicesOf({ organization: '按组织排列' })}
          value={search.sort}
          onChange={(sort) => change({ sort })}
        />
        {search.importId && <FilterChip label="一次导入涉及的人员" onRemove={() => change({ importId: undefined })} />}
        {mayExport && (
          <div className={classes.export}>
            <PictureLink picture="dues" search={{ ...search, whose: search.whose ?? counts.data?.whose[0]?.whose }} />
            <DownloadButton url="/api/development/dues/exports" body={asked}>
              导出表格
            </DownloadButton>
          </div>
        )}
      </div>
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : items === undefined ? (
        <PageLoading />
      ) : items.length === 0 ? (
        <NothingDue
          search={search}
          choices={counts.data?.whose ?? []}
          mayImport={session?.can.includes('intake') ?? false}
          isHelper={session?.offices.length === 0}
        />
      ) : (
        <>
          <DueList items={items} isStale={list.isPlaceholderData} />
          {list.hasNextPage && (
            <Button
              className={classes.more ?? ''}
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              显示更多
            </Button>
          )}
        </>
      )}
    </Page>
  )
}

interface NothingProps {
  search: DeskSearch
  choices: Counts['whose']
  mayImport: boolean
  isHelper: boolean
}

function NothingDue({ search, choices, mayImport, isHelper }: NothingProps) {
  const whose = search.whose ?? choices[0]?.whose
  const elsewhere = choices.find((it) => it.whose !== whose && it.count !== 0)
  const action = elsewhere && (
    <LinkButton to="/" search={{ ...search, whose: elsewhere.whose }} variant="default">
      查看{whoseNames[elsewhere.whose]}的 {countText(elsewhere.count)} 项
    </LinkButton>
  )
  const who = whose === 'mine' ? '由您办理的' : whose === 'branches' ? '由支部办理的' : ''
  if (search.due === 'overdue')
    return (
      <EmptyState title={`没有逾期的${who || '待办'}事项`} action={action}>
        可以看看 30 天内到期的事项。
      </EmptyState>
    )
  const { whose: _, sort: __, ...filters } = search
  if (Object.keys(filters).length > 0) {
    const what = search.kind ? `“${actLabels[search.kind]}”` : '事项'
    return (
      <EmptyState title={`这个范围内没有待办的${what}`} action={action}>
        可以清除筛选条件，查看其他待办。
      </EmptyState>
    )
  }
  if (action) return <EmptyState title={`目前没有${who || '待办的'}事项`} action={action} />
  if (isHelper) {
    return (
      <EmptyState
        title="授权您协助的内容目前没有期限"
        action={<LinkButton to="/development">查看授权您协助的人员</LinkButton>}
      >
        思想汇报等没有期限的，打开人员后点“记录事项”填写；授权修改人员信息的，在“人员”中打开后点“修改信息”填写。
      </EmptyState>
    )
  }
  return (
    <EmptyState title="还没有待办事项" action={mayImport && <LinkButton to="/intake">导入电子表格</LinkButton>}>
      登记入党申请人，或导入现有的动态信息表以后，这里会列出每个人的下一步和期限。
    </EmptyState>
  )
}

function within(due: DeskSearch['due']) {
  if (due === undefined) return {}
  return due === 'overdue' ? { only: due } : { withinDays: due }
}

/** Keys without a value are left out of the address. */
function present({
  whose,
  organizationId,
  kind,
  due,
  importId,
  sort,
}: { [Key in keyof DeskSearch]?: DeskSearch[Key] | undefined }): DeskSearch {
  return {
    ...(whose && { whose }),
    ...(organizationId && { organizationId }),
    ...(kind && { kind }),
    ...(due && { due }),
    ...(importId && { importId }),
    ...(sort && { sort }),
  }
}
