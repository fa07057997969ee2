import { useMutation } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import { largestResultsMb } from '@zhibu/server/modules/exams/names-schema'
import type { ExamView, ResultsReading } from '@zhibu/server/modules/exams/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useToday } from '../../ui/today.ts'
import { examClient, readResultsFile } from './api.ts'
import classes from './Exams.module.css'
import { momentOf } from './examDraft.ts'
import { useWrite } from './useWrite.ts'

/** Takes results of the hall from a list: first it is shown what was read, and cell by cell what was not. */
export function ResultsImportDialog({ exam, onClose }: { exam: ExamView; onClose: () => void }) {
  const today = useToday()
  const reading = useMutation({ mutationFn: (file: File) => readResultsFile(exam.id, file) })
  const [satOn, setSatOn] = useState<Day | undefined>(momentOf(exam.opensAt).day)
  const results = reading.data?.results ?? []
  const enter = useWrite(
    () =>
      parseResponse(
        examClient.imports.$post({
          param: { examId: exam.id },
          json: {
            fileName: reading.variables?.name ?? '',
            satOn: satOn ?? '2000-01-01',
            results: results.map(({ personId, earned }) => ({ personId, earned })),
          },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="导入成绩"
      lead={`满分 ${exam.total} 分，及格线 ${exam.passAt} 分。导入以后还要确认才作数，可以撤销。`}
      submitLabel={results.length > 0 ? `登记 ${results.length} 人的成绩` : '登记成绩'}
      needs={{ 考试日期: satOn !== undefined }}
      isReady={results.length > 0 && !reading.isPending}
      isBusy={enter.isPending}
      error={enter.error}
      onSubmit={() => enter.mutate()}
      onClose={onClose}
    >
      <FileDrop
        label={reading.variables ? reading.variables.name : '把成绩表拖到这里，或点击选择'}
        hint={`Excel 表格（.xlsx、.xls）或 .csv，要有“成绩”，还有“学号”或者“姓名”。空着的、写“缺考”的不登记。不超过 ${largestResultsMb} MB。`}
        endings={['.xlsx', '.xls', '.csv']}
        largestMb={largestResultsMb}
        disabled={reading.isPending || enter.isPending}
        onFiles={([file]) => {
          enter.reset()
          if (file) reading.mutate(file)
        }}
      />
      <DayInput
        label="考试日期"
        value={satOn}
        onChange={setSatOn}
        error={problemIn(enter.error, 'satOn')}
        {...(today && { latest: today })}
        required
      />
      <ProblemNote error={reading.error} isKept />
      {reading.isPending && <p role="status">正在读取文件…</p>}
      {reading.data && <WhatWasRead it={reading.data} />}
    </FormDialog>
  )
}

/** So many are shown at once; the others open. */
const shown = 8

function WhatWasRead({ it: { results, problems } }: { it: ResultsReading }) {
  const again = results.filter((it) => it.before !== null)
  return (
    <div className={parts.form}>
      <p role="status">
        {`读出 ${results.length} 人的成绩${again.length > 0 ? `，其中 ${again.length} 人已有成绩` : ''}`}
        {problems.length > 0
          ? `，另有 ${problems.length} 处读不出来，不会登记。改好文件，可以再选一次。`
          : '，没有问题。'}
      </p>
      {problems.length > 0 && (
        <ul aria-label="要改的地方">
          {problems.map(({ at, message }) => (
            <li key={`${at} ${message}`}>
              <b>{at}</b>：{message}
            </li>
          ))}
        </ul>
      )}
      {results.length > 0 && (
        <ul className={classes.written} aria-label="读出的成绩">
          {results.slice(0, shown).map(line)}
        </ul>
      )}
      {results.length > shown && (
        <details>
          <summary>看另外 {results.length - shown} 人</summary>
          <ul className={classes.written} aria-label="另外的成绩">
            {results.slice(shown).map(line)}
          </ul>
        </details>
      )}
    </div>
  )
}

const line = (it: ResultsReading['results'][number]) => (
  <li key={it.personId}>
    {it.name}（{it.organization}）：{it.earned} 分{it.before !== null && `，原来 ${it.before} 分`}
  </li>
)
