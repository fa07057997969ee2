import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { newStage, type ProgrammeDraft } from './programmeDraft.ts'
import classes from './Training.module.css'
import { audienceNames, termNames } from './words.ts'

interface Props {
  draft: ProgrammeDraft
  onChange: (part: Partial<ProgrammeDraft>) => void
  error: unknown
  /** What stands above the other fields, such as the organisation of a new programme. */
  first?: ReactNode
}

/** The fields of a programme: what and for whom, how people come into it, and its stages. */
export function ProgrammeForm({ draft, onChange, error, first }: Props) {
  const said = (path: string) => problemIn(error, path)
  return (
    <>
      <Section title="什么培训">
        <div className={parts.form}>
          {first}
          <TextInput
            label="名称"
            value={draft.title}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
            error={said('title')}
            placeholder="如 2026年秋季学期入党积极分子培训班"
            maxLength={80}
            required
          />
          <div className={classes.pair}>
            <Select
              label="培训对象"
              data={choicesOf(audienceNames)}
              value={draft.audience}
              onChange={(value) => onChange({ audience: codeIn(audienceNames, value) ?? draft.audience })}
              error={said('audience')}
              allowDeselect={false}
              required
            />
            <NumberInput
              label="年份"
              value={draft.year ?? ''}
              onChange={(value) => onChange({ year: typeof value === 'number' ? value : undefined })}
              error={said('year')}
              min={2000}
              max={2100}
              allowDecimal={false}
              required
            />
            <Select
              label="学期"
              data={choicesOf(termNames)}
              value={draft.term}
              onChange={(value) => onChange({ term: codeIn(termNames, value) ?? draft.term })}
              allowDeselect={false}
              required
            />
          </div>
          <Textarea
            label="简介（可不填）"
            description="为什么办、学什么、怎样算完成"
            value={draft.summary}
            onChange={(event) => onChange({ summary: event.currentTarget.value })}
            error={said('summary')}
            maxLength={1000}
            autosize
            minRows={2}
          />
          <NumberInput
            label="要求学时（可不填）"
            description="培训班要求学员学多少学时，给学员和办结时对照"
            value={draft.requiredHours ?? ''}
            onChange={(value) => onChange({ requiredHours: typeof value === 'number' ? value : null })}
            error={said('requiredHours')}
            min={0.5}
            max={500}
            step={0.5}
            maw={320}
          />
        </div>
      </Section>
      <Section title="学员从哪里来" lead="组织培训的人随时可以按登记的情况录取学员；下面的是另外的办法。">
        <div className={parts.form}>
          <NumberInput
            label="名额（不填为不限）"
            description="先到的录取，后来的候补，有人退出依次递补"
            value={draft.capacity ?? ''}
            onChange={(value) => onChange({ capacity: typeof value === 'number' ? value : null })}
            error={said('capacity')}
            min={1}
            max={100_000}
            allowDecimal={false}
            maw={320}
          />
          <Checkbox
            label="接受支部推荐"
            description="各支部从本支部符合对象的人里推荐"
            checked={draft.byNomination}
            onChange={(event) => onChange({ byNomination: event.currentTarget.checked })}
          />
          <Checkbox
            label="接受本人报名"
            description="符合对象的人自己报名"
            checked={draft.bySignUp}
            onChange={(event) => onChange({ bySignUp: event.currentTarget.checked })}
          />
          {(draft.byNomination || draft.bySignUp) && (
            <div className={classes.narrow}>
              <DayInput
                label="报名和推荐截止（可不填）"
                description="不填的，到第一次课当天为止"
                value={draft.untilOn}
                onChange={(untilOn) => onChange({ untilOn })}
                error={said('admission.untilOn')}
              />
            </div>
          )}
        </div>
      </Section>
      <Stages draft={draft} onChange={onChange} said={said} />
    </>
  )
}

type PartProps = Pick<Props, 'draft' | 'onChange'> & { said: (path: string) => string | undefined }

function Stages({ draft, onChange, said }: PartProps) {
  const { stages } = draft
  const set = (id: string, part: Partial<(typeof stages)[number]>) =>
    onChange({ stages: stages.map((it) => (it.id === id ? { ...it, ...part } : it)) })
  const move = (at: number, by: 1 | -1) => {
    const next = [...stages]
    const [taken] = next.splice(at, 1)
    if (taken) next.splice(at + by, 0, taken)
    onChange({ stages: next })
  }
  return (
    <Section title="阶段（可不分）" lead="例如集中学习、实践、结业。课程存下培训班以后再添加，添加时选在哪个阶段。">
      <div className={parts.form}>
        {said('stages') !== undefined && <p className={classes.problem}>{said('stages')}</p>}
        {stages.map((it, at) => (
          <div key={it.id} className={classes.stage}>
            <TextInput
              label={`第 ${at + 1} 个阶段`}
              value={it.title}
              onChange={(event) => set(it.id, { title: event.currentTarget.value })}
              error={said(`stages.${at}.title`)}
              maxLength={40}
            />
            <TextInput
              label="做什么（可不填）"
              value={it.aim}
              onChange={(event) => set(it.id, { aim: event.currentTarget.value })}
              error={said(`stages.${at}.aim`)}
              maxLength={300}
            />
            <div className={parts.buttons}>
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                aria-label={`上移第 ${at + 1} 个阶段`}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              >
                上移
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                aria-label={`下移第 ${at + 1} 个阶段`}
                disabled={at === stages.length - 1}
                onClick={() => move(at, 1)}
              >
                下移
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                aria-label={`删去第 ${at + 1} 个阶段`}
                onClick={() => onChange({ stages: stages.filter((one) => one.id !== it.id) })}
              >
                删去
              </Button>
            </div>
          </div>
        ))}
        <div>
          <Button
            variant="default"
            onClick={() => onChange({ stages: [...stages, newStage()] })}
            disabled={stages.length >= 12}
          >
            添加阶段
          </Button>
        </div>
      </div>
    </Section>
  )
}
