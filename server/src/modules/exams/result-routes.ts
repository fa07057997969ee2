import { z } from 'zod'
import {
  accountOf,
  answers,
  answersFile,
  answersWorkbook,
  asks,
  download,
  downloadAs,
  fontsOf,
  router,
} from '../../platform/http.ts'
import { printPaper } from '../../platform/papers/printing.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { readAnalysis } from './analysed.ts'
import { exportResults } from './exporting.ts'
import { overExams } from './over-exams.ts'
import { groundOfResults, importResults, listImports, undoImport } from './paper-results.ts'
import { readResults } from './results-reading.ts'
import { analysis, created, importList, newResults, printQuery, resultsReading } from './schema.ts'
import { makePrint, readPrint } from './service.ts'

/** A file may take seconds: one at a time is read, and of each account one. */
const takeTurn = turns(1)

const ofExam = asks('param', z.object({ examId: z.uuid() }))
const ofImport = asks('param', z.object({ examId: z.uuid(), importId: z.uuid() }))
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** What is printed and read in for the hall, lists that go out, and how questions fell; for whoever runs the examination. */
export const resultRoutes = router()
  .get('/:examId/analysis', answers('题目分析，不涉及个人', analysis), ofExam, async (c) => {
    return c.json(await overExams(c, (ctx) => readAnalysis(ctx, c.req.valid('param').examId)))
  })
  .post('/:examId/exports', answersWorkbook('导出考生和成绩'), ofExam, async (c) => {
    return download(c, await overExams(c, (ctx) => exportResults(ctx, c.req.valid('param').examId)))
  })
  .post('/:examId/print', answers('出纸笔试卷，或者重出'), ofExam, async (c) => {
    await overExams(c, (ctx) => makePrint(ctx, c.req.valid('param').examId))
    return c.body(null, 204)
  })
  .get(
    '/:examId/print.docx',
    answersFile('下载纸笔试卷（Word）', [wordType]),
    ofExam,
    asks('query', printQuery),
    async (c) => {
      const paper = await overExams(c, (ctx) =>
        readPrint(ctx, c.req.valid('param').examId, c.req.valid('query').isSolved),
      )
      return downloadAs(c, { name: `${paper.title}.docx`, bytes: wordPaper(paper) }, wordType)
    },
  )
  .get(
    '/:examId/print.pdf',
    answersFile('下载纸笔试卷（PDF）', ['application/pdf']),
    ofExam,
    asks('query', printQuery),
    async (c) => {
      const paper = await overExams(c, (ctx) =>
        readPrint(ctx, c.req.valid('param').examId, c.req.valid('query').isSolved),
      )
      const bytes = await takeTurn(accountOf(c), () => printPaper(paper, fontsOf(c)))
      if (bytes === null) throw new Refusal('too-many', '您的另一份试卷还在排版。请等它完成，再排这一份。')
      return downloadAs(c, { name: `${paper.title}.pdf`, bytes }, 'application/pdf')
    },
  )
  .post('/:examId/readings', answers('读取成绩表，不保存：正文是文件本身', resultsReading), ofExam, async (c) => {
    const ground = await overExams(c, (ctx) => groundOfResults(ctx, c.req.valid('param').examId))
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length === 0) throw new Refusal('malformed', '没有收到文件，请重新选择文件。')
    const read = await takeTurn(accountOf(c), () => readResults(bytes, ground.candidates, ground.total))
    if (read === null) throw new Refusal('too-many', '您的另一个文件还在读取。请等它读完，再读这一个。')
    return c.json(read)
  })
  .get('/:examId/imports', answers('列出纸笔成绩的导入', importList), ofExam, async (c) => {
    return c.json({ items: await overExams(c, (ctx) => listImports(ctx, c.req.valid('param').examId)) })
  })
  .post(
    '/:examId/imports',
    answers('登记读取并核对过的纸笔成绩', created, 201),
    ofExam,
    asks('json', newResults),
    async (c) => {
      const { examId } = c.req.valid('param')
      return c.json({ id: await overExams(c, (ctx) => importResults(ctx, examId, c.req.valid('json'))) }, 201)
    },
  )
  .post('/:examId/imports/:importId/undo', answers('撤销一次导入'), ofImport, async (c) => {
    const { examId, importId } = c.req.valid('param')
    await overExams(c, (ctx) => undoImport(ctx, examId, importId, c.var.now))
    return c.body(null, 204)
  })
