import { z } from 'zod'
import { answers, asks, baseOf, etagOf, requireCurrent, router } from '../../platform/http.ts'
import { handOverCandidates, readAssignments, setAssignments } from './assignments.ts'
import { inTraining } from './in-training.ts'
import { offerQuotation, readShelf, showQuotation, withdrawQuotation } from './quotations.ts'
import { handInReflection, readOwnReflection, writeReflection } from './reflecting.ts'
import {
  assignmentFields,
  assignmentsView,
  created,
  newAnswer,
  newQuotation,
  newRemark,
  ownReflection,
  quotationShelf,
  reflectionList,
  reflectionsQuery,
  reflectionText,
  reflectionView,
  showing,
  versionQuery,
} from './reflection-schema.ts'
import { addRemark, answerRemark, listReflections, readReflection } from './remarks.ts'

const ofProgramme = asks('param', z.object({ programmeId: z.uuid() }))
const ofPrompt = asks('param', z.object({ programmeId: z.uuid(), promptId: z.uuid() }))
const ofReflection = asks('param', z.object({ reflectionId: z.uuid() }))
const ofRemark = asks('param', z.object({ remarkId: z.uuid() }))
const ofQuotation = asks('param', z.object({ quotationId: z.uuid() }))

/** 学习心得 as it was handed in, its margin and the passages that are shown, for those who may read it. */
export const reflections = router()
  .get(
    '/:reflectionId',
    answers('一篇交了的心得，只有本人、评议人和组织培训的人能看', reflectionView),
    ofReflection,
    asks('query', versionQuery),
    async (c) => {
      const { reflectionId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => readReflection(ctx, reflectionId, c.req.valid('query').version)))
    },
  )
  .post(
    '/:reflectionId/remarks',
    answers('在心得旁边写旁注', created, 201),
    ofReflection,
    asks('json', newRemark),
    async (c) => {
      const { reflectionId } = c.req.valid('param')
      const id = await inTraining(c, (ctx) => addRemark(ctx, reflectionId, c.req.valid('json'), baseOf(c)))
      return c.json({ id }, 201)
    },
  )
  .post(
    '/remarks/:remarkId/answers',
    answers('答复一条旁注', created, 201),
    ofRemark,
    asks('json', newAnswer),
    async (c) => {
      const { remarkId } = c.req.valid('param')
      return c.json({ id: await inTraining(c, (ctx) => answerRemark(ctx, remarkId, c.req.valid('json').text)) }, 201)
    },
  )
  .post(
    '/:reflectionId/quotations',
    answers('同意展示自己心得里的一段话', created, 201),
    ofReflection,
    asks('json', newQuotation),
    async (c) => {
      const { reflectionId } = c.req.valid('param')
      return c.json({ id: await inTraining(c, (ctx) => offerQuotation(ctx, reflectionId, c.req.valid('json'))) }, 201)
    },
  )
  .post('/quotations/:quotationId/withdrawal', answers('收回展示的同意'), ofQuotation, async (c) => {
    await inTraining(c, (ctx) => withdrawQuotation(ctx, c.req.valid('param').quotationId))
    return c.body(null, 204)
  })
  .put(
    '/quotations/:quotationId/shelf',
    answers('选择展示或者不展示一段摘录'),
    ofQuotation,
    asks('json', showing),
    async (c) => {
      const { quotationId } = c.req.valid('param')
      await inTraining(c, (ctx) => showQuotation(ctx, quotationId, c.req.valid('json').isShown))
      return c.body(null, 204)
    },
  )

/** 学习心得和考试, within a programme. */
export const assignments = router()
  .get('/:programmeId/assignments', answers('一个培训班的心得题目和考试', assignmentsView), ofProgramme, async (c) => {
    const { view, revision } = await inTraining(c, (ctx) => readAssignments(ctx, c.req.valid('param').programmeId))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put(
    '/:programmeId/assignments',
    answers('修改心得题目和考试'),
    ofProgramme,
    asks('json', assignmentFields),
    async (c) => {
      const read = requireCurrent(c)
      const { programmeId } = c.req.valid('param')
      await inTraining(c, (ctx) => setAssignments(ctx, programmeId, c.req.valid('json'), read))
      return c.body(null, 204)
    },
  )
  .post('/:programmeId/assignments/candidates', answers('按学员名单更新考生'), ofProgramme, async (c) => {
    await inTraining(c, (ctx) => handOverCandidates(ctx, c.req.valid('param').programmeId))
    return c.body(null, 204)
  })
  .get(
    '/:programmeId/reflections',
    answers('交了的心得，只有评议人和组织培训的人能看', reflectionList),
    ofProgramme,
    asks('query', reflectionsQuery),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => listReflections(ctx, programmeId, c.req.valid('query'))))
    },
  )
  .get('/:programmeId/quotations', answers('心得摘录', quotationShelf), ofProgramme, async (c) => {
    return c.json(await inTraining(c, (ctx) => readShelf(ctx, c.req.valid('param').programmeId)))
  })
  .get('/:programmeId/reflections/own/:promptId', answers('本人写的心得', ownReflection), ofPrompt, async (c) => {
    const { programmeId, promptId } = c.req.valid('param')
    const own = await inTraining(c, (ctx) => readOwnReflection(ctx, programmeId, promptId))
    c.header('etag', etagOf(own.revision))
    return c.json(own)
  })
  .put(
    '/:programmeId/reflections/own/:promptId',
    answers('保存本人写的心得'),
    ofPrompt,
    asks('json', reflectionText),
    async (c) => {
      const read = requireCurrent(c)
      const { programmeId, promptId } = c.req.valid('param')
      const { text } = c.req.valid('json')
      const revision = await inTraining(c, (ctx) => writeReflection(ctx, programmeId, promptId, text, read))
      c.header('etag', etagOf(revision))
      return c.body(null, 204)
    },
  )
  .post('/:programmeId/reflections/own/:promptId/handing-in', answers('提交本人写的心得'), ofPrompt, async (c) => {
    const read = requireCurrent(c)
    const { programmeId, promptId } = c.req.valid('param')
    await inTraining(c, (ctx) => handInReflection(ctx, programmeId, promptId, read))
    return c.body(null, 204)
  })
