import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { largestPackageMb, type UnitKind } from '@zhibu/server/modules/courseware/names-schema'
import type { NewUnit, UnitChange, UnitView } from '@zhibu/server/modules/courseware/schema'
import type { MediaKind, MediaView } from '@zhibu/server/modules/media/schema'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { useSending } from '../../sending.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { SendingList } from '../digitization/SendingList.tsx'
import { linesOf, readChapters } from '../media/chapterLines.ts'
import { MediaPicker } from '../media/MediaPicker.tsx'
import { addUnit, changeUnit, fileBy, unitQuery } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  coursewareId: string
  kind: UnitKind
  /** The unit that is changed; absent for a new one. */
  unitId?: string
  onClose: () => void
}

/** Adds or changes a unit that is no text: a file, a film or a sound, a package. */
export function UnitDialog({ coursewareId, kind, unitId, onClose }: Props) {
  const read = useQuery({ ...unitQuery(coursewareId, unitId ?? ''), enabled: unitId !== undefined, staleTime: 0 })
  if (unitId !== undefined && read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (unitId !== undefined && !read.isFetchedAfterMount) return null
  const before = read.data && { it: read.data.value, etag: read.data.etag }
  const shared = { coursewareId, onClose, ...(before && { before }) }
  if (kind === 'package') return <PackageForm {...shared} />
  return <MediumForm {...shared} kind={kind === 'film' ? 'film' : 'file'} />
}

interface FormProps {
  coursewareId: string
  before?: { it: UnitView; etag: string }
  onClose: () => void
}

const save = ({ coursewareId, before }: FormProps, unit: NewUnit | UnitChange): Promise<unknown> =>
  before
    ? changeUnit(coursewareId, before.it.id, unit as UnitChange, before.etag)
    : addUnit(coursewareId, unit as NewUnit)

const choices = {
  film: { video: '视频', sound: '音频' },
  file: { attachment: 'PDF', picture: '图片' },
} as const

/** A unit that shows something of the library: chosen first, then named. */
function MediumForm(props: FormProps & { kind: 'film' | 'file' }) {
  const { kind, before, onClose } = props
  const [medium, setMedium] = useState<Pick<MediaView, 'id' | 'fileName'> | null>(before?.it.medium ?? null)
  const [wanted, setWanted] = useState<MediaKind>(kind === 'film' ? 'video' : 'attachment')
  const [isPicking, setIsPicking] = useState(false)
  const [title, setTitle] = useState(before?.it.title ?? '')
  const [lines, setLines] = useState(
    linesOf((before?.it.chapters ?? []).map(({ atSeconds, title }) => ({ at: atSeconds, name: title }))),
  )
  const { chapters, wrong } = readChapters(lines)
  const write = useWrite(() => {
    if (!medium) throw new Error('nothing was chosen')
    const content = { title, mediaId: medium.id }
    return save(
      props,
      kind === 'film'
        ? { kind, ...content, chapters: chapters.map(({ at, name }) => ({ atSeconds: at, title: name })) }
        : { kind, ...content },
    )
  }, onClose)
  if (isPicking)
    return (
      <MediaPicker
        kind={wanted}
        isAskedFirst={wanted !== 'attachment'}
        onClose={() => setIsPicking(false)}
        onChoose={([chosen]) => {
          setIsPicking(false)
          if (!chosen) return
          setMedium(chosen)
          if (title === '') setTitle((chosen.altText || chosen.fileName.replace(/\.[a-z\d]{1,5}$/i, '')).slice(0, 80))
        }}
      />
    )
  return (
    <FormDialog
      title={`${before ? '修改' : '添加'}单元：${kind === 'film' ? '视频或音频' : 'PDF 或图片'}`}
      submitLabel={before ? '保存修改' : '添加单元'}
      needs={{ 文件: medium !== null, 名称: title.trim().length >= 2 }}
      isReady={wrong === null}
      isBusy={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate()}
      onClose={onClose}
    >
      <div className={parts.form}>
        <SegmentedControl
          aria-label="放什么"
          value={wanted}
          onChange={(value) => setWanted(codeIn(choices[kind], value) ?? wanted)}
          data={choicesOf(choices[kind])}
        />
        <div className={parts.buttons}>
          <Button variant="default" onClick={() => setIsPicking(true)}>
            {medium ? '换一个文件' : '选择文件'}
          </Button>
          {medium && <span>{medium.fileName}</span>}
        </div>
        {problemIn(write.error, 'mediaId') && <p role="alert">{problemIn(write.error, 'mediaId')}</p>}
      </div>
      <Title title={title} error={write.error} onChange={setTitle} />
      {kind === 'film' && (
        <Textarea
          label="章节"
          description="一行一章，时间在前，名称在后，例如“12:30 提问”。可以不填。字幕在素材库里这一份的“章节和字幕”中填写。"
          value={lines}
          onChange={(event) => setLines(event.currentTarget.value)}
          error={wrong ? `第 ${wrong.line} 行：${wrong.problem}` : problemIn(write.error, 'chapters')}
          autosize
          minRows={3}
          maxRows={12}
        />
      )}
    </FormDialog>
  )
}

/** A unit with a package, which is sent in parts and unpacked at the server. */
function PackageForm(props: FormProps) {
  const { coursewareId, before, onClose } = props
  const [title, setTitle] = useState(before?.it.title ?? '')
  const write = useWrite((uploadId: string | undefined) => {
    if (before) return save(props, { kind: 'package', title, ...(uploadId !== undefined && { uploadId }) })
    return addUnit(coursewareId, { kind: 'package', title, uploadId: uploadId ?? '' })
  }, onClose)
  const sending = useSending(async (file, uploading) => {
    await fileBy(file, uploading, (uploadId) => write.mutateAsync(uploadId))
  })
  const isSending = sending.items.length > 0 || write.isPending
  return (
    <FormDialog
      title={before ? '修改单元：互动课件' : '添加单元：互动课件'}
      lead="在制作课件的软件里发布为 SCORM 1.2 或 2004，把得到的 zip 文件放到这里。课件在单独的框里运行，碰不到本系统的任何数据，也不能访问别的网站。"
      submitLabel={before ? '保存修改' : '添加单元'}
      needs={before ? { 名称: title.trim().length >= 2 } : { 课件包: false }}
      isReady={!isSending}
      isBusy={write.isPending}
      error={write.error}
      onSubmit={() => before && write.mutate(undefined)}
      onClose={onClose}
    >
      <Title
        title={title}
        error={write.error}
        onChange={setTitle}
        {...(!before && { description: '不填的，用课件包里的名称。选择文件以前填写。', isOptional: true })}
      />
      {before?.it.package && (
        <p className={parts.note}>
          现在是 {before.it.package.fileName}。放上新的文件就换掉它，各人在旧课件里学到哪里不再保留。
        </p>
      )}
      <FileDrop
        label={before ? '放上新的课件包（zip），换掉现在这个' : '把课件包（zip）拖到这里，或点击选择'}
        hint={`SCORM 1.2 或 2004，不超过 ${largestPackageMb} MB。传完就${before ? '换上' : '添加'}。`}
        endings={['.zip']}
        largestMb={largestPackageMb}
        disabled={isSending}
        onFiles={sending.add}
      />
      <SendingList items={sending.items} onAgain={sending.again} onForget={sending.forget} />
      {write.isPending && <p role="status">正在解开和检查课件包，大的要等几分钟。</p>}
    </FormDialog>
  )
}

interface TitleProps {
  title: string
  description?: string
  isOptional?: boolean
  error: unknown
  onChange: (title: string) => void
}

function Title({ title, description, isOptional = false, error, onChange }: TitleProps) {
  return (
    <TextInput
      label="名称"
      {...(description !== undefined && { description })}
      value={title}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={problemIn(error, 'title')}
      maxLength={80}
      required={!isOptional}
    />
  )
}
