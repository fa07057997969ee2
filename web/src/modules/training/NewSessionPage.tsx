import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ProgrammeView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { missingOf } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { programmeClient, programmeQuery } from './api.ts'
import { SaveRow } from './SaveRow.tsx'
import { SessionForm } from './SessionForm.tsx'
import { emptySession, sessionAfter, sessionDraftOf, sessionFieldsOf } from './sessionDraft.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/sessions/new')

/** Adds sessions to a programme, one after the other. */
export function NewSessionPage() {
  const { programmeId } = route.useParams()
  const { data, error, refetch } = useQuery(programmeQuery(programmeId))
  const breadcrumbs = [
    { label: '培训', to: '/training' },
    ...(data ? [{ label: data.value.title, to: `/training/${programmeId}` }] : []),
  ]
  return (
    <Page title="添加课程" breadcrumbs={breadcrumbs}>
      {data ? (
        <Form programme={data.value} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

function Form({ programme }: { programme: ProgrammeView }) {
  const navigate = useNavigate()
  const param = { programmeId: programme.id }
  const [draft, setDraft] = useState(() => {
    const last = programme.sessions.at(-1)
    return last ? sessionAfter(sessionDraftOf(last)) : { ...emptySession, stageId: programme.stages[0]?.id ?? null }
  })
  const [added, setAdded] = useState<string>()
  const [isTouched, setIsTouched] = useState(false)
  const add = useWrite(
    async () => {
      const json = sessionFieldsOf(draft)
      if (json === undefined) throw new Error('the button is grey until then')
      return parseResponse(programmeClient.sessions.$post({ param, json }))
    },
    () => setIsTouched(false),
  )
  useUnsaved(isTouched)
  const needs = {
    课程名称: draft.title.trim().length >= 2,
    日期: draft.on !== undefined,
    学时: draft.hours !== undefined,
  }
  const isReady = missingOf(needs).length === 0 && !add.isPending
  const goOn = () => {
    setAdded(draft.title)
    setDraft(sessionAfter(draft))
    add.reset()
    window.scrollTo({ top: 0 })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    add.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/training/$programmeId', params: param, replace: true }),
    })
  }
  return (
    <form onSubmit={submit} className={parts.form} noValidate>
      {added !== undefined && <p role="status">已经添加“{added}”。下面是下一次课。</p>}
      <SessionForm
        draft={draft}
        stages={programme.stages}
        onChange={(part) => {
          setIsTouched(true)
          setDraft((before) => ({ ...before, ...part }))
        }}
        error={add.error}
      />
      <SaveRow
        programmeId={programme.id}
        submitLabel="添加课程"
        needs={needs}
        isBusy={add.isPending}
        error={add.error}
        more={
          <Button variant="default" disabled={!isReady} onClick={() => add.mutate(undefined, { onSuccess: goOn })}>
            添加，再写下一次
          </Button>
        }
      />
    </form>
  )
}
