import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { Section } from '../../ui/Section.tsx'

type Details = Readonly<Record<string, string>>

interface Props {
  /** As they are to be, by name. */
  details: Details
  onChange: (details: Details) => void
  error?: string | undefined
}

/** What is known of a person beside the fields, such as further columns of an imported table: changed, emptied, added to. */
export function DetailsFields({ details, onChange, error }: Props) {
  const [names, setNames] = useState(Object.keys(details))
  const [added, setAdded] = useState('')
  const name = added.trim()
  const write = (key: string, value: string) => {
    const { [key]: _, ...others } = details
    onChange(value === '' ? others : { ...details, [key]: value })
  }
  const add = () => {
    setNames([...names, name])
    setAdded('')
  }
  return (
    <Section title="其他信息" lead="导入的表格中没有对应字段的各列，以及其他需要记下的内容。清空即删去。">
      {names.length > 0 && (
        <FieldGrid>
          {names.map((key) => (
            <TextInput
              key={key}
              label={key}
              value={details[key] ?? ''}
              onChange={(event) => write(key, event.currentTarget.value)}
              maxLength={2000}
              autoComplete="off"
            />
          ))}
        </FieldGrid>
      )}
      <Group gap="sm" align="end">
        <TextInput
          label="新增一项的名称"
          placeholder="如 兴趣特长"
          value={added}
          onChange={(event) => setAdded(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (name !== '' && !names.includes(name)) add()
          }}
          error={names.includes(name) ? '已有这一项，请在上面填写。' : error}
          maxLength={100}
          autoComplete="off"
        />
        <Button variant="default" disabled={name === '' || names.includes(name)} onClick={add}>
          新增一项
        </Button>
      </Group>
    </Section>
  )
}
