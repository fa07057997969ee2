import { Alert } from '@mantine/core'
import { IconEyeExclamation } from '@tabler/icons-react'
import { tellingKindNames, tellingPlaceNames } from '@zhibu/server/modules/calls/names-schema'
import type { EntryView } from '@zhibu/server/modules/calls/schema'

/** What in a blind entry tells whose it is, and where; nothing where nothing was found. */
export function Tellings({ it }: { it: Pick<EntryView, 'tellings' | 'fields'> }) {
  if (it.tellings.length === 0) return null
  const labelOf = (key: string | null) => it.fields.find((field) => field.key === key)?.label
  return (
    <Alert color="yellow" title="有可能透露作者的内容" icon={<IconEyeExclamation size={18} stroke={1.8} aria-hidden />}>
      <ul>
        {it.tellings.map(({ fieldKey, place, kind, word }) => (
          <li key={[fieldKey, place, kind, word].join(' ')}>
            {fieldKey === null ? '题目' : `“${labelOf(fieldKey) ?? '一栏'}”的${tellingPlaceNames[place]}`}
            中有{tellingKindNames[kind]}：{word}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
