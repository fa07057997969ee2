import { Checkbox, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import type { ExpertChange, ExpertView } from '@zhibu/server/modules/experts/schema'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { type ReactNode, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { useToday } from '../../ui/today.ts'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { expertClient, expertListQuery, expertsClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { contactNames, mostExpertTopics } from './words.ts'

interface Draft {
  name: string
  institution: string
  title: string
  topics: string[]
  about: string
  phone: string
  email: string
}

const blank: Draft = { name: '', institution: '', title: '', topics: [], about: '', phone: '', email: '' }
const needsOf = ({ name, institution }: Draft) => ({
  姓名: name.trim().length >= 2,
  单位: institution.trim().length >= 2,
})

interface NewProps {
  organizations: readonly { id: string; name: string }[]
  onClose: () => void
  onDone: (expertId: string) => void
}

/** Enters an expert; listed only where they have said yes to it. */
export function NewExpertDialog({ organizations, onClose, onDone }: NewProps) {
  const today = useToday()
  const [organizationId, setOrganizationId] = useState(organizations[0]?.id ?? '')
  const [draft, setDraft] = useState(blank)
  const [person, setPerson] = useState<PersonRow>()
  const [agrees, setAgrees] = useState(false)
  const [on, setOn] = useState<Day | undefined>(today)
  const [how, setHow] = useState('')
  const enter = useWrite(
    () => {
      const consent = agrees && on !== undefined ? { on, how } : null
      return parseResponse(
        expertsClient.index.$post({ json: { ...draft, organizationId, personId: person?.id ?? null, consent } }),
      )
    },
    ({ id }) => {
      onClose()
      onDone(id)
    },
  )
  const said = (path: string) => problemIn(enter.error, path)
  return (
    <FormDialog
      title="登记专家"
      lead="没有问过本人的，只有您的单位看得到；本人同意公开以后，全校负责培训的人都能看到、都能邀请。讲课不付酬，这里也没有酬金一栏。"
      submitLabel="登记专家"
      needs={{
        ...needsOf(draft),
        ...(agrees && { 同意的日期: on !== undefined, 怎样同意的: how.trim().length >= 2 }),
      }}
      isBusy={enter.isPending}
      error={enter.error}
      onSubmit={() => enter.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="由哪个组织登记"
        organizations={organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <Fields draft={draft} error={enter.error} onChange={setDraft} isFirst>
        <FieldGrid>
          <ContactField field="phone" draft={draft} error={enter.error} onChange={setDraft} />
          <ContactField field="email" draft={draft} error={enter.error} onChange={setDraft} />
        </FieldGrid>
      </Fields>
      <PersonPicker
        label="对应的人员（可不填）"
        description="本校登记在册的，选了以后本人能看到登记、自己答复邀请，也会收到通知"
        value={person}
        onChange={setPerson}
        error={said('personId')}
      />
      <Checkbox label="本人同意公开" checked={agrees} onChange={(event) => setAgrees(event.currentTarget.checked)} />
      {agrees && <ConsentFields on={on} how={how} error={enter.error} path="consent." onOn={setOn} onHow={setHow} />}
    </FormDialog>
  )
}

/** Changes what is known of an expert. */
export function ChangeExpertDialog({ it, etag, onClose }: { it: ExpertView; etag: string; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>({
    ...{ name: it.name, institution: it.institution, title: it.title, topics: it.topics, about: it.about },
    ...{ phone: '', email: '' },
  })
  const [person, setPerson] = useState<PersonRow>()
  const [removed, setRemoved] = useState<{ phone?: boolean; email?: boolean; person?: boolean }>({})
  const save = useWrite(() => {
    const { phone, email, ...fields } = draft
    const json: ExpertChange = {
      ...{ ...fields, personId: person?.id ?? (removed.person ? null : (it.person?.id ?? null)) },
      ...((phone !== '' || removed.phone) && { phone }),
      ...((email !== '' || removed.email) && { email }),
    }
    return parseResponse(expertClient.$put({ param: { expertId: it.id }, json }, ifMatch(etag)))
  }, onClose)
  return (
    <FormDialog
      title={`修改：${it.name}`}
      submitLabel="保存修改"
      needs={needsOf(draft)}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Fields draft={draft} error={save.error} onChange={setDraft}>
        {(['phone', 'email'] as const).map((field) => {
          const mask = field === 'phone' ? it.phoneMask : it.emailMask
          return (
            <div key={field}>
              <ContactField
                field={field}
                draft={draft}
                error={save.error}
                onChange={setDraft}
                {...(mask !== null && { description: `现在是 ${mask}，不改的不用填` })}
              />
              {mask !== null && draft[field] === '' && (
                <Checkbox
                  mt="xs"
                  label={`删去登记的${contactNames[field]}`}
                  checked={removed[field] ?? false}
                  onChange={(event) => setRemoved({ ...removed, [field]: event.currentTarget.checked })}
                />
              )}
            </div>
          )
        })}
      </Fields>
      <PersonPicker
        label={it.person ? `换一位对应的人员（现在是${it.person.name}）` : '对应的人员（可不填）'}
        description="选了以后本人会收到通知，能看到登记、自己答复邀请"
        value={person}
        onChange={setPerson}
        error={problemIn(save.error, 'personId')}
      />
      {it.person && person === undefined && (
        <Checkbox
          label="不再对应任何人员"
          checked={removed.person ?? false}
          onChange={(event) => setRemoved({ ...removed, person: event.currentTarget.checked })}
        />
      )}
    </FormDialog>
  )
}

interface FieldsProps {
  draft: Draft
  error: unknown
  onChange: (draft: Draft) => void
  isFirst?: boolean
  children: ReactNode
}

function Fields({ draft, error, onChange, isFirst = false, children }: FieldsProps) {
  const known = useInfiniteQuery(expertListQuery({})).data?.pages[0]?.topics ?? []
  const list = useListWhenOpened()
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const said = (path: string) => problemIn(error, path)
  const wrongTopic = draft.topics.map((_, at) => said(`topics.${at}`)).find((it) => it !== undefined)
  return (
    <>
      <FieldGrid>
        <TextInput
          label="姓名"
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={said('name')}
          maxLength={30}
          required
          {...(isFirst && { 'data-autofocus': true })}
        />
        <TextInput
          label="单位"
          value={draft.institution}
          onChange={(event) => change({ institution: event.currentTarget.value })}
          error={said('institution')}
          maxLength={60}
          required
        />
        <TextInput
          label="职务、职称（可不填）"
          value={draft.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          error={said('title')}
          maxLength={40}
        />
      </FieldGrid>
      <TagsInput
        label="能讲的主题"
        description="输入一个主题后按回车，也可以从已有的里选"
        data={[...known]}
        value={draft.topics}
        onChange={(topics) => change({ topics })}
        error={said('topics') ?? wrongTopic}
        maxTags={mostExpertTopics}
        acceptValueOnBlur
        {...list}
      />
      <Textarea
        label="简介（可不填）"
        description="研究什么、讲过什么、适合讲给谁听"
        value={draft.about}
        onChange={(event) => change({ about: event.currentTarget.value })}
        error={said('about')}
        maxLength={2_000}
        autosize
        minRows={2}
      />
      {children}
    </>
  )
}

interface ContactProps {
  field: 'phone' | 'email'
  draft: Draft
  error: unknown
  onChange: (draft: Draft) => void
  description?: string
}

function ContactField({ field, draft, error, onChange, description }: ContactProps) {
  return (
    <TextInput
      label={`${contactNames[field]}（可不填）`}
      {...(description !== undefined && { description })}
      value={draft[field]}
      onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
      error={problemIn(error, field)}
      maxLength={field === 'phone' ? 40 : 100}
      inputMode={field === 'phone' ? 'tel' : 'email'}
      autoComplete="off"
    />
  )
}

interface ConsentProps {
  on: Day | undefined
  how: string
  error: unknown
  /** Where the fields stand in what is sent. */
  path?: string
  onOn: (on: Day | undefined) => void
  onHow: (how: string) => void
}

/** On which day, and in which way, somebody said yes to being listed. */
export function ConsentFields({ on, how, error, path = '', onOn, onHow }: ConsentProps) {
  const today = useToday()
  return (
    <FieldGrid>
      <DayInput
        label="同意的日期"
        value={on}
        onChange={onOn}
        error={problemIn(error, `${path}on`) ?? problemIn(error, 'on')}
        {...(today && { latest: today })}
        required
      />
      <TextInput
        label="怎样同意的"
        description="例如：电话里说的、回了邮件"
        value={how}
        onChange={(event) => onHow(event.currentTarget.value)}
        error={problemIn(error, `${path}how`)}
        maxLength={200}
        required
      />
    </FieldGrid>
  )
}
