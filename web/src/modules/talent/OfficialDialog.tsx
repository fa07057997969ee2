import { Select, TextInput } from '@mantine/core'
import { type Day, isDay } from '@zhibu/rules'
import { type Duty, dutyNames, type Employment, employmentNames } from '@zhibu/server/modules/talent/names-schema'
import type { StaffRecord } from '@zhibu/server/modules/talent/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  person: { id: string; name: string }
  official: Pick<StaffRecord['official'], 'employment' | 'duty' | 'title' | 'since'>
  etag: string
  onClose: () => void
}

/** Enters what is official of somebody. */
export function OfficialDialog({ person, official, etag, onClose }: Props) {
  const [employment, setEmployment] = useState<Employment | null>(official.employment)
  const [duty, setDuty] = useState<Duty | null>(official.duty)
  const [title, setTitle] = useState(official.title)
  const [since, setSince] = useState<Day | undefined>(
    official.since !== null && isDay(official.since) ? official.since : undefined,
  )
  const today = useToday()
  const fields = { employment, duty, title, since: since ?? null }
  const blank = { employment: null, duty: null, title: '', since: null }
  const save = useWrite(
    () =>
      parseResponse(
        talentClient[':personId'].official.$put(
          { param: { personId: person.id }, json: employment === null ? blank : fields },
          ifMatch(etag),
        ),
      ),
    onClose,
  )
  const said = (path: string) => problemIn(save.error, path)
  return (
    <FormDialog
      title={`登记岗位：${person.name}`}
      lead="本人看得到登记的内容、登记的人和日期，不对的可以申请更正。不再从事这项工作的，把“专职或兼职”清空。"
      submitLabel="登记"
      needs={{ 岗位类别: employment === null || duty !== null }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Select
        label="专职或兼职"
        data={choicesOf(employmentNames)}
        value={employment}
        onChange={(value) => setEmployment(codeIn(employmentNames, value) ?? null)}
        error={said('employment')}
        clearable
        clearButtonProps={{ 'aria-label': '清空专职或兼职' }}
      />
      {employment !== null && (
        <>
          <Select
            label="岗位类别"
            data={choicesOf(dutyNames)}
            value={duty}
            onChange={(value) => setDuty(codeIn(dutyNames, value) ?? null)}
            error={said('duty')}
            allowDeselect={false}
            required
          />
          <TextInput
            label="岗位名称"
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={said('title')}
            maxLength={40}
          />
          <DayInput
            label="任现岗位起"
            value={since}
            onChange={setSince}
            error={said('since')}
            {...(today !== undefined && { latest: today })}
          />
        </>
      )}
    </FormDialog>
  )
}
