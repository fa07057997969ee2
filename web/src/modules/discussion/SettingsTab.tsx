import { Alert, Button, Checkbox, NumberInput, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { DiscussionSettings, DiscussionSettingsView } from '@zhibu/server/modules/discussion/schema'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { discussionClient, settingsQuery } from './api.ts'
import classes from './Discussion.module.css'
import { useWrite } from './useWrite.ts'

/** 交流设置: days of answer, reminders, and the two offices that may open an identity together. */
export function SettingsTab() {
  const { data, error, refetch } = useQuery(settingsQuery)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  return <Form key={data.etag} read={data.value} etag={data.etag} />
}

type Opener = { organizationId: string | undefined; office: keyof typeof officeNames | undefined }
const nobody: Opener = { organizationId: undefined, office: undefined }

function Form({ read, etag }: { read: DiscussionSettingsView; etag: string }) {
  const { can, openers: named, ...readDays } = read
  const [days, setDays] = useState<Record<keyof typeof readDays, number | ''>>(readDays)
  const [openers, setOpeners] = useState<Opener[] | null>(named)
  const isTouched = JSON.stringify([days, openers]) !== JSON.stringify([readDays, named])
  useUnsaved(isTouched)
  const whole = wholeOf(openers)
  const sound = soundOf(days)
  const isTwice = whole?.[0] !== undefined && sameOffice(whole[0], whole[1])
  const save = useWrite(async () => {
    if (whole !== undefined && sound)
      await parseResponse(discussionClient.settings.$put({ json: { ...sound, openers: whole } }, ifMatch(etag)))
  })
  const number = (name: DaysName) => ({
    value: days[name],
    onChange: (value: number | string) => setDays({ ...days, [name]: typeof value === 'number' ? value : '' }),
    error: outside(name, days[name]) ?? problemIn(save.error, name),
    readOnly: !can.change,
    // What was typed stays, with what is wrong with it beside it.
    ...{ allowDecimal: false, clampBehavior: 'none' as const },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      {!can.change && <Alert color="gray">全校统一，由学校党委组织部设置。</Alert>}
      <Section title="答复期限和提醒" lead="按本校的工作日计算。期限到了没有答复，只提醒负责答复的人，不排名、不通报。">
        <div className={classes.pair}>
          <NumberInput label="建议和来稿的答复期限（工作日）" {...number('suggestionDays')} />
          <NumberInput label="投诉反映的答复期限（工作日）" {...number('complaintDays')} />
          <NumberInput label="到期前几个工作日提醒" {...number('remindBeforeDays')} />
          <NumberInput label="过期后每几个工作日再提醒" {...number('remindAfterEveryDays')} />
        </div>
      </Section>
      <Section
        title="共同查看身份的两个职务"
        lead="隐去身份提交的，只有这两个职务的人共同同意，才能查看姓名。不指定的，没有人能查看。"
      >
        <Checkbox
          label="指定两个职务"
          checked={openers !== null}
          disabled={!can.change}
          onChange={(event) => setOpeners(event.currentTarget.checked ? [nobody, nobody] : null)}
        />
        {openers?.map((it, at) => (
          <OpenerFields
            // There are two, and they keep their places.
            key={ordinals[at]}
            label={ordinals[at] ?? ''}
            value={it}
            disabled={!can.change}
            error={at === 1 ? (isTwice ? '两个职务不能相同，请另选一个' : problemIn(save.error, 'openers')) : undefined}
            onChange={(changed) => setOpeners(openers.with(at, changed))}
          />
        ))}
        <div className={classes.pair}>
          <NumberInput label="另一职务表态的期限（天）" {...number('openingDays')} />
        </div>
      </Section>
      <ProblemNote error={save.error} isKept />
      {save.isSuccess && !isTouched && <Alert color="green" title="交流设置已保存" role="status" />}
      {can.change && (
        <div>
          <Button
            type="submit"
            disabled={!isTouched || whole === undefined || isTwice || !sound}
            loading={save.isPending}
          >
            保存交流设置
          </Button>
        </div>
      )}
    </form>
  )
}

const ranges = {
  suggestionDays: [1, 60],
  complaintDays: [1, 60],
  remindBeforeDays: [0, 20],
  remindAfterEveryDays: [1, 20],
  openingDays: [1, 30],
} as const
type DaysName = keyof typeof ranges
type Days = Record<DaysName, number | ''>

/** What is wrong with a number as it was typed. */
function outside(name: DaysName, value: number | ''): string | undefined {
  const [min, max] = ranges[name]
  return value !== '' && value >= min && value <= max ? undefined : `请填 ${min} 到 ${max} 的整数`
}

/** The numbers, where each is within its range. */
function soundOf({ suggestionDays, complaintDays, remindBeforeDays, remindAfterEveryDays, openingDays }: Days) {
  const isSound = (name: DaysName, value: number | ''): value is number => outside(name, value) === undefined
  return isSound('suggestionDays', suggestionDays) &&
    isSound('complaintDays', complaintDays) &&
    isSound('remindBeforeDays', remindBeforeDays) &&
    isSound('remindAfterEveryDays', remindAfterEveryDays) &&
    isSound('openingDays', openingDays)
    ? { suggestionDays, complaintDays, remindBeforeDays, remindAfterEveryDays, openingDays }
    : undefined
}

type Whole = NonNullable<DiscussionSettings['openers']>[number]
const sameOffice = (one: Whole, other: Whole | undefined): boolean =>
  one.organizationId === other?.organizationId && one.office === other.office

const ordinals = ['第一个', '第二个'] as const

/** The two offices as they are sent; undefined while something of them is missing. */
function wholeOf(openers: readonly Opener[] | null): DiscussionSettings['openers'] | undefined {
  if (openers === null) return null
  const [one, other] = openers.map(({ organizationId, office }) =>
    organizationId !== undefined && office !== undefined ? { organizationId, office } : undefined,
  )
  return one && other ? [one, other] : undefined
}

interface OpenerProps {
  label: string
  value: Opener
  disabled: boolean
  error: string | undefined
  onChange: (value: Opener) => void
}

function OpenerFields({ label, value, disabled, error, onChange }: OpenerProps) {
  return (
    <div className={classes.pair}>
      <OrganizationPicker
        label={`${label}职务所在的组织`}
        value={value.organizationId}
        onChange={(organizationId) => onChange({ ...value, organizationId })}
      />
      <Select
        label={`${label}职务`}
        data={choicesOf(officeNames)}
        value={value.office ?? null}
        disabled={disabled}
        error={error}
        onChange={(it) => onChange({ ...value, office: codeIn(officeNames, it) })}
      />
    </div>
  )
}
