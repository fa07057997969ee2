import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import classes from './Entrance.module.css'
import { showBackupCode, showCode } from './signIn.ts'

interface Props {
  onSignedIn: () => Promise<void>
  onBack: () => void
}

/** The second step of sign-in: the code of the authenticator app, or a backup code. */
export function OneTimeCodeForm({ onSignedIn, onBack }: Props) {
  const [isBackup, setIsBackup] = useState(false)
  const [code, setCode] = useState('')
  const show = useMutation({
    mutationFn: () => (isBackup ? showBackupCode(code.trim()) : showCode(code.trim())),
    onSuccess: onSignedIn,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    show.mutate()
  }
  const change = () => {
    setIsBackup(!isBackup)
    setCode('')
    show.reset()
  }
  return (
    <form onSubmit={submit} className={`${classes.form} ${classes.narrow}`}>
      <TextInput
        key={String(isBackup)}
        label={isBackup ? '备用码' : '动态口令'}
        description={
          isBackup ? '绑定时保存的备用码之一，每个只能用一次。' : '打开手机上的身份验证器，输入当前显示的 6 位数字。'
        }
        inputMode={isBackup ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoFocus
        required
      />
      <ProblemNote error={show.error} />
      <Button type="submit" size="md" loading={show.isPending} disabled={code.trim() === ''} fullWidth>
        登录
      </Button>
      <Button variant="subtle" onClick={change}>
        {isBackup ? '改用动态口令' : '手机不在身边，用备用码'}
      </Button>
      <Button variant="subtle" color="gray" onClick={onBack}>
        返回
      </Button>
    </form>
  )
}
