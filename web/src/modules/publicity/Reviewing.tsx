import { Button, Radio, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ArticleView, ReviewVerdict } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { codeIn } from '../../ui/choices.ts'
import { InstantText } from '../../ui/InstantText.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { publicityClient, publicityKey } from './api.ts'
import classes from './Publicity.module.css'
import { UnaskedNote } from './UnaskedNote.tsx'
import { verdictNames } from './words.ts'

/** The word of a reviewer: it may be published, or it has to be changed. Nothing where the reader does not review it. */
export function Reviewing({ it }: { it: ArticleView }) {
  return it.can.review && it.submittedVersion !== null ? (
    <Form key={it.submittedVersion} it={it} version={it.submittedVersion} />
  ) : null
}

function Form({ it, version }: { it: ArticleView; version: number }) {
  const queries = useQueryClient()
  const [verdict, setVerdict] = useState<ReviewVerdict>()
  const [opinion, setOpinion] = useState('')
  useUnsaved(opinion !== '')
  const review = useMutation({
    mutationFn: async () => {
      if (verdict === undefined) throw new Error('the button is grey until it is chosen')
      await parseResponse(
        publicityClient.articles[':articleId'].reviews.$post({
          param: { articleId: it.id },
          json: { version, verdict, opinion },
        }),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: publicityKey }),
  })
  const isReturned = verdict === 'returned'
  const needs = {
    审核意见: verdict !== undefined,
    ...(isReturned && { 要修改什么: opinion.trim().length >= 2 }),
  }
  return (
    <Section
      title="审核"
      lead="请核对事实、人名、职务、时间和照片里的人是否同意公开。对某一段的意见，在那一段旁边写；退回的，在这里写总的意见。"
    >
      <div className={classes.form}>
        <UnaskedNote articleId={it.id} text={it.text} />
        <Radio.Group
          label="审核意见"
          value={verdict ?? ''}
          onChange={(value) => setVerdict(codeIn(verdictNames, value))}
          required
        >
          <div className={classes.choices}>
            <Radio value="approved" label="通过，可以发布" />
            <Radio value="returned" label="退回修改" />
          </div>
        </Radio.Group>
        <Textarea
          label={isReturned ? '要修改什么' : '补充说明（可不填）'}
          value={opinion}
          onChange={(event) => setOpinion(event.currentTarget.value)}
          error={problemIn(review.error, 'opinion')}
          maxLength={1000}
          autosize
          minRows={2}
          required={isReturned}
        />
        <ProblemNote error={review.error} isKept />
        <div className={classes.buttons}>
          <Button disabled={missingOf(needs).length > 0} loading={review.isPending} onClick={() => review.mutate()}>
            提交审核意见
          </Button>
          <StillMissing needs={needs} />
        </div>
      </div>
    </Section>
  )
}

/** What reviewers have said of an article, the last one first. */
export function Reviews({ it }: { it: Pick<ArticleView, 'reviews'> }) {
  if (it.reviews.length === 0) return null
  return (
    <Section title="审核经过">
      <RowList
        label="审核经过"
        rows={it.reviews.map((review) => ({
          key: `${review.reviewedAt} ${review.reviewerName}`,
          title: `${review.reviewerName}：${verdictNames[review.verdict]}`,
          facts: [
            review.opinion && <span className={classes.said}>{review.opinion}</span>,
            `第 ${review.version} 版`,
            <InstantText key="at" at={review.reviewedAt} />,
          ],
        }))}
      />
    </Section>
  )
}
