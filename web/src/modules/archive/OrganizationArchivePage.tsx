import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { organizationArchiveQuery } from './api.ts'
import { Places } from './Places.tsx'
import { Receptions } from './Receptions.tsx'
import { Seals } from './Seals.tsx'

const route = getRouteApi('/signed-in/archive/organizations/$organizationId')

/** The documents of an organisation itself: minutes, approvals, rosters. */
export function OrganizationArchivePage() {
  const { organizationId } = route.useParams()
  const { data: it, error, refetch } = useQuery(organizationArchiveQuery(organizationId))
  const breadcrumbs = wayFrom(useSession()?.can ?? [], '/archive')
  if (it === undefined) {
    return (
      <Page title="组织档案" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  return (
    <Page
      title={`${it.organization.name}的档案`}
      breadcrumbs={breadcrumbs}
      printTitle={`${it.organization.name}档案目录`}
      actions={
        <>
          <LinkButton to="/archive/completeness" search={{ organizationId }} variant="default">
            材料齐全情况
          </LinkButton>
          <LinkButton to="/organization/$organizationId" params={{ organizationId }} variant="default">
            组织信息
          </LinkButton>
        </>
      }
    >
      <Places it={it} owner={{ organizationId }} />
      {it.can.seeSeals && <Seals owner={{ organizationId }} />}
      {it.can.seeSeals && <Receptions owner={{ organizationId }} />}
    </Page>
  )
}
