import { Button, TextInput } from '@mantine/core'
import type { MediaKind } from '@zhibu/server/modules/media/schema'
import { lazy, Suspense, useState } from 'react'
import classes from './Activities.module.css'
import type { Draft } from './draft.ts'

const MediaPicker = lazy(async () => ({ default: (await import('../media/MediaPicker.tsx')).MediaPicker }))

interface Props {
  attachments: Draft['attachments']
  onChange: (attachments: Draft['attachments']) => void
}

const choices: readonly { kind: MediaKind; label: string }[] = [
  { kind: 'attachment', label: '添加文件' },
  { kind: 'picture', label: '添加图片' },
  { kind: 'video', label: '添加视频' },
]

const mostAttachments = 30

/** Files, pictures and films that go with an activity, each with a word of what it is. */
export function AttachmentsField({ attachments, onChange }: Props) {
  const [picking, setPicking] = useState<MediaKind>()
  return (
    <div className={classes.form}>
      {attachments.map((it) => (
        <div key={it.mediaId} className={classes.stepInput}>
          <TextInput
            label={it.fileName}
            placeholder="是什么，如“讲稿”"
            value={it.label}
            onChange={(event) => {
              const label = event.currentTarget.value
              onChange(attachments.map((one) => (one.mediaId === it.mediaId ? { ...one, label } : one)))
            }}
            maxLength={100}
          />
          <span />
          <Button
            mt="xl"
            variant="subtle"
            color="gray"
            aria-label={`删去${it.fileName}`}
            onClick={() => onChange(attachments.filter((one) => one.mediaId !== it.mediaId))}
          >
            删去
          </Button>
        </div>
      ))}
      <div className={classes.buttons}>
        {choices.map(({ kind, label }) => (
          <Button
            key={kind}
            variant="default"
            onClick={() => setPicking(kind)}
            disabled={attachments.length >= mostAttachments}
          >
            {label}
          </Button>
        ))}
      </div>
      {picking && (
        <Suspense>
          <MediaPicker
            kind={picking}
            isMultiple={picking !== 'video'}
            onChoose={(items) => {
              const fresh = items.filter((it) => attachments.every((one) => one.mediaId !== it.id))
              const added = fresh.map((it) => ({ mediaId: it.id, label: '', fileName: it.fileName }))
              onChange([...attachments, ...added].slice(0, mostAttachments))
              setPicking(undefined)
            }}
            onClose={() => setPicking(undefined)}
          />
        </Suspense>
      )}
    </div>
  )
}
