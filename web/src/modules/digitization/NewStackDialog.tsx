import { SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { treeQuery } from '../organization/api.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { digitizationClient, digitizationKey } from './api.ts'

const ways = [
  { value: 'page', label: '上传扫描件' },
  { value: 'phone', label: '手机拍照' },
] as const

/** Begins a stack: of which organisation, and how its pages come. */
export function NewStackDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: tree } = useQuery(treeQuery())
  const kept = tree?.nodes.filter((it) => it.can.keepFiles) ?? []
  const [chosen, setChosen] = useState<string>()
  const [name, setName] = useState('')
  const [source, setSource] = useState<'page' | 'phone'>('page')
  const organizationId = chosen ?? kept[0]?.id
  const begin = useMutation({
    mutationFn: (id: string) =>
      parseResponse(
        digitizationClient.stacks.$post({
          json: { organizationId: id, source, ...(name.trim() !== '' && { name: name.trim() }) },
        }),
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: digitizationKey })
      await navigate({ to: '/digitization/$stackId', params: { stackId: id } })
    },
  })
  return (
    <FormDialog
      title="整理一批材料"
      lead="一批放在一起扫描的材料。里面可以有这个组织及下级组织各人的材料，也可以有组织自己的材料。"
      submitLabel="开始"
      needs={{ 组织: organizationId !== undefined }}
      isBusy={begin.isPending}
      error={begin.error}
      onSubmit={() => organizationId !== undefined && begin.mutate(organizationId)}
      onClose={onClose}
    >
      <OrganizationPicker
        label="组织"
        value={organizationId}
        onChange={setChosen}
        among={(it) => it.can.keepFiles}
        error={problemIn(begin.error, 'organizationId')}
        required
      />
      <Stack gap={4}>
        <span>材料怎样来</span>
        <SegmentedControl
          aria-label="材料怎样来"
          data={[...ways]}
          value={source}
          onChange={(value) => setSource(value === 'phone' ? 'phone' : 'page')}
        />
      </Stack>
      <TextInput
        label="名称（可不填）"
        placeholder="不填的用现在的时间"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problemIn(begin.error, 'name')}
      />
    </FormDialog>
  )
}
