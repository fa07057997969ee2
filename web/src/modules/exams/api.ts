import { queryOptions } from '@tanstack/react-query'
import type { BankReading } from '@zhibu/server/modules/exams/bank-schema'
import type { exams } from '@zhibu/server/modules/exams/routes'
import type { ResultsReading } from '@zhibu/server/modules/exams/schema'
import { hc, parseResponse } from 'hono/client'
import { clientOptions, request, withEtag } from '../../api.ts'
import { aheadOf } from '../quizzes/clock.ts'

/** Banks, examinations and attempts at the server. */
export const examsClient = hc<typeof exams>('/api/exams', clientOptions)
export const examClient = examsClient[':examId']
export const bankClient = examsClient.banks[':bankId']
export const attemptClient = examsClient.attempts[':attemptId']

/** Everything about examinations in the cache lies under this key; a paper that is being written lies apart. */
export const examsKey = ['exams'] as const
export const attemptsKey = ['exam-attempts'] as const

/** What the reader takes, and what they run. */
export const examListQuery = queryOptions({
  queryKey: [...examsKey, 'list'],
  queryFn: () => parseResponse(examsClient.index.$get()),
})

/** The banks that the reader keeps, with what can be drawn from each. */
export const bankListQuery = queryOptions({
  queryKey: [...examsKey, 'banks'],
  queryFn: () => parseResponse(examsClient.banks.$get()),
})

/** One bank with its questions, and the tag under which it was read. */
export const bankQuery = (bankId: string) =>
  queryOptions({
    queryKey: [...examsKey, 'bank', bankId],
    queryFn: () => withEtag(bankClient.$get({ param: { bankId } })),
  })

/** One examination for whoever runs it, and the tag under which it was read. */
export const examQuery = (examId: string) =>
  queryOptions({
    queryKey: [...examsKey, 'one', examId],
    queryFn: () => withEtag(examClient.$get({ param: { examId } })),
  })

/** The same for whoever takes it. */
export const ownExamQuery = (examId: string) =>
  queryOptions({
    queryKey: [...examsKey, 'own', examId],
    queryFn: () => parseResponse(examClient.own.$get({ param: { examId } })),
  })

/** The candidates with what came of it so far. */
export const candidatesQuery = (examId: string) =>
  queryOptions({
    queryKey: [...examsKey, 'candidates', examId],
    queryFn: () => parseResponse(examClient.candidates.$get({ param: { examId } })),
  })

/** The lists of results that were taken in. */
export const importsQuery = (examId: string) =>
  queryOptions({
    queryKey: [...examsKey, 'imports', examId],
    queryFn: () => parseResponse(examClient.imports.$get({ param: { examId } })),
  })

/** How the questions fell. */
export const analysisQuery = (examId: string) =>
  queryOptions({
    queryKey: [...examsKey, 'analysis', examId],
    queryFn: () => parseResponse(examClient.analysis.$get({ param: { examId } })),
  })

/** An attempt of the reader, and how far the clock of the server is ahead. */
export const attemptQuery = (attemptId: string) =>
  queryOptions({
    queryKey: [...attemptsKey, attemptId],
    queryFn: async () => {
      const response = await attemptClient.$get({ param: { attemptId } })
      const view = await parseResponse(response)
      return { view, aheadMs: aheadOf(response.headers.get('date'), Date.now()) }
    },
  })

const sent = (file: File): RequestInit => ({
  method: 'POST',
  body: file,
  headers: { 'content-type': 'application/octet-stream' },
})

/** What a file of questions says, by the ending of its name; nothing of it is kept. */
export async function readQuestionFile(bankId: string, file: File): Promise<BankReading> {
  const form = file.name.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'gift'
  return (await request(`/api/exams/banks/${bankId}/readings?form=${form}`, sent(file))).json()
}

/** What a list of results says; nothing of it is kept. */
export async function readResultsFile(examId: string, file: File): Promise<ResultsReading> {
  return (await request(`/api/exams/${examId}/readings`, sent(file))).json()
}

/** Where the files lie. */
export const templateAt = '/api/exams/banks/template'
export const questionsAt = (bankId: string): string => `/api/exams/banks/${bankId}/questions.xlsx`
export const exportAt = (examId: string): string => `/api/exams/${examId}/exports`
export const printAt = (examId: string, form: 'docx' | 'pdf', isSolved: boolean): string =>
  `/api/exams/${examId}/print.${form}${isSolved ? '?isSolved=true' : ''}`
