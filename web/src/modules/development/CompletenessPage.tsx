import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import { paperStateNames } from '@zhibu/server/modules/development/names-schema'
import type { ReactNode } from 'react'
import { NotOpen } from '../../shell/NotOpen.tsx'
import { choicesOf } from '../../ui/choices.ts'
import { DataList } from '../../ui/DataList.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { isNarrowed } from '../../ui/listSearch.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import tabs from '../../ui/TabLinks.module.css'
import { treeQuery } from '../organization/api.ts'
import { completenessCountsQuery, completenessQuery } from './api.ts'
import classes from './CompletenessPage.module.css'
import { KeeperGaps } from './KeeperGaps.tsx'
import { countRows, PaperCounts } from './PaperCounts.tsx'
import { paperColumns } from './paperColumns.tsx'
import type { CompletenessSearch } from './searches.ts'
import { WhoseFilters } from './WhoseFilters.tsx'

const route = getRouteApi('/signed-in/archive/completeness')

/** 材料齐全情况: whose papers are not all there and in order, by person, by paper and by organisation, and with whom they lie. */
export function CompletenessPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: CompletenessSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  const { view, cursor: _, ...narrowed } = search
  const { q, organizationId, stage, state, place } = narrowed
  const asked = { q, organizationId, stage, state, place }
  const counts = useQuery({ ...completenessCountsQuery(asked), placeholderData: keepPreviousData })
  const tree = useQuery(treeQuery())
  if (tree.data && !tree.data.nodes.some((it) => it.can.readFiles)) return <NotOpen label="材料齐全情况" />
  const filters = <Filters search={search} places={counts.data?.places ?? []} onChange={change} />
  return (
    <Page
      title="材料齐全情况"
      printTitle="材料齐全情况"
      breadcrumbs={[{ label: '电子档案', to: '/archive' }]}
      lead={`按归档清单核对${counts.data ? `（${dayWritten(counts.data.on)}）` : ''}：现在应有而缺的、未签字盖章的、位置可疑的，以及材料日期与记录不一致的。只看归档登记，不打开材料的文字；名单不含您本人。`}
    >
      <Views search={search} />
      {counts.error ? (
        <ErrorState error={counts.error} onRetry={() => void counts.refetch()} />
      ) : counts.data === undefined ? (
        <PageLoading />
      ) : view === 'own' ? (
        <KeeperGaps organizationId={organizationId} onOrganization={(chosen) => change({ organizationId: chosen })} />
      ) : !counts.data.isUsed ? (
        <EmptyState title="还没有归档个人材料">归档第一份材料以后，这里按归档清单列出还缺什么。</EmptyState>
      ) : view === undefined ? (
        <Persons search={search} filters={filters} onChange={change} />
      ) : (
        <>
          <div className={`${classes.filters} no-print`}>{filters}</div>
          <p className={classes.sum}>共 {counts.data.persons.toLocaleString('zh-CN')} 人的材料有待补齐或核对。</p>
          <PaperCounts
            label={view === 'places' ? '各类材料的人数' : '各组织的人数'}
            head={view === 'places' ? '材料' : '组织'}
            rows={countRows(counts.data, view)}
            search={{ ...narrowed, cursor: undefined }}
          />
        </>
      )}
    </Page>
  )
}

function Views({ search }: { search: CompletenessSearch }) {
  const views = [
    [undefined, '按人员'],
    ['places', '按材料'],
    ['organizations', '按组织'],
    ['own', '组织自己的材料'],
  ] as const
  return (
    <nav aria-label="查看方式" className={`${tabs.tabs} no-print`}>
      {views.map(([view, label]) => (
        <Link
          key={label}
          to="/archive/completeness"
          // Only the list of persons shows what is looked for, and can take it back.
          search={{ ...search, view, q: view === undefined ? search.q : undefined, cursor: undefined }}
          replace
          className={tabs.tab}
          activeOptions={{ explicitUndefined: true }}
          aria-current={search.view === view ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}

interface FiltersProps {
  search: CompletenessSearch
  places: readonly { code: string; number: string; label: string }[]
  onChange: (part: CompletenessSearch) => void
}

function Filters({ search, places, onChange }: FiltersProps) {
  return (
    <>
      <WhoseFilters search={search} onChange={onChange} />
      <ListFilter
        label="情况"
        all="全部情况"
        choices={choicesOf(paperStateNames)}
        value={search.state}
        onChange={(state) => onChange({ state, cursor: undefined })}
        width={170}
      />
      <ListFilter
        label="材料"
        all="全部材料"
        choices={places.map(({ code, number, label }) => ({ value: code, label: `${number}　${label}` }))}
        value={search.place}
        onChange={(place) => onChange({ place, cursor: undefined })}
        width={220}
        searchable
      />
    </>
  )
}

interface PersonsProps {
  search: CompletenessSearch
  filters: ReactNode
  onChange: (part: CompletenessSearch) => void
}

function Persons({ search, filters, onChange }: PersonsProps) {
  const { view: _, sort: __, ...query } = search
  const list = useQuery({ ...completenessQuery(query), placeholderData: keepPreviousData })
  const { cursor: ___, ...whole } = query
  return (
    <DataList
      id="completeness"
      label="材料有待补齐或核对的人员"
      columns={paperColumns}
      rowKey={(it) => it.personId}
      rowPath={(it) => `/development/${it.personId}`}
      search={search}
      onSearch={onChange}
      list={list}
      filters={filters}
      actions={
        <DownloadButton url="/api/development/completeness/exports" body={whole}>
          导出表格
        </DownloadButton>
      }
      empty={
        isNarrowed(query) ? (
          <EmptyState title="没有符合条件的人员">可以换用学号或姓名的拼音首字母查找，或清除筛选条件。</EmptyState>
        ) : (
          <EmptyState title="现在应有的材料都已归档">到了下一步，要归档的材料会列在这里。</EmptyState>
        )
      }
    />
  )
}
