import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'

interface Props {
  programmeId: string
  submitLabel: string
  needs: Readonly<Record<string, boolean>>
  isBusy: boolean
  /** What the last saving threw. */
  error: unknown
  /** What somebody else has changed since the form was opened. */
  changes?: readonly { label: string; before: string; now: string }[]
  /** What was typed is to be saved over what others have written. */
  onKeep?: () => void
  /** Another button beside the one that saves. */
  more?: ReactNode
}

/** Below a form of a programme or a session: saves it, or goes back. Where somebody else was faster, what they have changed, and what to do with what was typed. */
export function SaveRow({ programmeId, submitLabel, needs, isBusy, error, changes = [], onKeep, more }: Props) {
  const back = { to: '/training/$programmeId', params: { programmeId } } as const
  if (isChanged(error))
    return (
      <>
        <ChangedMeanwhile error={error} changes={changes} />
        <div className={parts.buttons}>
          {/* Another button than the one that saves: the same element would turn into it under the click, and save. */}
          <Button key="keep" onClick={onKeep}>
            已经看过，保留我填写的
          </Button>
          <LinkButton variant="default" {...back}>
            放弃我的修改
          </LinkButton>
        </div>
      </>
    )
  return (
    <>
      <ProblemNote error={error} isKept />
      <div className={parts.buttons}>
        <Button key="save" type="submit" loading={isBusy} disabled={missingOf(needs).length > 0}>
          {submitLabel}
        </Button>
        {more}
        <LinkButton variant="default" {...back}>
          取消
        </LinkButton>
        <StillMissing needs={needs} />
      </div>
    </>
  )
}
