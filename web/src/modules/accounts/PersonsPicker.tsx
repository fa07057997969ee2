import { Button, Fieldset, Pill, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { PersonSelect } from '../people/PersonSelect.tsx'
import type { Chosen } from './chosen.ts'
import { PastedNumbers } from './PastedNumbers.tsx'
import { PersonsOfBranch } from './PersonsOfBranch.tsx'
import classes from './PersonsPicker.module.css'
import { type PersonsSource, register } from './personsSource.ts'

interface Props {
  /** Names the group of inputs. */
  legend?: string
  value: readonly Chosen[]
  onChange: (chosen: readonly Chosen[]) => void
  /** How many may be chosen at most. */
  most: number
  error?: string | undefined
  source?: PersonsSource
}

type Way = 'one' | 'branch' | 'numbers'
const ways: readonly { value: Way; label: string }[] = [
  { value: 'one', label: '逐个查找' },
  { value: 'branch', label: '按支部勾选' },
  { value: 'numbers', label: '粘贴学号' },
]

/** Chooses many persons, of the register where nothing else is said: by name, out of the list of a branch, by a list of numbers. */
export function PersonsPicker({ legend = '人员', value, onChange, most, error, source = register }: Props) {
  const [way, setWay] = useState<Way>('one')
  const [isFull, setIsFull] = useState(false)
  const add = (more: readonly Chosen[]) => {
    const all = [...value, ...more.filter(({ id }) => !value.some((it) => it.id === id))]
    setIsFull(all.length > most)
    onChange(all.slice(0, most))
  }
  const remove = (ids: readonly string[]) => {
    setIsFull(false)
    onChange(value.filter((it) => !ids.includes(it.id)))
  }
  return (
    <Fieldset legend={legend} className={classes.picker}>
      <SegmentedControl
        aria-label="怎样选择人员"
        data={[...ways]}
        value={way}
        onChange={(chosen) => setWay(ways.find((it) => it.value === chosen)?.value ?? 'one')}
        fullWidth
      />
      {way === 'one' && (
        <PersonSelect
          key={value.length}
          label="姓名"
          value={undefined}
          onChange={(person) => person && add([person])}
          error={error}
          source={source}
        />
      )}
      {way === 'branch' && <PersonsOfBranch source={source} chosen={value} onAdd={add} onRemove={remove} />}
      {way === 'numbers' && <PastedNumbers source={source} most={most} onAdd={add} />}
      <div className={classes.count}>
        <Text size="sm" role="status">
          {value.length === 0 ? '还没有选择人员' : `已选 ${value.length} 人`}
          {isFull && `；一次最多 ${most} 人，超出的没有选入`}
        </Text>
        {value.length > 1 && (
          <Button variant="subtle" size="compact-sm" onClick={() => remove(value.map((it) => it.id))}>
            全部移去
          </Button>
        )}
      </div>
      {value.length > 0 && (
        <Pill.Group aria-label="已选择的人员" className={classes.chosen}>
          {value.map((person) => (
            <Pill
              key={person.id}
              withRemoveButton
              onRemove={() => remove([person.id])}
              removeButtonProps={{ 'aria-label': `移去${person.name}`, 'aria-hidden': false, tabIndex: 0 }}
            >
              {person.name}
            </Pill>
          ))}
        </Pill.Group>
      )}
    </Fieldset>
  )
}
