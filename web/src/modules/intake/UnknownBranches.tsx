import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BranchChoice, ImportView } from '@zhibu/server/modules/intake/schema'
import { useState } from 'react'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { intakeClient, intakeKey } from './api.ts'

/** Names of branches that stand for no organisation: settled once for each name, not for each row. */
export function UnknownBranches({ it }: { it: ImportView }) {
  if (it.unknownBranches.length === 0 || !it.can.change) return null
  return (
    <Section
      title={`有 ${it.unknownBranches.length} 个支部名称需要对应`}
      lead="表中的名称在系统里没有同名的支部。每个名称只需处理一次，用这个名称的各行会一起重新核对。"
    >
      <Stack gap="lg">
        {it.unknownBranches.map(({ name, rows }) => (
          <OneName key={name ?? ''} it={it} name={name ?? ''} rows={rows} />
        ))}
      </Stack>
    </Section>
  )
}

function OneName({ it, name, rows }: { it: ImportView; name: string; rows: number }) {
  const queries = useQueryClient()
  const [organizationId, setOrganizationId] = useState<string | null>(null)
  const [parentId, setParentId] = useState<string | null>(it.parents.length === 1 ? (it.parents[0]?.id ?? null) : null)
  const settling = useMutation({
    mutationFn: (json: BranchChoice) =>
      intakeClient.imports[':importId'].branches.$put({ param: { importId: it.id }, json }),
    onSuccess: () => queries.invalidateQueries({ queryKey: intakeKey }),
  })
  const shown = name === '' ? '没有写支部的行' : `“${name}”`
  return (
    <Stack gap="xs">
      <Text fw={600}>
        {shown}（{rows} 行）
      </Text>
      <Group gap="sm" align="end">
        <Select
          label={`${shown}对应已有的支部`}
          placeholder="选择支部"
          data={it.branches.map(({ id, name: label }) => ({ value: id, label }))}
          value={organizationId}
          onChange={setOrganizationId}
          searchable
          w={320}
          maw="100%"
        />
        <Button
          variant="default"
          disabled={organizationId === null}
          loading={settling.isPending}
          onClick={() => organizationId !== null && settling.mutate({ name, organizationId })}
        >
          对应到所选支部
        </Button>
      </Group>
      {name !== '' && it.parents.length > 0 && (
        <Group gap="sm" align="end">
          <Select
            label={`或新设${shown}，上级是`}
            placeholder="选择上级组织"
            data={it.parents.map(({ id, name: label }) => ({ value: id, label }))}
            value={parentId}
            onChange={setParentId}
            searchable
            w={320}
            maw="100%"
          />
          <Button
            variant="default"
            disabled={parentId === null}
            loading={settling.isPending}
            onClick={() => parentId !== null && settling.mutate({ name, parentId })}
          >
            新设这个支部
          </Button>
        </Group>
      )}
      <ProblemNote error={settling.error} />
    </Stack>
  )
}
