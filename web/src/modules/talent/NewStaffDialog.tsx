import { useQuery } from '@tanstack/react-query'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { useState } from 'react'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { recordQuery } from './api.ts'
import { OfficialDialog } from './OfficialDialog.tsx'

/** Enters somebody of the register as one who does the work: who it is, then the post. */
export function NewStaffDialog({ onClose }: { onClose: () => void }) {
  const [person, setPerson] = useState<PersonRow>()
  const [isChosen, setIsChosen] = useState(false)
  const asked = useQuery({ ...recordQuery(person?.id ?? ''), enabled: person !== undefined && isChosen })
  if (person && isChosen && !asked.isPending)
    return (
      <OfficialDialog
        person={person}
        official={asked.data?.value.official ?? { employment: null, duty: null, title: '', since: null }}
        etag={asked.data?.etag ?? '"0"'}
        onClose={onClose}
      />
    )
  return (
    <FormDialog
      title="登记工作人员"
      lead="在党组织任职的人已经在名单里，不用再登记。这里登记没有党内任职的专职、兼职和学生工作人员，例如辅导员。"
      submitLabel="下一步"
      needs={{ 人员: person !== undefined }}
      isBusy={person !== undefined && isChosen}
      error={null}
      onSubmit={() => setIsChosen(true)}
      onClose={onClose}
    >
      <PersonPicker label="人员" value={person} onChange={setPerson} required />
    </FormDialog>
  )
}
