import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JudgedEntry } from '@zhibu/server/modules/calls/review-schema'
import type { CallView } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { callsClient, entryQuery } from './api.ts'
import { Tellings } from './Tellings.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  call: CallView
  it: JudgedEntry
  onClose: () => void
}

/** Says which fields of an entry reviewers do not see, beside what in it tells whose it is. */
export function RedactionDialog({ call, it, onClose }: Props) {
  const entry = useQuery(entryQuery(it.id)).data?.value
  const [changed, setChanged] = useState<string[]>()
  const keys = changed ?? entry?.redactions ?? []
  const save = useWrite(async () => {
    await parseResponse(
      callsClient[':callId'].entries[':entryId'].redactions.$put({
        param: { callId: call.id, entryId: it.id },
        json: { keys },
      }),
    )
  }, onClose)
  return (
    <FormDialog
      title="评审时不显示的栏目"
      lead="勾选的栏目评审看不到，导出的盲评表里也没有。作品本身不改。"
      submitLabel="保存设置"
      isReady={entry !== undefined}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {entry === undefined ? (
        <PageLoading />
      ) : (
        <>
          <Tellings it={entry} />
          <Checkbox.Group label="不显示" value={[...keys]} onChange={setChanged}>
            {[{ key: 'title', label: '题目' }, ...call.fields].map(({ key, label }) => (
              <Checkbox key={key} value={key} label={label} mt="xs" />
            ))}
          </Checkbox.Group>
        </>
      )}
    </FormDialog>
  )
}
