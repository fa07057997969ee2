import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CallFields } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { ifMatch } from '../../api.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { callQuery, callsClient } from './api.ts'
import { CallForm } from './CallForm.tsx'
import { draftOf } from './callDraft.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/calls/$callId/edit')

/** 修改征集 */
export function EditCallPage() {
  const { callId } = route.useParams()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery({ ...callQuery(callId), staleTime: Number.POSITIVE_INFINITY })
  const save = useWrite(
    async (call: CallFields) => {
      await parseResponse(callsClient[':callId'].$put({ param: { callId }, json: call }, ifMatch(data?.etag ?? '')))
    },
    () => void navigate({ to: '/calls/$callId', params: { callId } }),
  )
  return (
    <Page title="修改征集" breadcrumbs={[{ label: '征集', to: '/calls' }]}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <PageLoading />
      ) : (
        <CallForm
          key={data.etag}
          initial={draftOf(data.value)}
          isAnnounced={data.value.announcedAt !== null}
          submitLabel="保存修改"
          isBusy={save.isPending}
          error={save.error}
          onSubmit={(call) => save.mutate(call)}
        />
      )}
    </Page>
  )
}
