import { mostAdded } from '@zhibu/server/modules/exams/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import type { Chosen } from '../accounts/chosen.ts'
import { PersonsPicker } from '../accounts/PersonsPicker.tsx'
import { examClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Puts persons onto the list of candidates. */
export function AddCandidatesDialog({ examId, onClose }: { examId: string; onClose: () => void }) {
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const add = useWrite(
    () =>
      parseResponse(examClient.candidates.$post({ param: { examId }, json: { personIds: chosen.map((it) => it.id) } })),
    onClose,
  )
  return (
    <FormDialog
      title="添加考生"
      lead="已经在名单上的不会重复添加。"
      submitLabel={chosen.length > 0 ? `添加 ${chosen.length} 人` : '添加考生'}
      needs={{ 人员: chosen.length > 0 }}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <PersonsPicker value={chosen} onChange={setChosen} most={mostAdded} error={problemIn(add.error, 'personIds')} />
    </FormDialog>
  )
}
