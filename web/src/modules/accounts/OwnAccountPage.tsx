import { Alert, Button, PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './Entrance.module.css'
import { isGoodPassword, NewPasswordInput } from './NewPasswordInput.tsx'
import { OwnSessions } from './OwnSessions.tsx'
import { SecondFactorSection } from './SecondFactorSection.tsx'
import { changePassword } from './signIn.ts'

/** The own account: second factor, password, sessions. */
export function OwnAccountPage() {
  const session = useSession()
  if (!session) return null
  const { account, name, administrator, universityName, needsSecondFactor } = session
  return (
    <Page
      title="本人账号"
      lead="登录方式和登录会话。"
      actions={
        session.can.includes('my-way') && (
          <LinkButton variant="default" to="/notices/preferences">
            怎样通知我
          </LinkButton>
        )
      }
    >
      {needsSecondFactor && (
        <Alert color="yellow" title="请先绑定动态口令">
          {administrator?.label ?? '管理员'}登录必须使用动态口令。绑定完成后，才能使用其他功能。
        </Alert>
      )}
      {!needsSecondFactor && (
        <Section title="账号">
          <DescriptionList
            items={[
              { label: '姓名', value: name },
              { label: '用户名', value: account.userName ?? undefined },
              { label: '学校', value: universityName },
              ...(administrator ? [{ label: '管理员职责', value: administrator.label }] : []),
            ]}
          />
        </Section>
      )}
      <SecondFactorSection
        hasSecondFactor={account.hasSecondFactor}
        hasPassword={account.hasPassword}
        mayRemove={administrator === null}
      />
      {!needsSecondFactor && account.hasPassword && <PasswordSection userName={account.userName ?? ''} />}
      {!needsSecondFactor && <OwnSessions />}
    </Page>
  )
}

function PasswordSection({ userName }: { userName: string }) {
  const [currentPassword, setCurrentPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword({ currentPassword, newPassword }),
    onSuccess: () => {
      setCurrentPassword('')
      setNewPassword('')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Section title="密码" lead="修改后，其他设备上的登录会话全部结束。">
      {change.isSuccess && <Alert color="green" title="密码已修改" role="status" />}
      <form onSubmit={submit} className={`${classes.form} ${classes.narrow}`}>
        <input type="text" name="username" autoComplete="username" value={userName} readOnly hidden />
        <PasswordInput
          label="当前密码"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': '显示或隐藏当前密码' }}
          value={currentPassword}
          onChange={(event) => setCurrentPassword(event.currentTarget.value)}
          error={problemIn(change.error, 'currentPassword')}
          required
        />
        <NewPasswordInput
          label="新密码"
          value={newPassword}
          onChange={setNewPassword}
          userName={userName}
          error={problemIn(change.error, 'newPassword')}
        />
        <ProblemNote error={change.error} />
        <div>
          <Button
            type="submit"
            loading={change.isPending}
            disabled={currentPassword === '' || !isGoodPassword(newPassword, userName)}
          >
            修改密码
          </Button>
        </div>
      </form>
    </Section>
  )
}
