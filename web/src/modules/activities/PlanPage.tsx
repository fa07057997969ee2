import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ActivityView } from '@zhibu/server/modules/activities/schema'
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
import classes from './Activities.module.css'
import { activityClient, activityQuery } from './api.ts'
import { changesOf, draftOf, fieldsOf } from './draft.ts'
import { PlanForm } from './PlanForm.tsx'
import { SaveRow } from './SaveRow.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/activities/$activityId/plan')

/** Changes an activity. What others have changed meanwhile is shown beside what was typed, and nothing is lost. */
export function PlanPage() {
  const { activityId } = route.useParams()
  const read = useQuery(activityQuery(activityId))
  const breadcrumbs = [
    { label: '活动', to: '/activities' },
    ...(read.data ? [{ label: read.data.value.title, to: `/activities/${activityId}` }] : []),
  ]
  return (
    <Page title="修改活动" breadcrumbs={breadcrumbs}>
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

function Form({ latest, onRead }: { latest: { value: ActivityView; etag: string }; onRead: () => void }) {
  const navigate = useNavigate()
  // The one that was opened; the latest comes in by itself, and is what the next saving goes by after a refusal.
  const [opened, setOpened] = useState(latest)
  const [draft, setDraft] = useState(() => draftOf(latest.value))
  const [isTouched, setIsTouched] = useState(false)
  const { id, signUp } = opened.value
  const signedUp = signUp === null ? 0 : signUp.taken + signUp.waiting
  const done = () => void navigate({ to: '/activities/$activityId', params: { activityId: id }, replace: true })
  const save = useWrite(
    () =>
      parseResponse(activityClient.$put({ param: { activityId: id }, json: fieldsOf(draft) }, ifMatch(opened.etag))),
    done,
  )
  useUnsaved(isTouched && !save.isSuccess)
  const needs = { 标题: draft.title.trim().length >= 4 }
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
    <form onSubmit={submit} className={classes.form} noValidate>
      <PlanForm
        draft={draft}
        onChange={(part) => {
          setIsTouched(true)
          setDraft((before) => ({ ...before, ...part }))
        }}
        error={save.error}
      />
      {signedUp > 0 && (
        <p className={parts.note}>改了日期、时间、地点或线上会议网址，报了名的 {signedUp} 人会收到通知。</p>
      )}
      <SaveRow
        activityId={id}
        submitLabel="保存修改"
        needs={needs}
        isBusy={save.isPending}
        error={save.error}
        changes={changesOf(opened.value, latest.value)}
        onKeep={() => {
          setOpened(latest)
          save.reset()
        }}
      />
    </form>
  )
}
