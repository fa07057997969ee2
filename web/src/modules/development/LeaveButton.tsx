import { Button, Group, Popover, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { developmentClient } from './api.ts'

interface Props {
  label: string
  param: { documentId: string; offerId: string }
  onDone: () => Promise<void>
}

/** Decides that what stands on a paper is not taken; a reason may be given. It can be taken back. */
export function LeaveButton({ label, param, onDone }: Props) {
  const [isAsking, setIsAsking] = useState(false)
  const [reason, setReason] = useState('')
  const leave = useMutation({
    mutationFn: () =>
      parseResponse(
        developmentClient.documents[':documentId'].offers[':offerId'].refusal.$put({
          param,
          json: reason.trim() === '' ? {} : { reason: reason.trim() },
        }),
      ),
    onSuccess: onDone,
  })
  return (
    <Popover opened={isAsking} onChange={setIsAsking} width={300} trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button variant="default" aria-label={`不采用：${label}`} onClick={() => setIsAsking(true)}>
          不采用
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="不采用">
        <Textarea
          label="原因（可不填）"
          description="如 识别有误、是誊写日期。以后可以恢复。"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          mb="sm"
        />
        <ProblemNote error={leave.error} />
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={() => setIsAsking(false)}>
            取消
          </Button>
          <Button onClick={() => leave.mutate()} loading={leave.isPending}>
            确定不采用
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}
