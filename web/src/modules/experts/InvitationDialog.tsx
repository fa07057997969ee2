import { NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import type { InvitationFields, InvitationView, TakenDay } from '@zhibu/server/modules/experts/invitation-schema'
import type { ExpertView } from '@zhibu/server/modules/experts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { useToday } from '../../ui/today.ts'
import { expertClient, invitationClient } from './api.ts'
import { TakenDays } from './TakenDays.tsx'
import { useWrite } from './useWrite.ts'
import { asDay, mostWishedDays, venueNames } from './words.ts'

/** An invitation as it is typed: as many days as may be wished, some of them empty. */
interface Draft {
  topic: string
  purpose: string
  audience: string
  expectedCount: number | undefined
  wished: (Day | undefined)[]
  venue: keyof typeof venueNames
  place: string
}

/** As many as may be wished. */
const dayLabels = ['希望的日期', '或者（第二个日期）', '或者（第三个日期）'].slice(0, mostWishedDays)
const noDays: (Day | undefined)[] = dayLabels.map(() => undefined)
const blank: Draft = {
  ...{ topic: '', purpose: '', audience: '', expectedCount: undefined, wished: noDays, venue: 'onSite', place: '' },
}

const wishedOf = ({ wished }: Draft): Day[] => wished.filter((it) => it !== undefined)
const fieldsOf = (it: Draft): InvitationFields => {
  const { wished: _, expectedCount, ...fields } = it
  return { ...fields, expectedCount: expectedCount ?? null, wishedOn: wishedOf(it) }
}
const needsOf = (it: Draft) => ({
  主题: it.topic.trim().length >= 4,
  为什么请: it.purpose.trim().length >= 2,
  讲给谁听: it.audience.trim().length >= 2,
  希望的日期: wishedOf(it).length > 0,
})

interface InviteProps {
  it: ExpertView
  onClose: () => void
  onDone: (invitationId: string) => void
}

/** Asks an expert to lecture. */
export function InviteDialog({ it, onClose, onDone }: InviteProps) {
  const [organizationId, setOrganizationId] = useState(it.organizations[0]?.id ?? '')
  const [draft, setDraft] = useState(blank)
  const invite = useWrite(
    () =>
      parseResponse(
        expertClient.invitations.$post({ param: { expertId: it.id }, json: { ...fieldsOf(draft), organizationId } }),
      ),
    ({ id }) => {
      onClose()
      onDone(id)
    },
  )
  return (
    <FormDialog
      title={`邀请${it.name}讲课`}
      lead="讲课不付酬，请向专家说明。系统不替您联系校外的专家：先记下邀请，再打电话或写邮件，把答复记下来。登记在册的本校同志会收到通知，自己答复。"
      submitLabel="记下邀请"
      needs={needsOf(draft)}
      isBusy={invite.isPending}
      error={invite.error}
      onSubmit={() => invite.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="由哪个组织邀请"
        organizations={it.organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <Fields draft={draft} taken={it.taken} error={invite.error} onChange={setDraft} />
    </FormDialog>
  )
}

/** Changes an invitation that waits for an answer. */
export function ChangeInvitationDialog({
  it,
  etag,
  onClose,
}: {
  it: InvitationView
  etag: string
  onClose: () => void
}) {
  const [draft, setDraft] = useState<Draft>({
    ...{ topic: it.topic, purpose: it.purpose, audience: it.audience, venue: it.venue, place: it.place },
    expectedCount: it.expectedCount ?? undefined,
    wished: noDays.map((_, at) => asDay(it.wishedOn[at])),
  })
  const save = useWrite(
    () =>
      parseResponse(invitationClient.$put({ param: { invitationId: it.id }, json: fieldsOf(draft) }, ifMatch(etag))),
    onClose,
  )
  return (
    <FormDialog
      title="修改邀请"
      submitLabel="保存修改"
      needs={needsOf(draft)}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Fields draft={draft} taken={[]} error={save.error} onChange={setDraft} />
    </FormDialog>
  )
}

interface FieldsProps {
  draft: Draft
  taken: readonly TakenDay[]
  error: unknown
  onChange: (draft: Draft) => void
}

function Fields({ draft, taken, error, onChange }: FieldsProps) {
  const today = useToday()
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const said = (path: string) => problemIn(error, path)
  const others = taken.filter(({ on }) => draft.wished.some((it) => it === on))
  return (
    <>
      <TextInput
        label="主题"
        description="想请讲什么；约定时还可以改成讲座的题目"
        value={draft.topic}
        onChange={(event) => change({ topic: event.currentTarget.value })}
        error={said('topic')}
        maxLength={80}
        required
        data-autofocus
      />
      <Textarea
        label="为什么请"
        description="大家遇到什么问题，希望听了以后怎样"
        value={draft.purpose}
        onChange={(event) => change({ purpose: event.currentTarget.value })}
        error={said('purpose')}
        maxLength={500}
        autosize
        minRows={2}
        required
      />
      <FieldGrid>
        <TextInput
          label="讲给谁听"
          value={draft.audience}
          onChange={(event) => change({ audience: event.currentTarget.value })}
          error={said('audience')}
          maxLength={100}
          required
        />
        <NumberInput
          label="大约多少人（可不填）"
          value={draft.expectedCount ?? ''}
          onChange={(value) => change({ expectedCount: typeof value === 'number' ? value : undefined })}
          error={said('expectedCount')}
          min={1}
          max={100_000}
          allowDecimal={false}
        />
      </FieldGrid>
      <FieldGrid>
        {dayLabels.map((label, at) => (
          <DayInput
            key={label}
            label={label}
            value={draft.wished[at]}
            onChange={(day) => change({ wished: draft.wished.map((it, place) => (place === at ? day : it)) })}
            error={at === 0 ? (said('wishedOn') ?? said('wishedOn.0')) : undefined}
            {...(today && { earliest: today })}
            required={at === 0}
          />
        ))}
      </FieldGrid>
      {others.length > 0 && (
        <div role="status">
          <p>别的单位也请这位专家在同一天讲课，可以先问一问：</p>
          <TakenDays days={others} />
        </div>
      )}
      <FieldGrid>
        <Select
          label="在哪里讲"
          data={choicesOf(venueNames)}
          value={draft.venue}
          onChange={(value) => change({ venue: codeIn(venueNames, value) ?? draft.venue })}
          allowDeselect={false}
          required
        />
        <TextInput
          label="地点（可不填）"
          value={draft.place}
          onChange={(event) => change({ place: event.currentTarget.value })}
          error={said('place')}
          maxLength={100}
        />
      </FieldGrid>
    </>
  )
}
