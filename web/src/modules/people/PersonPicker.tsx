import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { PersonSelect } from './PersonSelect.tsx'
import { registered } from './registered.ts'

interface Props {
  label: string
  value: PersonRow | undefined
  onChange: (person: PersonRow | undefined) => void
  error?: string | undefined
  required?: boolean
  description?: string
}

/** Chooses a person of the register by name, number or pinyin initials; each is told apart by number and branch. */
export const PersonPicker = (props: Props) => <PersonSelect {...props} source={registered} />
