import { Checkbox, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { branchKinds } from '@zhibu/server/modules/organization/kinds-schema'
import { branchTypeNames } from '@zhibu/server/modules/organization/names-schema'
import type { OrganizationChange } from '@zhibu/server/modules/organization/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { type Organization, organizationClient, organizationKey } from './api.ts'

interface Props {
  it: Organization
  etag: string
  onClose: () => void
}

/** Changes what is recorded about an organisation; only what was touched is sent. */
export function OrganizationChangeDialog({ it, etag, onClose }: Props) {
  const queries = useQueryClient()
  const today = useToday()
  const [opened] = useState(it)
  const [draft, setDraft] = useState<OrganizationChange>({})
  const write = (change: OrganizationChange) => setDraft((before) => ({ ...before, ...change }))
  const now = { ...it, ...draft }
  const refresh = () => queries.invalidateQueries({ queryKey: organizationKey })
  const change = useMutation({
    mutationFn: () =>
      parseResponse(
        organizationClient[':organizationId'].$patch({ param: { organizationId: it.id }, json: draft }, ifMatch(etag)),
      ),
    onSuccess: async () => {
      await refresh()
      onClose()
    },
    onError: refresh,
  })
  const isCommittee = it.kind === 'partyCommittee' || it.kind === 'universityCommittee'
  return (
    <FormDialog
      title={`修改信息：${opened.name}`}
      submitLabel="保存"
      isReady={Object.keys(draft).length > 0 && now.name?.trim() !== ''}
      isBusy={change.isPending}
      error={isChanged(change.error) ? null : change.error}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <ChangedMeanwhile error={change.error} changes={differences(opened, it)} />
      <TextInput
        label="名称"
        value={now.name ?? ''}
        onChange={(event) => write({ name: event.currentTarget.value })}
        error={problemIn(change.error, 'name')}
        required
      />
      <TextInput
        label="简称"
        value={now.shortName ?? ''}
        onChange={(event) => write({ shortName: event.currentTarget.value || null })}
        error={problemIn(change.error, 'shortName')}
      />
      <TextInput
        label="组织编码"
        value={now.code ?? ''}
        onChange={(event) => write({ code: event.currentTarget.value || null })}
        error={problemIn(change.error, 'code')}
      />
      {branchKinds.includes(it.kind) && (
        <Select
          label="支部类型"
          data={choicesOf(branchTypeNames)}
          value={now.branchType ?? null}
          onChange={(value) => write({ branchType: codeIn(branchTypeNames, value) ?? null })}
          clearable
          clearButtonProps={{ 'aria-label': '清除支部类型' }}
        />
      )}
      <DayInput
        label="成立日期"
        value={now.establishedOn ?? undefined}
        onChange={(day, problem) => problem === undefined && write({ establishedOn: day ?? null })}
        error={problemIn(change.error, 'establishedOn')}
        {...(today && { latest: today })}
      />
      {isCommittee && it.can.authorise && (
        <Checkbox
          label="由本级审批预备党员"
          description="须有上级党委授权；未授权时，报上级党委审批。"
          checked={now.canApproveProbationary}
          onChange={(event) => write({ canApproveProbationary: event.currentTarget.checked })}
        />
      )}
    </FormDialog>
  )
}

const labels = { name: '名称', shortName: '简称', code: '组织编码', establishedOn: '成立日期' } as const

function differences(before: Organization, now: Organization) {
  const keys = ['name', 'shortName', 'code', 'establishedOn'] as const
  return keys
    .filter((key) => before[key] !== now[key])
    .map((key) => ({ label: labels[key], before: before[key] ?? '', now: now[key] ?? '' }))
}
