import { Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type FilingTemplate,
  filingTemplate,
  type Numbered,
  originLabels,
  type PlaceChange,
  type Requirement,
  type RetentionPeriod,
  requirementLabels,
  retentionLabels,
} from '@zhibu/rules'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { archiveClient } from '../archive/api.ts'
import { archiveKey } from '../archive/key.ts'
import { FilingEffectNote } from './FilingEffectNote.tsx'
import { articlesText } from './FilingPlaces.tsx'
import { orderChoices } from './filingOrder.ts'

interface Props {
  template: FilingTemplate
  place: Numbered
  /** What is different about it so far. */
  difference: PlaceChange | undefined
  etag: string
  onClose: () => void
}

/** Changes what the rules let a university change about a shipped place; what is not chosen is as shipped. */
export function ShippedPlaceDialog({ template, place, difference, etag, onClose }: Props) {
  const queries = useQueryClient()
  const shipped =
    [...filingTemplate.person, ...filingTemplate.organization].find((it) => it.code === place.code) ?? place
  const [label, setLabel] = useState(difference?.label ?? '')
  const [requirement, setRequirement] = useState<Requirement | undefined>(difference?.requirement)
  const [retention, setRetention] = useState<RetentionPeriod | undefined>(difference?.retention)
  const [after, setAfter] = useState(difference?.after)
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: () =>
      parseResponse(
        archiveClient['filing-list'].places[':code'].adjustment.$put(
          {
            param: { code: place.code },
            json: {
              reason,
              ...(label.trim() !== '' && { label }),
              ...(requirement && { requirement }),
              ...(retention && { retention }),
              ...(after && { after }),
            },
          },
          ifMatch(etag),
        ),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
    },
  })
  const isRequired = shipped.origin === 'article' && shipped.requirement === 'required'
  const isPersonnel = shipped.retention.period === 'personnelFile'
  const asShipped = `${retentionLabels[shipped.retention.period]}${shipped.retention.toVerify ? '，待核实' : ''}`
  return (
    <FormDialog
      title={`修改“${place.label}”`}
      lead={`${originLabels[shipped.origin]}${shipped.articles.length > 0 ? `，${articlesText(shipped.articles)}` : ''}。不填、不选的按系统默认。`}
      submitLabel="保存"
      needs={{ 原因: reason.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="名称"
        placeholder={shipped.label}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        error={problemIn(save.error, 'label')}
        maxLength={60}
      />
      <Select
        label="归档要求"
        description={isRequired ? '细则写明的必备材料，不能放宽。' : undefined}
        placeholder={`系统默认（${requirementLabels[shipped.requirement]}）`}
        data={choicesOf(requirementLabels)}
        value={requirement ?? null}
        onChange={(value) => setRequirement(codeIn(requirementLabels, value))}
        error={problemIn(save.error, 'requirement')}
        disabled={isRequired}
        clearable
      />
      <Select
        label="保管期限"
        description={
          isPersonnel
            ? `归入人事档案，随人事档案保管。出处：${shipped.retention.source}。`
            : `系统默认的出处：${shipped.retention.source}。选定以后按本校归档范围和保管期限表。`
        }
        placeholder={`系统默认（${asShipped}）`}
        data={choicesOf(retentionLabels).filter((it) => it.value !== 'personnelFile')}
        value={retention ?? null}
        onChange={(value) => setRetention(codeIn(retentionLabels, value))}
        error={problemIn(save.error, 'retention')}
        disabled={isPersonnel}
        clearable
      />
      <Select
        label="排在哪一类之后"
        placeholder="系统默认的次序"
        data={orderChoices(template, place.subject, place.code)}
        value={after ?? null}
        onChange={(value) => setAfter(value ?? undefined)}
        error={problemIn(save.error, 'after')}
        searchable
        clearable
      />
      <FilingEffectNote
        place={place.code}
        {...(place.subject === 'person' &&
          place.requirement !== 'required' &&
          requirement === 'required' && { from: place.from })}
      />
      <Textarea
        label="原因"
        placeholder="如：按本校归档范围和保管期限表"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(save.error, 'reason')}
        autosize
        minRows={2}
        required
      />
    </FormDialog>
  )
}
