import { lazy, type ReactNode, Suspense } from 'react'
import classes from './DocumentViewer.module.css'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'

import { PageLoading } from './PageLoading.tsx'
import type { SheetRows } from './SheetsView.tsx'
import type { PageMark, PagesDocument } from './viewedPages.ts'

const PagesView = lazy(async () => ({ default: (await import('./PagesView.tsx')).PagesView }))
const WordView = lazy(async () => ({ default: (await import('./WordView.tsx')).WordView }))
const SheetsView = lazy(async () => ({ default: (await import('./SheetsView.tsx')).SheetsView }))

/** What of a document there is to look at: pages as pictures, a Word document as HTML, the rows of sheets. */
export type ViewedDocument =
  | PagesDocument
  | { kind: 'word'; html: string }
  | { kind: 'sheets'; sheets: readonly SheetRows[] }

interface Props {
  /** Names the document: “入党申请书”. */
  label: string
  /** How the question for the document stands: a query. */
  document: { data: ViewedDocument | undefined; error?: unknown; refetch?: () => unknown }
  /** Places on pages that are pointed out. */
  marks?: readonly PageMark[]
  /** The mark to be looked at: the view goes there. */
  lookAt?: PageMark | undefined
  /** What is compared with the document: beside it, below it on a phone. */
  beside?: ReactNode
}

/** A document to look through: turned, enlarged, page by page, without leaving the page. What it needs is loaded when it is shown. */
export function DocumentViewer({ label, document, marks = [], lookAt, beside }: Props) {
  return (
    <div className={classes.viewer} data-beside={beside !== undefined || undefined}>
      <section className={classes.document} aria-label={label}>
        <Suspense fallback={<PageLoading lines={10} />}>
          <Shown label={label} document={document} marks={marks} lookAt={lookAt} />
        </Suspense>
      </section>
      {beside !== undefined && <aside className={classes.beside}>{beside}</aside>}
    </div>
  )
}

function Shown({ label, document, marks, lookAt }: Required<Omit<Props, 'beside' | 'lookAt'>> & Pick<Props, 'lookAt'>) {
  const { data, error, refetch } = document
  if (error) return <ErrorState error={error} {...(refetch ? { onRetry: () => void refetch() } : {})} />
  if (data === undefined) return <PageLoading lines={10} />
  switch (data.kind) {
    case 'pages':
      if (data.pages.length === 0) return <Nothing />
      return <PagesView label={label} document={data} marks={marks} lookAt={lookAt} />
    case 'word':
      return data.html === '' ? <Nothing /> : <WordView label={label} html={data.html} />
    case 'sheets':
      if (data.sheets.every((it) => it.rows.length === 0)) return <Nothing />
      return <SheetsView label={label} sheets={data.sheets} />
  }
}

function Nothing() {
  return <EmptyState title="这份文件是空的">文件里没有可以查看的内容，请核对原件后重新上传。</EmptyState>
}
