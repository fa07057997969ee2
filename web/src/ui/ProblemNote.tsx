import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { asProblem, Problem } from '../problem.ts'

interface Props {
  /** What was thrown; nothing is shown where there is none. */
  error: unknown
  /** Whether what was typed stays on the page when the session has ended, to be sent after signing in beside it. */
  isKept?: boolean
}

/** Beside a form: why it was not taken and how to mend it. A whole part that could not be read shows an `ErrorState`. */
export function ProblemNote({ error, isKept = false }: Props) {
  if (error === null || error === undefined) return null
  const { title, detail } = asProblem(error).details
  return (
    <Alert role="alert" color="red" title={title} icon={<IconAlertTriangle size={18} stroke={1.8} aria-hidden />}>
      {isKept && error instanceof Problem && error.isSignedOut ? (
        <>
          已填写的内容还在本页。请
          <a href="/sign-in" target="_blank" rel="noreferrer">
            在新标签页登录
          </a>
          ，再回到这里提交。
        </>
      ) : (
        detail
      )}
    </Alert>
  )
}
