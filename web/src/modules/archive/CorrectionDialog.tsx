import { Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Day, Signature } from '@zhibu/rules'
import { natureNames } from '@zhibu/server/modules/archive/names-schema'
import type { DocumentView } from '@zhibu/server/modules/archive/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { archiveClient, archiveQueryOf } from './api.ts'
import { archiveKey } from './key.ts'
import { Lacking } from './Lacking.tsx'

/** Describes the same file anew: another place, title, day, or what is not on the paper. */
export function CorrectionDialog({ it, onClose }: { it: DocumentView; onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const today = useToday()
  const archive = useQuery(archiveQueryOf(it))
  const [place, setPlace] = useState(it.place)
  const [title, setTitle] = useState(it.title)
  const [on, setOn] = useState<Day | undefined>(it.on ?? undefined)
  const [nature, setNature] = useState(it.nature)
  const [lacks, setLacks] = useState<Signature[] | undefined>(it.lacks ?? undefined)
  const [reason, setReason] = useState('')
  const correct = useMutation({
    mutationFn: () =>
      parseResponse(
        archiveClient.documents[':documentId'].corrections.$post({
          param: { documentId: it.id },
          json: {
            place,
            nature,
            reason,
            ...(title.trim() && { title: title.trim() }),
            ...(on && { on }),
            ...(lacks && { lacks }),
          },
        }),
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
      await navigate({ to: '/archive/documents/$documentId', params: { documentId: id }, replace: true })
    },
  })
  const places = archive.data?.places.filter(({ can, code }) => can.file || code === it.place) ?? []
  return (
    <FormDialog
      title={`更正“${it.title}”的登记`}
      lead="原来的登记保留在变更记录里。文件本身不变；文件有误的，请用“更换文件”。"
      submitLabel="更正"
      needs={{ 原因: reason.trim().length >= 2 }}
      isBusy={correct.isPending}
      error={correct.error}
      onSubmit={() => correct.mutate()}
      onClose={onClose}
    >
      <Select
        label="类别"
        data={places.map(({ code, number, label }) => ({ value: code, label: `${number}　${label}` }))}
        value={place}
        onChange={(value) => {
          setPlace(value ?? it.place)
          setLacks(value === it.place ? (it.lacks ?? undefined) : undefined)
        }}
        error={problemIn(correct.error, 'place')}
        allowDeselect={false}
        searchable
      />
      <TextInput
        label="题名"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problemIn(correct.error, 'title')}
      />
      <DayInput
        label="材料上写的日期（没有的不填）"
        value={on}
        onChange={setOn}
        error={problemIn(correct.error, 'on')}
        {...(today && { latest: today })}
      />
      <Select
        label="文件来自"
        data={choicesOf(natureNames)}
        value={nature}
        onChange={(value) => setNature(codeIn(natureNames, value) ?? it.nature)}
        allowDeselect={false}
      />
      <Lacking
        signatures={places.find(({ code }) => code === place)?.signatures ?? []}
        value={lacks}
        wasLooked={place === it.place && it.lacks !== null}
        onChange={setLacks}
      />
      <Textarea
        label="更正原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(correct.error, 'reason')}
        autosize
        minRows={2}
        required
      />
    </FormDialog>
  )
}
