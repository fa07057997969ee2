import { Select, TextInput } from '@mantine/core'
import type { AttendanceRow } from '@zhibu/server/modules/training/attendance-schema'
import { memo } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import parts from '../../ui/Parts.module.css'
import { type Mark, marked } from './marks.ts'
import { RequestLine } from './RequestLine.tsx'
import classes from './Training.module.css'
import { attendanceNames, leaveNames } from './words.ts'

interface Props {
  row: AttendanceRow
  mark: Mark
  mayRecord: boolean
  isSelf: boolean
  onChange: (personId: string, mark: Mark) => void
}

/** One person of the list of a session: who, what they wrote, what else they have then, and whether they were there. */
export const AttendanceLine = memo(function Line({ row, mark, mayRecord, isSelf, onChange }: Props) {
  const { person, organization, requests, conflicts } = row
  const set = (next: Mark) => onChange(person.id, next)
  const isException = mark.attendance !== 'present'
  return (
    <li className={classes.person} data-person={person.id} data-exception={isException || undefined}>
      <div className={classes.who}>
        <strong>{person.name}</strong>
        <span className={classes.quiet}>{[person.studentNumber, organization].filter(Boolean).join('，')}</span>
        {row.place === 'waiting' && <span className={classes.quiet}>（不在录取名单上）</span>}
      </div>
      {!mayRecord && row.attendance !== null && (
        <span>
          {attendanceNames[row.attendance]}
          {row.leaveKind !== null && `（${leaveNames[row.leaveKind]}）`}
        </span>
      )}
      {mayRecord && isSelf && <span className={parts.note}>自己的到课情况由别的组织者登记。</span>}
      {mayRecord && !isSelf && (
        <fieldset className={classes.choices}>
          <legend className="for-screen-readers">{person.name}</legend>
          {choicesOf(attendanceNames).map(({ value, label }) => (
            <label key={value} className={classes.choice}>
              <input
                type="radio"
                className="for-screen-readers"
                name={person.id}
                checked={mark.attendance === value}
                onChange={() => set(marked(mark, value))}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      )}
      {mayRecord && !isSelf && isException && mark.attendance !== null && (
        <div className={classes.details}>
          {mark.attendance === 'leave' && (
            <Select
              aria-label={`${person.name}请假的种类`}
              placeholder="请假的种类"
              data={choicesOf(leaveNames)}
              value={mark.leaveKind}
              onChange={(value) => set({ ...mark, leaveKind: codeIn(leaveNames, value) ?? null })}
            />
          )}
          <TextInput
            aria-label={`${person.name}的说明`}
            placeholder={mark.attendance === 'madeUp' ? '补课的时间和方式' : '说明（可不填）'}
            value={mark.note}
            onChange={(event) => set({ ...mark, note: event.currentTarget.value })}
            maxLength={200}
          />
        </div>
      )}
      {requests.map((it) => (
        <RequestLine key={it.id} it={it} name={person.name} mayAnswer={!isSelf} />
      ))}
      {conflicts.length > 0 && <p className={classes.conflict}>同一时间还有：{conflicts.join('、')}</p>}
    </li>
  )
})
