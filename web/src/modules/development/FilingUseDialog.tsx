import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Numbered } from '@zhibu/rules'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { archiveClient } from '../archive/api.ts'
import { archiveKey } from '../archive/key.ts'
import { FilingEffectNote } from './FilingEffectNote.tsx'

interface Props {
  place: Numbered
  isOff: boolean
  etag: string
  onClose: () => void
}

/** Takes a place out of use, or back into it. */
export function FilingUseDialog({ place, isOff, etag, onClose }: Props) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: () =>
      parseResponse(
        archiveClient['filing-list'].places[':code'].use.$put(
          { param: { code: place.code }, json: { inUse: isOff, reason } },
          ifMatch(etag),
        ),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={isOff ? `恢复使用“${place.label}”` : `停用“${place.label}”`}
      lead={
        isOff
          ? '恢复以后可以归入新的材料，并按清单的要求催要。'
          : '停用以后不再归入新的材料，也不再催要。原有的材料仍在原处，可以查看，并会提示移到清单中相应的位置。'
      }
      submitLabel={isOff ? '恢复使用' : '停用'}
      needs={{ 原因: reason.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <FilingEffectNote
        place={place.code}
        {...(isOff && place.subject === 'person' && place.requirement === 'required' && { from: place.from })}
      />
      <Textarea
        label="原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(save.error, 'reason')}
        autosize
        minRows={2}
        data-autofocus
        required
      />
    </FormDialog>
  )
}
