import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { statementQuery } from './api.ts'
import { StatementView } from './StatementView.tsx'
import { yearIn } from './words.ts'

const route = getRouteApi('/signed-in/training/statements/$personId')
const breadcrumbs = [{ label: '培训', to: '/training' }]

/** The hours of a year of one person, for whoever keeps their file or trains them. */
export function StatementPage() {
  const { personId } = route.useParams()
  const year = yearIn(route.useSearch().year, useToday())
  const { data, error, refetch } = useQuery({ ...statementQuery(personId, year), enabled: year > 0 })
  const go = (to: number) => ({ year: String(to) })
  return (
    <Page
      title={data ? `${data.person.name}的 ${year} 年学时` : '年度学时'}
      breadcrumbs={breadcrumbs}
      actions={
        <>
          <LinkButton variant="default" to="/training/statements/$personId" params={{ personId }} search={go(year - 1)}>
            上一年
          </LinkButton>
          <LinkButton variant="default" to="/training/statements/$personId" params={{ personId }} search={go(year + 1)}>
            下一年
          </LinkButton>
          <Button variant="default" onClick={() => window.print()}>
            打印
          </Button>
        </>
      }
    >
      {data ? (
        <Section title={`${year} 年`}>
          <StatementView it={data} />
        </Section>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}
