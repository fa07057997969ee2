import { Alert, Button, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import type { Chosen } from './chosen.ts'
import { numbersIn } from './numbersIn.ts'
import type { PersonsSource } from './personsSource.ts'

interface Props {
  source: PersonsSource
  most: number
  onAdd: (more: readonly Chosen[]) => void
}

/** Finds persons by numbers out of a list or a column of a spreadsheet; tells which of them were not found. */
export function PastedNumbers({ source, most, onAdd }: Props) {
  const [text, setText] = useState('')
  const numbers = numbersIn(text)
  const find = useMutation({
    mutationFn: async (asked: readonly string[]) => {
      const { items, missing } = await source.numbered([...asked])
      return { items, missing: missing.flatMap((at) => asked[at] ?? []) }
    },
    onSuccess: ({ items, missing }) => {
      onAdd(items)
      setText(missing.join('\n'))
    },
  })
  const { data } = find
  return (
    <>
      <Textarea
        label="学号（工号）"
        description={`从名单或表格中复制，每行一个，也可用空格、逗号隔开，最多 ${most} 个。`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={numbers.length > most ? `有 ${numbers.length} 个，超过了 ${most} 个，请分次粘贴` : undefined}
        rows={5}
      />
      <div>
        <Button
          variant="default"
          disabled={numbers.length === 0 || numbers.length > most}
          loading={find.isPending}
          onClick={() => find.mutate(numbers)}
        >
          {numbers.length === 0 ? '查找并选入' : `查找并选入（${numbers.length} 个）`}
        </Button>
      </div>
      <ProblemNote error={find.error} />
      {data && data.missing.length > 0 && (
        <Alert color="yellow" title={`${data.missing.length} 个没有找到，留在上面的框里`}>
          请核对是否写错。也可能尚未登记，或不在您的权限范围内。
        </Alert>
      )}
      {data && data.missing.length === 0 && <Text size="sm">全部找到，已选入。</Text>}
    </>
  )
}
