import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { entriesClient } from './api.ts'
import classes from './Calls.module.css'
import { useWrite } from './useWrite.ts'

/** Joins the work of somebody else by the code that they have given. */
export function JoinTeam() {
  const navigate = useNavigate()
  const [code, setCode] = useState('')
  const join = useWrite(
    () => parseResponse(entriesClient.joining.$post({ json: { code } })),
    ({ id }) => void navigate({ to: '/calls/entries/$entryId', params: { entryId: id } }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() !== '') join.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <TextInput
        label="作品邀请码"
        description="作者给您的邀请码，填了就成为这件作品的成员。"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        maxLength={20}
      />
      <ProblemNote error={join.error} isKept />
      <div className={parts.buttons}>
        <Button type="submit" variant="default" loading={join.isPending} disabled={code.trim() === ''}>
          加入作品
        </Button>
      </div>
    </form>
  )
}
