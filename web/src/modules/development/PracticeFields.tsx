import { Checkbox, NumberInput, Select } from '@mantine/core'
import type { LocalPractice } from '@zhibu/rules'
import { FieldGrid } from '../../ui/FieldGrid.tsx'

interface Props {
  practice: LocalPractice
  isReadOnly: boolean
  onChange: (practice: LocalPractice) => void
}

/** What the detailed rules leave open and the university settles. */
export function PracticeFields({ practice: it, isReadOnly, onChange }: Props) {
  const put = (part: Partial<LocalPractice>) => onChange({ ...it, ...part })
  const number = (label: string, value: number, write: (value: number) => void, description?: string) => (
    <NumberInput
      label={label}
      description={description}
      value={value}
      onChange={(typed) => write(typeof typed === 'number' ? typed : 0)}
      min={0}
      max={3660}
      allowDecimal={false}
      readOnly={isReadOnly}
      hideControls
    />
  )
  return (
    <FieldGrid>
      <Choice
        label="积极分子培养一年从哪天算起"
        names={{ committeeDecision: '支委会确定之日', filingReply: '备案回复之日' }}
        value={it.activistClockStart}
        isReadOnly={isReadOnly}
        onChange={(activistClockStart) => put({ activistClockStart })}
      />
      <Choice
        label="审批三个月从哪天算起"
        names={{ submitted: '上报决议之日', assembly: '支部党员大会之日' }}
        value={it.approvalClockStart}
        isReadOnly={isReadOnly}
        onChange={(approvalClockStart) => put({ approvalClockStart })}
      />
      <Choice
        label="预备期届满日的写法"
        names={{ sameDay: '一年后的同一天', dayBefore: '一年后的前一天', either: '两种都可以' }}
        value={it.probationEndStyle}
        isReadOnly={isReadOnly}
        onChange={(probationEndStyle) => put({ probationEndStyle })}
      />
      <Choice
        label="应到会人数的到会比例"
        names={{ national: '按细则：超过半数', twoThirds: '三分之二以上', fourFifths: '五分之四以上', own: '其他' }}
        value={shareOf(it.attendance)}
        isReadOnly={isReadOnly}
        onChange={(share) => onChange(withAttendance(it, share))}
      />
      {number('申请后满几个月再确定积极分子', it.applicationToActivistMonths, (applicationToActivistMonths) =>
        put({ applicationToActivistMonths }),
      )}
      {number('推优几个月内有效', it.recommendationValidMonths, (recommendationValidMonths) =>
        put({ recommendationValidMonths }),
      )}
      {number('积极分子培训学时', it.activistTrainingHours, (activistTrainingHours) => put({ activistTrainingHours }))}
      {number(
        '半年考察可以迟几天',
        it.review.graceDays,
        (graceDays) => put({ review: { graceDays } }),
        '超过才作为矛盾，最多 31 天。',
      )}
      {number('思想汇报间隔（月）', it.thoughtReport.everyMonths, (everyMonths) =>
        put({ thoughtReport: { ...it.thoughtReport, everyMonths } }),
      )}
      {number(
        '两次思想汇报至少相隔（天）',
        it.thoughtReport.minGapDays,
        (minGapDays) => put({ thoughtReport: { ...it.thoughtReport, minGapDays } }),
        '间隔更短的提醒核对。',
      )}
      {number('确定积极分子公示（工作日）', it.notices.activist, (activist) =>
        put({ notices: { ...it.notices, activist } }),
      )}
      {number('接收预备党员公示（工作日）', it.notices.admission, (admission) =>
        put({ notices: { ...it.notices, admission } }),
      )}
      {number('转正公示（工作日）', it.notices.confirmation, (confirmation) =>
        put({ notices: { ...it.notices, confirmation } }),
      )}
      {number(
        '转正申请最早提前几天',
        it.confirmationRequest.earliestDaysBefore,
        (earliestDaysBefore) => put({ confirmationRequest: { ...it.confirmationRequest, earliestDaysBefore } }),
        '预备期届满以前。',
      )}
      {number('转正申请最迟在期满后几个月', it.confirmationRequest.latestMonthsAfter, (latestMonthsAfter) =>
        put({ confirmationRequest: { ...it.confirmationRequest, latestMonthsAfter } }),
      )}
      {number('转正大会最迟在期满后几个月', it.confirmationAssemblyWithinMonths, (confirmationAssemblyWithinMonths) =>
        put({ confirmationAssemblyWithinMonths }),
      )}
      {number('预备党员考察间隔（月）', it.probationReviewEveryMonths, (probationReviewEveryMonths) =>
        put({ probationReviewEveryMonths }),
      )}
      <Tick
        label="公示当日计为一个工作日"
        checked={it.publicity.countFirstDay}
        isReadOnly={isReadOnly}
        onChange={(countFirstDay) => put({ publicity: { countFirstDay } })}
      />
      <Tick
        label="党委审批以前由党总支审议"
        checked={it.generalBranchDeliberates}
        isReadOnly={isReadOnly}
        onChange={(generalBranchDeliberates) => put({ generalBranchDeliberates })}
      />
    </FieldGrid>
  )
}

interface ChoiceProps<Code extends string> {
  label: string
  names: Readonly<Record<Code, string>>
  value: Code
  isReadOnly: boolean
  onChange: (value: Code) => void
}

function Choice<Code extends string>({ label, names, value, isReadOnly, onChange }: ChoiceProps<Code>) {
  const isCode = (it: string): it is Code => Object.hasOwn(names, it)
  return (
    <Select
      label={label}
      data={Object.keys(names)
        .filter(isCode)
        .map((code) => ({ value: code, label: names[code] }))}
      value={value}
      onChange={(chosen) => chosen !== null && isCode(chosen) && onChange(chosen)}
      allowDeselect={false}
      readOnly={isReadOnly}
    />
  )
}

interface TickProps {
  label: string
  checked: boolean
  isReadOnly: boolean
  onChange: (checked: boolean) => void
}

function Tick({ label, checked, isReadOnly, onChange }: TickProps) {
  return (
    <Checkbox
      label={label}
      checked={checked}
      disabled={isReadOnly}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}

type Share = 'national' | 'twoThirds' | 'fourFifths' | 'own'

const shares = { twoThirds: { numerator: 2, denominator: 3 }, fourFifths: { numerator: 4, denominator: 5 } } as const

function shareOf(attendance: LocalPractice['attendance']): Share {
  if (attendance === undefined) return 'national'
  const { numerator, denominator } = attendance
  if (numerator === 2 && denominator === 3) return 'twoThirds'
  return numerator === 4 && denominator === 5 ? 'fourFifths' : 'own'
}

function withAttendance(practice: LocalPractice, share: Share): LocalPractice {
  const { attendance, ...others } = practice
  if (share === 'national') return others
  if (share === 'own') return { ...others, attendance: attendance ?? { numerator: 3, denominator: 4 } }
  return { ...others, attendance: shares[share] }
}
