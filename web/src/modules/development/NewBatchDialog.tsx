import { Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Stage, stageLabels, stages } from '@zhibu/rules'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { developmentClient, useReadAgain } from './api.ts'
import { kindChoices, kindOf } from './kinds.ts'

interface Props {
  /** The persons chosen in the list; without them the batch is chosen here by where they stand. */
  personIds?: readonly string[]
  onClose: () => void
}

/** Opens a batch of files and runs the pre-check over it once. */
export function NewBatchDialog({ personIds, onClose }: Props) {
  const readAgain = useReadAgain()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [organizationId, setOrganizationId] = useState<string>()
  const [stage, setStage] = useState<Stage>()
  const [next, setNext] = useState<ReturnType<typeof kindOf>>()
  const [only, setOnly] = useState<'findings' | 'overdue'>()
  const matching = {
    ...(organizationId && { organizationId }),
    ...(stage && { stage }),
    ...(next && { next }),
    ...(only && { only }),
  }
  const open = useMutation({
    mutationFn: () =>
      parseResponse(
        developmentClient.batches.$post({
          json: { title: title.trim(), ...(personIds ? { personIds: [...personIds] } : { matching }) },
        }),
      ),
    onSuccess: async ({ id }) => {
      await readAgain()
      await navigate({ to: '/development/batches/$id', params: { id } })
    },
  })
  return (
    <FormDialog
      title="新建预审批次"
      lead={
        personIds
          ? `已选 ${personIds.length} 人。预审核对记录之间、记录与规定之间有无矛盾和缺项，结果一人一页。`
          : '按组织和进度选出一批人。预审核对记录之间、记录与规定之间有无矛盾和缺项，结果一人一页，最多 2000 人。'
      }
      submitLabel="开始预审"
      needs={{ 批次名称: title.trim() !== '' }}
      isBusy={open.isPending}
      error={open.error}
      onSubmit={() => open.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="批次名称"
        placeholder="如 2026 年下半年拟接收预备党员"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problemIn(open.error, 'title')}
        required
        data-autofocus
      />
      {personIds === undefined && (
        <>
          <OrganizationPicker
            label="组织（含下级）"
            placeholder="全部组织"
            value={organizationId}
            onChange={setOrganizationId}
            among={(it) => it.can.keepFiles}
          />
          <Select
            label="阶段"
            placeholder="全部阶段"
            data={choicesOf(stageLabels)}
            value={stage ?? null}
            onChange={(value) => setStage(stages.find((it) => it === value))}
            clearable
            clearButtonProps={{ 'aria-label': '清除阶段' }}
          />
          <Select
            label="下一步"
            placeholder="全部下一步"
            data={kindChoices}
            value={next ?? null}
            onChange={(value) => setNext(kindOf(value))}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': '清除下一步' }}
          />
          <Select
            label="疑点和逾期"
            placeholder="全部档案"
            data={[
              { value: 'findings', label: '有疑点' },
              { value: 'overdue', label: '已逾期' },
            ]}
            value={only ?? null}
            onChange={(value) => setOnly(value === 'findings' || value === 'overdue' ? value : undefined)}
            clearable
            clearButtonProps={{ 'aria-label': '清除疑点和逾期' }}
          />
        </>
      )}
    </FormDialog>
  )
}
