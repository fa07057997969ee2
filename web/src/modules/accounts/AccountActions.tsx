import { Button, Menu, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AccountRow, InvitationLink } from '@zhibu/server/modules/accounts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { AccountSessionsDialog } from './AccountSessionsDialog.tsx'
import { accountsClient, accountsKey } from './api.ts'
import { LockDialog } from './LockDialog.tsx'

interface Props {
  it: AccountRow
  onInvited: (link: InvitationLink & { name: string }) => void
}

type Step = 'invite' | 'lock' | 'unlock' | 'reset' | 'sessions'

/** What may be done with an account, behind one button. */
export function AccountActions({ it, onInvited }: Props) {
  const [step, setStep] = useState<Step>()
  const { can, isLocked, hasSecondFactor, hasPassword, name } = it
  const close = () => setStep(undefined)
  const param = { accountId: it.id }
  if (!can.invite && !can.lock && !can.resetSecondFactor && !can.endSessions) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconDots size={16} aria-hidden />}>
            办理<span className="for-screen-readers">{name}的账号</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {can.invite && !isLocked && (
            <Menu.Item onClick={() => setStep('invite')}>
              {hasPassword ? '重新邀请（忘记密码）' : '生成邀请链接'}
            </Menu.Item>
          )}
          {can.endSessions && <Menu.Item onClick={() => setStep('sessions')}>登录会话</Menu.Item>}
          {can.resetSecondFactor && hasSecondFactor && (
            <Menu.Item onClick={() => setStep('reset')}>重置动态口令</Menu.Item>
          )}
          {can.lock && (
            <Menu.Item onClick={() => setStep(isLocked ? 'unlock' : 'lock')}>
              {isLocked ? '恢复账号' : '停用账号'}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {step === 'invite' && (
        <Confirmation
          title={`邀请${name}`}
          lead="原来的邀请链接和密码随即失效，登录会话全部结束；本人用新链接设置密码。"
          submitLabel="生成邀请链接"
          act={async () => {
            const link = await parseResponse(accountsClient[':accountId'].invitation.$post({ param }))
            onInvited({ ...link, name })
          }}
          onClose={close}
        />
      )}
      {step === 'unlock' && (
        <Confirmation
          title={`恢复${name}的账号`}
          lead="恢复后可以用原来的方式登录。"
          submitLabel="恢复账号"
          act={() => parseResponse(accountsClient[':accountId'].lock.$delete({ param }))}
          onClose={close}
        />
      )}
      {step === 'reset' && (
        <Confirmation
          title={`重置${name}的动态口令`}
          lead="请先确认是本人提出。重置后登录会话全部结束，需要重新绑定。"
          submitLabel="重置动态口令"
          act={() => parseResponse(accountsClient[':accountId']['second-factor'].$delete({ param }))}
          onClose={close}
        />
      )}
      {step === 'lock' && <LockDialog it={it} onClose={close} />}
      {step === 'sessions' && <AccountSessionsDialog it={it} onClose={close} />}
    </>
  )
}

interface ConfirmationProps {
  title: string
  lead: string
  submitLabel: string
  act: () => Promise<unknown>
  onClose: () => void
}

function Confirmation({ title, lead, submitLabel, act, onClose }: ConfirmationProps) {
  const queries = useQueryClient()
  const confirm = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: accountsKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={title}
      submitLabel={submitLabel}
      isBusy={confirm.isPending}
      error={confirm.error}
      onSubmit={() => confirm.mutate()}
      onClose={onClose}
    >
      <Text>{lead}</Text>
    </FormDialog>
  )
}
