import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ProgrammeView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { missingOf } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { programmeClient, programmeQuery } from './api.ts'
import { ProgrammeForm } from './ProgrammeForm.tsx'
import { programmeChanges, programmeDraftOf, programmeFieldsOf } from './programmeDraft.ts'
import { SaveRow } from './SaveRow.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/change')

/** Changes a programme. What others have changed meanwhile is shown beside what was typed, and nothing is lost. */
export function ChangeProgrammePage() {
  const { programmeId } = route.useParams()
  const read = useQuery(programmeQuery(programmeId))
  const breadcrumbs = [
    { label: '培训', to: '/training' },
    ...(read.data ? [{ label: read.data.value.title, to: `/training/${programmeId}` }] : []),
  ]
  return (
    <Page title="修改培训班" breadcrumbs={breadcrumbs}>
      {read.data ? (
        <Form latest={read.data} onRead={() => void read.refetch()} />
      ) : read.error ? (
        <ErrorState error={read.error} onRetry={() => void read.refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

function Form({ latest, onRead }: { latest: { value: ProgrammeView; etag: string }; onRead: () => void }) {
  const navigate = useNavigate()
  // The one that was opened; the latest comes in by itself, and is what the next saving goes by after a refusal.
  const [opened, setOpened] = useState(latest)
  const [draft, setDraft] = useState(() => programmeDraftOf(latest.value))
  const [isTouched, setIsTouched] = useState(false)
  const { id, taken, waiting } = opened.value
  const save = useWrite(
    () =>
      parseResponse(
        programmeClient.$put({ param: { programmeId: id }, json: programmeFieldsOf(draft) }, ifMatch(opened.etag)),
      ),
    () => void navigate({ to: '/training/$programmeId', params: { programmeId: id }, replace: true }),
  )
  useUnsaved(isTouched && !save.isSuccess)
  const needs = { 名称: draft.title.trim().length >= 4, 年份: draft.year !== undefined }
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
      <ProgrammeForm
        draft={draft}
        onChange={(part) => {
          setIsTouched(true)
          setDraft((before) => ({ ...before, ...part }))
        }}
        error={save.error}
      />
      {taken + waiting > 0 && (
        <p className={parts.note}>名单上已有 {taken + waiting} 人。改了名额，因此录取或者转为候补的人会收到通知。</p>
      )}
      <SaveRow
        programmeId={id}
        submitLabel="保存修改"
        needs={needs}
        isBusy={save.isPending}
        error={save.error}
        changes={programmeChanges(opened.value, latest.value)}
        onKeep={() => {
          setOpened(latest)
          save.reset()
        }}
      />
    </form>
  )
}
