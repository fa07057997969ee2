import { Button, MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  type Availability,
  availabilityNames,
  type Fluency,
  fluencyNames,
  type Mastery,
  masteryNames,
  skillGroupNames,
} from '@zhibu/server/modules/talent/names-schema'
import type { SkillRow, StaffRecord } from '@zhibu/server/modules/talent/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { NothingFound } from '../../ui/NothingFound.tsx'
import parts from '../../ui/Parts.module.css'
import { skillsQuery, talentClient } from './api.ts'
import classes from './Talent.module.css'
import { useWrite } from './useWrite.ts'

/** A language as it is typed; the key stays while its name is changed. */
interface TypedLanguage {
  key: number
  name: string
  fluency: Fluency
}

/** What somebody says of themselves. */
export function OwnDialog({ it, etag, onClose }: { it: StaffRecord; etag: string; onClose: () => void }) {
  const [skills, setSkills] = useState<ReadonlyMap<string, Mastery>>(
    new Map(it.skills.map((one) => [one.skillId, one.mastery])),
  )
  const [languages, setLanguages] = useState<readonly TypedLanguage[]>(
    it.languages.map((one, key) => ({ ...one, key })),
  )
  const [availability, setAvailability] = useState<Availability | null>(it.availability)
  const [note, setNote] = useState(it.availabilityNote ?? '')
  const save = useWrite(
    () =>
      parseResponse(
        talentClient.own.$put(
          {
            json: {
              skills: [...skills].map(([skillId, mastery]) => ({ skillId, mastery })),
              languages: languages.map(({ name, fluency }) => ({ name, fluency })),
              availability,
              availabilityNote: note,
            },
          },
          ifMatch(etag),
        ),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="填写我的情况"
      lead="由您自己说了算，保存就有效。只用来安排工作和培训，不打分、不排名。"
      submitLabel="保存"
      needs={{ 语言的名称: languages.every((one) => one.name.trim() !== '') }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <SkillsField value={skills} own={it.skills} onChange={setSkills} error={problemIn(save.error, 'skills')} />
      <LanguagesField value={languages} onChange={setLanguages} error={problemIn(save.error, 'languages')} />
      <Select
        label="可承担工作"
        data={choicesOf(availabilityNames)}
        value={availability}
        onChange={(value) => setAvailability(codeIn(availabilityNames, value) ?? null)}
        clearable
        clearButtonProps={{ 'aria-label': '清除可承担工作' }}
      />
      <Textarea
        label="时间说明（可不填）"
        description="只有您和给您安排任职的上级党组织看得到"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={problemIn(save.error, 'availabilityNote')}
        maxLength={300}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}

interface SkillsProps {
  value: ReadonlyMap<string, Mastery>
  own: StaffRecord['skills']
  onChange: (value: ReadonlyMap<string, Mastery>) => void
  error: string | undefined
}

function SkillsField({ value, own, onChange, error }: SkillsProps) {
  const listed = useQuery(skillsQuery).data?.items ?? []
  const list = useListWhenOpened()
  const offered = listed.filter((it) => !it.isRetired || value.has(it.id))
  const nameOf = (id: string) => offered.find((it) => it.id === id)?.name ?? own.find((it) => it.skillId === id)?.name
  return (
    <>
      <MultiSelect
        label="技能"
        description="从全校的技能清单里选；清单由学校党委组织部维护"
        placeholder="输入几个字查找"
        data={groupsOf(offered)}
        value={[...value.keys()]}
        onChange={(ids) => onChange(new Map(ids.map((id) => [id, value.get(id) ?? 'does'])))}
        error={error}
        searchable
        hidePickedOptions
        nothingFoundMessage={<NothingFound>清单里没有这样的技能</NothingFound>}
        {...list}
      />
      {[...value].map(([id, mastery]) => (
        <Select
          key={id}
          label={`${nameOf(id) ?? '技能'}：到什么程度`}
          data={choicesOf(masteryNames)}
          value={mastery}
          onChange={(it) => onChange(new Map([...value, [id, codeIn(masteryNames, it) ?? mastery]]))}
          allowDeselect={false}
        />
      ))}
    </>
  )
}

/** The skills in their groups, as a choice shows them. */
export const groupsOf = (all: readonly SkillRow[]) =>
  choicesOf(skillGroupNames)
    .map(({ value, label }) => ({
      group: label,
      items: all.filter((it) => it.group === value).map((it) => ({ value: it.id, label: it.name })),
    }))
    .filter((it) => it.items.length > 0)

interface LanguagesProps {
  value: readonly TypedLanguage[]
  onChange: (value: readonly TypedLanguage[]) => void
  error: string | undefined
}

function LanguagesField({ value, onChange, error }: LanguagesProps) {
  const change = (key: number, part: Partial<TypedLanguage>) =>
    onChange(value.map((it) => (it.key === key ? { ...it, ...part } : it)))
  const next = Math.max(-1, ...value.map((it) => it.key)) + 1
  return (
    <div className={parts.form}>
      {value.map((it, at) => (
        <div key={it.key} className={classes.line}>
          <TextInput
            label={`语言 ${at + 1}`}
            placeholder="英语、维吾尔语、手语……"
            value={it.name}
            onChange={(event) => change(it.key, { name: event.currentTarget.value })}
            maxLength={20}
            required
          />
          <Select
            label="到什么程度"
            data={choicesOf(fluencyNames)}
            value={it.fluency}
            onChange={(fluency) => change(it.key, { fluency: codeIn(fluencyNames, fluency) ?? it.fluency })}
            allowDeselect={false}
          />
          <Button
            variant="subtle"
            color="gray"
            aria-label={`删去语言 ${at + 1}`}
            onClick={() => onChange(value.filter((one) => one.key !== it.key))}
          >
            删去
          </Button>
        </div>
      ))}
      {error !== undefined && <p className={classes.problem}>{error}</p>}
      {value.length < 10 && (
        <div>
          <Button
            variant="default"
            size="xs"
            onClick={() => onChange([...value, { key: next, name: '', fluency: 'talks' }])}
          >
            添加语言
          </Button>
        </div>
      )}
    </div>
  )
}
