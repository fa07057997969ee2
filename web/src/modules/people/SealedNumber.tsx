import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PersonPage } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { peopleClient, peopleKey } from './api.ts'
import { fieldNames } from './names.ts'
import classes from './SealedNumber.module.css'

interface Props {
  it: Pick<PersonPage, 'id' | 'name'>
  field: 'idNumber' | 'phone'
  mask: string
  mayRead: boolean
}

/** A number is shown in the clear for so long. */
const shownSeconds = 60

/** Usual purposes, one click each; any other can be typed. */
const purposes = ['核对入党志愿书', '填写政治审查函调材料', '办理组织关系转接', '填写备案材料', '联系本人']

/** A masked number. Seeing it whole asks for the purpose, is recorded, and lasts a minute. */
export function SealedNumber({ it, field, mask, mayRead }: Props) {
  const queries = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const [purpose, setPurpose] = useState('')
  const [clear, setClear] = useState<string>()
  const read = useMutation({
    mutationFn: () =>
      parseResponse(peopleClient[':personId'].readings.$post({ param: { personId: it.id }, json: { field, purpose } })),
    onSuccess: async ({ value }) => {
      setClear(value)
      setIsAsking(false)
      setPurpose('')
      await queries.invalidateQueries({ queryKey: [...peopleKey, 'readings', it.id] })
    },
    // The number must not stay in the memory of the page.
    gcTime: 0,
  })
  const hide = () => {
    setClear(undefined)
    read.reset()
  }
  return (
    <span className={classes.line}>
      <span className={classes.number}>{clear ?? mask}</span>
      <span className="no-print">
        {clear !== undefined && <HideSoon key={clear} onHide={hide} />}
        {clear === undefined && mayRead && (
          <Button variant="default" size="compact-sm" onClick={() => setIsAsking(true)}>
            查看<span className="for-screen-readers">完整{fieldNames[field]}</span>
          </Button>
        )}
      </span>
      {isAsking && (
        <FormDialog
          title={`查看${it.name}的${fieldNames[field]}`}
          lead={`查看人、时间和用途会记录下来，${it.name}本人可以看到。完整号码显示一分钟。`}
          submitLabel="查看"
          needs={{ 用途: purpose.trim().length >= 2 }}
          isBusy={read.isPending}
          error={read.error}
          onSubmit={() => read.mutate()}
          onClose={() => setIsAsking(false)}
        >
          <TextInput
            label="用途"
            value={purpose}
            onChange={(event) => setPurpose(event.currentTarget.value)}
            error={problemIn(read.error, 'purpose')}
            data-autofocus
            required
          />
          <Group gap="xs" role="group" aria-label="常见用途">
            {purposes.map((it) => (
              <Button key={it} variant="default" size="compact-sm" onClick={() => setPurpose(it)}>
                {it}
              </Button>
            ))}
          </Group>
        </FormDialog>
      )}
    </span>
  )
}

function HideSoon({ onHide }: { onHide: () => void }) {
  const [left, setLeft] = useState(shownSeconds)
  useEffect(() => {
    const timer = setTimeout(() => (left <= 1 ? onHide() : setLeft(left - 1)), 1000)
    return () => clearTimeout(timer)
  }, [left, onHide])
  return (
    <Button variant="default" size="compact-sm" onClick={onHide}>
      隐藏（{left} 秒）
    </Button>
  )
}
