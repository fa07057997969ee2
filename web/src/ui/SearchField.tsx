import { TextInput } from '@mantine/core'
import { useState } from 'react'

interface Props {
  label: string
  placeholder: string
  /** For what is being looked, as the address has it. */
  value: string | undefined
  onSearch: (value: string | undefined) => void
}

/** Words to look for, which narrow the list once they are typed. */
export function SearchField({ label, placeholder, value, onSearch }: Props) {
  const [typed, setTyped] = useState(value ?? '')
  const search = () => onSearch(typed.trim() || undefined)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        search()
      }}
    >
      <TextInput
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={search}
        maxLength={50}
        type="search"
      />
    </form>
  )
}
