import type { Context } from '../../platform/context.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { type ListColumn, writeList } from '../../platform/spreadsheet/export-table.ts'
import { listCandidates } from './candidate-list.ts'
import type { CandidateRow } from './schema.ts'
import { examSubject, openExam } from './stored.ts'

/**
 * Writes the candidates with their results as .xlsx, by organisation and name. Without results it is the list to be filled in for the hall. What is
 * arranged for whom stands in no cell.
 */
export async function exportResults(ctx: Context, examId: string): Promise<NamedFile> {
  const exam = await openExam(ctx, examId, '导出这场考试的成绩')
  const { bytes, count } = await writeList(columns, await listCandidates(ctx, examId), '成绩')
  await record(ctx, 'exams.results-exported', examSubject(exam), { title: exam.title, count })
  return { name: `${exam.title}成绩${ctx.today}.xlsx`, bytes }
}

const columns: readonly ListColumn<CandidateRow>[] = [
  { header: '学号', cell: (it) => it.person.studentNumber },
  { header: '姓名', cell: (it) => it.person.name },
  { header: '所在组织', cell: (it) => it.organization },
  { header: '成绩', cell: (it) => (it.confirmed ?? it.best)?.earned },
  { header: '满分', cell: (it) => (it.confirmed ?? it.best)?.total },
  { header: '是否及格', cell: (it) => passedInWords(it.confirmed ?? it.best) },
  { header: '考试日期', holdsDays: true, cell: (it) => (it.confirmed ?? it.best)?.satOn },
  { header: '确认', cell: (it) => it.confirmed?.confirmedBy },
  { header: '确认日期', holdsDays: true, cell: (it) => it.confirmed?.confirmedOn },
]

const passedInWords = (it: { isPassed: boolean } | null): string | undefined =>
  it === null ? undefined : it.isPassed ? '及格' : '未及格'
