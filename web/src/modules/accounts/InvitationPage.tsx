import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { Standalone } from '../../shell/Standalone.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { accountsClient } from './api.ts'
import classes from './Entrance.module.css'
import { isGoodPassword, NewPasswordInput } from './NewPasswordInput.tsx'

/** The page behind an invitation link: choose a password, then sign in. */
export function InvitationPage() {
  const [secret] = useState(() => window.location.hash.slice(1))
  const invitation = useQuery({
    queryKey: ['invitation', secret],
    queryFn: () => parseResponse(accountsClient.invitations.look.$post({ json: { secret } })),
    enabled: secret !== '',
    retry: false,
    gcTime: 0,
  })
  return (
    <Standalone>
      <Page title="接受邀请">
        {secret === '' ? (
          <EmptyState title="链接不完整">请完整复制收到的邀请链接，或联系系统管理员重新邀请。</EmptyState>
        ) : invitation.error ? (
          <ErrorState error={invitation.error} />
        ) : invitation.data === undefined ? (
          <PageLoading lines={3} />
        ) : (
          <Acceptance {...invitation.data} secret={secret} />
        )}
      </Page>
    </Standalone>
  )
}

interface AcceptanceProps {
  name: string
  userName: string
  universityName: string
  expiresAt: string
  secret: string
}

function Acceptance({ name, userName, universityName, expiresAt, secret }: AcceptanceProps) {
  const [password, setPassword] = useState('')
  const accept = useMutation({
    mutationFn: () => parseResponse(accountsClient.invitations.acceptance.$post({ json: { secret, password } })),
  })
  if (accept.isSuccess) {
    return (
      <EmptyState title="密码已设置" action={<Link to="/sign-in">去登录</Link>}>
        今后用用户名“{accept.data.userName}”和刚才的密码登录。
      </EmptyState>
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    accept.mutate()
  }
  return (
    <form onSubmit={submit} className={`${classes.form} ${classes.narrow}`}>
      <p className={classes.hint}>
        {name}，您好。{universityName}为您开通了支部工作台，用户名是“{userName}”。请在 <InstantText at={expiresAt} />{' '}
        前设置密码。
      </p>
      <NewPasswordInput
        label="新密码"
        value={password}
        onChange={setPassword}
        userName={userName}
        error={problemIn(accept.error, 'password')}
      />
      {/* Lets the password manager of the browser know for whom it keeps the password. */}
      <input type="hidden" name="username" autoComplete="username" value={userName} readOnly />
      <ProblemNote error={accept.error} />
      <Button
        type="submit"
        size="md"
        loading={accept.isPending}
        disabled={!isGoodPassword(password, userName)}
        fullWidth
      >
        设置密码
      </Button>
    </form>
  )
}
