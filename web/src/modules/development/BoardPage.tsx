import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Board } from '@zhibu/server/modules/development/schema'
import { useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { OrganizationFilter } from '../organization/OrganizationFilter.tsx'
import { boardQuery } from './api.ts'
import { BoardByOrganization } from './BoardByOrganization.tsx'
import classes from './BoardPage.module.css'
import { BoardStages } from './BoardStages.tsx'

const route = getRouteApi('/signed-in/development/board')

/** 看板: how many persons stand at which stage, what is next for them, and where. */
export function BoardPage() {
  const { organizationId } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery(boardQuery(organizationId))
  return (
    <Page
      title="看板"
      breadcrumbs={[{ label: '发展党员', to: '/development' }]}
      lead="各阶段的人数和下一步。数字只反映进度，点开可以看到名单。"
    >
      <div className={`${classes.filter} no-print`}>
        <OrganizationFilter
          value={organizationId}
          onChange={(chosen) => void navigate({ search: chosen ? { organizationId: chosen } : {}, replace: true })}
        />
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading />
      ) : data.total === 0 ? (
        <NothingCounted />
      ) : (
        <Counts board={data} organizationId={organizationId} />
      )}
    </Page>
  )
}

function NothingCounted() {
  const readsFiles = useSession()?.can.includes('exports') ?? false
  return readsFiles ? (
    <EmptyState title="还没有发展档案">记录入党申请，或导入现有的电子表格以后，这里按阶段列出人数。</EmptyState>
  ) : (
    <EmptyState title="看板不包括授权您协助的人员" action={<Link to="/development">查看授权您协助的人员</Link>}>
      人数由支部和上级党组织统计。
    </EmptyState>
  )
}

function Counts({ board, organizationId }: { board: Board; organizationId: string | undefined }) {
  const place = organizationId ? { organizationId } : {}
  return (
    <>
      <p className={classes.sums}>
        <Link to="/development" search={place}>
          共 {board.total.toLocaleString('zh-CN')} 人
        </Link>
        <Link to="/development" search={{ ...place, only: 'overdue' }} data-late={board.overdue > 0 || undefined}>
          已逾期 {board.overdue.toLocaleString('zh-CN')} 人
        </Link>
        <Link to="/development" search={{ ...place, only: 'findings' }}>
          有疑点 {board.withFindings.toLocaleString('zh-CN')} 人
        </Link>
      </p>
      <BoardStages board={board} place={place} />
      {board.organizations.length > 0 && (
        <Section title="按组织">
          <BoardByOrganization organizations={board.organizations} />
        </Section>
      )}
    </>
  )
}
