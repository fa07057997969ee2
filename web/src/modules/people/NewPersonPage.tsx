import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { NewPerson } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { organizationKey, treeQuery } from '../organization/api.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { peopleClient, peopleKey } from './api.ts'
import { PersonFieldsForm } from './PersonFieldsForm.tsx'
import { emptyDraft, isTouched } from './personDraft.ts'

const route = getRouteApi('/signed-in/people/new')

/** Enters one person in the register. */
export function NewPersonPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [organizationId, setOrganizationId] = useState(search.organizationId)
  const [draft, setDraft] = useState(emptyDraft)
  useUnsaved(isTouched(draft))
  const register = useMutation({
    mutationFn: (json: NewPerson) => parseResponse(peopleClient.index.$post({ json })),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: peopleKey })
      await queries.invalidateQueries({ queryKey: organizationKey })
      await navigate({ to: '/people/$personId', params: { personId: id } })
    },
  })
  const tree = useQuery(treeQuery())
  const mayRegister = tree.data?.nodes.some((it) => it.can.keepFiles) ?? true
  const { name = '' } = draft.set
  const needs = { 所在组织: organizationId !== undefined, 姓名: name.trim() !== '' }
  const isReady = missingOf(needs).length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && organizationId) register.mutate({ ...draft.set, name, organizationId })
  }
  return (
    <Page
      title="登记人员"
      breadcrumbs={[{ label: '人员', to: '/people' }]}
      lead="只需姓名和所在组织即可登记，其余信息可以以后补充。人数较多时，请用导入。"
    >
      {mayRegister ? (
        <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
          <Section title="所在组织">
            <OrganizationPicker
              label="党支部（或上级组织）"
              value={organizationId}
              onChange={setOrganizationId}
              among={(it) => it.can.keepFiles && it.dissolvedOn === null}
              error={problemIn(register.error, 'organizationId')}
              required
            />
          </Section>
          <PersonFieldsForm draft={draft} onChange={setDraft} recorded={{}} error={register.error} />
          <ProblemNote error={register.error} />
          <Group>
            <Button type="submit" disabled={!isReady} loading={register.isPending}>
              登记
            </Button>
            <Button variant="default" onClick={() => void navigate({ to: '/people' })}>
              取消
            </Button>
            <StillMissing needs={needs} />
          </Group>
        </form>
      ) : (
        <EmptyState title="不能登记人员">名册由支部书记、组织委员和学院组织员登记。</EmptyState>
      )}
    </Page>
  )
}
