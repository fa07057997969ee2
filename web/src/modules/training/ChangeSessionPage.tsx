import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ProgrammeView, SessionView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { missingOf } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { programmeQuery, sessionClient } from './api.ts'
import { SaveRow } from './SaveRow.tsx'
import { SessionForm } from './SessionForm.tsx'
import { sessionChanges, sessionDraftOf, sessionFieldsOf } from './sessionDraft.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/sessions/$sessionId')

/** Changes a session. What others have changed meanwhile is shown beside what was typed, and nothing is lost. */
export function ChangeSessionPage() {
  const { programmeId, sessionId } = route.useParams()
  const { data, error, refetch } = useQuery(programmeQuery(programmeId))
  const session = data?.value.sessions.find((it) => it.id === sessionId)
  const breadcrumbs = [
    { label: '培训', to: '/training' },
    ...(data ? [{ label: data.value.title, to: `/training/${programmeId}` }] : []),
  ]
  return (
    <Page title="修改课程" breadcrumbs={breadcrumbs}>
      {data ? (
        session ? (
          <Form key={sessionId} programme={data.value} latest={session} onRead={() => void refetch()} />
        ) : (
          <EmptyState title="没有找到这次课">可能已经删去。请回到培训班查看。</EmptyState>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

interface FormProps {
  programme: ProgrammeView
  latest: SessionView
  onRead: () => void
}

function Form({ programme, latest, onRead }: FormProps) {
  const navigate = useNavigate()
  // The one that was opened; the latest comes in by itself, and is what the next saving goes by after a refusal.
  const [opened, setOpened] = useState(latest)
  const [draft, setDraft] = useState(() => sessionDraftOf(latest))
  const [isTouched, setIsTouched] = useState(false)
  const save = useWrite(
    async () => {
      const json = sessionFieldsOf(draft)
      if (json === undefined) throw new Error('the button is grey until then')
      return parseResponse(
        sessionClient.$put({ param: { sessionId: opened.id }, json }, ifMatch(`"${opened.revision}"`)),
      )
    },
    () => void navigate({ to: '/training/$programmeId', params: { programmeId: programme.id }, replace: true }),
  )
  useUnsaved(isTouched && !save.isSuccess)
  const needs = {
    课程名称: draft.title.trim().length >= 2,
    日期: draft.on !== undefined,
    学时: draft.hours !== undefined,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length > 0 || save.isPending) return
    save.mutate(undefined, {
      onError: (error) => {
        if (isChanged(error)) onRead()
      },
    })
  }
  return (
    <form onSubmit={submit} className={parts.form} noValidate>
      <SessionForm
        draft={draft}
        stages={programme.stages}
        onChange={(part) => {
          setIsTouched(true)
          setDraft((before) => ({ ...before, ...part }))
        }}
        error={save.error}
      />
      {programme.announcedAt !== null && (
        <p className={parts.note}>改了日期、时间、地点或线上课堂，录取的 {programme.taken} 人会收到通知。</p>
      )}
      <SaveRow
        programmeId={programme.id}
        submitLabel="保存修改"
        needs={needs}
        isBusy={save.isPending}
        error={save.error}
        changes={sessionChanges(opened, latest)}
        onKeep={() => {
          setOpened(latest)
          save.reset()
        }}
      />
    </form>
  )
}
