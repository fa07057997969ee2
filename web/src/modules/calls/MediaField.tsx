import { Button, Input } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FieldKind } from '@zhibu/server/modules/calls/names-schema'
import type { CallField } from '@zhibu/server/modules/calls/schema'
import type { MediaKind } from '@zhibu/server/modules/media/schema'
import { useState } from 'react'
import { useSending } from '../../sending.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import parts from '../../ui/Parts.module.css'
import { SendingList } from '../digitization/SendingList.tsx'
import { contentOf, fileBy, makePrivateItem, mediaKey, readItem } from '../media/api.ts'
import { TextsDialog } from '../media/TextsDialog.tsx'
import { endingsOf, hintOf } from '../media/words.ts'
import classes from './Calls.module.css'

interface Props {
  field: CallField
  mediaIds: readonly string[]
  error: string | undefined
  onChange: (mediaIds: string[]) => void
}

type Wanted = Exclude<FieldKind, 'line' | 'prose'>
const kindOf = (kind: FieldKind): MediaKind => (kind === 'file' ? 'attachment' : (kind as Wanted & MediaKind))
const largest: Readonly<Record<MediaKind, number>> = { picture: 50, video: 2048, sound: 500, attachment: 200 }

/** Pictures, sounds, films or files of an entry, brought in here: nobody finds them in the library. */
export function MediaField({ field, mediaIds, error, onChange }: Props) {
  const kind = kindOf(field.kind)
  const [now, setNow] = useState(mediaIds)
  const sending = useSending(async (file, uploading) => {
    const { id } = await fileBy(file, uploading, makePrivateItem)
    setNow((all) => {
      const next = [...all, id]
      onChange(next)
      return next
    })
  })
  const remove = (id: string) => {
    const next = now.filter((it) => it !== id)
    setNow(next)
    onChange(next)
  }
  return (
    <Input.Wrapper
      label={field.label}
      description={`${field.hint === '' ? '' : `${field.hint} `}最多 ${field.most} 个。`}
      error={error}
      required={field.isRequired}
      labelElement="div"
    >
      {now.length > 0 && (
        <ul className={classes.media} aria-label={field.label}>
          {now.map((id, place) => (
            <li key={id}>
              <Medium mediaId={id} kind={kind} label={`${field.label} ${place + 1}`} />
              <Button variant="default" size="xs" onClick={() => remove(id)}>
                移去第 {place + 1} 个
              </Button>
            </li>
          ))}
        </ul>
      )}
      {now.length < field.most && (
        <FileDrop
          label={`为“${field.label}”选择文件，或拖到这里`}
          hint={`${hintOf[kind]}。${kind === 'attachment' ? '' : '拍摄地点等信息会自动去掉。'}`}
          endings={endingsOf[kind]}
          largestMb={largest[kind]}
          multiple={field.most > 1}
          onFiles={sending.add}
        />
      )}
      <SendingList items={sending.items} onAgain={sending.again} onForget={sending.forget} />
    </Input.Wrapper>
  )
}

function Medium({ mediaId, kind, label }: { mediaId: string; kind: MediaKind; label: string }) {
  const { data } = useQuery({ queryKey: [...mediaKey, 'item', mediaId], queryFn: () => readItem(mediaId) })
  const [isWording, setIsWording] = useState(false)
  if (kind === 'picture') return <img src={contentOf({ id: mediaId, kind }, 480)} alt={label} loading="lazy" />
  return (
    <>
      <p className={parts.note}>{data?.fileName ?? '……'}</p>
      {data && (kind === 'video' || kind === 'sound') && (
        <Button variant="default" size="xs" onClick={() => setIsWording(true)}>
          {data.texts.includes('captions') ? '改字幕和文字稿' : '加字幕和文字稿'}
        </Button>
      )}
      {isWording && data && <TextsDialog it={data} onClose={() => setIsWording(false)} />}
    </>
  )
}
