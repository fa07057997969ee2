import classes from './StillMissing.module.css'

interface Props {
  /** Whether each thing that is needed is there, by the label under which it is filled in. */
  needs: Readonly<Record<string, boolean>>
}

/** Why a button is grey: what is still to be filled in. Nothing where all is there. */
export function StillMissing({ needs }: Props) {
  const missing = missingOf(needs)
  return missing.length > 0 && <p className={classes.missing}>还需填写：{missing.join('、')}</p>
}

/** The labels of what is not there, in their order. */
export const missingOf = (needs: Props['needs']): string[] => Object.keys(needs).filter((label) => !needs[label])
