import { IconUpload } from '@tabler/icons-react'
import { type ClipboardEvent, type DragEvent, useId, useState } from 'react'
import classes from './FileDrop.module.css'

interface Props {
  /** What to give: “把表格拖到这里，或点击选择”. */
  label: string
  /** Which kinds, how large. */
  hint?: string
  /** File name endings with the dot: ['.xlsx', '.csv']. Others are refused with a message. */
  endings: readonly string[]
  /** In megabytes; larger ones are refused with a message. */
  largestMb: number
  multiple?: boolean
  disabled?: boolean
  onFiles: (files: File[]) => void
}

/** Takes files by dragging, pasting, or choosing with mouse or keyboard. */
export function FileDrop({ label, hint, endings, largestMb, multiple = false, disabled = false, onFiles }: Props) {
  const id = useId()
  const [isOver, setIsOver] = useState(false)
  const [refused, setRefused] = useState<string>()

  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    const problem = problemOf(files, { endings, largestMb, multiple })
    setRefused(problem)
    if (files.length > 0 && problem === undefined) onFiles(files)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    if (!disabled) take(event.dataTransfer.files)
  }
  const onPaste = (event: ClipboardEvent) => {
    if (!disabled && event.clipboardData.files.length > 0) take(event.clipboardData.files)
  }

  return (
    <div>
      <label
        className={classes.drop}
        data-over={isOver || undefined}
        data-disabled={disabled || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
        onPaste={onPaste}
      >
        <IconUpload size={28} stroke={1.4} aria-hidden />
        <span className={classes.label}>{label}</span>
        {hint !== undefined && (
          <span className={classes.hint} id={`${id}-hint`}>
            {hint}
          </span>
        )}
        <input
          className="for-screen-readers"
          type="file"
          accept={endings.join(',')}
          multiple={multiple}
          disabled={disabled}
          aria-label={label}
          aria-describedby={`${id}-refused`}
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
      </label>
      <p className={classes.refused} id={`${id}-refused`} role="alert">
        {refused}
      </p>
    </div>
  )
}

function problemOf(
  files: readonly File[],
  { endings, largestMb, multiple }: Pick<Props, 'endings' | 'largestMb'> & { multiple: boolean },
): string | undefined {
  if (files.length > 1 && !multiple) return '一次只能上传一个文件。'
  for (const file of files) {
    if (!endings.some((it) => file.name.toLowerCase().endsWith(it))) {
      return `“${file.name}”的类型不能使用，请上传 ${endings.join('、')} 文件。`
    }
    if (file.size > largestMb * 1024 * 1024) return `“${file.name}”超过 ${largestMb} MB，请拆分后再上传。`
    if (file.size === 0) return `“${file.name}”是空文件。`
  }
  return undefined
}
