import { Checkbox } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { personKindNames, sexNames } from '@zhibu/server/modules/people/names-schema'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { useSession } from '../../session.ts'
import { choicesOf } from '../../ui/choices.ts'
import { DataList } from '../../ui/DataList.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { askedSort, isNarrowed, wholeList } from '../../ui/listSearch.ts'
import { Page } from '../../ui/Page.tsx'
import { PictureLink } from '../../ui/PictureLink.tsx'
import { treeQuery } from '../organization/api.ts'
import { OrganizationFilter } from '../organization/OrganizationFilter.tsx'
import { peopleQuery } from './api.ts'
import type { RegisterSearch } from './searches.ts'

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
  const change = (part: RegisterSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  const list = useQuery({ ...peopleQuery(asked(search)), placeholderData: keepPreviousData })
  const tree = useQuery(treeQuery())
  const mayExport = useSession()?.can.includes('exports') ?? false
  const mayRegister = tree.data?.nodes.some((it) => it.can.keepFiles) ?? false
  // A helper sees little of a person, and can neither narrow the list by the rest nor take it away.
  const readsFiles = tree.data?.nodes.some((it) => it.can.readFiles) ?? false
  return (
    <Page
      title="人员"
      printTitle="人员名册"
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
        list={list}
        filters={
          readsFiles && (
            <>
              <OrganizationFilter
                value={search.organizationId}
                onChange={(organizationId) => change({ organizationId, cursor: undefined })}
              />
              <ListFilter
                label="人员类别"
                all="全部类别"
                choices={choicesOf(personKindNames)}
                value={search.kind}
                onChange={(kind) => change({ kind, cursor: undefined })}
                width={150}
              />
              <Checkbox
                label="只看流动党员"
                checked={search.mobile === 'yes'}
                onChange={(event) =>
                  change({ mobile: event.currentTarget.checked ? 'yes' : undefined, cursor: undefined })
                }
              />
              {search.grade && (
                <FilterChip
                  label={`“${search.grade}”的人员`}
                  onRemove={() => change({ grade: undefined, cursor: undefined })}
                />
              )}
              {search.importId && (
                <FilterChip
                  label="一次导入涉及的人员"
                  onRemove={() => change({ importId: undefined, cursor: undefined })}
                />
              )}
            </>
          )
        }
        actions={
          <>
            {readsFiles && <PictureLink picture="people" search={search} />}
            {mayExport && (
              <DownloadButton url="/api/intake/exports" body={{ list: 'people', query: asked(wholeList(search)) }}>
                导出表格
              </DownloadButton>
            )}
          </>
        }
        columnAction={(columns) =>
          mayExport && (
            <DownloadButton
              url="/api/intake/exports"
              body={{ list: 'people', query: asked(wholeList(search)), columns }}
              size="compact-sm"
            >
              只导出这些列
            </DownloadButton>
          )
        }
        empty={<Nobody isFiltered={isNarrowed(search)} mayRegister={mayRegister} readsFiles={readsFiles} />}
      />
    </Page>
  )
}

interface NobodyProps {
  isFiltered: boolean
  mayRegister: boolean
  readsFiles: boolean
}

function Nobody({ isFiltered, mayRegister, readsFiles }: NobodyProps) {
  if (isFiltered) {
    return <EmptyState title="没有符合条件的人员">可以换用学号或姓名的拼音首字母查找，或清除筛选条件。</EmptyState>
  }
  return (
    <EmptyState title={readsFiles ? '还没有人员' : '没有您有权查看的人员'}>
      {mayRegister ? '可以导入现有的电子表格，或逐个登记。' : '名册由支部和学院组织员登记和管理。'}
    </EmptyState>
  )
}

/** The address as a question to the server. */
function asked({ sort, mobile, ...same }: RegisterSearch) {
  return { ...same, ...askedSort(sort, ['name', 'studentNumber', 'organization']), isMobile: mobile && 'true' }
}
