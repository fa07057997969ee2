import { Alert, Radio, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { addDays, type Day } from '@zhibu/rules'
import type { ArticleView } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { publicityClient, publicityKey, remarksQuery } from './api.ts'
import { threadsOf } from './blocks.ts'
import { clockInChina, dayInChina, instantInChina, isClock } from './instants.ts'
import classes from './Publicity.module.css'
import { readersOf } from './words.ts'

/** Publishes what was approved, at once or at a time in China. */
export function PublishDialog({ it, onClose }: { it: ArticleView; onClose: () => void }) {
  const queries = useQueryClient()
  const today = useToday()
  const [isLater, setIsLater] = useState(it.scheduledFor !== null)
  // Tomorrow morning, which is always to come, unless a time was settled already.
  const [day, setDay] = useState<Day | undefined>(() =>
    it.scheduledFor === null ? today && addDays(today, 1) : dayInChina(it.scheduledFor),
  )
  const [clock, setClock] = useState(it.scheduledFor === null ? '08:00' : clockInChina(it.scheduledFor))
  const remarks = useQuery(remarksQuery(it.id))
  const open = threadsOf(remarks.data?.items ?? []).filter(({ remark }) => remark.settledAt === null).length
  const publish = useMutation({
    mutationFn: () =>
      parseResponse(
        publicityClient.articles[':articleId'].publication.$post({
          param: { articleId: it.id },
          json: {
            version: it.submittedVersion ?? 0,
            at: isLater && day !== undefined ? instantInChina(day, clock) : null,
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: publicityKey })
      onClose()
    },
  })
  const isCorrection = it.publishedAt !== null
  return (
    <FormDialog
      title={isCorrection ? '发布更正' : '发布稿件'}
      lead={
        isCorrection
          ? `网站上换成新的内容，读者会看到更正的日期和说明：${it.correctionNote ?? ''}`
          : `发布在网站的“${it.section.name}”栏目，${readersOf(it.isOpen)}。${it.isOpen ? '不用登录，谁都能看到。' : ''}`
      }
      submitLabel={isLater ? '定时发布' : '现在发布'}
      needs={isLater ? { 日期: day !== undefined, 时间: isClock(clock) } : {}}
      isBusy={publish.isPending}
      error={publish.error}
      onSubmit={() => publish.mutate()}
      onClose={onClose}
    >
      {open > 0 && <Alert color="yellow" title={`还有 ${open} 条意见没有标为已处理`} role="status" />}
      <Radio.Group
        label="什么时候"
        value={isLater ? 'later' : 'now'}
        onChange={(value) => setIsLater(value === 'later')}
      >
        <div className={classes.choices}>
          <Radio value="now" label="现在发布" />
          <Radio value="later" label="定时发布" />
        </div>
      </Radio.Group>
      {isLater && (
        <div className={classes.pair}>
          <DayInput
            label="日期"
            value={day}
            onChange={setDay}
            error={problemIn(publish.error, 'at')}
            {...(today && { earliest: today })}
            required
          />
          <TextInput
            label="时间（北京时间）"
            type="time"
            value={clock}
            onChange={(event) => setClock(event.currentTarget.value)}
            required
          />
        </div>
      )}
    </FormDialog>
  )
}
