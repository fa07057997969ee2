import { Checkbox } from '@mantine/core'
import type { Resolution } from '@zhibu/rules'
import { DayInput } from '../../ui/DayInput.tsx'
import classes from './ActDialog.module.css'
import type { FieldProps } from './actDraft.ts'

/** The resolution of the assembly as it is written in the form. */
export function ResolutionFields({ draft: { resolution }, onChange, onProblem, file }: FieldProps) {
  const put = (part: { [Key in keyof Resolution]?: Resolution[Key] | undefined }) => {
    const { on, hasCounts, signedBySecretary } = { ...resolution, ...part }
    onChange({
      resolution: {
        ...(on && { on }),
        ...(hasCounts !== undefined && { hasCounts }),
        ...(signedBySecretary !== undefined && { signedBySecretary }),
      },
    })
  }
  return (
    <fieldset className={classes.group}>
      <legend>支部决议</legend>
      <DayInput
        label="决议落款日期"
        value={resolution?.on}
        onChange={(on, problem) => {
          onProblem('resolution.on', problem)
          put({ on })
        }}
        latest={file.on}
      />
      <Checkbox
        label="写明应到、实到和表决票数"
        checked={resolution?.hasCounts ?? false}
        onChange={(event) => put({ hasCounts: event.currentTarget.checked })}
      />
      <Checkbox
        label="支部书记已签名"
        checked={resolution?.signedBySecretary ?? false}
        onChange={(event) => put({ signedBySecretary: event.currentTarget.checked })}
      />
    </fieldset>
  )
}
