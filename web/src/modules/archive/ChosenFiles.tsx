import { CloseButton } from '@mantine/core'
import { RowList } from '../../ui/RowList.tsx'
import { sizeText } from './sizeText.ts'

interface Props {
  files: readonly File[]
  /** Absent while they are on their way. */
  onRemove: ((file: File) => void) | undefined
}

/** The files that were chosen, each with a way to take it back. */
export function ChosenFiles({ files, onRemove }: Props) {
  if (files.length === 0) return null
  return (
    <RowList
      label="已选的文件"
      rows={files.map((it) => ({
        key: `${it.name} ${it.size} ${it.lastModified}`,
        title: it.name,
        facts: [sizeText(it.size)],
        actions: onRemove && <CloseButton aria-label={`不要${it.name}`} onClick={() => onRemove(it)} />,
      }))}
    />
  )
}
