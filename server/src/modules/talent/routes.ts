import { z } from 'zod'
import {
  answers,
  answersFile,
  answersWorkbook,
  asks,
  baseOf,
  download,
  downloadAs,
  etagOf,
  fontsOf,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { printPaper } from '../../platform/papers/printing.ts'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { wordType } from '../../platform/papers/word-template.ts'
import { calls } from './call-routes.ts'
import { proposeTraining, readEstablishment, setHeadcount } from './establishment.ts'
import { exportStaff, ownPaper } from './exporting.ts'
import { inTalent } from './in-talent.ts'
import {
  establishment,
  headcountFields,
  holderEnd,
  newHolder,
  newPost,
  postClosing,
  postFields,
  postList,
  trainingWanted,
} from './post-schema.ts'
import { changePost, closePost, fillPost, leavePost, listPosts, setUpPost } from './posts.ts'
import { listCorrections, listPlaces, listStaff, readCard, readOwn } from './queries.ts'
import {
  confirmCard,
  correctionAnswer,
  created,
  newCorrection,
  newSkills,
  officialFields,
  openCorrections,
  ownFields,
  recordOrder,
  skillChange,
  skillList,
  staffExport,
  staffList,
  staffPlaces,
  staffQuery,
  staffRecord,
} from './schema.ts'
import * as service from './service.ts'
import { addSkills, changeSkill, listSkills } from './skills.ts'
import { successions } from './succession-routes.ts'

const ofPerson = asks('param', z.object({ personId: z.uuid() }))
const ofSkill = asks('param', z.object({ skillId: z.uuid() }))
const ofCorrection = asks('param', z.object({ correctionId: z.uuid() }))
const ofPost = asks('param', z.object({ postId: z.uuid() }))
const ofHolding = asks('param', z.object({ postId: z.uuid(), holdingId: z.uuid() }))
const ofOrganization = asks('param', z.object({ organizationId: z.uuid() }))
const pdfType = 'application/pdf'

/** 技能清单 */
const skills = router()
  .get('/', answers('全校的技能清单', skillList), async (c) => c.json(await inTalent(c, listSkills)))
  .post('/', answers('把技能列入清单'), asks('json', newSkills), async (c) => {
    await inTalent(c, (ctx) => addSkills(ctx, c.req.valid('json')))
    return c.body(null, 204)
  })
  .put('/:skillId', answers('修改一项技能，或者不再使用'), ofSkill, asks('json', skillChange), async (c) => {
    const read = requireCurrent(c)
    await inTalent(c, (ctx) => changeSkill(ctx, c.req.valid('param').skillId, c.req.valid('json'), read))
    return c.body(null, 204)
  })

/** 本人的队伍信息 */
const own = router()
  .get('/', answers('本人的队伍信息，包括谁查看过', staffRecord), async (c) => {
    const view = await inTalent(c, readOwn)
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .get('/card', answers('本学期要不要核对', confirmCard), async (c) => c.json(await inTalent(c, readCard)))
  .put('/', answers('填写本人的技能、语言和可承担工作'), asks('json', ownFields), async (c) => {
    const read = requireCurrent(c)
    await inTalent(c, (ctx) => service.changeOwn(ctx, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .post('/confirmation', answers('核对无误'), async (c) => {
    const read = requireCurrent(c)
    await inTalent(c, (ctx) => service.confirmOwn(ctx, read))
    return c.body(null, 204)
  })
  .post('/corrections', answers('申请更正', created, 201), asks('json', newCorrection), async (c) => {
    return c.json({ id: await inTalent(c, (ctx) => service.raiseCorrection(ctx, c.req.valid('json'))) }, 201)
  })
  .delete('/corrections/:correctionId', answers('撤回还没有答复的更正申请'), ofCorrection, async (c) => {
    await inTalent(c, (ctx) => service.withdrawCorrection(ctx, c.req.valid('param').correctionId))
    return c.body(null, 204)
  })
  .post('/exports', answersFile('导出本人的队伍信息', [pdfType, wordType]), asks('json', recordOrder), async (c) => {
    const paper = await inTalent(c, ownPaper)
    const isWord = c.req.valid('json').form === 'word'
    const bytes = isWord ? wordPaper(paper) : await printPaper(paper, fontsOf(c))
    return downloadAs(
      c,
      { name: `工作队伍信息${c.var.today}.${isWord ? 'docx' : 'pdf'}`, bytes },
      isWord ? wordType : pdfType,
    )
  })

/** 更正申请 */
const requests = router()
  .get('/', answers('要答复的更正申请', openCorrections), async (c) => c.json(await inTalent(c, listCorrections)))
  .post(
    '/:correctionId/answer',
    answers('答复一项更正申请'),
    ofCorrection,
    asks('json', correctionAnswer),
    async (c) => {
      const { correctionId } = c.req.valid('param')
      await inTalent(c, (ctx) => service.answerCorrection(ctx, correctionId, c.req.valid('json'), baseOf(c)))
      return c.body(null, 204)
    },
  )

/** 岗位 */
const posts = router()
  .get('/', answers('负责范围内的岗位、在岗的人和空缺', postList), async (c) => c.json(await inTalent(c, listPosts)))
  .post('/', answers('设岗', created, 201), asks('json', newPost), async (c) => {
    return c.json({ id: await inTalent(c, (ctx) => setUpPost(ctx, c.req.valid('json'))) }, 201)
  })
  .put('/:postId', answers('修改岗位'), ofPost, asks('json', postFields), async (c) => {
    const read = requireCurrent(c)
    await inTalent(c, (ctx) => changePost(ctx, c.req.valid('param').postId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .post('/:postId/closing', answers('撤销岗位，写明原因'), ofPost, asks('json', postClosing), async (c) => {
    const read = requireCurrent(c)
    const { reason } = c.req.valid('json')
    await inTalent(c, (ctx) => closePost(ctx, c.req.valid('param').postId, reason, read))
    return c.body(null, 204)
  })
  .post('/:postId/holders', answers('登记到岗', created, 201), ofPost, asks('json', newHolder), async (c) => {
    const { postId } = c.req.valid('param')
    return c.json({ id: await inTalent(c, (ctx) => fillPost(ctx, postId, c.req.valid('json'))) }, 201)
  })
  .post('/:postId/holders/:holdingId/ending', answers('登记离岗'), ofHolding, asks('json', holderEnd), async (c) => {
    const { postId, holdingId } = c.req.valid('param')
    await inTalent(c, (ctx) => leavePost(ctx, postId, holdingId, c.req.valid('json').on))
    return c.body(null, 204)
  })

/** 配备 */
const staffingRoutes = router()
  .get('/', answers('各单位的配备、缺口和一年内到期的任职', establishment), async (c) => {
    return c.json(await inTalent(c, readEstablishment))
  })
  .put(
    '/headcounts/:organizationId',
    answers('填写学生和师生人数'),
    ofOrganization,
    asks('json', headcountFields),
    async (c) => {
      const read = requireCurrent(c)
      const { organizationId } = c.req.valid('param')
      await inTalent(c, (ctx) => setHeadcount(ctx, organizationId, c.req.valid('json'), read))
      return c.body(null, 204)
    },
  )
  .post('/trainings', answers('按缺口筹备培训班', created, 201), asks('json', trainingWanted), async (c) => {
    return c.json({ id: await inTalent(c, (ctx) => proposeTraining(ctx, c.req.valid('json'))) }, 201)
  })

/** 工作队伍: who does the work, what they can do, and who keeps it up to date. */
export const talent = router()
  .route('/skills', skills)
  .route('/own', own)
  .route('/corrections', requests)
  .route('/posts', posts)
  .route('/establishment', staffingRoutes)
  .route('/calls', calls)
  .route('/successions', successions)
  .get('/places', answers('本人负责哪些组织的队伍', staffPlaces), async (c) => c.json(await inTalent(c, listPlaces)))
  .get('/', answers('工作队伍名单，按姓名排列', staffList), asks('query', staffQuery), async (c) => {
    return c.json(await inTalent(c, (ctx) => listStaff(ctx, c.req.valid('query'))))
  })
  .post('/exports', answersWorkbook('导出工作队伍名单'), asks('json', staffExport), async (c) => {
    return download(c, await inTalent(c, (ctx) => exportStaff(ctx, c.req.valid('json'))))
  })
  .get('/:personId', answers('一位同志的队伍信息；打开会留下记录', staffRecord), ofPerson, async (c) => {
    const view = await inTalent(c, (ctx) => service.openRecord(ctx, c.req.valid('param').personId))
    c.header('etag', etagOf(view.revision))
    return c.json(view)
  })
  .put('/:personId/official', answers('登记岗位'), ofPerson, asks('json', officialFields), async (c) => {
    const read = requireCurrent(c)
    await inTalent(c, (ctx) => service.setOfficial(ctx, c.req.valid('param').personId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
