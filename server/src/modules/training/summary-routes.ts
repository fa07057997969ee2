import { z } from 'zod'
import {
  accountOf,
  answers,
  answersFile,
  asks,
  downloadAs,
  etagOf,
  fontsOf,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { printPaper } from '../../platform/papers/printing.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { inTraining } from './in-training.ts'
import { readSummary, signSummary, summaryPaper, writeSummary } from './summarizing.ts'
import { summaryText, summaryView } from './summary-schema.ts'

const ofProgramme = asks('param', z.object({ programmeId: z.uuid() }))
const pdfType = 'application/pdf'
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Papers take seconds: two at a time are made, and of each account one. */
const takeTurn = turns(2)

/** 培训总结, of a closed programme. */
export const summaries = router()
  .get(
    '/:programmeId/summary',
    answers('一个办结的培训班的总结，只有组织培训的人能看', summaryView),
    ofProgramme,
    async (c) => {
      const { view, revision } = await inTraining(c, (ctx) => readSummary(ctx, c.req.valid('param').programmeId))
      c.header('etag', etagOf(revision))
      return c.json(view)
    },
  )
  .put('/:programmeId/summary', answers('保存培训总结'), ofProgramme, asks('json', summaryText), async (c) => {
    const read = requireCurrent(c)
    const { programmeId } = c.req.valid('param')
    await inTraining(c, (ctx) => writeSummary(ctx, programmeId, c.req.valid('json').text, read))
    return c.body(null, 204)
  })
  .post('/:programmeId/summary/signature', answers('签署培训总结，以后不能再改'), ofProgramme, async (c) => {
    const read = requireCurrent(c)
    await inTraining(c, (ctx) => signSummary(ctx, c.req.valid('param').programmeId, read))
    return c.body(null, 204)
  })
  .get('/:programmeId/summary/paper.pdf', answersFile('下载培训总结（PDF）', [pdfType]), ofProgramme, async (c) => {
    const paper = await inTraining(c, (ctx) => summaryPaper(ctx, c.req.valid('param').programmeId))
    const bytes = await takeTurn(accountOf(c), () => printPaper(paper, fontsOf(c)))
    if (bytes === null) throw new Refusal('too-many', '您的另一份总结还在排版。请等它完成，再排这一份。')
    return downloadAs(c, { name: `${paper.title}.pdf`, bytes }, pdfType)
  })
  .get('/:programmeId/summary/paper.docx', answersFile('下载培训总结（Word）', [wordType]), ofProgramme, async (c) => {
    const paper = await inTraining(c, (ctx) => summaryPaper(ctx, c.req.valid('param').programmeId))
    return downloadAs(c, { name: `${paper.title}.docx`, bytes: wordPaper(paper) }, wordType)
  })
