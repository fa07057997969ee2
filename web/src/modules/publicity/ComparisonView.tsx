import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Comparison } from '@zhibu/server/modules/publicity/schema'
import type { Block, BlockDifference, TextDifference } from '@zhibu/server/platform/rich-text/document-schema'
import { Fragment, type ReactNode, useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RichTextView } from '../../ui/rich-text/RichTextView.tsx'
import { comparisonQuery, mediaOf } from './api.ts'
import classes from './Comparison.module.css'
import { runsOf } from './comparing.ts'
import { writeByline } from './words.ts'

interface Props {
  articleId: string
  from: number
  names: { older: string; newer: string }
}

/** A version beside what is being written: block by block, and within a block word by word. What is the same is folded. */
export function ComparisonView({ articleId, from, names }: Props) {
  const { data, error, refetch } = useQuery(comparisonQuery(articleId, from))
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  const runs = runsOf(data.body)
  const isSame = runs.every((it) => it.kind === 'same') && headsOf(data).every((it) => it.older === it.newer)
  return (
    <div className={classes.comparison}>
      {isSame && (
        <p className={classes.legend} role="status">
          两份内容一样。
        </p>
      )}
      {!isSame && (
        <p className={classes.legend}>
          <del className={classes.removed}>删去的</del>在左边，<ins className={classes.added}>新增的</ins>在右边。
        </p>
      )}
      <div className={classes.heads} aria-hidden>
        <span>{names.older}</span>
        <span>{names.newer}</span>
      </div>
      {headsOf(data)
        .filter((it) => it.older !== it.newer)
        .map((it) => (
          <Pair
            key={it.label}
            names={names}
            kind="changed"
            older={
              <p>
                {it.label}：<del className={classes.removed}>{it.older || '（未填）'}</del>
              </p>
            }
            newer={
              <p>
                {it.label}：<ins className={classes.added}>{it.newer || '（未填）'}</ins>
              </p>
            }
          />
        ))}
      {runs.map((run, at) =>
        run.kind === 'same' ? (
          <Folded key={`run ${String(at)}`} blocks={run.blocks} articleId={articleId} />
        ) : (
          <Changed key={`run ${String(at)}`} it={run.difference} articleId={articleId} names={names} />
        ),
      )}
    </div>
  )
}

const headsOf = ({ older, newer }: Comparison) => [
  { label: '标题', older: older.title, newer: newer.title },
  { label: '摘要', older: older.summary, newer: newer.summary },
  { label: '署名', older: writeByline(older.byline), newer: writeByline(newer.byline) },
]

function Folded({ blocks, articleId }: { blocks: Block[]; articleId: string }) {
  const [isOpen, setIsOpen] = useState(false)
  if (!isOpen)
    return (
      <div className={classes.folded}>
        <Button variant="subtle" size="compact-sm" onClick={() => setIsOpen(true)}>
          相同的 {blocks.length} 段，展开看
        </Button>
      </div>
    )
  return (
    <div className={classes.same}>
      <RichTextView doc={{ type: 'doc', content: blocks }} profile="article" mediaUrl={mediaOf(articleId)} />
    </div>
  )
}

interface ChangedProps {
  it: Exclude<BlockDifference, { kind: 'same' }>
  articleId: string
  names: Props['names']
}

function Changed({ it, articleId, names }: ChangedProps) {
  const whole = (block: Block) => (
    <RichTextView doc={{ type: 'doc', content: [block] }} profile="article" mediaUrl={mediaOf(articleId)} />
  )
  if (it.kind === 'removed')
    return <Pair kind="removed" names={names} older={<div className={classes.removed}>{whole(it.block)}</div>} />
  if (it.kind === 'added')
    return <Pair kind="added" names={names} newer={<div className={classes.added}>{whole(it.block)}</div>} />
  const isOnlyForm = it.text.every((part) => part.kind === 'same')
  if (isOnlyForm)
    return (
      <>
        <Pair kind="changed" names={names} older={whole(it.before)} newer={whole(it.after)} />
        <p className={classes.legend}>这一段的文字没有变，只改了格式、链接或图片的裁剪。</p>
      </>
    )
  return (
    <Pair
      kind="changed"
      names={names}
      older={<p>{wordsOf(it.text, 'removed')}</p>}
      newer={<p>{wordsOf(it.text, 'added')}</p>}
    />
  )
}

/** The words of one side, those that the other one does not have marked. */
function wordsOf(text: readonly TextDifference[], kind: 'removed' | 'added'): ReactNode {
  const Tag = kind === 'removed' ? 'del' : 'ins'
  return text
    .filter((it) => it.kind === 'same' || it.kind === kind)
    .map((it, at) => (
      <Fragment key={String(at)}>
        {it.kind === 'same' ? it.text : <Tag className={classes[kind]}>{it.text}</Tag>}
      </Fragment>
    ))
}

interface PairProps {
  kind: 'removed' | 'added' | 'changed'
  names: Props['names']
  older?: ReactNode
  newer?: ReactNode
}

/** Two sides of a change; on a phone one below the other. */
function Pair({ kind, names, older, newer }: PairProps) {
  return (
    <div className={classes.pair} data-kind={kind}>
      <article className={classes.side} aria-label={names.older}>
        {older ?? <p className={classes.nothing}>（没有这一段）</p>}
      </article>
      <article className={classes.side} aria-label={names.newer}>
        {newer ?? <p className={classes.nothing}>（删去了这一段）</p>}
      </article>
    </div>
  )
}
