import { Textarea } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import type { AppointmentRow } from '@zhibu/server/modules/guidance/schema'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { useToday } from '../../ui/today.ts'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { mentorsClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { asDay } from './words.ts'

interface NewProps {
  places: readonly { id: string; name: string }[]
  onClose: () => void
}

/** Appoints somebody of the register as a mentor; they are told. */
export function NewMentorDialog({ places, onClose }: NewProps) {
  const today = useToday()
  const [organizationId, setOrganizationId] = useState(places[0]?.id ?? '')
  const [person, setPerson] = useState<PersonRow>()
  const [guidesIn, setGuidesIn] = useState('')
  const [fromOn, setFromOn] = useState<Day | undefined>(today)
  const [untilOn, setUntilOn] = useState<Day>()
  const [problem, setProblem] = useState<string>()
  const appoint = useWrite(async () => {
    if (person === undefined || fromOn === undefined) throw new Error('the button is grey until then')
    const json = { organizationId, personId: person.id, guidesIn, fromOn, untilOn: untilOn ?? null }
    return parseResponse(mentorsClient.$post({ json }))
  }, onClose)
  const said = (path: string) => problemIn(appoint.error, path)
  return (
    <FormDialog
      title="聘请指导老师"
      lead="本人会收到通知，自己提供可以预约的时间。属于这个组织和下级组织的人都可以约。"
      submitLabel="聘请指导老师"
      needs={{ 人员: person !== undefined, 指导什么: guidesIn.trim().length >= 2, 开始日期: fromOn !== undefined }}
      isReady={problem === undefined}
      isBusy={appoint.isPending}
      error={appoint.error}
      onSubmit={() => appoint.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="由哪个组织聘请"
        organizations={places}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <PersonPicker label="人员" value={person} onChange={setPerson} error={said('personId')} required />
      <GuidesInField value={guidesIn} error={said('guidesIn')} onChange={setGuidesIn} />
      <FieldGrid>
        <DayInput label="开始日期" value={fromOn} onChange={setFromOn} error={said('fromOn')} required />
        <DayInput
          label="截止日期（可不填）"
          value={untilOn}
          onChange={(day, wrong) => {
            setUntilOn(day)
            setProblem(wrong)
          }}
          error={said('untilOn')}
          {...(fromOn && { earliest: fromOn })}
        />
      </FieldGrid>
    </FormDialog>
  )
}

/** Changes what a mentor guides in and until when. */
export function ChangeMentorDialog({ mentor, onClose }: { mentor: AppointmentRow; onClose: () => void }) {
  const [guidesIn, setGuidesIn] = useState(mentor.guidesIn)
  const [untilOn, setUntilOn] = useState(asDay(mentor.untilOn))
  const [problem, setProblem] = useState<string>()
  const save = useWrite(
    () =>
      parseResponse(
        mentorsClient[':mentorId'].$put(
          { param: { mentorId: mentor.id }, json: { guidesIn, untilOn: untilOn ?? null } },
          ifMatch(`"${mentor.revision}"`),
        ),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={`修改：${mentor.person.name}`}
      lead="提前截止的，之后的空时间不再让人约；之后已经约的会取消，并告知双方。"
      submitLabel="保存修改"
      needs={{ 指导什么: guidesIn.trim().length >= 2 }}
      isReady={problem === undefined}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <GuidesInField value={guidesIn} error={problemIn(save.error, 'guidesIn')} onChange={setGuidesIn} />
      <DayInput
        label="截止日期（可不填）"
        value={untilOn}
        onChange={(day, wrong) => {
          setUntilOn(day)
          setProblem(wrong)
        }}
        error={problemIn(save.error, 'untilOn')}
      />
    </FormDialog>
  )
}

interface FieldProps {
  value: string
  error: string | undefined
  onChange: (text: string) => void
}

function GuidesInField({ value, error, onChange }: FieldProps) {
  return (
    <Textarea
      label="指导什么"
      description="想约的人看得到，例如：入党申请书怎么写、思想汇报、学业和工作的安排。"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      maxLength={300}
      autosize
      minRows={2}
      required
    />
  )
}
