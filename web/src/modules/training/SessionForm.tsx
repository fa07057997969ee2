import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import type { SessionFields, Stage } from '@zhibu/server/modules/training/schema'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FromUntilInputs } from '../../ui/FromUntilInputs.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { lineOf } from '../activities/draft.ts'
import { ExpertChoice } from '../experts/ExpertChoice.tsx'
import { whoIs } from '../experts/words.ts'
import { MaterialsField } from './MaterialsField.tsx'
import type { SessionDraft } from './sessionDraft.ts'
import classes from './Training.module.css'
import { categoryNames, formNames } from './words.ts'

interface Props {
  draft: SessionDraft
  stages: readonly Stage[]
  onChange: (part: Partial<SessionDraft>) => void
  error: unknown
}

/** The fields of a session: what and when, by whom, with what. */
export function SessionForm({ draft, stages, onChange, error }: Props) {
  const said = (path: string) => problemIn(error, path)
  return (
    <>
      <Section title="什么课，什么时候">
        <div className={parts.form}>
          <TextInput
            label="课程名称"
            value={draft.title}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
            error={said('title')}
            maxLength={80}
            required
          />
          {stages.length > 0 && (
            <Select
              label="在哪个阶段"
              data={stages.map(({ id, title }) => ({ value: id, label: title }))}
              value={draft.stageId}
              onChange={(stageId) => onChange({ stageId })}
              error={said('stageId')}
              placeholder="不分阶段"
              clearable
              clearButtonProps={{ 'aria-label': '清除阶段' }}
            />
          )}
          <div className={classes.pair}>
            <DayInput label="日期" value={draft.on} onChange={(on) => onChange({ on })} error={said('on')} required />
            <FromUntilInputs start={draft.start} end={draft.end} onChange={onChange} said={said} />
            <NumberInput
              label="学时"
              description="按 0.5 学时的整数倍"
              value={draft.hours ?? ''}
              onChange={(hours) => onChange({ hours: typeof hours === 'number' ? hours : undefined })}
              error={said('hours')}
              min={0.5}
              max={12}
              step={0.5}
              required
            />
          </div>
          <div className={classes.pair}>
            <Select
              label="内容"
              data={choicesOf(categoryNames)}
              value={draft.category}
              onChange={(value) => onChange({ category: codeIn(categoryNames, value) ?? draft.category })}
              allowDeselect={false}
              required
            />
            <Select
              label="形式"
              data={choicesOf(formNames)}
              value={draft.form}
              onChange={(value) => onChange({ form: codeIn(formNames, value) ?? draft.form })}
              allowDeselect={false}
              required
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
              label="线上课堂的网址（可不填）"
              value={draft.link}
              onChange={(event) => onChange({ link: event.currentTarget.value })}
              error={said('link')}
              maxLength={500}
              inputMode="url"
            />
          </div>
        </div>
      </Section>
      <Lecturers draft={draft} onChange={onChange} said={said} />
      <Section title="材料" lead="讲稿、阅读材料、视频等，看得到培训班的人都能打开。上课前后都可以补充。">
        <MaterialsField materials={draft.materials} onChange={(materials) => onChange({ materials })} said={said} />
      </Section>
    </>
  )
}

type Lecturer = SessionFields['lecturers'][number]

type PartProps = Pick<Props, 'draft' | 'onChange'> & { said: (path: string) => string | undefined }

function Lecturers({ draft: { lecturers }, onChange, said }: PartProps) {
  const set = (key: string, value: Lecturer) =>
    onChange({ lecturers: lecturers.map((it) => (it.key === key ? { key, value } : it)) })
  const add = (value: Lecturer) => onChange({ lecturers: [...lecturers, lineOf(value)] })
  return (
    <Section title="主讲人（可不填）">
      <div className={parts.form}>
        {lecturers.map(({ key, value }, at) => (
          <div key={key} className={classes.line}>
            <TextInput
              label={`第 ${at + 1} 位主讲人`}
              value={value.name}
              // Whose name is another is another person.
              onChange={(event) => set(key, { name: event.currentTarget.value, about: value.about })}
              error={said(`lecturers.${at}.name`)}
              maxLength={50}
            />
            <TextInput
              label="单位、职务（可不填）"
              value={value.about}
              onChange={(event) => set(key, { ...value, about: event.currentTarget.value })}
              error={said(`lecturers.${at}.about`)}
              maxLength={100}
            />
            <Button
              variant="subtle"
              color="gray"
              aria-label={`删去第 ${at + 1} 位主讲人`}
              onClick={() => onChange({ lecturers: lecturers.filter((it) => it.key !== key) })}
            >
              删去
            </Button>
          </div>
        ))}
        <div className={parts.buttons}>
          <Button variant="default" onClick={() => add({ name: '', about: '' })} disabled={lecturers.length >= 10}>
            添加主讲人
          </Button>
          {lecturers.length < 10 && (
            <ExpertChoice
              onChoose={({ id, name, ...it }) => add({ name, about: whoIs(it).slice(0, 100), expertId: id })}
            />
          )}
        </div>
      </div>
    </Section>
  )
}
