import { Button, Group, PasswordInput, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sessionQuery } from '../../session.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { BackupCodes } from './BackupCodes.tsx'
import { SecondFactorEnrolment } from './SecondFactorEnrolment.tsx'
import { beginSecondFactor, removeSecondFactor, renewBackupCodes, type SecondFactor } from './signIn.ts'

interface Props {
  hasSecondFactor: boolean
  hasPassword: boolean
  mayRemove: boolean
}

/** Sets up the second factor, renews its backup codes, takes it away. Each asks for the password first. */
export function SecondFactorSection({ hasSecondFactor, hasPassword, mayRemove }: Props) {
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'enable' | 'renew' | 'remove'>()
  const [begun, setBegun] = useState<SecondFactor>()
  const [codes, setCodes] = useState<readonly string[]>()
  const reread = () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
  const close = () => setAsking(undefined)

  return (
    <Section
      title="动态口令"
      lead="登录时除密码外，再输入手机上身份验证器显示的 6 位数字。密码泄露时，别人仍然进不来。"
    >
      {codes !== undefined ? (
        <BackupCodes
          codes={codes}
          onKept={() => {
            setCodes(undefined)
            void reread()
          }}
        />
      ) : begun !== undefined ? (
        <SecondFactorEnrolment
          begun={begun}
          onDone={() => {
            setCodes(begun.backupCodes)
            setBegun(undefined)
          }}
        />
      ) : !hasPassword ? (
        <Text>这个账号没有设置密码，不用密码登录，因此不需要在这里绑定。</Text>
      ) : hasSecondFactor ? (
        <>
          <Text>已绑定。</Text>
          <Group gap="xs">
            <Button variant="default" onClick={() => setAsking('renew')}>
              重新生成备用码
            </Button>
            {mayRemove && (
              <Button variant="default" onClick={() => setAsking('remove')}>
                解除绑定
              </Button>
            )}
          </Group>
        </>
      ) : (
        <>
          <Text>尚未绑定。需要手机上有一个身份验证器，任何支持 TOTP 的应用都可以，不需要联网。</Text>
          <div>
            <Button onClick={() => setAsking('enable')}>开始绑定</Button>
          </div>
        </>
      )}
      {asking === 'enable' && (
        <PasswordDialog
          title="绑定动态口令"
          submitLabel="继续"
          act={async (password) => setBegun(await beginSecondFactor(password))}
          onClose={close}
        />
      )}
      {asking === 'renew' && (
        <PasswordDialog
          title="重新生成备用码"
          lead="原来的备用码随即失效。"
          submitLabel="重新生成"
          act={async (password) => setCodes(await renewBackupCodes(password))}
          onClose={close}
        />
      )}
      {asking === 'remove' && (
        <PasswordDialog
          title="解除动态口令"
          lead="解除后，只凭密码即可登录。"
          submitLabel="解除绑定"
          act={async (password) => {
            await removeSecondFactor(password)
            await reread()
          }}
          onClose={close}
        />
      )}
    </Section>
  )
}

interface PasswordDialogProps {
  title: string
  lead?: string
  submitLabel: string
  act: (password: string) => Promise<void>
  onClose: () => void
}

/** Asks for the own password before something that weighs. */
function PasswordDialog({ title, lead, submitLabel, act, onClose }: PasswordDialogProps) {
  const [password, setPassword] = useState('')
  const confirm = useMutation({ mutationFn: () => act(password), onSuccess: onClose })
  return (
    <FormDialog
      title={title}
      lead={lead}
      submitLabel={submitLabel}
      needs={{ 当前密码: password !== '' }}
      isBusy={confirm.isPending}
      error={confirm.error}
      onSubmit={() => confirm.mutate()}
      onClose={onClose}
    >
      <PasswordInput
        label="当前密码"
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': '显示或隐藏密码' }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        data-autofocus
        required
      />
    </FormDialog>
  )
}
