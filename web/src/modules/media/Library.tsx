import { useInfiniteQuery } from '@tanstack/react-query'
import type { MediaKind, MediaView } from '@zhibu/server/modules/media/schema'
import type { ReactNode } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { sizeText } from '../archive/sizeText.ts'
import { MoreButton } from '../notices/MoreButton.tsx'
import { mediaQuery, type Whose } from './api.ts'
import classes from './Media.module.css'
import { Thumb } from './Thumb.tsx'
import { kindNames, personsShownNames } from './words.ts'

interface Props {
  of: Whose
  /** Only these; all where it is left out. */
  kind?: MediaKind | undefined
  /** Which are chosen, and how that changes; without it they are only looked at. */
  chosen?: { ids: ReadonlySet<string>; onToggle: (it: MediaView) => void }
  /** What can be done with each. */
  actions?: (it: MediaView) => ReactNode
}

/** What was brought in: by oneself, or where one publishes. */
export function Library({ of, kind, chosen, actions }: Props) {
  const list = useInfiniteQuery(mediaQuery(of, kind))
  if (list.isPending) return <PageLoading />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const noun = kind ? kindNames[kind] : '素材'
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0)
    return <EmptyState title={of === 'own' ? `您还没有上传过${noun}` : `所管的组织还没有${noun}`} />
  return (
    <>
      <ul className={classes.grid} aria-label="素材">
        {items.map((it) => (
          <li key={it.id}>
            {chosen ? (
              <button
                type="button"
                className={classes.item}
                aria-pressed={chosen.ids.has(it.id)}
                onClick={() => chosen.onToggle(it)}
              >
                <Inside it={it} />
              </button>
            ) : (
              <div className={`${classes.item} ${classes.still}`}>
                <Inside it={it} />
                {actions?.(it)}
              </div>
            )}
          </li>
        ))}
      </ul>
      <MoreButton list={list}>再看一些</MoreButton>
    </>
  )
}

function Inside({ it }: { it: MediaView }) {
  const facts = [
    it.width !== null && it.height !== null ? `${it.width} × ${it.height}` : sizeText(it.sizeBytes),
    ...(it.showsPersons === 'unknown' && it.kind !== 'attachment' ? [`出镜：${personsShownNames.unknown}`] : []),
  ]
  return (
    <>
      <Thumb it={it} />
      <span className={classes.name}>{it.altText || it.fileName}</span>
      <span className={classes.facts}>{facts.join(' · ')}</span>
    </>
  )
}
