import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CallFields } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { callsClient, placesQuery } from './api.ts'
import { CallForm } from './CallForm.tsx'
import { usualDraft } from './callDraft.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/calls/new')

/** 发起征集: prepared first, seen by nobody but those who hold it until it is announced. */
export function NewCallPage() {
  const navigate = route.useNavigate()
  const places = useQuery(placesQuery)
  const [chosen, setChosen] = useState<string>()
  const items = places.data?.items ?? []
  const organizationId = chosen ?? items[0]?.id ?? ''
  const prepare = useWrite(
    (call: CallFields) => parseResponse(callsClient.index.$post({ json: { ...call, organizationId } })),
    ({ id }) => void navigate({ to: '/calls/$callId', params: { callId: id } }),
  )
  return (
    <Page
      title="发起征集"
      breadcrumbs={[{ label: '征集', to: '/calls' }]}
      lead="先存为筹备中的征集，看过以后再发布。发布以前只有负责的人看得到。"
    >
      {places.error ? (
        <ErrorState error={places.error} onRetry={() => void places.refetch()} />
      ) : !places.data ? (
        <PageLoading />
      ) : items.length === 0 ? (
        <EmptyState title="您的职务不包括发起征集">请联系支部书记、学院组织员或宣传部。</EmptyState>
      ) : (
        <CallForm
          initial={usualDraft}
          isAnnounced={false}
          submitLabel="存为筹备中的征集"
          isBusy={prepare.isPending}
          error={prepare.error}
          onSubmit={(call) => prepare.mutate(call)}
        >
          <OrganizationSelect
            label="以哪个组织的名义"
            organizations={items}
            value={organizationId}
            onChange={setChosen}
          />
        </CallForm>
      )}
    </Page>
  )
}
