import { Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { contentKindLabels, type Day, type Signature } from '@zhibu/rules'
import { natureNames } from '@zhibu/server/modules/archive/names-schema'
import type { DocumentNature, PlaceView } from '@zhibu/server/modules/archive/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useRef, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useToday } from '../../ui/today.ts'
import { archiveClient, type Owner } from './api.ts'
import { ChosenFiles } from './ChosenFiles.tsx'
import { endingsOf } from './endings.ts'
import { archiveKey } from './key.ts'
import { Lacking } from './Lacking.tsx'

import { fileBy } from './uploading.ts'

interface Props {
  places: readonly PlaceView[]
  owner: Owner
  /** The code of the place that was chosen already; empty where none was. */
  place: string
  onClose: () => void
}

/** Files papers into one place of an archive: several at once become several documents. */
export function FilingDialog({ places, owner, place: chosen, onClose }: Props) {
  const queries = useQueryClient()
  const today = useToday()
  const [code, setCode] = useState(chosen)
  const [files, setFiles] = useState<File[]>([])
  const [title, setTitle] = useState('')
  const [on, setOn] = useState<Day>()
  const [nature, setNature] = useState<DocumentNature>('original')
  const [lacks, setLacks] = useState<Signature[]>()
  const [sent, setSent] = useState({ bytes: 0, of: 0 })
  const stopping = useRef(new AbortController())
  useEffect(() => () => stopping.current.abort(), [])
  const place = places.find((it) => it.code === code)
  const several = files.length > 1

  const file = useMutation({
    mutationFn: async () => {
      const total = files.reduce((sum, it) => sum + it.size, 0)
      let before = 0
      for (const it of files) {
        const named = several ? baseName(it.name) : title.trim()
        const described = {
          place: code,
          nature,
          ...(named && { title: named }),
          ...(on && { on }),
          ...(lacks && { lacks }),
        }
        const sending = {
          onProgress: (bytes: number) => setSent({ bytes: before + bytes, of: total }),
          signal: stopping.current.signal,
        }
        await fileBy(it, sending, (uploadId) =>
          parseResponse(archiveClient.documents.$post({ json: { ...owner, uploadId, ...described } })),
        )
        before += it.size
        setFiles((left) => left.filter((other) => other !== it))
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: archiveKey }),
    onSuccess: onClose,
  })

  return (
    <FormDialog
      title="归档材料"
      lead="原文件照原样保存，不压缩、不改动。照片和扫描件请一份材料一个文件；多页的请合成一个 PDF。"
      submitLabel={several ? `归档 ${files.length} 份` : '归档'}
      needs={{ 类别: place !== undefined, 文件: files.length > 0 }}
      isBusy={file.isPending}
      error={file.error}
      onSubmit={() => file.mutate()}
      onClose={onClose}
    >
      <Select
        label="类别"
        data={places
          .filter(({ can }) => can.file)
          .map((it) => ({ value: it.code, label: `${it.number}　${it.label}` }))}
        value={code === '' ? null : code}
        onChange={(value) => {
          setCode(value ?? '')
          setLacks(undefined)
        }}
        error={problemIn(file.error, 'place')}
        searchable
        required
      />
      {place && (
        <FileDrop
          label={files.length === 0 ? '把文件拖到这里，或点击选择，也可以粘贴' : '再选文件'}
          hint={`可用 ${place.contents.map((it) => contentKindLabels[it]).join('、')}。${place.several ? '' : '这一类只放一份材料。'}`}
          endings={place.contents.flatMap((it) => endingsOf[it])}
          largestMb={10 * 1024}
          multiple={place.several}
          disabled={file.isPending}
          onFiles={(more) => setFiles((before) => (place.several ? [...before, ...more] : more))}
        />
      )}
      <ChosenFiles
        files={files}
        onRemove={file.isPending ? undefined : (it) => setFiles((all) => all.filter((other) => other !== it))}
      />
      {!several && (
        <TextInput
          label="题名（可不填）"
          placeholder={place?.label ?? ''}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={problemIn(file.error, 'title')}
        />
      )}
      <DayInput
        label="材料上写的日期（没有的不填）"
        value={on}
        onChange={setOn}
        error={problemIn(file.error, 'on')}
        {...(today && { latest: today })}
      />
      <Select
        label="文件来自"
        data={choicesOf(natureNames)}
        value={nature}
        onChange={(value) => setNature(codeIn(natureNames, value) ?? 'original')}
        allowDeselect={false}
      />
      {place && <Lacking signatures={place.signatures} value={lacks} onChange={setLacks} />}
      {file.isPending && (
        <ProgressBar
          label="正在上传"
          done={Math.round(sent.bytes / 1024)}
          total={Math.round(sent.of / 1024)}
          unit="KB"
        />
      )}
    </FormDialog>
  )
}

const baseName = (name: string) => name.replace(/\.[^.]+$/, '').slice(0, 200)
