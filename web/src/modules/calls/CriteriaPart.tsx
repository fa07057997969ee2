import { Button, TextInput } from '@mantine/core'
import type { Criterion } from '@zhibu/server/modules/calls/schema'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import classes from './Calls.module.css'
import { newKey } from './callDraft.ts'

interface Props {
  title?: string
  /** What is said where there are none yet. */
  empty?: string
  criteria: readonly Criterion[]
  error: string | undefined
  onChange: (criteria: Criterion[]) => void
}

const blank = { name: '', words: '' }

/** 评审标准, or those by which something else is looked at: each with its levels in words, from the lowest to the highest. */
export function CriteriaPart({
  title = '评审标准',
  empty = '没有标准的征集不能安排评审，可以直接决定入选。',
  criteria,
  error,
  onChange,
}: Props) {
  return (
    <Section
      title={title}
      lead="每条标准分几档，从低到高，写明怎样算这一档。只用文字，不计分，也不相加。"
      actions={
        <Button
          variant="default"
          disabled={criteria.length >= 8}
          onClick={() =>
            onChange([...criteria, { key: newKey('c', criteria), name: '', levels: [{ ...blank }, { ...blank }] }])
          }
        >
          添加标准
        </Button>
      }
    >
      {error !== undefined && <p role="alert">{error}</p>}
      {criteria.length === 0 && <p className={parts.note}>{empty}</p>}
      {criteria.map((criterion, place) => {
        const set = (part: Partial<Criterion>) =>
          onChange(criteria.map((it) => (it === criterion ? { ...it, ...part } : it)))
        return (
          <fieldset key={criterion.key} className={classes.part}>
            <legend>标准 {place + 1}</legend>
            <TextInput
              label="标准名称"
              value={criterion.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              maxLength={30}
              required
            />
            {criterion.levels.map((level, at) => {
              const change = (part: Partial<typeof level>) =>
                set({ levels: criterion.levels.map((it, one) => (one === at ? { ...it, ...part } : it)) })
              return (
                // Levels have no names of their own until they are written, and keep their places.
                // The place is what tells one from another.
                <div key={`${criterion.key} ${String(at)}`} className={classes.pair}>
                  <TextInput
                    label={`第 ${at + 1} 档`}
                    value={level.name}
                    onChange={(event) => change({ name: event.currentTarget.value })}
                    maxLength={10}
                    required
                  />
                  <TextInput
                    label={`怎样算第 ${at + 1} 档`}
                    value={level.words}
                    onChange={(event) => change({ words: event.currentTarget.value })}
                    maxLength={200}
                    required
                  />
                </div>
              )
            })}
            <div className={parts.buttons}>
              <Button
                variant="default"
                size="xs"
                disabled={criterion.levels.length >= 5}
                onClick={() => set({ levels: [...criterion.levels, { ...blank }] })}
              >
                添加一档
              </Button>
              <Button
                variant="default"
                size="xs"
                disabled={criterion.levels.length <= 2}
                onClick={() => set({ levels: criterion.levels.slice(0, -1) })}
              >
                删去最后一档
              </Button>
              <Button variant="default" size="xs" onClick={() => onChange(criteria.filter((it) => it !== criterion))}>
                删去标准 {place + 1}
              </Button>
            </div>
          </fieldset>
        )
      })}
    </Section>
  )
}
