import { Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Day } from '@zhibu/rules'
import { branchKinds, kindsBelow } from '@zhibu/server/modules/organization/kinds-schema'
import { branchTypeNames, organizationKindNames } from '@zhibu/server/modules/organization/names-schema'
import type { BranchType, NewOrganization } from '@zhibu/server/modules/organization/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { type Organization, organizationClient, organizationKey } from './api.ts'

/** Sets up an organisation below another. */
export function NewOrganizationDialog({ parent, onClose }: { parent: Organization; onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const today = useToday()
  const kinds = kindsBelow[parent.kind].filter((it) => it !== 'universityCommittee')
  const [kind, setKind] = useState(kinds.length === 1 ? kinds[0] : undefined)
  const [branchType, setBranchType] = useState<BranchType>()
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const [establishedOn, setEstablishedOn] = useState<Day>()
  const isBranch = kind !== undefined && branchKinds.includes(kind)
  const establish = useMutation({
    mutationFn: (json: NewOrganization) => parseResponse(organizationClient.index.$post({ json })),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: organizationKey })
      await navigate({ to: '/organization/$organizationId', params: { organizationId: id } })
      onClose()
    },
  })
  const submit = () => {
    if (kind === undefined) return
    establish.mutate({
      parentId: parent.id,
      kind,
      name,
      ...(isBranch && branchType && { branchType }),
      ...(code && { code }),
      ...(establishedOn && { establishedOn }),
    })
  }
  return (
    <FormDialog
      title={`在${parent.name}下新设组织`}
      submitLabel="新设组织"
      needs={{ 组织类别: kind !== undefined, 名称: name.trim() !== '' }}
      isBusy={establish.isPending}
      error={establish.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        label="组织类别"
        data={kinds.map((value) => ({ value, label: organizationKindNames[value] }))}
        value={kind ?? null}
        onChange={(value) => setKind(kinds.find((it) => it === value))}
        error={problemIn(establish.error, 'kind')}
        required
      />
      {isBranch && (
        <Select
          label="支部类型（可不填）"
          data={choicesOf(branchTypeNames)}
          value={branchType ?? null}
          onChange={(value) => setBranchType(codeIn(branchTypeNames, value))}
          clearable
          clearButtonProps={{ 'aria-label': '清除支部类型' }}
        />
      )}
      <TextInput
        label="名称"
        placeholder="如 研究生第三党支部"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problemIn(establish.error, 'name')}
        required
      />
      <TextInput
        label="组织编码（可不填）"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={problemIn(establish.error, 'code')}
      />
      <DayInput
        label="成立日期（可不填）"
        value={establishedOn}
        onChange={setEstablishedOn}
        error={problemIn(establish.error, 'establishedOn')}
        {...(today && { latest: today })}
      />
    </FormDialog>
  )
}
