import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import type { OfficeRow } from '@zhibu/server/modules/organization/schema'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { oneOrganizationQuery } from '../organization/api.ts'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { dayInWords } from './words.ts'

interface Props {
  places: readonly { id: string; name: string }[]
  /** Chosen beforehand, where it is one of the places. */
  organizationId: string | undefined
  onClose: () => void
}

/** Begins the hand-over of an office: which one, and who comes, where that is known. */
export function BeginSuccessionDialog({ places, organizationId: from, onClose }: Props) {
  const [organizationId, setOrganizationId] = useState(places.find((it) => it.id === from)?.id)
  const [officeId, setOfficeId] = useState<string>()
  const [incoming, setIncoming] = useState<PersonRow>()
  const navigate = useNavigate()
  const list = useListWhenOpened()
  const { data } = useQuery({
    ...oneOrganizationQuery(organizationId ?? ''),
    enabled: organizationId !== undefined,
  })
  const it = data?.value
  const held = it ? [...it.officers, ...it.formerOfficers].filter(({ office }) => it.can.appoint.includes(office)) : []
  const begin = useWrite(
    (given: { organizationId: string; officeId: string }) =>
      parseResponse(talentClient.successions.$post({ json: { ...given, incomingPersonId: incoming?.id ?? null } })),
    ({ id }) => void navigate({ to: '/staff/successions/$successionId', params: { successionId: id } }),
  )
  return (
    <FormDialog
      title="开始交接"
      lead="开始以后，移交人和接手人都看得到交接单；权限还不变，等您核对以后一次办理。"
      submitLabel="开始交接"
      needs={{ 组织: organizationId !== undefined, 职务: officeId !== undefined }}
      isBusy={begin.isPending}
      error={begin.error}
      onSubmit={() => organizationId && officeId && begin.mutate({ organizationId, officeId })}
      onClose={onClose}
    >
      <OrganizationSelect
        label="组织"
        organizations={places}
        value={organizationId}
        onChange={(id) => {
          setOrganizationId(id)
          setOfficeId(undefined)
        }}
      />
      <Select
        label="职务"
        description="离任不到一年的也可以补办交接。"
        data={held.map((one) => ({ value: one.id, label: nameOf(one) }))}
        value={officeId ?? null}
        onChange={(id) => setOfficeId(id ?? undefined)}
        disabled={it === undefined}
        nothingFoundMessage="没有可以交接的职务"
        allowDeselect={false}
        searchable
        required
        {...list}
      />
      <PersonPicker
        label="接手人（还没有定的可以不选）"
        value={incoming}
        onChange={setIncoming}
        error={problemIn(begin.error, 'incomingPersonId')}
      />
    </FormDialog>
  )
}

function nameOf({ office, personName, from, until }: OfficeRow): string {
  const period = until === null ? `${dayInWords(from)}起` : `${dayInWords(from)}至${dayInWords(until)}`
  return `${officeNames[office]} ${personName}（${period}）`
}
