import { Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { contentKindLabels, contentKinds, type Day, type Signature } from '@zhibu/rules'
import type { DocumentView } from '@zhibu/server/modules/archive/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useRef, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useToday } from '../../ui/today.ts'
import { archiveClient, archiveQueryOf } from './api.ts'
import { ChosenFiles } from './ChosenFiles.tsx'
import { endingsOf } from './endings.ts'
import { archiveKey } from './key.ts'
import { Lacking } from './Lacking.tsx'
import { fileBy } from './uploading.ts'

/** Puts another file in the place of a document; the one before stays in its history. */
export function VersionDialog({ it, onClose }: { it: DocumentView; onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const today = useToday()
  const archive = useQuery(archiveQueryOf(it))
  const place = archive.data?.places.find(({ code }) => code === it.place)
  const contents = place?.contents ?? contentKinds
  const [file, setFile] = useState<File>()
  const [on, setOn] = useState<Day | undefined>(it.on ?? undefined)
  const [lacks, setLacks] = useState<Signature[]>()
  const [reason, setReason] = useState('')
  const [sentBytes, setSentBytes] = useState(0)
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])
  const supersede = useMutation({
    mutationFn: (chosen: File) =>
      fileBy(chosen, { onProgress: setSentBytes, signal: stopping.current.signal }, (uploadId) =>
        parseResponse(
          archiveClient.documents[':documentId'].versions.$post({
            param: { documentId: it.id },
            json: { uploadId, reason, ...(on && { on }), ...(lacks && { lacks }) },
          }),
        ),
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
      await navigate({ to: '/archive/documents/$documentId', params: { documentId: id }, replace: true })
    },
  })
  return (
    <FormDialog
      title={`更换“${it.title}”的文件`}
      lead="原来的文件保留，在变更记录里可以查看。"
      submitLabel="更换"
      needs={{ 文件: file !== undefined, 原因: reason.trim().length >= 2 }}
      isBusy={supersede.isPending}
      error={supersede.error}
      onSubmit={() => file && supersede.mutate(file)}
      onClose={onClose}
    >
      <FileDrop
        label={file ? '换一个文件' : '把文件拖到这里，或点击选择，也可以粘贴'}
        hint={`可用 ${contents.map((it) => contentKindLabels[it]).join('、')}。`}
        endings={contents.flatMap((it) => endingsOf[it])}
        largestMb={10 * 1024}
        disabled={supersede.isPending}
        onFiles={([chosen]) => setFile(chosen)}
      />
      <ChosenFiles files={file ? [file] : []} onRemove={supersede.isPending ? undefined : () => setFile(undefined)} />
      <DayInput
        label="材料上写的日期（没有的不填）"
        value={on}
        onChange={setOn}
        error={problemIn(supersede.error, 'on')}
        {...(today && { latest: today })}
      />
      <Lacking signatures={place?.signatures ?? []} value={lacks} onChange={setLacks} />
      <Textarea
        label="更换原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(supersede.error, 'reason')}
        autosize
        minRows={2}
        required
      />
      {supersede.isPending && file && (
        <ProgressBar
          label="正在上传"
          done={Math.round(sentBytes / 1024)}
          total={Math.round(file.size / 1024)}
          unit="KB"
        />
      )}
    </FormDialog>
  )
}
