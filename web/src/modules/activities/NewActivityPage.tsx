import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useToday } from '../../ui/today.ts'
import { useUnsaved } from '../../ui/unsaved.ts'
import classes from './Activities.module.css'
import { activitiesClient, activityQuery, dayQuery, kitQuery, placesQuery } from './api.ts'
import { type Draft, draftOf, emptyDraft, fieldsOf, planInto } from './draft.ts'
import { PlanForm } from './PlanForm.tsx'
import { useWrite } from './useWrite.ts'
import { asDay } from './words.ts'

const route = getRouteApi('/signed-in/activities/new')
const breadcrumbs = [{ label: '活动', to: '/activities' }]

/** Begins to prepare an activity: from nothing, on a marked day, from a plan of the library, or like an earlier one. */
export function NewActivityPage() {
  const { day, kit, from } = route.useSearch()
  const today = useToday()
  const year = Number((today ?? '').slice(0, 4))
  const places = useQuery(placesQuery)
  const kitRead = useQuery({ ...kitQuery(kit ?? ''), enabled: kit !== undefined })
  const earlier = useQuery({ ...activityQuery(from ?? ''), enabled: from !== undefined })
  const dayKey = day ?? kitRead.data?.dayKey ?? undefined
  const thisYear = useQuery({ ...dayQuery(dayKey ?? '', year), enabled: dayKey !== undefined && year > 0 })
  const isPast = thisYear.data !== undefined && today !== undefined && thisYear.data.until < today
  const nextYear = useQuery({ ...dayQuery(dayKey ?? '', year + 1), enabled: isPast })
  const waits = [
    kit !== undefined && kitRead.isPending,
    from !== undefined && earlier.isPending,
    dayKey !== undefined && thisYear.isPending,
    isPast && nextYear.isPending,
  ].some(Boolean)
  const error = places.error ?? kitRead.error ?? earlier.error
  const marked = isPast ? (nextYear.data ?? thisYear.data) : thisYear.data
  const begun = (): Draft => {
    if (earlier.data)
      return {
        ...draftOf(earlier.data.value),
        ...{ fromOn: undefined, untilOn: undefined, signUpUntil: undefined, attachments: [] },
      }
    return {
      ...emptyDraft,
      ...(marked && { dayKey: marked.dayKey, fromOn: asDay(marked.on), kind: 'memorial', title: `${marked.name}活动` }),
      ...(kitRead.data && { kind: kitRead.data.kind, title: kitRead.data.title, ...planInto(kitRead.data.plan) }),
    }
  }
  return (
    <Page title="筹备活动" breadcrumbs={breadcrumbs} lead="先存下来，筹备期间只有组织者看得到；定好时间地点再发布。">
      {error ? (
        <ErrorState error={error} onRetry={() => void places.refetch()} />
      ) : !places.data || waits ? (
        <PageLoading />
      ) : places.data.items.length === 0 ? (
        <EmptyState title="没有您可以举办活动的单位">
          支部书记、委员、组织员等可以为所在组织筹备活动。有好的想法，可以在“交流”里提建议。
        </EmptyState>
      ) : (
        <Form places={places.data.items} begun={begun()} at={earlier.data?.value.organization.id} />
      )}
    </Page>
  )
}

interface FormProps {
  places: readonly { id: string; name: string }[]
  begun: Draft
  /** The organisation whose earlier activity is held again. */
  at: string | undefined
}

function Form({ places, begun, at }: FormProps) {
  const navigate = useNavigate()
  const offices = useSession()?.offices.map((it) => it.organizationId) ?? []
  const usual = [at, ...offices].find((id) => places.some((it) => it.id === id))
  const [organizationId, setOrganizationId] = useState(usual ?? places[0]?.id)
  const [draft, setDraft] = useState(begun)
  const [isTouched, setIsTouched] = useState(false)
  const save = useWrite(
    async () => {
      if (organizationId === undefined) throw new Error('the button is grey until then')
      return parseResponse(activitiesClient.index.$post({ json: { organizationId, ...fieldsOf(draft) } }))
    },
    ({ id }) => void navigate({ to: '/activities/$activityId', params: { activityId: id }, replace: true }),
  )
  useUnsaved(isTouched && !save.isSuccess)
  const needs = { 组织: organizationId !== undefined, 标题: draft.title.trim().length >= 4 }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length === 0 && !save.isPending) save.mutate()
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
        first={
          <OrganizationSelect
            label="由哪个组织举办"
            organizations={places}
            value={organizationId}
            onChange={setOrganizationId}
          />
        }
      />
      <ProblemNote error={save.error} isKept />
      <div className={classes.buttons}>
        <Button type="submit" loading={save.isPending} disabled={missingOf(needs).length > 0}>
          存下来
        </Button>
        <StillMissing needs={needs} />
      </div>
    </form>
  )
}
