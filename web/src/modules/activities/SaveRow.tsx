import { Button } from '@mantine/core'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import classes from './Activities.module.css'

interface Props {
  activityId: string
  submitLabel: string
  needs: Readonly<Record<string, boolean>>
  isBusy: boolean
  /** What the last saving threw. */
  error: unknown
  /** What somebody else has changed since the form was opened. */
  changes: readonly { label: string; before: string; now: string }[]
  /** What was typed is to be saved over what others have written. */
  onKeep: () => void
}

/** Below a form of an activity: saves it, or goes back. Where somebody else was faster, what they have changed, and what to do with what was typed. */
export function SaveRow({ activityId, submitLabel, needs, isBusy, error, changes, onKeep }: Props) {
  const back = { to: '/activities/$activityId', params: { activityId } } as const
  if (isChanged(error))
    return (
      <>
        <ChangedMeanwhile error={error} changes={changes} />
        <div className={classes.buttons}>
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
      <div className={classes.buttons}>
        <Button key="save" type="submit" loading={isBusy} disabled={missingOf(needs).length > 0}>
          {submitLabel}
        </Button>
        <LinkButton variant="default" {...back}>
          取消
        </LinkButton>
        <StillMissing needs={needs} />
      </div>
    </>
  )
}
