import { Radio, Textarea } from '@mantine/core'
import { decisionNames } from '@zhibu/server/modules/calls/names-schema'
import type { JudgedEntry } from '@zhibu/server/modules/calls/review-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { callsClient } from './api.ts'
import { useWrite } from './useWrite.ts'

const choices = { ...decisionNames, none: '还没有决定' } as const

/** Notes what is to become of an entry; nobody is told before the results are announced. */
export function DecisionDialog({ callId, it, onClose }: { callId: string; it: JudgedEntry; onClose: () => void }) {
  const [chosen, setChosen] = useState<keyof typeof choices>(it.decision ?? 'none')
  const [words, setWords] = useState(it.decisionWords)
  const save = useWrite(async () => {
    const json = { decision: chosen === 'none' ? null : chosen, words }
    await parseResponse(
      callsClient[':callId'].entries[':entryId'].decision.$put({ param: { callId, entryId: it.id }, json }),
    )
  }, onClose)
  return (
    <FormDialog
      title={`决定“${it.title}”是否入选`}
      lead="公布结果以前可以改，作者看不到。"
      submitLabel="保存决定"
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Radio.Group label="决定" value={chosen} onChange={(value) => setChosen(codeIn(choices, value) ?? chosen)}>
        {choicesOf(choices).map(({ value, label }) => (
          <Radio key={value} value={value} label={label} mt="xs" />
        ))}
      </Radio.Group>
      <Textarea
        label="给作者的话"
        description="公布以后作者看到。"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        error={problemIn(save.error, 'words')}
        maxLength={500}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}
