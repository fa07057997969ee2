import { NumberInput } from '@mantine/core'
import { ballotNeeds, ballotProblems } from '@zhibu/rules'
import { FindingNote } from '../../ui/FindingNote.tsx'
import classes from './ActDialog.module.css'
import type { FieldProps } from './actDraft.ts'
import { type VoteDraft, voteOf } from './actDraft.ts'

const counts = [
  ['entitled', '应到会有表决权的党员'],
  ['present', '实到会有表决权的党员'],
  ['writtenOpinions', '会前书面意见'],
  ['yes', '赞成'],
  ['no', '反对'],
  ['abstain', '弃权'],
] as const

/** The tally of an assembly, reckoned through while it is typed. */
export function VoteFields({ draft: { vote = {}, on }, onChange, file }: FieldProps) {
  const put = (part: VoteDraft) => onChange({ vote: { ...vote, ...part } })
  const whole = voteOf(vote)
  const day = on ?? file.on
  const needs = vote.entitled ? ballotNeeds('development', vote.entitled, day) : undefined
  return (
    <fieldset className={classes.group}>
      <legend>表决结果（无记名投票，只记票数）</legend>
      <div className={classes.counts}>
        {counts.map(([field, label]) => (
          <NumberInput
            key={field}
            label={label}
            value={vote[field] ?? ''}
            onChange={(value) => put({ [field]: typeof value === 'number' ? value : undefined })}
            min={0}
            max={100000}
            allowDecimal={false}
            allowNegative={false}
            hideControls
          />
        ))}
      </div>
      <div aria-live="polite" className={classes.notes}>
        {needs && (
          <p className={classes.hint}>
            应到 {vote.entitled} 人：实到至少 {needs.minPresent} 人才能开会，赞成至少 {needs.minYes}{' '}
            票才能通过（按应到人数计）。
          </p>
        )}
        {whole &&
          ballotProblems('development', whole, day).map(({ code, severity, message, basis }) => (
            <FindingNote
              key={code}
              severity={severity}
              message={`${message}。`}
              {...(basis && { citation: basis.cited })}
            />
          ))}
        {whole && ballotProblems('development', whole, day).length === 0 && (
          <p className={classes.good}>票数相符，到会和赞成人数符合规定。</p>
        )}
      </div>
    </fieldset>
  )
}
