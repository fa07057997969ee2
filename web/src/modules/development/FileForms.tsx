import { getRouteApi } from '@tanstack/react-router'
import { actLabels } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { lazy, Suspense } from 'react'

// The forms bring the rules and the schemas with them, which reading a file does without.
const ActDialog = lazy(async () => ({ default: (await import('./ActDialog.tsx')).ActDialog }))
const StrikeDialog = lazy(async () => ({ default: (await import('./StrikeDialog.tsx')).StrikeDialog }))

const route = getRouteApi('/signed-in/development/$personId')

interface Props {
  file: FileView
  etag: string
}

/** The form that the address asks for, if the reader may fill it in. */
export function FileForms(props: Props) {
  return (
    <Suspense fallback={null}>
      <Form {...props} />
    </Suspense>
  )
}

function Form({ file, etag }: Props) {
  const { record, correct, strike } = route.useSearch()
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: {}, replace: true, resetScroll: false })
  const standing = (id: string | undefined) =>
    file.acts.find((it) => it.act.id === id && it.correctedBy === undefined && file.can.record.includes(it.act.kind))
  const corrected = standing(correct)
  const struck = standing(strike)
  if (corrected) return <ActDialog key={correct} file={file} etag={etag} corrects={corrected} onClose={close} />
  if (struck) return <StrikeDialog key={strike} file={file} etag={etag} it={struck} onClose={close} />
  if (record === undefined || file.can.record.length === 0) return null
  if (record !== 'choose' && !file.can.record.includes(record)) {
    return <p role="status">“{actLabels[record]}”由其他职务办理，您可以查看，不能记录。</p>
  }
  return (
    <ActDialog key={record} file={file} etag={etag} kind={record === 'choose' ? undefined : record} onClose={close} />
  )
}
