import { PasswordInput } from '@mantine/core'
import { IconCheck, IconPoint } from '@tabler/icons-react'
import { useId } from 'react'
import classes from './Entrance.module.css'

interface Props {
  label: string
  value: string
  onChange: (password: string) => void
  /** What the password must not contain. */
  userName: string
  error?: string | undefined
}

/** A password to be chosen, with its rules beside it as they are met. The server looks further: it knows the commonest ones. */
export function NewPasswordInput({ label, value, onChange, userName, error }: Props) {
  const id = useId()
  return (
    <div>
      <PasswordInput
        label={label}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': `显示或隐藏${label}` }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        aria-describedby={id}
        required
      />
      <ul id={id} className={classes.rules}>
        {rules(value, userName).map(({ text, isMet }) => (
          <li key={text} data-met={isMet || undefined}>
            {isMet ? <IconCheck size={16} aria-hidden /> : <IconPoint size={16} aria-hidden />}
            {text}
            <span className="for-screen-readers">{isMet ? '：已满足' : '：未满足'}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Whether all rules that the page can see are met. */
export const isGoodPassword = (password: string, userName: string): boolean =>
  rules(password, userName).every((it) => it.isMet)

const shortest = 10

function rules(password: string, userName: string) {
  const plain = password.toLowerCase()
  const name = userName.trim().toLowerCase()
  return [
    { text: `至少 ${shortest} 个字符，可以用几个不相干的词连成一句`, isMet: [...password].length >= shortest },
    { text: '不含用户名', isMet: password !== '' && (name === '' || !plain.includes(name)) },
    { text: '至少 4 种不同的字符', isMet: new Set(plain).size >= 4 },
  ]
}
