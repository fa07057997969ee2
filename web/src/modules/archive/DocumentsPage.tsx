import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { FiledRow } from '@zhibu/server/modules/archive/schema'
import { DataList } from '../../ui/DataList.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { isNarrowed } from '../../ui/listSearch.ts'
import { Page } from '../../ui/Page.tsx'
import { treeQuery } from '../organization/api.ts'
import { OrganizationFilter } from '../organization/OrganizationFilter.tsx'
import { documentsQuery } from './api.ts'
import { lackingText } from './lackingText.ts'
import type { DocumentsSearch } from './searches.ts'
import { sizeText } from './sizeText.ts'

const route = getRouteApi('/signed-in/archive')

const columns: Column<FiledRow>[] = [
  { key: 'title', header: '题名', cell: (it) => it.title },
  { key: 'person', header: '人员', cell: (it) => it.person?.name },
  { key: 'organization', header: '所在组织', cell: (it) => it.organization.name },
  { key: 'place', header: '类别', cell: (it) => it.placeLabel },
  { key: 'on', header: '材料日期', cell: (it) => it.on && <DayText on={it.on} /> },
  { key: 'pages', header: '页数', cell: (it) => it.pageCount },
  { key: 'lacks', header: '签字、盖章', cell: (it) => lackingText(it.lacks), isHiddenAtFirst: true },
  { key: 'size', header: '大小', cell: (it) => sizeText(it.sizeBytes), isHiddenAtFirst: true },
  { key: 'filedBy', header: '归档人', cell: (it) => it.filedBy, isHiddenAtFirst: true },
  { key: 'filedAt', header: '归档时间', cell: (it) => <InstantText at={it.filedAt} /> },
]

/** What was filed within the reader's reach, the last first. */
export function DocumentsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: DocumentsSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  const { q, organizationId, cursor } = search
  const list = useQuery({ ...documentsQuery({ q, organizationId, cursor }), placeholderData: keepPreviousData })
  const tree = useQuery(treeQuery())
  const readsFiles = tree.data?.nodes.some((it) => it.can.readFiles) ?? false
  const mayDispose = tree.data?.nodes.some((it) => it.can.keepFiles) ?? false
  return (
    <Page
      title="电子档案"
      lead="权限范围内已归档的材料，最近归档的在前。要归档，请打开那个人或组织的档案。"
      actions={
        <>
          {readsFiles && (
            <LinkButton to="/archive/completeness" variant="default">
              材料齐全情况
            </LinkButton>
          )}
          {mayDispose && (
            <>
              <LinkButton to="/archive/receptions" variant="default">
                接收档案包
              </LinkButton>
              <LinkButton to="/archive/handovers" variant="default">
                档案移交
              </LinkButton>
              <LinkButton to="/archive/soundness" variant="default">
                存储核对
              </LinkButton>
              <LinkButton to="/archive/disposals" variant="default">
                销毁清单
              </LinkButton>
            </>
          )}
        </>
      }
    >
      <DataList
        id="documents"
        label="已归档的材料"
        columns={columns}
        rowKey={(it) => it.id}
        rowPath={(it) => `/archive/documents/${it.id}`}
        searchPlaceholder="题名、文件名或人员姓名"
        search={search}
        onSearch={change}
        list={list}
        filters={
          <OrganizationFilter
            value={organizationId}
            onChange={(organizationId) => change({ organizationId, cursor: undefined })}
          />
        }
        empty={
          isNarrowed(search) ? (
            <EmptyState title="没有符合条件的材料">可以换用题名、文件名或姓名中的几个字，或清除筛选条件。</EmptyState>
          ) : tree.data && !readsFiles ? (
            <EmptyState title="这里列出整个支部或组织的材料">
              您协助办理的材料不在这里：打开“发展党员”中的一个人，再点“电子档案”。
            </EmptyState>
          ) : (
            <EmptyState title="还没有归档的材料">打开一个人的页面，点“电子档案”，就可以归档。</EmptyState>
          )
        }
      />
    </Page>
  )
}
