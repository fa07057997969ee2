import { Alert, Button, Loader, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import type { Entrance } from '@zhibu/server/modules/accounts/schema'
import { type ComponentProps, type FormEvent, useState } from 'react'
import { ownPath } from '../../address.ts'
import { Standalone } from '../../shell/Standalone.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { demoPeopleQuery, entranceQuery } from './api.ts'
import { DemoPeople } from './DemoPeople.tsx'
import classes from './Entrance.module.css'
import { OneTimeCodeForm } from './OneTimeCodeForm.tsx'
import { campusAddress, signInByPassword } from './signIn.ts'

const route = getRouteApi('/sign-in')

/** Sign-in by password and second factor, at the campus provider, or as one of the people of the demonstration. */
export function SignInPage() {
  const entrance = useQuery(entranceQuery)
  const demo = useQuery({ ...demoPeopleQuery, enabled: entrance.data?.isDemo ?? false })
  const error = entrance.error ?? demo.error
  // All at once: what comes later would push aside what somebody is about to click.
  const isWhole = entrance.data !== undefined && !(entrance.data.isDemo && demo.data === undefined)
  if (entrance.data?.needsSetup) return <Navigate to="/setup" replace />
  return (
    <Standalone>
      <Page title="登录" lead={entrance.data?.universityName ?? undefined}>
        {error ? (
          <ErrorState error={error} onRetry={() => void (entrance.error ? entrance : demo).refetch()} />
        ) : isWhole ? (
          <SignIn entrance={entrance.data} people={demo.data?.items} />
        ) : (
          <div className={classes.coming}>
            <Loader type="dots" aria-label="正在打开" />
          </div>
        )}
      </Page>
    </Standalone>
  )
}

interface Props {
  entrance: Entrance
  /** In a demonstration only. */
  people: ComponentProps<typeof DemoPeople>['people'] | undefined
}

function SignIn({ entrance: { campus }, people }: Props) {
  const { to, problem } = route.useSearch()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [needsCode, setNeedsCode] = useState(false)
  const goOn = async () => {
    // Nothing that another person has read may stay.
    queries.clear()
    const href = ownPath(to)
    // The pages of the public site are not of this application.
    if (href.startsWith('/site')) window.location.replace(href)
    else await navigate({ href, replace: true })
  }
  if (needsCode) return <OneTimeCodeForm onSignedIn={goOn} onBack={() => setNeedsCode(false)} />
  return (
    <>
      {problem !== undefined && (
        <Alert color="red" role="alert" title="没有登录成功">
          {problems[problem] ?? problems['campus:failed']}
        </Alert>
      )}
      {people && <DemoPeople people={people} onSignedIn={goOn} />}
      <div className={classes.narrow}>
        {campus !== null && <CampusButton label={campus} returnTo={ownPath(to)} />}
        <PasswordForm onSignedIn={goOn} onCodeNeeded={() => setNeedsCode(true)} />
      </div>
    </>
  )
}

/** Why the campus sign-in came to nothing, by the codes of the server. */
const problems: Readonly<Record<string, string>> = {
  'campus:unknown': '统一身份认证已通过，但本系统中没有与您学号（工号）对应的账号。请联系所在学院组织员开通。',
  'campus:administrator': '管理员账号不能用统一身份认证登录，请用用户名、密码和动态口令登录。',
  locked: '账号已停用。如需恢复，请联系系统管理员。',
  'campus:failed': '统一身份认证没有完成。请重新登录；如仍失败，请改用用户名和密码，或联系系统管理员。',
}

function CampusButton({ label, returnTo }: { label: string; returnTo: string }) {
  const go = useMutation({
    mutationFn: () => campusAddress(returnTo),
    onSuccess: (address) => window.location.assign(address),
  })
  return (
    <>
      <Button size="md" loading={go.isPending} onClick={() => go.mutate()} fullWidth>
        用{label}登录
      </Button>
      <ProblemNote error={go.error} />
      <p className={classes.or}>或用本系统的用户名和密码</p>
    </>
  )
}

interface PasswordFormProps {
  onSignedIn: () => Promise<void>
  onCodeNeeded: () => void
}

function PasswordForm({ onSignedIn, onCodeNeeded }: PasswordFormProps) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => signInByPassword({ username: username.trim(), password }),
    onSuccess: ({ needsCode }) => (needsCode ? onCodeNeeded() : onSignedIn()),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        label="用户名"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        required
      />
      <PasswordInput
        label="密码"
        name="password"
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': '显示或隐藏密码' }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        required
      />
      <ProblemNote error={signIn.error} />
      <Button
        type="submit"
        size="md"
        variant="filled"
        loading={signIn.isPending}
        disabled={username.trim() === '' || password === ''}
        fullWidth
      >
        登录
      </Button>
      <p className={classes.hint}>没有账号或忘记密码，请联系系统管理员，由其发给您邀请链接。</p>
    </form>
  )
}
