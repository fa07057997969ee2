import { useQuery } from '@tanstack/react-query'
import type { DocumentSight, DocumentText, DocumentView } from '@zhibu/server/modules/archive/schema'
import { type ReactNode, useMemo } from 'react'
import { DocumentViewer, type ViewedDocument } from '../../ui/DocumentViewer.tsx'
import { Section } from '../../ui/Section.tsx'
import { pagesQuery, textQuery } from './api.ts'
import classes from './Paper.module.css'

interface Props {
  it: DocumentView
  /** The page that is looked at first, from 1. */
  page: number | undefined
  /** What is registered and recorded, to be compared with the paper. */
  beside: ReactNode
}

/** The paper itself, with what is known of it beside it. */
export function Paper({ it, page, beside }: Props) {
  const { data: sight, error, refetch } = useQuery(pagesQuery(it.id))
  const { data: text } = useQuery({ ...textQuery(it.id), enabled: sight?.pages != null })
  const data = useMemo(() => sight && viewedOf(it.id, sight, text), [it.id, sight, text])
  const lookAt = useMemo(() => (page === undefined ? undefined : topOf(page)), [page])
  const isShown = sight === undefined || data !== undefined
  return (
    <Section title="材料" lead={sight && leadOf(sight, isShown)}>
      {isShown || error ? (
        <div className={classes.paper}>
          <DocumentViewer
            label={it.title}
            document={{ data, error, refetch: () => void refetch() }}
            lookAt={lookAt}
            beside={beside}
          />
          {sight?.watermark && !sight.pages && (
            <div className={classes.watermark} aria-hidden>
              {Array.from({ length: 24 }, (_, at) => (
                // The marks are all alike.
                <span key={`mark ${String(at)}`}>{sight.watermark}</span>
              ))}
            </div>
          )}
        </div>
      ) : (
        beside
      )}
    </Section>
  )
}

function leadOf({ kind }: DocumentSight, isShown: boolean): string | undefined {
  if (isShown) return undefined
  return kind === 'ofd'
    ? 'OFD 文件暂不能在页面上查看，请下载后用 OFD 阅读器打开。'
    : '这种格式的文件不能在页面上查看，请下载后打开。'
}

function viewedOf(id: string, sight: DocumentSight, text: DocumentText | undefined): ViewedDocument | undefined {
  const { pages, html, sheets } = sight
  if (pages)
    return {
      kind: 'pages',
      pages,
      pictureUrl: (page, width, turn) =>
        `/api/archive/documents/${id}/pages/${page + 1}?width=${Math.min(2400, Math.max(40, Math.round(width)))}&turn=${turn}`,
      linesOf: (page) =>
        text?.pages
          .find((it) => it.page === page + 1)
          ?.lines.flatMap(({ text, box }) => (box === null ? [] : [{ text, box }])),
    }
  if (html !== null) return { kind: 'word', html }
  if (sheets) return { kind: 'sheets', sheets }
  return undefined
}

const topOf = (page: number) => ({ page: page - 1, box: { x: 0, y: 0, width: 1, height: 0 }, label: '' })
