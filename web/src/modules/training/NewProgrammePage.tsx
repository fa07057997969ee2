import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useToday } from '../../ui/today.ts'
import { useUnsaved } from '../../ui/unsaved.ts'
import { placesQuery, trainingClient } from './api.ts'
import { ProgrammeForm } from './ProgrammeForm.tsx'
import { emptyProgramme, programmeFieldsOf } from './programmeDraft.ts'
import { useWrite } from './useWrite.ts'

const breadcrumbs = [{ label: '培训', to: '/training' }]

/** Begins to plan a programme. */
export function NewProgrammePage() {
  const today = useToday()
  const places = useQuery(placesQuery)
  return (
    <Page
      title="筹备培训班"
      breadcrumbs={breadcrumbs}
      lead="先存下来，筹备期间只有组织培训的人看得到；添加课程、录取学员以后再发布。去年办过的，打开那个培训班点“沿用到新学期”更快。"
    >
      {places.error ? (
        <ErrorState error={places.error} onRetry={() => void places.refetch()} />
      ) : !places.data || today === undefined ? (
        <PageLoading />
      ) : places.data.items.length === 0 ? (
        <EmptyState title="没有您可以举办培训的单位">党校、组织部、学院组织员和支部书记等可以办培训。</EmptyState>
      ) : (
        <Form places={places.data.items} today={today} />
      )}
    </Page>
  )
}

function Form({ places, today }: { places: readonly { id: string; name: string }[]; today: string }) {
  const navigate = useNavigate()
  const offices = useSession()?.offices.map((it) => it.organizationId) ?? []
  const usual = offices.find((id) => places.some((it) => it.id === id))
  const [organizationId, setOrganizationId] = useState(usual ?? places[0]?.id)
  const [draft, setDraft] = useState(() => emptyProgramme(today))
  const [isTouched, setIsTouched] = useState(false)
  const save = useWrite(
    async () => {
      if (organizationId === undefined) throw new Error('the button is grey until then')
      return parseResponse(trainingClient.index.$post({ json: { organizationId, ...programmeFieldsOf(draft) } }))
    },
    ({ id }) => void navigate({ to: '/training/$programmeId', params: { programmeId: id }, replace: true }),
  )
  useUnsaved(isTouched && !save.isSuccess)
  const needs = {
    举办单位: organizationId !== undefined,
    名称: draft.title.trim().length >= 4,
    年份: draft.year !== undefined,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length === 0 && !save.isPending) save.mutate()
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
        first={
          <OrganizationSelect
            label="举办单位"
            organizations={places}
            value={organizationId}
            onChange={setOrganizationId}
          />
        }
      />
      <ProblemNote error={save.error} isKept />
      <div className={parts.buttons}>
        <Button type="submit" loading={save.isPending} disabled={missingOf(needs).length > 0}>
          存下来
        </Button>
        <StillMissing needs={needs} />
      </div>
    </form>
  )
}
