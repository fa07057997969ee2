import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { TreeNode } from '@zhibu/server/modules/organization/schema'
import { useSession } from '../../session.ts'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { Tree } from '../../ui/Tree.tsx'
import { treeQuery } from './api.ts'
import { ExpiringTerms } from './ExpiringTerms.tsx'
import { TermMark } from './TermMark.tsx'
import classes from './TreePage.module.css'

const route = getRouteApi('/signed-in/organization')

/** All organisations of the university: how many persons, who leads, which re-elections are near. */
export function TreePage() {
  const { at, dissolved } = route.useSearch()
  const navigate = route.useNavigate()
  const mayExport = useSession()?.can.includes('exports') ?? false
  const tree = useQuery(treeQuery(dissolved === 'yes'))
  const open = async (organizationId: string) => {
    // Remembered in the address, so that the way back leads to the same place of the tree.
    await navigate({ search: (it) => ({ ...it, at: organizationId }), replace: true })
    await navigate({ to: '/organization/$organizationId', params: { organizationId } })
  }
  return (
    <Page
      title="组织"
      printTitle="党组织名单"
      lead="各级党组织、现任书记、人数和换届情况。点开一个组织，可以查看任职、任期并办理变更。"
    >
      <ExpiringTerms />
      <Section
        title="组织架构"
        actions={
          <>
            <Checkbox
              label="显示已撤销的组织"
              checked={dissolved === 'yes'}
              onChange={(event) => {
                const isShown = event.currentTarget.checked
                void navigate({
                  search: ({ dissolved: _, ...it }) => (isShown ? { ...it, dissolved: 'yes' } : it),
                  replace: true,
                })
              }}
            />
            {mayExport && (
              <DownloadButton url="/api/organization/exports" body={{ dissolved: dissolved === 'yes' }}>
                导出表格
              </DownloadButton>
            )}
          </>
        }
      >
        {tree.error ? (
          <ErrorState error={tree.error} onRetry={() => void tree.refetch()} />
        ) : tree.data === undefined ? (
          <PageLoading />
        ) : tree.data.nodes.length === 0 ? (
          <EmptyState title="还没有组织">请联系学校党委组织部建立组织架构。</EmptyState>
        ) : (
          <>
            <Tree
              label="组织架构"
              nodes={tree.data.nodes.map(asTreeNode)}
              selectedId={at}
              onSelect={(id) => void open(id)}
              renderNote={({ id }) => <Note node={tree.data.nodes.find((it) => it.id === id)} />}
              searchPlaceholder="按名称、拼音首字母查找"
            />
            <Beginning nodes={tree.data.nodes} />
          </>
        )}
      </Section>
    </Page>
  )
}

/** How to go on from a university that has nothing below it yet. */
function Beginning({ nodes: [first, ...others] }: { nodes: readonly TreeNode[] }) {
  if (first === undefined || others.length > 0 || !first.can.change) return null
  return (
    <EmptyState
      title="还没有下级组织"
      action={
        <LinkButton to="/organization/$organizationId" params={{ organizationId: first.id }}>
          打开{first.name}
        </LinkButton>
      }
    >
      打开{first.name}，用“新设下级组织”建立学院党委。党支部可以逐个新设；导入名册时，也可以把表中的支部一次新设。
    </EmptyState>
  )
}

const asTreeNode = ({ id, parentId, name, pinyin, initials }: TreeNode) => ({
  id,
  parentId,
  label: name,
  keys: [pinyin, initials],
})

function Note({ node }: { node: TreeNode | undefined }) {
  if (!node) return null
  const { dissolvedOn, term, secretary, personCountBelow, kind, can } = node
  if (dissolvedOn !== null) return <span className={classes.note}>已撤销</span>
  return (
    <span className={classes.note}>
      {term && term.standing !== 'running' && <TermMark standing={term.standing} />}
      <span className={classes.secretary}>
        {secretary === null ? (kind === 'partyGroup' ? '' : '书记空缺') : `书记 ${secretary}`}
      </span>
      {/* Of organisations outside the reader's reach nobody is counted: no figure rather than a wrong one. */}
      <span className={classes.count}>{can.readFiles && `${personCountBelow.toLocaleString('zh-CN')} 人`}</span>
    </span>
  )
}
