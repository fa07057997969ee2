import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { personArchiveQuery } from './api.ts'
import { Places } from './Places.tsx'
import { useParts } from './parts.ts'
import { Receptions } from './Receptions.tsx'
import { Seals } from './Seals.tsx'

const route = getRouteApi('/signed-in/archive/persons/$personId')

/** The archive of one person: every place of the filing list with its documents. */
export function PersonArchivePage() {
  const { personId } = route.useParams()
  const { file } = route.useSearch()
  const { FilePapers, PersonHandovers } = useParts()
  const session = useSession()
  const can = session?.can ?? []
  const seesRecord = can.includes('development') || session?.account.personId === personId
  const { data: it, error, refetch } = useQuery(personArchiveQuery(personId))
  const breadcrumbs = wayFrom(can, '/archive')
  if (it === undefined) {
    return (
      <Page title="电子档案" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  return (
    <Page
      title={`${it.person?.name ?? ''}的电子档案`}
      breadcrumbs={breadcrumbs}
      printTitle={`${it.person?.name ?? ''}档案目录`}
      subtitle={[it.organization.name, it.person?.studentNumber].filter((it) => it !== null).join(' · ')}
      actions={
        can.includes('development') && (
          <LinkButton to="/development/$personId" params={{ personId }} variant="default">
            发展档案
          </LinkButton>
        )
      }
    >
      {seesRecord && (
        <Suspense fallback={null}>
          <FilePapers personId={personId} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <PersonHandovers personId={personId} />
      </Suspense>
      <Places key={file} it={it} owner={{ personId }} file={file} />
      {it.can.seeSeals && (
        <Seals
          owner={{ personId }}
          papers={
            seesRecord && (
              <Suspense fallback={<PageLoading />}>
                <FilePapers personId={personId} toSeal={it.places} />
              </Suspense>
            )
          }
        />
      )}
      {it.can.seeSeals && <Receptions owner={{ personId }} />}
    </Page>
  )
}
