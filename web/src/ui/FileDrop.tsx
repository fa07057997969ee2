import { IconUpload } from '@tabler/icons-react'
import { type ClipboardEvent, type DragEvent, useId, useState } from 'react'
import classes from './FileDrop.module.css'
import { fittingFiles } from './fittingFiles.ts'

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
    const { fit, problem } = fittingFiles(files, { endings, largestMb, multiple })
    setRefused(problem)
    if (fit.length > 0) onFiles(fit)
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
