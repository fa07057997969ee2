import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { EditorProps } from './editorProps.ts'

const Editing = lazy(() => import('./Editing.tsx'))

/** Where articles and posts are written. The editor itself is loaded when it is first shown. */
export function RichTextEditor(props: EditorProps) {
  return (
    <Suspense fallback={<Skeleton height="18rem" role="status" aria-label={`正在打开${props.label}的编辑器`} />}>
      <Editing {...props} />
    </Suspense>
  )
}
