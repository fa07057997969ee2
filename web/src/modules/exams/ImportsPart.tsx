import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ExamView, ResultsImport } from '@zhibu/server/modules/exams/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { examClient, importsQuery } from './api.ts'
import { ResultsImportDialog } from './ResultsImportDialog.tsx'
import { useWrite } from './useWrite.ts'

/** The lists of results of the hall that were taken in, each of which can be undone. */
export function ImportsPart({ exam }: { exam: ExamView }) {
  const { data, error, refetch } = useQuery(importsQuery(exam.id))
  const [isImporting, setIsImporting] = useState(false)
  const undo = useWrite((importId: string) =>
    parseResponse(examClient.imports[':importId'].undo.$post({ param: { examId: exam.id, importId } })),
  )
  const row = (it: ResultsImport): Row => ({
    key: it.id,
    title: it.fileName,
    mark: it.undoneAt !== null && <Badge color="gray">已撤销</Badge>,
    facts: [
      `${it.results} 人`,
      <span key="on">
        考试日期 <DayText on={it.satOn} />
      </span>,
      <span key="at">
        {it.importedBy} <InstantText at={it.importedAt} /> 导入
      </span>,
    ],
    actions: it.can.undo && (
      <ConfirmButton
        question="撤销这次导入：这些成绩不再作数，以前的成绩恢复。"
        confirmLabel="撤销导入"
        onConfirm={() => undo.mutate(it.id)}
      >
        撤销导入
      </ConfirmButton>
    ),
  })
  return (
    <div className="no-print">
      <Section
        title="纸笔成绩"
        lead="纸笔作答的，把成绩填进“导出成绩表”下载的表，再从这里导入。先看读出了什么，再登记。"
        actions={
          <Button variant="default" onClick={() => setIsImporting(true)}>
            导入成绩
          </Button>
        }
      >
        <div className={parts.form}>
          <ProblemNote error={undo.error} />
          {!data ? (
            error ? (
              <ErrorState error={error} onRetry={() => void refetch()} />
            ) : (
              <PageLoading lines={2} />
            )
          ) : data.items.length === 0 ? (
            <p className={parts.note}>还没有导入过成绩。</p>
          ) : (
            <RowList label="成绩的导入" rows={data.items.map(row)} />
          )}
        </div>
        {isImporting && <ResultsImportDialog exam={exam} onClose={() => setIsImporting(false)} />}
      </Section>
    </div>
  )
}
