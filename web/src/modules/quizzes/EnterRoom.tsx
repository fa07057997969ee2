import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { quizzesClient } from './api.ts'
import classes from './Quizzes.module.css'

/** The way into a room by the code on the big screen. */
export function EnterRoom() {
  const navigate = useNavigate()
  const [code, setCode] = useState('')
  const isWhole = code.length === 6
  const find = useMutation({
    mutationFn: () => parseResponse(quizzesClient.rooms.codes[':code'].$get({ param: { code } })),
    onSuccess: ({ id }) => void navigate({ to: '/quizzes/rooms/$roomId', params: { roomId: id } }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isWhole && !find.isPending) find.mutate()
  }
  return (
    <form onSubmit={submit} className={`${parts.form} no-print`} noValidate>
      <div className={classes.entrance}>
        <TextInput
          label="答题码"
          placeholder="6 位数字"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.normalize('NFKC').replace(/\D/g, '').slice(0, 6))}
          inputMode="numeric"
          autoComplete="off"
          size="lg"
        />
        <Button type="submit" size="lg" loading={find.isPending} disabled={!isWhole}>
          参加
        </Button>
      </div>
      <ProblemNote error={find.error} isKept />
    </form>
  )
}
