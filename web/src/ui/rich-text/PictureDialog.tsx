import { Checkbox, Group, Radio, TextInput } from '@mantine/core'
import { maxAlt, maxCaption } from '@zhibu/server/platform/rich-text/document-schema'
import { useEffect, useState } from 'react'
import { FormDialog } from '../FormDialog.tsx'
import { CropField } from './CropField.tsx'
import { Remove } from './dialogs.tsx'
import type { PictureWords } from './openForm.ts'

interface Props {
  /** One that is not there yet. */
  file: File | undefined
  /** Where it is, where it is there already. */
  url: string | undefined
  words: PictureWords
  /** How many that were chosen together with it are asked about after it. */
  othersToCome: number
  /** Whether it may stand there without words, as what only decorates. */
  mayBeSilent: boolean
  /** Rejects where the picture was not taken. */
  onPicture: (words: PictureWords) => Promise<void>
  onRemove?: () => void
  onClose: () => void
}

/** What a picture shows, what stands below it, how wide it is and which part of it is shown. */
export function PictureDialog(props: Props) {
  const { file, url, words: before, othersToCome, mayBeSilent, onPicture, onRemove, onClose } = props
  const [words, setWords] = useState(before)
  const [isDecorative, setIsDecorative] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [shown, setShown] = useState(url)
  useEffect(() => {
    if (!file) return
    const made = URL.createObjectURL(file)
    setShown(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  const put = (some: Partial<PictureWords>) => setWords((it) => ({ ...it, ...some }))
  const submit = async () => {
    setIsBusy(true)
    setError(null)
    const alt = isDecorative ? '' : words.alt.trim()
    await onPicture({ ...words, alt, caption: words.caption.trim() }).catch(setError)
    setIsBusy(false)
  }
  return (
    <FormDialog
      title={file ? (othersToCome > 0 ? `插入图片（后面还有 ${othersToCome} 张）` : '插入图片') : '修改图片'}
      submitLabel={file ? '插入' : '确定'}
      needs={{ 替代文字: isDecorative || words.alt.trim() !== '' }}
      isBusy={isBusy}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      {shown !== undefined && <CropField url={shown} crop={words.crop} onCrop={(crop) => put({ crop })} />}
      <TextInput
        label="替代文字"
        description="图片里有什么，供看不到图片的人听读，如“支部书记在主题党日上领学”"
        maxLength={maxAlt}
        value={words.alt}
        disabled={isDecorative}
        onChange={(event) => put({ alt: event.currentTarget.value })}
        data-autofocus
      />
      {mayBeSilent && (
        <Checkbox
          label="只作装饰，不需要替代文字"
          checked={isDecorative}
          onChange={(event) => setIsDecorative(event.currentTarget.checked)}
        />
      )}
      <TextInput
        label="图片说明"
        description="印在图片下方，可以不填"
        maxLength={maxCaption}
        value={words.caption}
        onChange={(event) => put({ caption: event.currentTarget.value })}
      />
      <Radio.Group label="宽度" value={words.width} onChange={(it) => put({ width: it === 'half' ? 'half' : 'full' })}>
        <Group gap="md" mt="xs">
          <Radio value="full" label="整行" />
          <Radio value="half" label="半行" />
        </Group>
      </Radio.Group>
      {onRemove && <Remove label="删除图片" onRemove={onRemove} />}
    </FormDialog>
  )
}
