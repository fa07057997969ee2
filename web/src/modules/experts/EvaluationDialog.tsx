import { Textarea } from '@mantine/core'
import type { Evaluation, InvitationView } from '@zhibu/server/modules/experts/invitation-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { invitationClient } from './api.ts'
import { useWrite } from './useWrite.ts'

const questions: readonly { key: keyof Evaluation; label: string; hint: string; most: number; isNeeded: boolean }[] = [
  { key: 'fits', label: '切题吗', hint: '讲的和想听的合不合，哪里最有用', most: 1_000, isNeeded: true },
  { key: 'suits', label: '适合谁听（可不填）', hint: '下次讲给谁听更合适', most: 500, isNeeded: false },
  { key: 'more', label: '还想听什么（可不填）', hint: '大家还有什么问题没有讲到', most: 500, isNeeded: false },
]

/** A few plain questions after a lecture, answered in words. */
export function EvaluationDialog({ it, etag, onClose }: { it: InvitationView; etag: string; onClose: () => void }) {
  const { fits = '', suits = '', more = '' } = it.evaluation ?? {}
  const [draft, setDraft] = useState<Evaluation>({ fits, suits, more })
  const save = useWrite(
    () =>
      parseResponse(invitationClient.evaluation.$put({ param: { invitationId: it.id }, json: draft }, ifMatch(etag))),
    onClose,
  )
  return (
    <FormDialog
      title="评价这次讲课"
      lead="用几句话写，不打分。全校负责培训的人和专家本人都看得到，请就课说课。"
      submitLabel="保存评价"
      needs={{ 切题吗: draft.fits.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {questions.map(({ key, label, hint, most, isNeeded }, at) => (
        <Textarea
          key={key}
          label={label}
          description={hint}
          value={draft[key]}
          onChange={(event) => setDraft({ ...draft, [key]: event.currentTarget.value })}
          error={problemIn(save.error, key)}
          maxLength={most}
          autosize
          minRows={2}
          required={isNeeded}
          {...(at === 0 && { 'data-autofocus': true })}
        />
      ))}
    </FormDialog>
  )
}
