import { Textarea, TextInput } from '@mantine/core'
import type { PracticeText } from '@zhibu/server/modules/exchanges/schema'
import { problemIn } from '../../problem.ts'
import { practiceParts } from './words.ts'

interface Props {
  value: PracticeText
  error: unknown
  onChange: (part: Partial<PracticeText>) => void
}

/** The one form of a case and of a card. */
export function PracticeFields({ value, error, onChange }: Props) {
  return (
    <>
      <TextInput
        label="标题"
        description="一句话说清做了什么"
        value={value.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        error={problemIn(error, 'title')}
        maxLength={60}
        required
        data-autofocus
      />
      {practiceParts.map(({ key, label, hint, most, isNeeded }) => (
        <Textarea
          key={key}
          label={label}
          description={hint}
          value={value[key]}
          onChange={(event) => onChange({ [key]: event.currentTarget.value })}
          error={problemIn(error, key)}
          maxLength={most}
          autosize
          minRows={key === 'done' ? 4 : 2}
          required={isNeeded}
        />
      ))}
      <TextInput
        label="联系人"
        description="别人想问时找谁。只填工作上的联系方式，可以不填。"
        value={value.contact}
        onChange={(event) => onChange({ contact: event.currentTarget.value })}
        error={problemIn(error, 'contact')}
        maxLength={100}
      />
    </>
  )
}
