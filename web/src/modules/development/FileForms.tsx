import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ActKind, actLabels, dayWritten, repeatableKinds } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { lazy, Suspense, useState } from 'react'
import { useSession } from '../../session.ts'
import type { GivenByPaper } from './actDraft.ts'

// The forms bring the rules and the schemas with them, which reading a file does without.
const ActDialog = lazy(async () => ({ default: (await import('./ActDialog.tsx')).ActDialog }))
const StrikeDialog = lazy(async () => ({ default: (await import('./StrikeDialog.tsx')).StrikeDialog }))

const route = getRouteApi('/signed-in/development/$personId')

interface Props {
  file: FileView
  etag: string
  /** What a paper says, to be filled in. */
  given?: GivenByPaper | undefined
}

/** The form that the address asks for, if the reader may fill it in. */
export function FileForms(props: Pick<Props, 'file' | 'etag'>) {
  return (
    <Suspense fallback={null}>
      <Form {...props} />
    </Suspense>
  )
}

function Form({ file, etag }: Props) {
  const { record, correct, strike, ...paper } = route.useSearch()
  const session = useSession()
  const navigate = route.useNavigate()
  const goTo = useNavigate()
  const { evidence } = paper
  const given = evidence === undefined ? undefined : { ...paper, evidence }
  // Who came from a paper goes back to it, where there may be more to take.
  const close = () =>
    void (evidence === undefined
      ? navigate({ search: {}, replace: true, resetScroll: false })
      : goTo({ to: '/archive/documents/$documentId', params: { documentId: evidence }, replace: true }))
  const id = correct ?? strike
  if (id !== undefined) {
    return (
      <CorrectionForm
        key={id}
        id={id}
        isStrike={correct === undefined}
        file={file}
        etag={etag}
        given={given}
        onClose={close}
      />
    )
  }
  if (record !== undefined && session?.account.personId === file.person.id) {
    return <p role="status">这是您本人的档案，由所在党支部或上级党组织的其他同志记录，您可以查看。</p>
  }
  if (record === undefined || file.can.record.length === 0) return null
  if (record !== 'choose' && !file.can.record.includes(record)) {
    return (
      <p role="status">
        {file.isWhole
          ? `“${actLabels[record]}”由其他职务办理，您可以查看，不能记录。`
          : `您协助填写的内容不包括“${actLabels[record]}”，请告诉所在党支部，由其记录。`}
      </p>
    )
  }
  return <NewActForm key={record} file={file} etag={etag} given={given} kind={record} onClose={close} />
}

interface NewActProps extends Props {
  kind: ActKind | 'choose'
  onClose: () => void
}

/** What happens once and was recorded before the form was opened is told at once, and not when it has been filled in. */
function NewActForm({ kind, ...props }: NewActProps) {
  const [recorded] = useState(() => (kind === 'choose' ? undefined : onceRecorded(props.file, kind)))
  if (kind === 'choose') return <ActDialog {...props} kind={undefined} />
  if (recorded === undefined) return <ActDialog {...props} kind={kind} />
  const day = recorded.act.on ? dayWritten(recorded.act.on) : '日期不详'
  return (
    <p role="status">
      “{actLabels[kind]}”已经记录（{day}），不用再记；有误的，请在“发展过程”中更正。
    </p>
  )
}

function onceRecorded({ acts }: FileView, kind: ActKind) {
  const repeatable: readonly ActKind[] = repeatableKinds
  if (repeatable.includes(kind)) return undefined
  return acts.find(({ act, correctedBy }) => act.kind === kind && correctedBy === undefined)
}

interface CorrectionProps extends Props {
  /** The act to be corrected or struck out. */
  id: string
  isStrike: boolean
  onClose: () => void
}

/** It stays open where somebody else is first to correct the act, so that what was typed is not lost without a word. */
function CorrectionForm({ id, isStrike, ...props }: CorrectionProps) {
  const { acts, can } = props.file
  const [it] = useState(() =>
    acts.find(({ act, correctedBy }) => act.id === id && correctedBy === undefined && can.record.includes(act.kind)),
  )
  if (it === undefined) return null
  return isStrike ? <StrikeDialog {...props} it={it} /> : <ActDialog {...props} corrects={it} />
}
