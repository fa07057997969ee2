import { useQuery } from '@tanstack/react-query'
import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { Section } from '../../ui/Section.tsx'
import { remarksQuery } from './api.ts'
import { blockOf, textsOf, threadsOf } from './blocks.ts'
import classes from './Publicity.module.css'
import { RemarkThread } from './Remarks.tsx'

interface Props {
  articleId: string
  body: RichText
  canAnswer: boolean
}

/** The remarks that are not settled, beside the text that is being written. Nothing where there are none. */
export function OpenRemarks({ articleId, body, canAnswer }: Props) {
  const { data } = useQuery(remarksQuery(articleId))
  const open = threadsOf(data?.items ?? []).filter((it) => it.remark.settledAt === null)
  if (open.length === 0) return null
  const texts = textsOf(body)
  return (
    <Section title={`还没有处理的意见（${open.length}）`} lead="改好一处，点“已处理”；不改的，回复说明原因。">
      <div className={classes.threads}>
        {open.map((it) => {
          const at = blockOf(it.remark, texts)
          return (
            <div key={it.remark.id}>
              <p className={classes.facts}>{at === undefined ? '原文已经改动' : `第 ${at + 1} 段`}</p>
              <RemarkThread articleId={articleId} thread={it} canAnswer={canAnswer} />
            </div>
          )
        })}
      </div>
    </Section>
  )
}
