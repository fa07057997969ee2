import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ArticleView } from '@zhibu/server/modules/publicity/schema'
import { characterCount } from '@zhibu/server/platform/rich-text/reading-schema'
import { useState } from 'react'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RichTextView } from '../../ui/rich-text/RichTextView.tsx'
import { Section } from '../../ui/Section.tsx'
import { mediaOf, remarksQuery } from './api.ts'
import { blockOf, quoteOf, textsOf, threadsOf } from './blocks.ts'
import { CoverShown } from './CoverShown.tsx'
import classes from './Publicity.module.css'
import { RemarkForm, RemarkThread } from './Remarks.tsx'
import { writeByline } from './words.ts'

/** The text of an article as its readers will see it, with remarks in the margin; on a phone they stand below their block. */
export function ReadSheet({ it }: { it: ArticleView }) {
  const { data, error } = useQuery(remarksQuery(it.id))
  const [isAt, setIsAt] = useState<{ block: number; quote: string }>()
  const { body, summary, byline, cover } = it.text
  const texts = textsOf(body)
  const threads = threadsOf(data?.items ?? []).map((thread) => ({ ...thread, at: blockOf(thread.remark, texts) }))
  const stray = threads.filter((thread) => thread.at === undefined)
  const mediaUrl = mediaOf(it.id)
  const begin = (block: number, row: HTMLElement | null) => {
    const chosen = window.getSelection()
    const isWithin = chosen?.anchorNode && row?.contains(chosen.anchorNode) && row.contains(chosen.focusNode)
    setIsAt({ block, quote: quoteOf(isWithin ? chosen.toString() : '', texts[block] ?? '') })
  }
  return (
    <Section
      title="稿件"
      lead={`正文 ${characterCount(body)} 字。${it.can.remark ? '选中几个字再点“提意见”，意见就指着那几个字。' : ''}`}
    >
      <div className={classes.sheet}>
        {writeByline(byline) && <p className={classes.byline}>{writeByline(byline)}</p>}
        {summary && <p className={classes.summary}>{summary}</p>}
        {cover && <CoverShown cover={cover} url={mediaUrl(cover.mediaId, 'picture')?.url ?? ''} />}
      </div>
      <div>
        <RichTextView
          doc={body}
          profile="article"
          mediaUrl={mediaUrl}
          around={(block, at) => {
            const here = threads.filter((thread) => thread.at === at)
            const isWriting = isAt?.block === at
            return (
              <div
                className={classes.row}
                data-remarked={here.some((one) => one.remark.settledAt === null) || undefined}
              >
                <div className={classes.block}>{block}</div>
                <div className={classes.margin}>
                  {here.map((thread) => (
                    <RemarkThread key={thread.remark.id} articleId={it.id} thread={thread} canAnswer={it.can.remark} />
                  ))}
                  {isWriting && isAt ? (
                    <RemarkForm articleId={it.id} {...isAt} onClose={() => setIsAt(undefined)} />
                  ) : (
                    it.can.remark && (
                      <Button
                        className={classes.remarkButton ?? ''}
                        variant="subtle"
                        size="compact-sm"
                        aria-label={`对第 ${at + 1} 段提意见`}
                        // What is chosen in the text stays chosen.
                        onMouseDown={(event) => event.preventDefault()}
                        onClick={(event) => begin(at, event.currentTarget.closest<HTMLElement>(`.${classes.row}`))}
                      >
                        提意见
                      </Button>
                    )
                  )}
                </div>
              </div>
            )
          }}
        />
      </div>
      <ProblemNote error={error} />
      {stray.length > 0 && (
        <section aria-label="原文已改动的意见" className={classes.stray}>
          <h3>原文已经改动的意见</h3>
          {stray.map((thread) => (
            <RemarkThread key={thread.remark.id} articleId={it.id} thread={thread} canAnswer={it.can.remark} />
          ))}
        </section>
      )}
    </Section>
  )
}
