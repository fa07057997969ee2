import { Button, Checkbox, NumberInput, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { mostMoreMinutes } from '@zhibu/server/modules/exams/names-schema'
import type { CandidateRow, ExamView } from '@zhibu/server/modules/exams/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { examClient } from './api.ts'
import classes from './Exams.module.css'
import { instantOf, type Moment, momentOf } from './examDraft.ts'
import { MomentInput } from './MomentInput.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  exam: ExamView
  it: CandidateRow
  onClose: () => void
}

const noMoment: Moment = { day: undefined, clock: '' }

/** 便利安排 for one candidate, with a reason that is shown to nobody without being written down. */
export function ArrangementDialog({ exam, it, onClose }: Props) {
  const before = it.arrangement
  const param = { examId: exam.id, personId: it.person.id }
  const client = examClient.candidates[':personId'].arrangement
  const [moreMinutes, setMoreMinutes] = useState<number | undefined>(before?.moreMinutes ?? undefined)
  const [opens, setOpens] = useState<Moment>(before?.opensAt ? momentOf(before.opensAt) : noMoment)
  const [closes, setCloses] = useState<Moment>(before?.closesAt ? momentOf(before.closesAt) : noMoment)
  const [isOnPaper, setIsOnPaper] = useState(before?.isOnPaper ?? false)
  const [reason, setReason] = useState('')
  const reading = useMutation({
    mutationFn: () => parseResponse(client.readings.$post({ param })),
    onSuccess: (read) => setReason(read.reason),
  })
  const save = useWrite(
    () =>
      parseResponse(
        client.$put({
          param,
          json: {
            ...{ moreMinutes: moreMinutes ?? null, isOnPaper, reason },
            ...{ opensAt: instantOf(opens) ?? null, closesAt: instantOf(closes) ?? null },
          },
        }),
      ),
    onClose,
  )
  const drop = useWrite(() => parseResponse(client.$delete({ param })), onClose)
  return (
    <FormDialog
      title={`便利安排：${it.person.name}`}
      lead="只填和别人不同的。原因只有主办的人能看，每次查看都有记录，本人看得到；不写进名单和导出的表。"
      submitLabel="保存安排"
      needs={{ 原因: reason.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error ?? drop.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <NumberInput
        label="延长几分钟"
        value={moreMinutes ?? ''}
        onChange={(value) => setMoreMinutes(typeof value === 'number' ? value : undefined)}
        error={problemIn(save.error, 'moreMinutes')}
        min={1}
        max={mostMoreMinutes}
        allowDecimal={false}
        data-autofocus
      />
      <MomentInput name="另定的开始" value={opens} onChange={setOpens} error={problemIn(save.error, 'opensAt')} />
      <MomentInput name="另定的结束" value={closes} onChange={setCloses} error={problemIn(save.error, 'closesAt')} />
      {exam.form === 'online' && (
        <Checkbox
          label="改用纸笔作答"
          description="试卷用“纸笔试卷”打印，成绩从表格导入。"
          checked={isOnPaper}
          onChange={(event) => setIsOnPaper(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label="原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(save.error, 'reason')}
        maxLength={500}
        autosize
        minRows={2}
        required
      />
      {before && (
        <div className={classes.lines}>
          <p className={parts.note}>以前写的原因没有显示在这里。</p>
          <div className={parts.buttons}>
            <Button variant="default" loading={reading.isPending} onClick={() => reading.mutate()}>
              查看原因
            </Button>
            <Button variant="subtle" color="red" loading={drop.isPending} onClick={() => drop.mutate()}>
              取消安排
            </Button>
          </div>
          <ProblemNote error={reading.error} />
        </div>
      )}
    </FormDialog>
  )
}
