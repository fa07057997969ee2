import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type Day, weekdayOf } from '@zhibu/rules'
import { calendarFrom, type SettingsView } from '@zhibu/server/modules/development/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { developmentClient, useReadAgain } from './api.ts'
import classes from './CalendarTab.module.css'
import { entriesOf, type YearEntries, YearView } from './YearView.tsx'

interface Props {
  settings: SettingsView
  etag: string
  year: number
}

/** The year's table, entered by pressing its days: first what they are to be, then which. */
export function WorkingYearForm({ settings, etag, year }: Props) {
  const readAgain = useReadAgain()
  const atFirst = entriesOf(calendarFrom(settings.workingYears), year)
  const [entries, setEntries] = useState<YearEntries>(atFirst)
  const [brush, setBrush] = useState<'holiday' | 'makeUp'>('holiday')
  const [name, setName] = useState('')
  const sourceAtFirst = settings.workingYears.find((it) => it.year === year)?.source ?? ''
  const [source, setSource] = useState(sourceAtFirst)
  const save = useMutation({
    mutationFn: () =>
      parseResponse(
        developmentClient.settings['working-years'][':year'].$put(
          { param: { year: String(year) }, json: { ...entries, source: source.trim() } },
          ifMatch(etag),
        ),
      ),
    onSuccess: readAgain,
  })
  const isTouched = JSON.stringify(entries) !== JSON.stringify(atFirst)
  useUnsaved(isTouched || source !== sourceAtFirst)
  const needs = { 日期: isTouched, 来源: source.trim().length >= 2 }
  return (
    <>
      <Section title="修改工作日表" lead="先选择要设成什么、填写节日名称，再点下面的日期；再点一次恢复平常。">
        <div className={classes.brush}>
          <SegmentedControl
            aria-label="点日期时设为"
            data={[
              { value: 'holiday', label: '放假' },
              { value: 'makeUp', label: '周末调休上班' },
            ]}
            value={brush}
            onChange={(value) => setBrush(value === 'makeUp' ? 'makeUp' : 'holiday')}
          />
          <TextInput
            label="节日名称"
            placeholder="如 国庆节"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="来源"
            placeholder="通知的文号"
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
            required
          />
          <Button disabled={missingOf(needs).length > 0} loading={save.isPending} onClick={() => save.mutate()}>
            保存 {year} 年
          </Button>
          <StillMissing needs={needs} />
        </div>
        <ProblemNote error={save.error} />
      </Section>
      <YearView year={year} {...entries} onPick={(day) => setEntries(pressed(entries, day, brush, name.trim()))} />
    </>
  )
}

/** The entries after a day was pressed. A weekday is never a make-up day; a nameless holiday is called 放假. */
function pressed(
  { holidays, makeUpDays }: YearEntries,
  day: Day,
  brush: 'holiday' | 'makeUp',
  name: string,
): YearEntries {
  const isMarked = day in holidays || day in makeUpDays
  const { [day]: _, ...otherHolidays } = holidays
  const { [day]: __, ...otherMakeUpDays } = makeUpDays
  if (isMarked) return { holidays: otherHolidays, makeUpDays: otherMakeUpDays }
  if (brush === 'holiday') return { holidays: { ...otherHolidays, [day]: name || '放假' }, makeUpDays: otherMakeUpDays }
  if (weekdayOf(day) <= 5) return { holidays, makeUpDays }
  return { holidays: otherHolidays, makeUpDays: { ...otherMakeUpDays, [day]: name || '调休' } }
}
