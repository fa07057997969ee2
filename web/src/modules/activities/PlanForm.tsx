import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FromUntilInputs } from '../../ui/FromUntilInputs.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import classes from './Activities.module.css'
import { AttachmentsField } from './AttachmentsField.tsx'
import { yearQuery } from './api.ts'
import { type Draft, lineOf } from './draft.ts'
import { activityKindNames } from './words.ts'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  error: unknown
  /** What stands above the other fields, such as the organisation of a new activity. */
  first?: ReactNode
}

/** The fields of an activity: what, when and where; the plan; sign-up; attachments. */
export function PlanForm({ draft, onChange, error, first }: Props) {
  const said = (path: string) => problemIn(error, path)
  const hasSpeaker = draft.kind === 'lecture' || draft.kind === 'exchange' || draft.speaker !== ''
  return (
    <>
      <Section title="什么活动">
        <div className={classes.form}>
          {first}
          <TextInput
            label="标题"
            value={draft.title}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
            error={said('title')}
            maxLength={80}
            required
          />
          <div className={classes.pair}>
            <Select
              label="类型"
              data={choicesOf(activityKindNames)}
              value={draft.kind}
              onChange={(value) => onChange({ kind: codeIn(activityKindNames, value) ?? draft.kind })}
              allowDeselect={false}
              required
            />
            <DayChoice draft={draft} onChange={onChange} error={said('dayKey')} />
          </div>
          <Textarea
            label="一两句话介绍（可不填）"
            value={draft.summary}
            onChange={(event) => onChange({ summary: event.currentTarget.value })}
            error={said('summary')}
            maxLength={500}
            autosize
            minRows={2}
          />
          {hasSpeaker && (
            <div className={classes.pair}>
              <TextInput
                label="主讲人"
                value={draft.speaker}
                onChange={(event) => onChange({ speaker: event.currentTarget.value })}
                error={said('speaker')}
                maxLength={60}
              />
              <Textarea
                label="主讲人介绍（可不填）"
                value={draft.aboutSpeaker}
                onChange={(event) => onChange({ aboutSpeaker: event.currentTarget.value })}
                error={said('aboutSpeaker')}
                maxLength={500}
                autosize
              />
            </div>
          )}
        </div>
      </Section>
      <WhenAndWhere draft={draft} onChange={onChange} said={said} />
      <PlanFields draft={draft} onChange={onChange} said={said} />
      <SignUpFields draft={draft} onChange={onChange} said={said} />
      <Section title="附件" lead="讲稿、阅读材料、海报等，看得到活动的人都能打开。活动前后都可以补充。">
        <AttachmentsField attachments={draft.attachments} onChange={(attachments) => onChange({ attachments })} />
      </Section>
    </>
  )
}

type PartProps = Pick<Props, 'draft' | 'onChange'> & { said: (path: string) => string | undefined }

function DayChoice({ draft, onChange, error }: Pick<Props, 'draft' | 'onChange'> & { error: string | undefined }) {
  const today = useToday()
  const list = useListWhenOpened()
  const year = Number((draft.fromOn ?? today ?? '').slice(0, 4))
  const days = useQuery({ ...yearQuery(year), enabled: year > 0 }).data?.days ?? []
  return (
    <Select
      label="在哪个日子（可不选）"
      placeholder="选择纪念日或本组织的日子"
      data={days.map((it) => ({
        value: it.dayKey,
        label: `${it.name}（${Number(it.on.slice(5, 7))}月${Number(it.on.slice(8))}日）`,
      }))}
      value={draft.dayKey}
      onChange={(dayKey) => onChange({ dayKey })}
      error={error}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': '清除日子' }}
      {...list}
    />
  )
}

function WhenAndWhere({ draft, onChange, said }: PartProps) {
  return (
    <Section title="时间和地点" lead="可以先不填，发布前要有日期。">
      <div className={classes.form}>
        <div className={classes.pair}>
          <DayInput
            label="日期"
            value={draft.fromOn}
            onChange={(fromOn) => onChange({ fromOn })}
            error={said('fromOn')}
          />
          <FromUntilInputs start={draft.start} end={draft.end} onChange={onChange} said={said} />
          <DayInput
            label="结束日期（不止一天时填）"
            value={draft.untilOn}
            onChange={(untilOn) => onChange({ untilOn })}
            error={said('untilOn')}
            {...(draft.fromOn && { earliest: draft.fromOn })}
          />
        </div>
        <div className={classes.pair}>
          <TextInput
            label="地点"
            value={draft.place}
            onChange={(event) => onChange({ place: event.currentTarget.value })}
            error={said('place')}
            maxLength={100}
          />
          <TextInput
            label="线上会议的网址（可不填）"
            description="从会议软件里复制，看得到活动的人都能看到"
            value={draft.link}
            onChange={(event) => onChange({ link: event.currentTarget.value })}
            error={said('link')}
            maxLength={500}
            inputMode="url"
          />
        </div>
      </div>
    </Section>
  )
}

