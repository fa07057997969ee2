import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { asProblem } from '../problem.ts'

interface Props {
  /** What the write threw; only a refusal because of a newer record says anything here. */
  error: unknown
  /** What somebody else has changed since the form was opened. */
  changes: readonly { label: string; before: string; now: string }[]
}

/** Above a form that was refused because the record is newer: what others have changed; what was typed stays. */
export function ChangedMeanwhile({ error, changes }: Props) {
  if (!isChanged(error)) return null
  return (
    <Alert
      role="alert"
      color="yellow"
      title="他人刚刚修改了这条记录"
      icon={<IconAlertTriangle size={18} stroke={1.8} aria-hidden />}
    >
      您填写的内容还在下面，尚未保存。
      {changes.length > 0 && (
        <>
          请对照他人的修改，确认后再次保存：
          <ul>
            {changes.map(({ label, before, now }) => (
              <li key={label}>
                {label}：{before || '（未填）'} → {now || '（未填）'}
              </li>
            ))}
          </ul>
        </>
      )}
      {changes.length === 0 && '其他字段没有变化，可以再次保存。'}
    </Alert>
  )
}

/** Whether a write was refused because the record is newer than the one that was read. */
export function isChanged(error: unknown): boolean {
  return error !== null && error !== undefined && asProblem(error).details.status === 412
}
