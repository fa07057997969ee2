import { NumberInput, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { Day } from '@zhibu/rules'
import type { ProgrammeView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { programmeClient } from './api.ts'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'
import { termNames, termOf } from './words.ts'

/** 沿用: plans the same programme for another term. */
export function CopyDialog({ it, onClose }: { it: ProgrammeView; onClose: () => void }) {
  const navigate = useNavigate()
  const next = nextTermOf(it)
  const [title, setTitle] = useState(titleFor(it, next))
  const [year, setYear] = useState<number | undefined>(next.year)
  const [term, setTerm] = useState(next.term)
  const [firstOn, setFirstOn] = useState<Day>()
  const hasSessions = it.sessions.some((one) => one.cancelledAt === null)
  const copy = useWrite(
    async () => {
      if (year === undefined) throw new Error('the button is grey until then')
      const json = { title, year, term, firstOn: firstOn ?? null }
      return parseResponse(programmeClient.copies.$post({ param: { programmeId: it.id }, json }))
    },
    ({ id }) => {
      onClose()
      void navigate({ to: '/training/$programmeId', params: { programmeId: id } })
    },
  )
  return (
    <FormDialog
      title="沿用到新学期"
      lead="照这个培训班另外筹备一个：阶段、课程、主讲人和材料都带过去，各次课之间的间隔不变。学员和到课情况不带。"
      submitLabel="沿用"
      needs={{
        名称: title.trim().length >= 4,
        年份: year !== undefined,
        ...(hasSessions && { 第一次课的日期: firstOn !== undefined }),
      }}
      isBusy={copy.isPending}
      error={copy.error}
      onSubmit={() => copy.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="名称"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problemIn(copy.error, 'title')}
        maxLength={80}
        required
        data-autofocus
      />
      <div className={classes.pair}>
        <NumberInput
          label="年份"
          value={year ?? ''}
          onChange={(value) => setYear(typeof value === 'number' ? value : undefined)}
          error={problemIn(copy.error, 'year')}
          min={2000}
          max={2100}
          allowDecimal={false}
          required
        />
        <Select
          label="学期"
          data={choicesOf(termNames)}
          value={term}
          onChange={(value) => setTerm(codeIn(termNames, value) ?? term)}
          allowDeselect={false}
          required
        />
        {hasSessions && (
          <DayInput
            label="第一次课的日期"
            value={firstOn}
            onChange={setFirstOn}
            error={problemIn(copy.error, 'firstOn')}
            required
          />
        )}
      </div>
    </FormDialog>
  )
}

type Term = Pick<ProgrammeView, 'year' | 'term'>

/** The term after this one. */
function nextTermOf({ year, term }: Term): Term {
  if (term === 'spring') return { year, term: 'autumn' }
  return { year: year + 1, term: term === 'autumn' ? 'spring' : 'year' }
}

/** The title for another term, where it names the term that it is of. */
const titleFor = (it: Pick<ProgrammeView, 'title'> & Term, next: Term): string =>
  it.title.replace(termOf(it), termOf(next))
