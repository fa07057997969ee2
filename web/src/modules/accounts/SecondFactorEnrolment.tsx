import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './Entrance.module.css'
import { type SecondFactor, showCode } from './signIn.ts'

interface Props {
  begun: SecondFactor
  onDone: () => void
}

/** The secret as a picture to scan or a key to type, and the first code to prove that the app has it. */
export function SecondFactorEnrolment({ begun, onDone }: Props) {
  const [code, setCode] = useState('')
  const verify = useMutation({ mutationFn: () => showCode(code.trim()), onSuccess: onDone })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    verify.mutate()
  }
  return (
    <div className={classes.enrolment}>
      <QrCode text={begun.uri} label="动态口令的二维码" />
      <form onSubmit={submit} className={classes.form}>
        <p className={classes.hint}>
          用身份验证器扫描二维码；不能扫描时，手工输入密钥：
          <br />
          <span className={classes.link}>{keyIn(begun.uri)}</span>
        </p>
        <TextInput
          label="验证器显示的 6 位数字"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          required
        />
        <ProblemNote error={verify.error} />
        <div>
          <Button type="submit" loading={verify.isPending} disabled={!/^\s*\d{6}\s*$/.test(code)}>
            完成绑定
          </Button>
        </div>
      </form>
    </div>
  )
}

/** The key in groups of four, as it is typed. */
function keyIn(uri: string): string {
  const secret = /[?&]secret=([^&]+)/.exec(uri)?.[1] ?? ''
  return (secret.match(/.{1,4}/g) ?? []).join(' ')
}
