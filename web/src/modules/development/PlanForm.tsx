import { Button, Select } from '@mantine/core'
import { type ActKind, actLabels, addYears, type Day, dayWritten } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { useState } from 'react'
import { DayInput } from '../../ui/DayInput.tsx'
import { Section } from '../../ui/Section.tsx'
import { kindOf } from './kinds.ts'
import { MeetingDaysInput } from './MeetingDaysInput.tsx'
import classes from './PlanPage.module.css'
import type { PlanDraft } from './planDraft.ts'

/** The acts that are worth reaching by a day. */
const targets: readonly ActKind[] = [
  'activistDecision',
  'prospectListing',
  'preReview',
  'admissionAssembly',
  'admissionApproval',
  'oath',
  'confirmationAssembly',
  'confirmationApproval',
]

interface Props {
  file: FileView
  draft: PlanDraft
  onChange: (draft: PlanDraft) => void
}

/** What a plan has to fit into: what is to be reached and when, meeting days, vacations. */
export function PlanForm({ file, draft, onChange }: Props) {
  const { target, assemblyDays = [], committeeDays = [] } = draft
  const leavesOn = file.facts.leavesOn
  const horizon = target.by ?? addYears(file.on, 2)
  return (
    <Section title="条件">
      <Select
        label="要完成的事项"
        data={targetsIn(file, target.kind).map((value) => ({ value, label: actLabels[value] }))}
        value={target.kind}
        onChange={(value) => onChange({ ...draft, target: { ...target, kind: kindOf(value) ?? target.kind } })}
        allowDeselect={false}
      />
      <div>
        <DayInput
          key={target.by === leavesOn ? 'leaving' : 'own'}
          label="最迟日期"
          value={target.by}
          onChange={(by) => onChange({ ...draft, target: { ...target, by } })}
          earliest={file.on}
          required
        />
        {leavesOn && leavesOn !== target.by && leavesOn > file.on && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => onChange({ ...draft, target: { ...target, by: leavesOn } })}
          >
            预计离校日期（{dayWritten(leavesOn)}）
          </Button>
        )}
      </div>
      <MeetingDaysInput
        label="支部党员大会召开日期"
        days={assemblyDays}
        from={file.on}
        until={horizon}
        onChange={(days) => onChange(withDays(draft, 'assemblyDays', days))}
      />
      <MeetingDaysInput
        label="支委会召开日期"
        days={committeeDays}
        from={file.on}
        until={horizon}
        onChange={(days) => onChange(withDays(draft, 'committeeDays', days))}
      />
      <ClosedPeriods draft={draft} onChange={onChange} />
    </Section>
  )
}

/** The aims that are still ahead, and the one that was chosen. */
function targetsIn({ acts }: FileView, chosen: ActKind): readonly ActKind[] {
  const recorded = acts.filter((it) => it.correctedBy === undefined).map((it) => it.act.kind)
  return targets.filter((it) => it === chosen || !recorded.includes(it))
}

function ClosedPeriods({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const closed = draft.closed ?? []
  const [from, setFrom] = useState<Day>()
  const [until, setUntil] = useState<Day>()
  const put = (periods: typeof closed) => onChange(withPeriods(draft, periods))
  return (
    <fieldset className={classes.group}>
      <legend>不安排会议的时段（寒暑假等）</legend>
      {closed.length > 0 && (
        <ul className={classes.periods}>
          {closed.map((it) => (
            <li key={`${it.from} ${it.until}`}>
              {dayWritten(it.from)} 至 {dayWritten(it.until)}
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`移去${dayWritten(it.from)}至${dayWritten(it.until)}`}
                onClick={() => put(closed.filter((other) => other !== it))}
              >
                移去
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.period} key={closed.length}>
        <DayInput label="从" value={from} onChange={setFrom} />
        <DayInput
          label="到"
          value={until}
          onChange={setUntil}
          error={from && until && until < from ? '不能早于开始日期。' : undefined}
        />
      </div>
      <div>
        <Button
          variant="default"
          size="compact-sm"
          disabled={from === undefined || until === undefined || until < from}
          onClick={() => {
            if (from && until) put([...closed, { from, until }])
            setFrom(undefined)
            setUntil(undefined)
          }}
        >
          添加时段
        </Button>
      </div>
    </fieldset>
  )
}

/** A list without a day is left out: the meeting may then be on any day. */
function withDays(draft: PlanDraft, field: 'assemblyDays' | 'committeeDays', days: readonly Day[]): PlanDraft {
  const { [field]: _, ...others } = draft
  return days.length > 0 ? { ...others, [field]: days } : others
}

function withPeriods(draft: PlanDraft, closed: NonNullable<PlanDraft['closed']>): PlanDraft {
  const { closed: _, ...others } = draft
  return closed.length > 0 ? { ...others, closed } : others
}
