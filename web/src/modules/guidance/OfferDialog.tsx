import { Checkbox, NumberInput, Select } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import { mostWeeks } from '@zhibu/server/modules/guidance/names-schema'
import type { MentorRow } from '@zhibu/server/modules/guidance/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { FromUntilInputs } from '../../ui/FromUntilInputs.tsx'
import { useToday } from '../../ui/today.ts'
import { readMinute } from '../activities/words.ts'
import { timesClient } from './api.ts'
import { PlaceFields } from './PlaceDialog.tsx'
import { useWrite } from './useWrite.ts'

/** Offers a time, once or week by week. */
export function OfferDialog({ mentors, onClose }: { mentors: readonly MentorRow[]; onClose: () => void }) {
  const today = useToday()
  const [mentorId, setMentorId] = useState(mentors[0]?.id ?? '')
  const [heldOn, setHeldOn] = useState<Day>()
  const [hours, setHours] = useState({ start: '', end: '' })
  const [where, setWhere] = useState({ place: '', link: '' })
  const [isWeekly, setIsWeekly] = useState(false)
  const [weeks, setWeeks] = useState<number | undefined>(4)
  const [startMinute, endMinute] = [readMinute(hours.start), readMinute(hours.end)]
  const offer = useWrite(async () => {
    if (heldOn === undefined || startMinute === null || endMinute === null)
      throw new Error('the button is grey until then')
    const json = { mentorId, heldOn, startMinute, endMinute, ...where, weeks: isWeekly ? (weeks ?? 1) : 1 }
    return parseResponse(timesClient.$post({ json }))
  }, onClose)
  const said = (path: string) => problemIn(offer.error, path)
  return (
    <FormDialog
      title="提供时间"
      lead="属于该组织的人都能看到这个时间，先约先得。"
      submitLabel="提供时间"
      needs={{
        日期: heldOn !== undefined,
        开始时间: startMinute !== null,
        结束时间: endMinute !== null,
        地点或网址: where.place.trim() !== '' || where.link.trim() !== '',
      }}
      isReady={!isWeekly || weeks !== undefined}
      isBusy={offer.isPending}
      error={offer.error}
      onSubmit={() => offer.mutate()}
      onClose={onClose}
    >
      {mentors.length > 1 && (
        <Select
          label="为哪个组织"
          data={mentors.map((it) => ({ value: it.id, label: it.organization.name }))}
          value={mentorId}
          onChange={(id) => id !== null && setMentorId(id)}
          allowDeselect={false}
          required
        />
      )}
      <FieldGrid>
        <DayInput
          label="日期"
          value={heldOn}
          onChange={setHeldOn}
          error={said('heldOn')}
          {...(today && { earliest: today })}
          required
          isFirst
        />
        <FromUntilInputs {...hours} onChange={(set) => setHours({ ...hours, ...set })} said={said} required="both" />
      </FieldGrid>
      <PlaceFields where={where} error={offer.error} onChange={setWhere} />
      <Checkbox
        label="每周同一时间重复"
        checked={isWeekly}
        onChange={(event) => setIsWeekly(event.currentTarget.checked)}
      />
      {isWeekly && (
        <NumberInput
          label="一共几周"
          description={`从上面的日期算起，最多 ${mostWeeks} 周`}
          value={weeks ?? ''}
          onChange={(value) => setWeeks(typeof value === 'number' ? value : undefined)}
          error={said('weeks')}
          min={2}
          max={mostWeeks}
          allowDecimal={false}
          required
        />
      )}
    </FormDialog>
  )
}
