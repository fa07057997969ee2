import { Checkbox, Group, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type ActKind,
  actLabels,
  type ContentKind,
  contentKindLabels,
  contentKinds,
  delivererLabels,
  type FilingTemplate,
  paperFormLabels,
  requirementLabels,
  retentionLabels,
} from '@zhibu/rules'
import type { NewOwnPlace, OwnPlace } from '@zhibu/server/modules/archive/filing-list-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { archiveClient } from '../archive/api.ts'
import { archiveKey } from '../archive/key.ts'
import { FilingEffectNote } from './FilingEffectNote.tsx'
import { orderChoices } from './filingOrder.ts'
import { SubjectChoice } from './SubjectChoice.tsx'

interface Props {
  template: FilingTemplate
  /** Whose paper it is, as chosen on the page. */
  subject: OwnPlace['subject']
  /** What is said of the place so far, where it is not new. */
  own?: OwnPlace & { code: string }
  etag: string
  onClose: () => void
}

/** Adds a place of the university's own, or says anew what there is to be said of one. */
export function OwnPlaceDialog({ template, subject: chosen, own, etag, onClose }: Props) {
  const queries = useQueryClient()
  const [subject, setSubject] = useState(chosen)
  const [draft, setDraft] = useState(() => draftFrom(own))
  const [reason, setReason] = useState('')
  const change = (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more }))
  const wanted = placeFrom(subject, draft, reason)
  const save = useMutation({
    mutationFn: async (json: NewOwnPlace) => {
      const { places } = archiveClient['filing-list']
      if (own === undefined) await parseResponse(places.$post({ json }, ifMatch(etag)))
      else await parseResponse(places[':code'].$put({ param: { code: own.code }, json }, ifMatch(etag)))
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
    },
  })
  const problem = (path: string) => problemIn(save.error, path)
  const isAsked = subject === 'person' && draft.requirement === 'required'
  return (
    <FormDialog
      title={own === undefined ? '增加本校的位置' : `修改“${own.label}”`}
      lead="位置增加以后不能删除，可以停用。名称不要与清单中已有的重复。"
      submitLabel={own === undefined ? '增加' : '保存'}
      needs={{
        名称: draft.label.trim() !== '',
        次序: draft.after !== undefined,
        ...(subject === 'person'
          ? { 相应的事项: draft.from !== undefined }
          : { 何时形成: draft.occasion.trim() !== '' }),
        文件类型: draft.contents.length > 0,
        原因: reason.trim().length >= 2,
      }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => wanted && save.mutate(wanted)}
      onClose={onClose}
    >
      {own === undefined && (
        <SubjectChoice
          value={subject}
          onChange={(it) => {
            setSubject(it)
            change({ after: undefined })
          }}
        />
      )}
      <TextInput
        label="名称"
        value={draft.label}
        onChange={(event) => change({ label: event.currentTarget.value })}
        error={problem('label')}
        maxLength={60}
        data-autofocus
        required
      />
      <Select
        label="排在哪一类之后"
        data={orderChoices(template, subject, own?.code)}
        value={draft.after ?? null}
        onChange={(value) => change({ after: value ?? undefined })}
        error={problem('after')}
        searchable
        required
      />
      <FieldGrid>
        <Select
          label="由谁交来"
          data={choicesOf(delivererLabels)}
          value={draft.deliveredBy}
          onChange={(value) => change({ deliveredBy: codeIn(delivererLabels, value) ?? draft.deliveredBy })}
          allowDeselect={false}
        />
        <Select
          label="归档要求"
          data={choicesOf(requirementLabels)}
          value={draft.requirement}
          onChange={(value) => change({ requirement: codeIn(requirementLabels, value) ?? draft.requirement })}
          allowDeselect={false}
        />
        {subject === 'person' ? (
          <Select
            label="相应的事项"
            description="登记这一事项以后归档"
            data={choicesOf(actLabels)}
            value={draft.from ?? null}
            onChange={(value) => change({ from: codeIn(actLabels, value) })}
            error={problem('from')}
            searchable
            required
          />
        ) : (
          <TextInput
            label="何时形成"
            placeholder="如 每次会议后"
            value={draft.occasion}
            onChange={(event) => change({ occasion: event.currentTarget.value })}
            error={problem('occasion')}
            maxLength={60}
            required
          />
        )}
        <Select
          label="原件"
          data={choicesOf(paperFormLabels)}
          value={draft.form}
          onChange={(value) => change({ form: codeIn(paperFormLabels, value) ?? draft.form })}
          allowDeselect={false}
        />
        <Select
          label="保管期限"
          description="按本校归档范围和保管期限表"
          data={choicesOf(retentionLabels).filter((it) => it.value !== 'personnelFile')}
          value={draft.retention}
          onChange={(value) => change({ retention: codeIn(retentionLabels, value) ?? draft.retention })}
          allowDeselect={false}
        />
      </FieldGrid>
      <Checkbox.Group
        label="可以归入的文件类型"
        value={draft.contents}
        onChange={(values) => change({ contents: contentKinds.filter((it) => values.includes(it)) })}
        error={problem('contents')}
        required
      >
        <Group mt="xs">
          {contentKinds.map((kind) => (
            <Checkbox key={kind} value={kind} label={contentKindLabels[kind]} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox
        label="可归多份"
        checked={draft.several}
        onChange={(event) => change({ several: event.currentTarget.checked })}
      />
      <Checkbox
        label="敏感：每次阅览都留痕并告知本人，正文不能被检索"
        checked={draft.sensitive}
        onChange={(event) => change({ sensitive: event.currentTarget.checked })}
      />
      <Checkbox
        label="不向本人公开：他人在保密条件下提供的材料"
        checked={draft.closedToPerson}
        onChange={(event) => change({ closedToPerson: event.currentTarget.checked })}
      />
      <FilingEffectNote {...(own && { place: own.code })} {...(isAsked && draft.from && { from: draft.from })} />
      <Textarea
        label="原因"
        placeholder="如：按本校归档范围和保管期限表"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problem('reason')}
        autosize
        minRows={2}
        required
      />
    </FormDialog>
  )
}

/** The form as far as it is filled in; what is asked of one sort of files only is kept for the other. */
interface Draft extends Omit<OwnPlace, 'subject' | 'after' | 'contents'> {
  after: string | undefined
  from: ActKind | undefined
  occasion: string
  contents: ContentKind[]
}

function draftFrom(own: OwnPlace | undefined): Draft {
  return {
    label: '',
    after: undefined,
    deliveredBy: 'person',
    requirement: 'optional',
    form: 'either',
    contents: ['pdf', 'ofd', 'picture'],
    several: false,
    sensitive: false,
    closedToPerson: false,
    retention: 'years10',
    ...own,
    from: own?.subject === 'person' ? own.from : undefined,
    occasion: own?.subject === 'organization' ? own.occasion : '',
  }
}

/** What is sent; undefined while something is missing. */
function placeFrom(subject: OwnPlace['subject'], draft: Draft, reason: string): NewOwnPlace | undefined {
  const { label, after, deliveredBy, requirement, form, contents, several, sensitive, closedToPerson, retention } =
    draft
  if (after === undefined) return undefined
  const said = { label, after, deliveredBy, requirement, form, contents, several, sensitive, closedToPerson, retention }
  if (subject === 'organization') return { ...said, subject, occasion: draft.occasion, reason }
  return draft.from === undefined ? undefined : { ...said, subject, from: draft.from, reason }
}
