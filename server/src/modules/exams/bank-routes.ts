import { z } from 'zod'
import {
  accountOf,
  answers,
  answersWorkbook,
  asks,
  download,
  etagOf,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { readGiftFile } from '../quizzes/gift.ts'
import { withRepeats } from '../quizzes/repeats.ts'
import { fileForm } from '../quizzes/schema.ts'
import { questionTemplate, writeQuestionSheet } from '../quizzes/sheet.ts'
import { readQuestionSheet } from '../quizzes/sheet-reading.ts'
import { bankList, bankQuestion, bankReading, bankText, bankView, newBank, newBankQuestions } from './bank-schema.ts'
import * as banks from './banks.ts'
import { overBanks } from './over-exams.ts'
import { created } from './schema.ts'
import { openBank } from './stored.ts'

/** A file may take seconds: one at a time is read, and of each account one. */
const takeTurn = turns(1)

const ofBank = asks('param', z.object({ bankId: z.uuid() }))
const ofQuestion = asks('param', z.object({ bankId: z.uuid(), questionId: z.uuid() }))

/** 题库, for whoever runs examinations there; to others there are none. */
export const bankRoutes = router()
  .get('/', answers('列出题库', bankList), async (c) => {
    return c.json(await overBanks(c, banks.listBanks))
  })
  .post('/', answers('新建题库', created, 201), asks('json', newBank), async (c) => {
    return c.json({ id: await overBanks(c, (ctx) => banks.createBank(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/template', answersWorkbook('下载题库模板'), async (c) => {
    await overBanks(c, async () => undefined)
    return download(c, await questionTemplate({ name: '题库模板.xlsx', hasTopics: true }))
  })
  .get('/:bankId', answers('读取题库和题目', bankView), ofBank, async (c) => {
    const view = await overBanks(c, (ctx) => banks.viewBank(ctx, c.req.valid('param').bankId))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .patch('/:bankId', answers('修改题库的名称和说明'), ofBank, asks('json', bankText), async (c) => {
    const read = requireCurrent(c)
    const { bankId } = c.req.valid('param')
    await overBanks(c, (ctx) => banks.changeBank(ctx, bankId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .delete('/:bankId', answers('删除题库'), ofBank, async (c) => {
    await overBanks(c, (ctx) => banks.removeBank(ctx, c.req.valid('param').bankId, c.var.now))
    return c.body(null, 204)
  })
  .get('/:bankId/questions.xlsx', answersWorkbook('导出题库的题目和答案'), ofBank, async (c) => {
    const { title, questions } = await overBanks(c, (ctx) => banks.viewBank(ctx, c.req.valid('param').bankId))
    const bytes = await writeQuestionSheet(
      questions.map((it) => it.question),
      questions.map((it) => it.topic),
    )
    return download(c, { name: `${title}.xlsx`, bytes })
  })
  .post('/:bankId/questions', answers('添加题目'), ofBank, asks('json', newBankQuestions), async (c) => {
    const { bankId } = c.req.valid('param')
    await overBanks(c, (ctx) => banks.addToBank(ctx, bankId, c.req.valid('json').questions))
    return c.body(null, 204)
  })
  .put(
    '/:bankId/questions/:questionId',
    answers('修改题目；已经出过的试卷不变'),
    ofQuestion,
    asks('json', bankQuestion),
    async (c) => {
      const { bankId, questionId } = c.req.valid('param')
      await overBanks(c, (ctx) => banks.replaceQuestion(ctx, bankId, questionId, c.req.valid('json'), c.var.now))
      return c.body(null, 204)
    },
  )
  .delete('/:bankId/questions/:questionId', answers('删除题目；已经出过的试卷不变'), ofQuestion, async (c) => {
    const { bankId, questionId } = c.req.valid('param')
    await overBanks(c, (ctx) => banks.retireQuestion(ctx, bankId, questionId, c.var.now))
    return c.body(null, 204)
  })
  .post(
    '/:bankId/readings',
    answers('读取文件中的题目，不保存：正文是文件本身', bankReading),
    ofBank,
    asks('query', fileForm),
    async (c) => {
      const stored = await overBanks(c, async (ctx) => {
        const { id } = await openBank(ctx, c.req.valid('param').bankId)
        return banks.questionsOf(ctx, id)
      })
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      if (bytes.length === 0) throw new Refusal('malformed', '没有收到文件，请重新选择文件。')
      const { form } = c.req.valid('query')
      const read = await takeTurn(accountOf(c), async () =>
        form === 'gift' ? readGiftFile(bytes) : readQuestionSheet(bytes),
      )
      if (read === null) throw new Refusal('too-many', '您的另一个文件还在读取。请等它读完，再读这一个。')
      const { questions, problems } = withRepeats(
        read,
        stored.map((it) => it.question),
      )
      const topics = read.questions.map((it) => it.topic)
      return c.json({ problems, questions: questions.map((it, at) => ({ ...it, topic: topics[at] ?? '' })) })
    },
  )
