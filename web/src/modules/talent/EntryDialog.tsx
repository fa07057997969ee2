import { Textarea, TextInput } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import { type EntryKind, entryKindNames } from '@zhibu/server/modules/talent/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  successionId: string
  kind: EntryKind
  onClose: () => void
}

/** One line of what was promised, or of where something lies. */
export function EntryDialog({ successionId, kind, onClose }: Props) {
  const [text, setText] = useState('')
  const [toWhom, setToWhom] = useState('')
  const [untilOn, setUntilOn] = useState<Day>()
  const isPromise = kind === 'promise'
  const write = useWrite(
    () =>
      parseResponse(
        talentClient.successions[':successionId'].entries.$post({
          param: { successionId },
          json: { kind, text, toWhom, untilOn: untilOn ?? null },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={entryKindNames[kind]}
      lead="一条写一件事。接手人和办理交接的上级党组织看得到；签字以前可以删除。不要写密码和别人的隐私。"
      submitLabel="写下"
      needs={{ 内容: text.trim().length >= 2 }}
      isBusy={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate()}
      onClose={onClose}
    >
      <Textarea
        label={isPromise ? '答应了什么' : '什么材料，放在哪里'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problemIn(write.error, 'text')}
        maxLength={200}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      {isPromise && (
        <>
          <TextInput
            label="对谁（可不填）"
            value={toWhom}
            onChange={(event) => setToWhom(event.currentTarget.value)}
            error={problemIn(write.error, 'toWhom')}
            maxLength={60}
          />
          <DayInput
            label="到什么时候（可不填）"
            value={untilOn}
            onChange={setUntilOn}
            error={problemIn(write.error, 'untilOn')}
          />
        </>
      )}
    </FormDialog>
  )
}
