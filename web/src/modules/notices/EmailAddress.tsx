import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PreferencesView } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { preferencesClient, preferencesQuery } from './api.ts'
import classes from './Notices.module.css'

/** The address for mails: given, proven by a code that was sent there, taken away. */
export function EmailAddress({ it }: { it: PreferencesView }) {
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [code, setCode] = useState('')
  const [isChanging, setIsChanging] = useState(false)
  const reread = () => queries.invalidateQueries({ queryKey: preferencesQuery.queryKey })
  const give = useMutation({
    mutationFn: () => parseResponse(preferencesClient.email.$post({ json: { email: email.trim() } })),
    onSuccess: async () => {
      setCode('')
      setIsChanging(false)
      await reread()
    },
    // The code may be waiting although the mail was refused; what holds is read anew.
    onError: reread,
  })
  const prove = useMutation({
    mutationFn: () => parseResponse(preferencesClient.email.proof.$post({ json: { code: code.trim() } })),
    onSuccess: async () => {
      setEmail('')
      await reread()
    },
    onError: reread,
  })
  const remove = useMutation({
    mutationFn: () => parseResponse(preferencesClient.email.$delete()),
    onSettled: reread,
  })
  const submit = (write: { mutate: () => void }) => (event: FormEvent) => {
    event.preventDefault()
    write.mutate()
  }
  const asksCode = it.emailToProve !== null && !isChanging
  return (
    <Section
      title="邮箱"
      lead={
        it.email === null
          ? '填写邮箱以后，向它发一个验证码，确认是您本人的。'
          : `通知发到 ${it.email}。地址加密保存，别人看不到。`
      }
      actions={
        it.email !== null && (
          <ConfirmButton
            question="删去以后不再发邮件给您，网页上照常通知。"
            confirmLabel="删去邮箱"
            onConfirm={() => remove.mutate()}
            isBusy={remove.isPending}
          >
            删去邮箱
          </ConfirmButton>
        )
      }
    >
      {asksCode ? (
        <form onSubmit={submit(prove)} className={classes.form} noValidate>
          <TextInput
            label="验证码"
            description={`已发到 ${it.emailToProve}，邮件中的 6 位数字。没有收到的，看看垃圾邮件。`}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={problemIn(prove.error, 'code')}
            required
          />
          <ProblemNote error={prove.error} />
          <div className={classes.buttons}>
            <Button type="submit" disabled={!/^\d{6}$/.test(code.trim())} loading={prove.isPending}>
              确认邮箱
            </Button>
            <Button variant="default" onClick={() => setIsChanging(true)}>
              换一个邮箱或重发
            </Button>
          </div>
        </form>
      ) : (
        <form onSubmit={submit(give)} className={classes.form} noValidate>
          <TextInput
            type="email"
            label={it.email === null ? '邮箱地址' : '换成另一个邮箱'}
            autoComplete="email"
            placeholder="name@example.edu.cn"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={problemIn(give.error, 'email')}
            required
          />
          <ProblemNote error={give.error} isKept />
          <div>
            <Button type="submit" disabled={!email.includes('@')} loading={give.isPending}>
              发送验证码
            </Button>
          </div>
        </form>
      )}
      <ProblemNote error={remove.error} />
    </Section>
  )
}
