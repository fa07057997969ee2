import { MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import type { MeetingFields, MeetingView } from '@zhibu/server/modules/exchanges/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { FromUntilInputs } from '../../ui/FromUntilInputs.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { asDay, readMinute, writeMinute } from '../activities/words.ts'
import { treeQuery } from '../organization/api.ts'
import { exchangesClient, meetingClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** A meeting as it is typed. */
interface Draft {
  title: string
  theme: string
  on: Day | undefined
  start: string
  end: string
  place: string
  link: string
  participantIds: string[]
}

const blank: Draft = {
  ...{ title: '', theme: '', on: undefined, start: '', end: '', place: '', link: '', participantIds: [] },
}

const fieldsOf = ({ on, start, end, ...it }: Draft): MeetingFields => ({
  ...{ ...it, on: on ?? null, startMinute: readMinute(start), endMinute: readMinute(end) },
})

interface NewProps {
  organizations: readonly { id: string; name: string }[]
  onClose: () => void
  onDone: (exchangeId: string) => void
}

/** Begins to prepare a meeting. */
export function MeetingDialog({ organizations, onClose, onDone }: NewProps) {
  const [organizationId, setOrganizationId] = useState(organizations[0]?.id ?? '')
  const [draft, setDraft] = useState(blank)
  const begin = useWrite(
    () => parseResponse(exchangesClient.index.$post({ json: { ...fieldsOf(draft), organizationId } })),
    ({ id }) => {
      onClose()
      onDone(id)
    },
  )
  return (
    <FormDialog
      title="筹备交流会"
      lead="先存下来慢慢准备，发布以前只有举办单位负责的人看得到。"
      submitLabel="开始筹备"
      needs={needsOf(draft)}
      isBusy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="由哪个组织举办"
        organizations={organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <Fields draft={draft} hostId={organizationId} error={begin.error} onChange={setDraft} />
    </FormDialog>
  )
}

/** Changes what is written of a meeting. */
export function ChangeMeetingDialog({ it, etag, onClose }: { it: MeetingView; etag: string; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>({
    ...{ title: it.title, theme: it.theme, on: asDay(it.on), place: it.place, link: it.link },
    ...{ start: writeMinute(it.startMinute), end: writeMinute(it.endMinute) },
    participantIds: it.participants.map(({ id }) => id),
  })
  const save = useWrite(
    () => parseResponse(meetingClient.$put({ param: { exchangeId: it.id }, json: fieldsOf(draft) }, ifMatch(etag))),
    onClose,
  )
  return (
    <FormDialog
      title="修改交流会"
      submitLabel="保存修改"
      needs={needsOf(draft)}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Fields draft={draft} hostId={it.organization.id} error={save.error} onChange={setDraft} />
    </FormDialog>
  )
}

const needsOf = (draft: Draft) => ({
  标题: draft.title.trim().length >= 4,
  交流什么: draft.theme.trim().length >= 2,
})

interface FieldsProps {
  draft: Draft
  hostId: string
  error: unknown
  onChange: (draft: Draft) => void
}

function Fields({ draft, hostId, error, onChange }: FieldsProps) {
  const nodes = useQuery(treeQuery()).data?.nodes ?? []
  const list = useListWhenOpened()
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const said = (path: string) => problemIn(error, path)
  return (
    <>
      <TextInput
        label="标题"
        value={draft.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
        error={said('title')}
        maxLength={80}
        required
        data-autofocus
      />
      <Textarea
        label="交流什么"
        description="主题，以及希望大家带什么样的案例来"
        value={draft.theme}
        onChange={(event) => change({ theme: event.currentTarget.value })}
        error={said('theme')}
        maxLength={1_000}
        autosize
        minRows={2}
        required
      />
      <FieldGrid>
        <DayInput label="日期" value={draft.on} onChange={(on) => change({ on })} error={said('on')} />
        <FromUntilInputs start={draft.start} end={draft.end} onChange={change} said={said} />
      </FieldGrid>
      <TextInput
        label="地点"
        value={draft.place}
        onChange={(event) => change({ place: event.currentTarget.value })}
        error={said('place')}
        maxLength={100}
      />
      <TextInput
        label="线上会议的网址（可不填）"
        description="校外嘉宾也看得到"
        value={draft.link}
        onChange={(event) => change({ link: event.currentTarget.value })}
        error={said('link')}
        maxLength={500}
        inputMode="url"
      />
      <MultiSelect
        label="参加的组织"
        description="举办单位和下级组织的人都能看，不用选。选了的组织，本级和下级的人都能看、能写案例。"
        placeholder="输入名称查找"
        data={nodes.filter((it) => it.id !== hostId).map((it) => ({ value: it.id, label: it.name }))}
        value={draft.participantIds}
        onChange={(participantIds) => change({ participantIds })}
        error={said('participantIds')}
        limit={100}
        searchable
        hidePickedOptions
        nothingFoundMessage={<NothingFound>没有这样的组织</NothingFound>}
        {...list}
      />
    </>
  )
}
