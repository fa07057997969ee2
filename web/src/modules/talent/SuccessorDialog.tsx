import type { PersonRow } from '@zhibu/server/modules/people/schema'
import type { SuccessionView } from '@zhibu/server/modules/talent/succession-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  it: SuccessionView
  etag: string
  onClose: () => void
}

/** Names who comes. */
export function SuccessorDialog({ it, etag, onClose }: Props) {
  const [person, setPerson] = useState<PersonRow>()
  const name = useWrite(
    (personId: string) =>
      parseResponse(
        talentClient.successions[':successionId'].successor.$put(
          { param: { successionId: it.id }, json: { personId } },
          ifMatch(etag),
        ),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="确定接手人"
      lead="确定以后，接手人马上看得到这份交接单，里面有正在发展的同志的姓名和进度。其他内容到任以后才看得到。"
      submitLabel="确定接手人"
      needs={{ 接手人: person !== undefined }}
      isBusy={name.isPending}
      error={name.error}
      onSubmit={() => person && name.mutate(person.id)}
      onClose={onClose}
    >
      <PersonPicker
        label="接手人"
        value={person}
        onChange={setPerson}
        error={problemIn(name.error, 'incomingPersonId')}
        required
      />
    </FormDialog>
  )
}
