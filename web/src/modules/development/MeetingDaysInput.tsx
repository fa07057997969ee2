import { Button, Select, Textarea } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import { useState } from 'react'
import { daysOfRule, type MeetingRule, readDays, weekdayNames } from './meetingDays.ts'
import classes from './PlanPage.module.css'

interface Props {
  label: string
  days: readonly Day[]
  /** The stretch for which a weekly or monthly rule is written out. */
  from: Day
  until: Day
  onChange: (days: readonly Day[]) => void
}

/** The days on which a body meets: pasted from a plan of meetings, or written out from a rule. Without any, every day will do. */
export function MeetingDaysInput({ label, days, from, until, onChange }: Props) {
  const [text, setText] = useState(days.join('\n'))
  const [rule, setRule] = useState<MeetingRule>({ weekday: 3, nth: 1 })
  const { problems } = readDays(text)
  const write = (next: string) => {
    setText(next)
    onChange(readDays(next).days)
  }
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      <Textarea
        aria-label={label}
        description={days.length > 0 ? `共 ${days.length} 天` : '不填表示哪天都可以。可从会议安排中粘贴，一行一个。'}
        placeholder={'2026-12-02\n2027-01-06'}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        error={problems.length > 0 && problems.slice(0, 3).join('；')}
        autosize
        minRows={2}
        maxRows={6}
      />
      <div className={classes.rule}>
        <Select
          aria-label="每月第几个"
          data={[
            { value: '1', label: '每月第一个' },
            { value: '2', label: '每月第二个' },
            { value: '3', label: '每月第三个' },
            { value: '4', label: '每月第四个' },
            { value: 'every', label: '每一个' },
          ]}
          value={String(rule.nth)}
          onChange={(value) => setRule({ ...rule, nth: nths.find((it) => String(it) === value) ?? 1 })}
          allowDeselect={false}
        />
        <Select
          aria-label="星期几"
          data={weekdayNames.map((name, at) => ({ value: String(at + 1), label: name }))}
          value={String(rule.weekday)}
          onChange={(value) => setRule({ ...rule, weekday: Number(value) })}
          allowDeselect={false}
        />
        <Button variant="default" onClick={() => write(daysOfRule(rule, from, until).slice(0, 200).join('\n'))}>
          填入
        </Button>
      </div>
    </fieldset>
  )
}

const nths = [1, 2, 3, 4, 'every'] as const