function PlanFields({ draft, onChange, said }: PartProps) {
  return (
    <Section title="方案" lead="从现成方案开始的，改成合适自己的就行。">
      <div className={classes.form}>
        <Textarea
          label="目的（可不填）"
          value={draft.aim}
          onChange={(event) => onChange({ aim: event.currentTarget.value })}
          error={said('plan.aim')}
          maxLength={500}
          autosize
          minRows={2}
        />
        <fieldset className={classes.part}>
          <legend>环节</legend>
          {draft.steps.map(({ key, value }, at) => {
            const set = (part: Partial<typeof value>) =>
              onChange({
                steps: draft.steps.map((it) => (it.key === key ? { key, value: { ...value, ...part } } : it)),
              })
            return (
              <div key={key} className={classes.stepInput}>
                <Textarea
                  aria-label={`第 ${at + 1} 个环节做什么`}
                  placeholder="做什么"
                  value={value.what}
                  onChange={(event) => set({ what: event.currentTarget.value })}
                  error={said(`plan.steps.${at}.what`)}
                  maxLength={300}
                  autosize
                />
                <NumberInput
                  aria-label={`第 ${at + 1} 个环节几分钟`}
                  placeholder="分钟"
                  suffix=" 分钟"
                  value={value.minutes ?? ''}
                  onChange={(minutes) => set({ minutes: typeof minutes === 'number' ? minutes : null })}
                  min={1}
                  max={1440}
                  allowDecimal={false}
                  hideControls
                />
                <Button
                  variant="subtle"
                  color="gray"
                  aria-label={`删去第 ${at + 1} 个环节`}
                  onClick={() => onChange({ steps: draft.steps.filter((it) => it.key !== key) })}
                >
                  删去
                </Button>
              </div>
            )
          })}
          <div>
            <Button
              variant="default"
              onClick={() => onChange({ steps: [...draft.steps, lineOf({ minutes: null, what: '' })] })}
              disabled={draft.steps.length >= 40}
            >
              添加环节
            </Button>
          </div>
        </fieldset>
        <Textarea
          label="要准备的东西（一行一样）"
          value={draft.materials.map((it) => it.value).join('\n')}
          onChange={(event) => onChange({ materials: event.currentTarget.value.split('\n').slice(0, 40).map(lineOf) })}
          error={said('plan.materials') ?? draft.materials.map((_, at) => said(`plan.materials.${at}`)).find(Boolean)}
          autosize
          minRows={2}
        />
        <Textarea
          label="通知稿（可不填）"
          description="起草通知时，{时间}、{地点}、{单位} 会换成实际的内容"
          value={draft.noticeText}
          onChange={(event) => onChange({ noticeText: event.currentTarget.value })}
          error={said('plan.noticeText')}
          maxLength={1000}
          autosize
          minRows={3}
        />
      </div>
    </Section>
  )
}

function SignUpFields({ draft, onChange, said }: PartProps) {
  const [isKept] = useState(draft.hasSignUp)
  return (
    <Section title="报名">
      <div className={classes.form}>
        <Checkbox
          label="需要报名"
          description={
            isKept
              ? '取消勾选以后，已有的报名不再显示；减少名额，后报名的转为候补。报了名的会收到通知'
              : '有名额限制的，先到先得，后来的候补，有人退出依次递补'
          }
          checked={draft.hasSignUp}
          onChange={(event) => onChange({ hasSignUp: event.currentTarget.checked })}
        />
        {draft.hasSignUp && (
          <div className={classes.pair}>
            <NumberInput
              label="名额（不填为不限）"
              value={draft.capacity ?? ''}
              onChange={(value) => onChange({ capacity: typeof value === 'number' ? value : null })}
              error={said('signUp.capacity')}
              min={1}
              max={100_000}
              allowDecimal={false}
            />
            <DayInput
              label="报名截止（不填为活动当天）"
              value={draft.signUpUntil}
              onChange={(signUpUntil) => onChange({ signUpUntil })}
              error={said('signUp')}
            />
          </div>
        )}
      </div>
    </Section>
  )
}
