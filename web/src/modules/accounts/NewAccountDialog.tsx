import { SegmentedControl, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { InvitationLink, NewAccount } from '@zhibu/server/modules/accounts/schema'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { oneOf } from '../../address.ts'
import { problemIn } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { accountsClient, accountsKey } from './api.ts'

interface Props {
  onMade: (link: InvitationLink & { name: string }) => void
  onClose: () => void
}

const ways = ['person', 'bare'] as const

/** Makes an account: of a person of the register, or without one for an administrator. */
export function NewAccountDialog({ onMade, onClose }: Props) {
  const queries = useQueryClient()
  const session = useSession()
  // The system administrator sees no register and names the person by number.
  const isAdministrator = session?.administrator != null
  const [way, setWay] = useState<(typeof ways)[number]>('person')
  const [person, setPerson] = useState<PersonRow>()
  const [studentNumber, setStudentNumber] = useState('')
  const [name, setName] = useState('')
  const [userName, setUserName] = useState('')
  const account = accountOf({ way, isAdministrator, person, studentNumber, name, userName })
  const make = useMutation({
    mutationFn: (json: NewAccount) => parseResponse(accountsClient.index.$post({ json })),
    onSuccess: async (link) => {
      await queries.invalidateQueries({ queryKey: accountsKey })
      onMade({ ...link, name: person?.name ?? name })
    },
  })
  return (
    <FormDialog
      title="开通账号"
      lead="开通后得到一个邀请链接，交给本人设置密码。"
      submitLabel="开通账号"
      needs={needsOf({ way, isAdministrator, person, studentNumber, name, userName })}
      isReady={account !== undefined}
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => account && make.mutate(account)}
      onClose={onClose}
    >
      {isAdministrator && (
        <SegmentedControl
          aria-label="账号属于"
          value={way}
          onChange={(value) => setWay(oneOf(ways, value) ?? 'person')}
          data={[
            { value: 'person', label: '名册中的人员' },
            { value: 'bare', label: '专职管理员（不在名册中）' },
          ]}
        />
      )}
      {!isAdministrator && <PersonPicker label="人员" value={person} onChange={setPerson} required />}
      {isAdministrator && way === 'person' && (
        <TextInput
          label="学号（工号）"
          description="与名册中的学号（工号）和姓名一致才能开通。"
          value={studentNumber}
          onChange={(event) => setStudentNumber(event.currentTarget.value)}
          error={problemIn(make.error, 'studentNumber')}
          required
        />
      )}
      {isAdministrator && (
        <TextInput
          label="姓名"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problemIn(make.error, 'name')}
          required
        />
      )}
      <TextInput
        label={way === 'bare' ? '用户名' : '用户名（不填则用学号或工号）'}
        description="2 至 40 个汉字、字母、数字、点、横线或下划线"
        autoCapitalize="none"
        autoComplete="off"
        value={userName}
        onChange={(event) => setUserName(event.currentTarget.value)}
        error={problemIn(make.error, 'userName')}
        required={way === 'bare'}
      />
    </FormDialog>
  )
}

interface Typed {
  way: (typeof ways)[number]
  isAdministrator: boolean
  person: PersonRow | undefined
  studentNumber: string
  name: string
  userName: string
}

/** What is needed for it, and whether it is there. */
function needsOf({ way, isAdministrator, person, studentNumber, name, userName }: Typed): Record<string, boolean> {
  if (!isAdministrator) return { 人员: person !== undefined }
  const isNamed = name.trim() !== ''
  if (way === 'person') return { '学号（工号）': studentNumber.trim() !== '', 姓名: isNamed }
  return { 姓名: isNamed, 用户名: userName.trim() !== '' }
}

/** What is to be asked for, undefined while something is missing. */
function accountOf({ way, isAdministrator, person, studentNumber, name, userName }: Typed): NewAccount | undefined {
  const named = userName.trim() === '' ? {} : { userName }
  if (!isAdministrator) return person && { personId: person.id, ...named }
  if (name.trim() === '') return undefined
  if (way === 'person') return studentNumber.trim() === '' ? undefined : { studentNumber, name, ...named }
  return userName.trim() === '' ? undefined : { name, userName }
}
