import { Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { conclusionLabels, type Day, isMonth, opinionGiverLabels, outcomeLabels, recommenderLabels } from '@zhibu/rules'
import { type ReactNode, useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { type ActDraft, type FieldProps, type OwnField, ownFields } from './actDraft.ts'
import { MembersInput } from './MembersInput.tsx'
import { NoticeDays } from './NoticeDays.tsx'
import { ResolutionFields } from './ResolutionFields.tsx'
import { VoteFields } from './VoteFields.tsx'

/** The fields that only acts of this kind have. */
export function ActFields(props: FieldProps) {
  return ownFields[props.kind].map((field) => {
    const Field = fields[field]
    return <Field key={field} {...props} />
  })
}

type DayField = {
  [Key in OwnField]: NonNullable<ActDraft[Key]> extends Day
    ? Day extends NonNullable<ActDraft[Key]>
      ? Key
      : never
    : never
}[OwnField]

/** A field that is a day and nothing else. `canLieAhead`: the end of a period or a notice. */
function dayField(field: DayField, label: string, { description, canLieAhead = false }: DayFieldOptions = {}) {
  return ({ draft, onChange, onProblem, file }: FieldProps) => (
    <DayInput
      label={label}
      description={description}
      value={draft[field]}
      onChange={(on, problem) => {
        onProblem(field, problem)
        onChange({ [field]: on })
      }}
      {...(!canLieAhead && { latest: file.on })}
    />
  )
}

interface DayFieldOptions {
  description?: string
  canLieAhead?: boolean
}

function numberField(field: 'trainingDays' | 'trainingHours', label: string, max: number) {
  return ({ draft, onChange }: FieldProps) => (
    <NumberInput
      label={label}
      value={draft[field] ?? ''}
      onChange={(value) => onChange({ [field]: typeof value === 'number' ? value : undefined })}
      min={0}
      max={max}
      clampBehavior="strict"
      hideControls
    />
  )
}

const fields: Record<OwnField, (props: FieldProps) => ReactNode> = {
  receivedOn: dayField('receivedOn', '组织收到日期', { description: '与落款日期不同时填写。' }),
  firstSubmittedOn: dayField('firstSubmittedOn', '首次递交日期', {
    description: '重新誊写过申请书的，填最初递交的日期。',
  }),
  repliedOn: dayField('repliedOn', '备案回复日期'),
  endedOn: (props) => (
    <div>
      {dayField('endedOn', '公示结束日期', { canLieAhead: true })(props)}
      <NoticeDays {...props} />
    </div>
  ),
  lastReplyOn: dayField('lastReplyOn', '最后一份函调、外调回复日期'),
  startedOn: dayField('startedOn', '培训开始日期'),
  introducersOpinionOn: dayField('introducersOpinionOn', '介绍人填写意见日期'),
  submittedOn: dayField('submittedOn', '支部上报日期', { description: '审批期限从上报之日算起。' }),
  probationFrom: dayField('probationFrom', '预备期开始'),
  probationUntil: dayField('probationUntil', '预备期届满', { canLieAhead: true }),
  until: dayField('until', '延长或推迟至', { canLieAhead: true, description: '延长预备期或推迟讨论的填写。' }),
  fullOn: dayField('fullOn', '转为正式党员的日期', { canLieAhead: true, description: '以批复写明的为准。' }),
  trainingDays: numberField('trainingDays', '天数', 365),
  trainingHours: numberField('trainingHours', '学时', 2000),
  month: MonthField,
  by: ({ draft, onChange }) => (
    <Select
      label="推荐方式"
      data={choicesOf(recommenderLabels)}
      value={draft.by ?? null}
      onChange={(value) => onChange({ by: codeIn(recommenderLabels, value) })}
      clearable
      clearButtonProps={{ 'aria-label': '清除推荐方式' }}
    />
  ),
  from: ({ draft, onChange }) => (
    <Checkbox.Group
      label="听取了谁的意见"
      value={[...(draft.from ?? [])]}
      onChange={(values) => onChange({ from: values.flatMap((it) => codeIn(opinionGiverLabels, it) ?? []) })}
    >
      <Group gap="md" mt={4}>
        {choicesOf(opinionGiverLabels).map((it) => (
          <Checkbox key={it.value} {...it} />
        ))}
      </Group>
    </Checkbox.Group>
  ),
  conclusion: ({ draft, onChange }) => (
    <Select
      label="审查结论"
      data={choicesOf(conclusionLabels)}
      value={draft.conclusion ?? null}
      onChange={(value) => onChange({ conclusion: codeIn(conclusionLabels, value) })}
      clearable
      clearButtonProps={{ 'aria-label': '清除审查结论' }}
    />
  ),
  passed: ({ draft, onChange }) => (
    <Select
      label="预审结果"
      data={[
        { value: 'yes', label: '合格' },
        { value: 'no', label: '不合格' },
      ]}
      value={draft.passed === undefined ? null : draft.passed ? 'yes' : 'no'}
      onChange={(value) => onChange({ passed: value === null ? undefined : value === 'yes' })}
      clearable
      clearButtonProps={{ 'aria-label': '清除预审结果' }}
    />
  ),
  outcome: ({ draft, onChange }) => (
    <Select
      label="大会决定"
      data={choicesOf(outcomeLabels)}
      value={draft.outcome ?? null}
      onChange={(value) => onChange({ outcome: codeIn(outcomeLabels, value) })}
      clearable
      clearButtonProps={{ 'aria-label': '清除大会决定' }}
    />
  ),
  talkers: (props) => <MembersInput {...props} field="talkers" label="谈话人" />,
  members: (props) => (
    <MembersInput {...props} field="members" label={props.kind === 'introducers' ? '入党介绍人' : '培养联系人'} />
  ),
  vote: VoteFields,
  resolution: ResolutionFields,
}

function MonthField({ draft, onChange, onProblem }: FieldProps) {
  const [typed, setTyped] = useState<string>(draft.month ?? '')
  const isWrong = typed !== '' && !isMonth(typed)
  return (
    <TextInput
      label="首次交纳党费的月份"
      placeholder="如 2026-05"
      value={typed}
      onChange={(event) => {
        const text = event.currentTarget.value.trim()
        setTyped(text)
        onProblem('month', text === '' || isMonth(text) ? undefined : '月份')
        onChange({ month: isMonth(text) ? text : undefined })
      }}
      error={isWrong && '请写成 2026-05 的样子。'}
    />
  )
}
