import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { MediaKind } from '@zhibu/server/modules/media/schema'
import { lazy, Suspense, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { lineOf } from '../activities/draft.ts'
import { coursewareListQuery } from '../courseware/api.ts'
import type { DraftMaterial, SessionDraft } from './sessionDraft.ts'
import classes from './Training.module.css'

const MediaPicker = lazy(async () => ({ default: (await import('../media/MediaPicker.tsx')).MediaPicker }))

interface Props {
  materials: SessionDraft['materials']
  onChange: (materials: SessionDraft['materials']) => void
  said: (path: string) => string | undefined
}

const choices: readonly { kind: MediaKind; label: string }[] = [
  { kind: 'attachment', label: '添加文件' },
  { kind: 'video', label: '添加视频' },
  { kind: 'picture', label: '添加图片' },
]

const mostMaterials = 30

/** Files, films, pictures and addresses that go with a session, each with a word of what it is. */
export function MaterialsField({ materials, onChange, said }: Props) {
  const [picking, setPicking] = useState<MediaKind>()
  const set = (key: string, value: DraftMaterial) =>
    onChange(materials.map((it) => (it.key === key ? { key, value } : it)))
  const isFull = materials.length >= mostMaterials
  const used = new Set(materials.map(({ value }) => (value.kind === 'courseware' ? value.coursewareId : '')))
  const pieces = (useQuery(coursewareListQuery).data?.items ?? []).filter((it) => it.isPublished && !used.has(it.id))
  return (
    <div className={parts.form}>
      {materials.map(({ key, value }, at) => (
        <div key={key} className={classes.line}>
          <TextInput
            label={value.kind === 'link' ? '名称' : (value.fileName ?? '名称')}
            placeholder="是什么，如“讲稿”"
            value={value.label}
            onChange={(event) => set(key, { ...value, label: event.currentTarget.value })}
            error={said(`materials.${at}.label`)}
            maxLength={100}
          />
          {value.kind === 'link' ? (
            <TextInput
              label="网址"
              value={value.url}
              onChange={(event) => set(key, { ...value, url: event.currentTarget.value })}
              error={said(`materials.${at}.url`)}
              maxLength={500}
              inputMode="url"
            />
          ) : (
            <span />
          )}
          <Button
            variant="subtle"
            color="gray"
            aria-label={`删去第 ${at + 1} 份材料`}
            onClick={() => onChange(materials.filter((it) => it.key !== key))}
          >
            删去
          </Button>
        </div>
      ))}
      {pieces.length > 0 && (
        <Select
          label="添加课件"
          placeholder="选一份课件"
          data={pieces.map((it) => ({ value: it.id, label: it.title }))}
          value={null}
          disabled={isFull}
          searchable
          nothingFoundMessage="没有这样的课件"
          onChange={(id) => {
            const piece = pieces.find((it) => it.id === id)
            if (!piece) return
            const value = { kind: 'courseware', coursewareId: piece.id, label: '', fileName: piece.title } as const
            onChange([...materials, lineOf<DraftMaterial>(value)])
          }}
        />
      )}
      <div className={parts.buttons}>
        {choices.map(({ kind, label }) => (
          <Button key={kind} variant="default" onClick={() => setPicking(kind)} disabled={isFull}>
            {label}
          </Button>
        ))}
        <Button
          variant="default"
          disabled={isFull}
          onClick={() => onChange([...materials, lineOf<DraftMaterial>({ kind: 'link', url: '', label: '' })])}
        >
          添加网址
        </Button>
      </div>
      {picking && (
        <Suspense>
          <MediaPicker
            kind={picking}
            isMultiple={picking !== 'video'}
            onChoose={(items) => {
              const isKnown = (id: string) =>
                materials.some(({ value }) => value.kind === 'medium' && value.mediaId === id)
              const added = items
                .filter((it) => !isKnown(it.id))
                .map((it) =>
                  lineOf<DraftMaterial>({ kind: 'medium', mediaId: it.id, label: '', fileName: it.fileName }),
                )
              onChange([...materials, ...added].slice(0, mostMaterials))
              setPicking(undefined)
            }}
            onClose={() => setPicking(undefined)}
          />
        </Suspense>
      )}
    </div>
  )
}
