import { z } from 'zod'
import { accountOf, answers, answersWorkbook, asks, download, router } from '../../platform/http.ts'
import { inReach } from '../../platform/reach.ts'
import { Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { readGiftFile } from './gift.ts'
import { listQuestions, questionsOf } from './questions.ts'
import { withRepeats } from './repeats.ts'
import { fileForm, reading } from './schema.ts'
import { questionTemplate, writeQuestionSheet } from './sheet.ts'
import { readQuestionSheet } from './sheet-reading.ts'
import { lockQuiz } from './stored.ts'

/** A file may take seconds: one at a time is read, and of each account one. */
const takeTurn = turns(1)

const ofQuiz = asks('param', z.object({ quizId: z.uuid() }))

/** Questions in files: how a table is filled in, what stands in one, and the questions of a set as one. */
export const questionFiles = router()
  .get('/template', answersWorkbook('下载题目模板'), async (c) => {
    await inReach(c, '答题', async () => undefined)
    return download(c, await questionTemplate())
  })
  .get('/:quizId/questions.xlsx', answersWorkbook('导出题目和答案，只有编题的人能用'), ofQuiz, async (c) => {
    const { title, items } = await inReach(c, '答题', (ctx) => listQuestions(ctx, c.req.valid('param').quizId))
    return download(c, { name: `${title}.xlsx`, bytes: await writeQuestionSheet(items) })
  })
  .post(
    '/:quizId/readings',
    answers('读取文件中的题目，不保存：正文是文件本身', reading),
    ofQuiz,
    asks('query', fileForm),
    async (c) => {
      const stored = await inReach(c, '答题', async (ctx) => {
        const { id } = await lockQuiz(ctx, c.req.valid('param').quizId, '在这个题集中添加题目')
        return questionsOf(ctx, id)
      })
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      if (bytes.length === 0) throw new Refusal('malformed', '没有收到文件，请重新选择文件。')
      const { form } = c.req.valid('query')
      const read = await takeTurn(accountOf(c), async () =>
        form === 'gift' ? readGiftFile(bytes) : readQuestionSheet(bytes),
      )
      if (read === null) throw new Refusal('too-many', '您的另一个文件还在读取。请等它读完，再读这一个。')
      return c.json(withRepeats(read, stored))
    },
  )
