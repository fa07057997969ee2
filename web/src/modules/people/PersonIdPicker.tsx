import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { useState } from 'react'
import { PersonPicker } from './PersonPicker.tsx'

/** Chooses a person of the register where only the id is wanted. */
export function PersonIdPicker({ label, onChange }: { label: string; onChange: (id: string | undefined) => void }) {
  const [person, setPerson] = useState<PersonRow>()
  const choose = (chosen: PersonRow | undefined) => {
    setPerson(chosen)
    onChange(chosen?.id)
  }
  return <PersonPicker label={label} value={person} onChange={choose} required />
}
