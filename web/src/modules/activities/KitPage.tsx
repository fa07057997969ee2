import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { kitQuery, kitsClient } from './api.ts'
import { PlanView } from './PlanView.tsx'
import { useWrite } from './useWrite.ts'
import { activityKindNames, kitLengthNames, lengthOf } from './words.ts'

const route = getRouteApi('/signed-in/activities/kits/$kitKey')
const breadcrumbs = [{ label: '活动', to: '/activities' }]

/** One plan of the library, to be taken as it is. */
export function KitPage() {
  const { kitKey } = route.useParams()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(kitQuery(kitKey))
  const withdraw = useWrite(
    () => parseResponse(kitsClient[':kitKey'].$delete({ param: { kitKey } })),
    () => void navigate({ to: '/activities', search: { list: 'kits' } }),
  )
  if (data === undefined)
    return (
      <Page title="方案" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={data.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {[lengthOf(data, kitLengthNames), activityKindNames[data.kind]].filter((it) => it !== '').join('，')}
          {data.organization && `，${data.organization.name}办过`}
          {data.offeredAt && (
            <>
              ，{data.offeredBy}于 <InstantText at={data.offeredAt} /> 收入
            </>
          )}
        </>
      }
      actions={
        <>
          {data.can.withdraw && (
            <ConfirmButton
              question="从方案库撤下这份方案。已经照它筹备的活动不受影响。"
              confirmLabel="撤下方案"
              isBusy={withdraw.isPending}
              onConfirm={() => withdraw.mutate()}
            >
              撤下方案
            </ConfirmButton>
          )}
          {data.can.take && (
            <LinkButton to="/activities/new" search={{ kit: kitKey }}>
              用这份方案
            </LinkButton>
          )}
        </>
      }
    >
      <ProblemNote error={withdraw.error} />
      <Section title="方案">
        <PlanView plan={data.plan} />
      </Section>
    </Page>
  )
}
