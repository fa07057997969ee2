import { Button, Modal, SegmentedControl, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { MediaKind, MediaView } from '@zhibu/server/modules/media/schema'
import { useState } from 'react'
import { Problem } from '../../problem.ts'
import { useSending } from '../../sending.ts'
import { useSession } from '../../session.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import dialog from '../../ui/FormDialog.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { SendingList } from '../digitization/SendingList.tsx'
import { describeItem, fileBy, makeItem, mediaKey, type Whose } from './api.ts'
import { DescriptionFields } from './DescriptionFields.tsx'
import { descriptionOf, needsOf, nothingSaid } from './described.ts'
import { Library } from './Library.tsx'
import classes from './Media.module.css'
import { endingsOf, hintOf, kindNames } from './words.ts'

interface Props {
  /** What is wanted. */
  kind: MediaKind
  /** Whether several may be chosen; else the last one that was chosen counts. */
  isMultiple?: boolean
  /** Whether what is chosen is shown at once, so that those who are in it have to have been asked. */
  isAskedFirst?: boolean
  /** Told what was chosen, in the order in which it was. */
  onChoose: (items: MediaView[]) => void
  onClose: () => void
}

const parts: Readonly<Record<Whose | 'new', string>> = { new: '上传', own: '我上传过的', organization: '组织的' }

/** Chooses pictures, films, sounds or files: brought in now, or from what is there. What is to be said of new ones is asked once, here. */
export function MediaPicker({ kind, isMultiple = false, isAskedFirst = false, onChoose, onClose }: Props) {
  const queries = useQueryClient()
  const noun = kindNames[kind]
  const publishes = useSession()?.can.includes('publishing') ?? false
  const [part, setPart] = useState<Whose | 'new'>('new')
  const [fresh, setFresh] = useState<MediaView[]>([])
  const [chosen, setChosen] = useState<MediaView[]>([])
  const [said, setSaid] = useState(nothingSaid)
  const sending = useSending(async (file, uploading) => {
    const made = await fileBy(file, uploading, makeItem)
    // What a file is shows in its content, not in its name.
    if (made.kind !== kind) {
      const detail = `这个文件是${kindNames[made.kind]}，已收进素材库；这里只能放${noun}：${hintOf[kind]}。`
      throw new Problem({ title: '这里不能放', detail, status: 409 })
    }
    setFresh((all) => [...all, made])
  })
  const isNew = part === 'new'
  const describe = useMutation({
    mutationFn: async () => {
      // Those that were taken stay taken when a later one is refused.
      for (const it of fresh) await describeItem(it, descriptionOf(said, it))
      return fresh
    },
    onSettled: () => queries.invalidateQueries({ queryKey: mediaKey }),
    onSuccess: (items) =>
      onChoose(items.map((it) => ({ ...it, ...descriptionOf(said, it), revision: it.revision + 1 }))),
  })
  const needs = isNew ? { 文件: fresh.length > 0, ...needsOf(said, fresh) } : { 素材: chosen.length > 0 }
  const isSending = sending.items.some((it) => it.error === null)
  const isReady = missingOf(needs).length === 0 && !(isNew && isSending)
  const toggle = (it: MediaView) =>
    setChosen((all) =>
      all.some(({ id }) => id === it.id) ? all.filter(({ id }) => id !== it.id) : isMultiple ? [...all, it] : [it],
    )
  return (
    <Modal.Root opened onClose={onClose} size="xl" closeOnClickOutside={false} transitionProps={{ transition: 'fade' }}>
      <Modal.Overlay />
      <Modal.Content>
        <div className={dialog.head}>
          <Modal.Title>选择{noun}</Modal.Title>
          <Modal.CloseButton aria-label="关闭" />
        </div>
        <Modal.Body>
          <Stack gap="md">
            <SegmentedControl
              aria-label="从哪里选"
              value={part}
              onChange={(value) => setPart(codeIn(parts, value) ?? 'new')}
              data={choicesOf(parts).filter((it) => it.value !== 'organization' || publishes)}
            />
            {isNew ? (
              <>
                <FileDrop
                  label={`把${noun}拖到这里，或点击选择，也可以粘贴`}
                  hint={`${hintOf[kind]}。${kind === 'attachment' ? '' : '拍摄地点等信息会自动去掉。'}`}
                  endings={endingsOf[kind]}
                  largestMb={kind === 'video' ? 2048 : kind === 'sound' ? 500 : kind === 'picture' ? 50 : 200}
                  multiple={isMultiple}
                  disabled={!isMultiple && fresh.length + sending.items.length > 0}
                  onFiles={sending.add}
                />
                {(kind === 'picture' || kind === 'video') && (isMultiple || fresh.length === 0) && (
                  <CameraChoice kind={kind} onFiles={sending.add} />
                )}
                <SendingList items={sending.items} onAgain={sending.again} onForget={sending.forget} />
                {fresh.length > 0 && (
                  <DescriptionFields
                    items={fresh}
                    said={said}
                    onChange={setSaid}
                    error={describe.error}
                    isAskedFirst={isAskedFirst}
                  />
                )}
                <ProblemNote error={describe.error} isKept />
              </>
            ) : (
              <Library
                key={part}
                of={part}
                kind={kind}
                chosen={{ ids: new Set(chosen.map((it) => it.id)), onToggle: toggle }}
              />
            )}
            <div className={classes.foot}>
              <StillMissing needs={needs} />
              <Button variant="default" onClick={onClose}>
                取消
              </Button>
              <Button
                disabled={!isReady}
                loading={describe.isPending}
                onClick={() => (isNew ? describe.mutate() : onChoose(chosen))}
              >
                放入
              </Button>
            </div>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** The camera of a phone; on a computer the system offers files instead. */
function CameraChoice({ kind, onFiles }: { kind: 'picture' | 'video'; onFiles: (files: File[]) => void }) {
  const label = kind === 'picture' ? '用手机拍照' : '用手机录像'
  return (
    <div>
      <Button component="label" variant="default" hiddenFrom="sm">
        {label}
        <input
          className="for-screen-readers"
          type="file"
          aria-label={label}
          accept={kind === 'picture' ? 'image/*' : 'video/*'}
          capture="environment"
          onChange={(event) => {
            onFiles([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
      </Button>
    </div>
  )
}
