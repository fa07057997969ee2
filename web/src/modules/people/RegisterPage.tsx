import { Checkbox, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { type Column, DataList } from '../../ui/DataList.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { treeQuery } from '../organization/api.ts'
import { choicesOf } from '../organization/names.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { peopleQuery } from './api.ts'
import { personKindNames, sexNames } from './names.ts'
import type { RegisterSearch } from './routes.tsx'

const route = getRouteApi('/signed-in/people')

const columns: Column<PersonRow>[] = [
  { key: 'name', header: '姓名', cell: (it) => it.name, isSortable: true },
  { key: 'studentNumber', header: '学号（工号）', cell: (it) => it.studentNumber, isSortable: true },
  { key: 'organization', header: '所在组织', cell: (it) => it.organization.name, isSortable: true },
  { key: 'kind', header: '类别', cell: (it) => it.kind && personKindNames[it.kind] },
  { key: 'sex', header: '性别', cell: (it) => it.sex && sexNames[it.sex] },
  { key: 'grade', header: '年级', cell: (it) => it.grade },
  { key: 'major', header: '专业', cell: (it) => it.major },
  { key: 'className', header: '班级', cell: (it) => it.className, isHiddenAtFirst: true },
  { key: 'isMobile', header: '流动党员', cell: (it) => (it.isMobile ? '是' : ''), isHiddenAtFirst: true },
]

/** The register: everybody within the reader's reach. */
export function RegisterPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: { [Key in keyof RegisterSearch]?: RegisterSearch[Key] | undefined }) =>
    void navigate({ search: (it) => present({ ...it, ...part }), replace: true })
  const list = useQuery({ ...peopleQuery(asked(search)), placeholderData: keepPreviousData })
  const tree = useQuery(treeQuery())
  const mayRegister = tree.data?.nodes.some((it) => it.can.keepFiles) ?? false
  return (
    <Page
      title="人员"
      lead="权限范围内的人员名册。身份证号和联系电话隐去部分数字，查看完整号码会留下记录。"
      actions={
        mayRegister && (
          <LinkButton to="/people/new" search={search.organizationId ? { organizationId: search.organizationId } : {}}>
            登记人员
          </LinkButton>
        )
      }
    >
      <DataList
        id="people"
        label="人员名册"
        columns={columns}
        rowKey={(it) => it.id}
        rowPath={(it) => `/people/${it.id}`}
        search={search}
        onSearch={change}
        rows={list.data}
        isFetching={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        filters={
          <>
            <OrganizationPicker
              label="组织（含下级）"
              isBare
              placeholder="全部组织"
              value={search.organizationId}
              onChange={(organizationId) => change({ organizationId, cursor: undefined })}
              among={(it) => it.can.readFiles}
            />
            <Select
              aria-label="人员类别"
              placeholder="全部类别"
              data={choicesOf(personKindNames)}
              value={search.kind ?? null}
              onChange={(value) => change({ kind: kindOf(value), cursor: undefined })}
              clearable
              clearButtonProps={{ 'aria-label': '清除人员类别' }}
              w={150}
            />
            <Checkbox
              label="只看流动党员"
              checked={search.mobile === 'yes'}
              onChange={(event) =>
                change({ mobile: event.currentTarget.checked ? 'yes' : undefined, cursor: undefined })
              }
            />
          </>
        }
        actions={
          <DownloadButton url="/api/intake/exports" body={{ list: 'people', query: exported(search) }}>
            导出表格
          </DownloadButton>
        }
        empty={<Nobody isFiltered={isFiltered(search)} mayRegister={mayRegister} />}
      />
    </Page>
  )
}

function Nobody({ isFiltered, mayRegister }: { isFiltered: boolean; mayRegister: boolean }) {
  if (isFiltered) {
    return <EmptyState title="没有符合条件的人员">可以换用学号或姓名的拼音首字母查找，或清除筛选条件。</EmptyState>
  }
  return (
    <EmptyState title="还没有人员">
      {mayRegister ? '可以导入现有的电子表格，或逐个登记。' : '人员由支部或学院组织员登记。'}
    </EmptyState>
  )
}

const isFiltered = ({ q, organizationId, kind, mobile }: RegisterSearch) =>
  [q, organizationId, kind, mobile].some((it) => it !== undefined)

/** Keys without a value are left out of the address. */
function present(search: { [Key in keyof RegisterSearch]?: RegisterSearch[Key] | undefined }): RegisterSearch {
  const { q, sort, cursor, organizationId, kind, mobile } = search
  return {
    ...(q && { q }),
    ...(sort && { sort }),
    ...(cursor && { cursor }),
    ...(organizationId && { organizationId }),
    ...(kind && { kind }),
    ...(mobile && { mobile }),
  }
}

/** The address as a question to the server. */
function asked({ sort, mobile, ...same }: RegisterSearch) {
  const key = sortOf(sort?.replace('-', ''))
  return {
    ...same,
    ...(key && { sort: key, descending: String(sort?.startsWith('-')) }),
    ...(mobile && { isMobile: 'true' }),
  }
}

/** The whole list as it is filtered, whichever page is open. */
function exported(search: RegisterSearch) {
  const { cursor: _, ...query } = asked(search)
  return query
}

const sorts = ['name', 'studentNumber', 'organization'] as const
const sortOf = (key: string | undefined) => sorts.find((it) => it === key)

const isKind = (value: string): value is keyof typeof personKindNames => Object.hasOwn(personKindNames, value)
const kindOf = (value: string | null) => (value !== null && isKind(value) ? value : undefined)
