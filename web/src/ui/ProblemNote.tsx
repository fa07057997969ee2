import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { asProblem } from '../problem.ts'

interface Props {
  /** What was thrown; nothing is shown where there is none. */
  error: unknown
}

/** Beside a form: why it was not taken and how to mend it. A whole part that could not be read shows an `ErrorState`. */
export function ProblemNote({ error }: Props) {
  if (error === null || error === undefined) return null
  const { title, detail } = asProblem(error).details
  return (
    <Alert role="alert" color="red" title={title} icon={<IconAlertTriangle size={18} stroke={1.8} aria-hidden />}>
      {detail}
    </Alert>
  )
}
