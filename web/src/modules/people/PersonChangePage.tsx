import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { PersonPage as Person } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { useSession } from '../../session.ts'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { peopleClient, peopleKey, personQuery } from './api.ts'
import { fieldNames } from './names.ts'
import { PersonFieldsForm } from './PersonFieldsForm.tsx'
import { emptyDraft, isTouched, recordedFields } from './personDraft.ts'

const route = getRouteApi('/signed-in/people/$personId/change')

/** Changes what is recorded about a person; only the fields that were touched are sent. */
export function PersonChangePage() {
  const { personId } = route.useParams()
  const read = useQuery(personQuery(personId))
  const name = read.data?.value.name ?? '…'
  return (
    <Page
      title="修改人员信息"
      breadcrumbs={[
        { label: '人员', to: '/people' },
        { label: name, to: `/people/${personId}` },
      ]}
      lead={`只保存改动过的内容；修改前后的内容会留下记录。`}
    >
      {read.data === undefined ? (
        read.error ? (
          <ErrorState error={read.error} onRetry={() => void read.refetch()} />
        ) : (
          <PageLoading />
        )
      ) : read.data.value.can.change ? (
        <Form key={personId} person={read.data.value} etag={read.data.etag} />
      ) : (
        <EmptyState title="不能修改这位人员的信息">如信息有误，请告诉所在支部或学院组织员。</EmptyState>
      )}
    </Page>
  )
}

function Form({ person, etag }: { person: Person; etag: string }) {
  const session = useSession()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [opened] = useState(person)
  const [draft, setDraft] = useState(emptyDraft)
  useUnsaved(isTouched(draft))
  const refresh = () => queries.invalidateQueries({ queryKey: peopleKey })
  const leave = () => navigate({ to: '/people/$personId', params: { personId: person.id } })
  const change = useMutation({
    mutationFn: () =>
      parseResponse(peopleClient[':personId'].$patch({ param: { personId: person.id }, json: draft }, ifMatch(etag))),
    onSuccess: async () => {
      await refresh()
      await leave()
    },
    // A newer record is then read and compared with what was typed.
    onError: refresh,
  })
  const isReady = isTouched(draft) && draft.set.name?.trim() !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) change.mutate()
  }
  return (
    <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
      {session?.account.personId === person.id && (
        <Text>
          出生日期、身份证号、离校（离职）日期和流动情况关系到您本人的发展档案，由所在党支部或上级党组织的其他同志修改。
        </Text>
      )}
      <ChangedMeanwhile error={change.error} changes={differences(opened, person)} />
      <PersonFieldsForm
        draft={draft}
        onChange={setDraft}
        recorded={recordedFields(person)}
        masks={person}
        allowed={person.can.changeFields}
        error={change.error}
      />
      <ProblemNote error={isChanged(change.error) ? null : change.error} />
      <Group>
        <Button type="submit" disabled={!isReady} loading={change.isPending}>
          保存
        </Button>
        <Button variant="default" onClick={() => void leave()}>
          取消
        </Button>
      </Group>
    </form>
  )
}

/** What somebody else has changed, field by field; of sealed fields the masks. */
function differences(before: Person, now: Person) {
  const [old, fresh] = [recordedFields(before), recordedFields(now)]
  const plain = (
    [
      'name',
      'studentNumber',
      'ethnicity',
      'bornOn',
      'nativePlace',
      'education',
      'degree',
      'department',
      'major',
      'grade',
      'className',
      'enrolledOn',
      'leavesOn',
    ] as const
  )
    .filter((field) => old[field] !== fresh[field])
    .map((field) => ({ label: fieldNames[field], before: old[field] ?? '', now: fresh[field] ?? '' }))
  const sealed = [
    { label: fieldNames.idNumber, before: before.idNumberMask ?? '', now: now.idNumberMask ?? '' },
    { label: fieldNames.phone, before: before.phoneMask ?? '', now: now.phoneMask ?? '' },
  ].filter((it) => it.before !== it.now)
  const names = [...new Set([...Object.keys(before.details), ...Object.keys(now.details)])]
  const details = names
    .filter((name) => before.details[name] !== now.details[name])
    .map((name) => ({ label: name, before: before.details[name] ?? '', now: now.details[name] ?? '' }))
  return [...plain, ...sealed, ...details]
}
