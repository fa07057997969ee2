import { Button, Popover, Stack, Text } from '@mantine/core'
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
  const [isOpen, setIsOpen] = useState(false)
  const { name } = it
  const steps = stepsFor(it)
  const close = () => setStep(undefined)
  const param = { accountId: it.id }
  if (steps.length === 0) return null
  return (
    <>
      <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" trapFocus returnFocus withRoles>
        <Popover.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDots size={16} aria-hidden />}
            onClick={() => setIsOpen(!isOpen)}
          >
            办理<span className="for-screen-readers">{name}的账号</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={`${name}的账号`}>
          <Stack gap={4}>
            {steps.map(({ code, label }) => (
              <Button
                key={code}
                variant="subtle"
                color="gray"
                justify="flex-start"
                onClick={() => {
                  setIsOpen(false)
                  setStep(code)
                }}
              >
                {label}
              </Button>
            ))}
          </Stack>
        </Popover.Dropdown>
      </Popover>
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

/** What the server allows the reader to do with this account. */
function stepsFor({ can, isLocked, hasPassword, hasSecondFactor }: AccountRow): { code: Step; label: string }[] {
  const invite = hasPassword ? '重新邀请（忘记密码）' : '生成邀请链接'
  return [
    ...(can.invite && !isLocked ? [{ code: 'invite' as const, label: invite }] : []),
    ...(can.endSessions ? [{ code: 'sessions' as const, label: '登录会话' }] : []),
    ...(can.resetSecondFactor && hasSecondFactor ? [{ code: 'reset' as const, label: '重置动态口令' }] : []),
    ...(can.lock && !isLocked ? [{ code: 'lock' as const, label: '停用账号' }] : []),
    ...(can.lock && isLocked ? [{ code: 'unlock' as const, label: '恢复账号' }] : []),
  ]
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
