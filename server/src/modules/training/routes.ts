import { z } from 'zod'
import {
  answers,
  answersFile,
  answersWorkbook,
  asks,
  baseOf,
  download,
  etagOf,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { personOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { findMedia } from '../media/queries.ts'
import { contentQuery } from '../media/schema.ts'
import { answerMedia } from '../media/serving.ts'
import { acceptance, assessing, certifying } from './acceptance-routes.ts'
import { addSheets, listMakeUps, readSheet, recordAttendance, removeSheet } from './attendance.ts'
import {
  attendanceRecord,
  attendanceSheet,
  makeUps,
  newRequest,
  newSheets,
  requestAnswer,
  statement,
  statementQuery,
  statements,
  statementsQuery,
} from './attendance-schema.ts'
import { readDesk } from './desk.ts'
import { exportParticipants } from './exporting.ts'
import { inTraining } from './in-training.ts'
import { enrol, leave, listCandidates, listParticipants, nominate, removeParticipant, signUp } from './participants.ts'
import { mayRun } from './policy.ts'
import { listPlaces, listProgrammes, readYear, viewOf } from './queries.ts'
import { assignments, reflections } from './reflection-routes.ts'
import { answerRequest, raiseRequest } from './requests.ts'
import {
  copyWanted,
  created,
  eligibleList,
  eligibleQuery,
  enrolled,
  enrolment,
  newProgramme,
  nomination,
  participants,
  participantsQuery,
  programmeFields,
  programmeList,
  programmesQuery,
  programmeView,
  sessionFields,
  trainingDesk,
  trainingPlaces,
  withReason,
  yearPlan,
  yearQuery,
} from './schema.ts'
import * as service from './service.ts'
import * as sessionService from './sessions.ts'
import { listStatements, readStatement } from './statements.ts'
import { openProgramme, openSession } from './stored.ts'
import { summaries } from './summary-routes.ts'

const ofProgramme = asks('param', z.object({ programmeId: z.uuid() }))
const ofParticipant = asks('param', z.object({ programmeId: z.uuid(), personId: z.uuid() }))
const ofSession = asks('param', z.object({ sessionId: z.uuid() }))
const ofMedium = asks('param', z.object({ sessionId: z.uuid(), mediaId: z.uuid() }))
const ofRequest = asks('param', z.object({ requestId: z.uuid() }))
const ofPerson = asks('param', z.object({ personId: z.uuid() }))

/** 课次: sessions, who was there, and what participants write of it. */
const sessions = router()
  .put('/:sessionId', answers('修改一次课'), ofSession, asks('json', sessionFields), async (c) => {
    const read = requireCurrent(c)
    const { sessionId } = c.req.valid('param')
    await inTraining(c, (ctx) =>
      sessionService.changeSession(ctx, sessionId, c.req.valid('json'), { revision: read, ...baseOf(c) }),
    )
    return c.body(null, 204)
  })
  .delete('/:sessionId', answers('删除一次还没有告知任何人的课'), ofSession, async (c) => {
    await inTraining(c, (ctx) => sessionService.removeSession(ctx, c.req.valid('param').sessionId))
    return c.body(null, 204)
  })
  .post('/:sessionId/cancellation', answers('取消一次课，写明原因'), ofSession, asks('json', withReason), async (c) => {
    const { sessionId } = c.req.valid('param')
    const { reason } = c.req.valid('json')
    await inTraining(c, (ctx) => sessionService.cancelSession(ctx, sessionId, { reason, ...baseOf(c) }))
    return c.body(null, 204)
  })
  .get('/:sessionId/attendance', answers('到课情况，只有组织培训的人能看', attendanceSheet), ofSession, async (c) => {
    const sheet = await inTraining(c, (ctx) => readSheet(ctx, c.req.valid('param').sessionId))
    c.header('etag', etagOf(sheet.revision))
    return c.json(sheet)
  })
  .put('/:sessionId/attendance', answers('登记到课情况'), ofSession, asks('json', attendanceRecord), async (c) => {
    const read = requireCurrent(c)
    const { sessionId } = c.req.valid('param')
    await inTraining(c, (ctx) => recordAttendance(ctx, sessionId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .post('/:sessionId/sheets', answers('放上纸质签到表的照片'), ofSession, asks('json', newSheets), async (c) => {
    const { sessionId } = c.req.valid('param')
    await inTraining(c, (ctx) => addSheets(ctx, sessionId, c.req.valid('json').mediaIds))
    return c.body(null, 204)
  })
  .delete('/:sessionId/sheets/:mediaId', answers('去掉纸质签到表的一张照片'), ofMedium, async (c) => {
    const { sessionId, mediaId } = c.req.valid('param')
    await inTraining(c, (ctx) => removeSheet(ctx, sessionId, mediaId))
    return c.body(null, 204)
  })
  .get('/:sessionId/make-ups', answers('可以补课的课程', makeUps), ofSession, async (c) => {
    return c.json(await inTraining(c, (ctx) => listMakeUps(ctx, c.req.valid('param').sessionId)))
  })
  .post(
    '/:sessionId/requests',
    answers('请假，或者说明到课未登记', created, 201),
    ofSession,
    asks('json', newRequest),
    async (c) => {
      const { sessionId } = c.req.valid('param')
      return c.json({ id: await inTraining(c, (ctx) => raiseRequest(ctx, sessionId, c.req.valid('json'))) }, 201)
    },
  )
  .get(
    '/:sessionId/media/:mediaId',
    answersFile('课程的材料；纸质签到表的照片只有组织培训的人能看', ['application/octet-stream']),
    ofMedium,
    asks('query', contentQuery),
    async (c) => {
      const { sessionId, mediaId } = c.req.valid('param')
      const item = await inTraining(c, async (ctx) => {
        const { programme, session } = await openSession(ctx, sessionId)
        const isMaterial = session.materials.some((it) => it.kind === 'medium' && it.mediaId === mediaId)
        const isSheet = session.sheets.includes(mediaId) && mayRun(ctx.actor, programme.path)
        return (await findMedia(ctx, isMaterial || isSheet ? [mediaId] : [])).get(mediaId)
      })
      return answerMedia(c, found(item, '个素材'), c.req.valid('query'))
    },
  )

/** 培训: planned by whoever runs the trainings of an organisation, announced to those who belong there. */
export const training = router()
  .route('/sessions', sessions)
  .route('/assessing', assessing)
  .route('/', acceptance)
  .route('/', certifying)
  .route('/reflections', reflections)
  .route('/', assignments)
  .route('/', summaries)
  .get('/places', answers('可以为哪些组织办培训', trainingPlaces), async (c) => {
    return c.json(await inTraining(c, listPlaces))
  })
  .get('/desk', answers('培训里等本人办理的，和本人近期的课程', trainingDesk), async (c) => {
    return c.json(await inTraining(c, readDesk))
  })
  .get('/year', answers('一年的培训计划', yearPlan), asks('query', yearQuery), async (c) => {
    return c.json(await inTraining(c, (ctx) => readYear(ctx, c.req.valid('query').year)))
  })
  .get('/statements', answers('一个组织的年度学时', statements), asks('query', statementsQuery), async (c) => {
    return c.json(await inTraining(c, (ctx) => listStatements(ctx, c.req.valid('query'))))
  })
  .get('/statements/own', answers('本人的年度学时', statement), asks('query', statementQuery), async (c) => {
    const { year } = c.req.valid('query')
    return c.json(await inTraining(c, (ctx) => readStatement(ctx, personOf(ctx), year)))
  })
  .get(
    '/statements/:personId',
    answers('一个人的年度学时', statement),
    ofPerson,
    asks('query', statementQuery),
    async (c) => {
      const { personId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => readStatement(ctx, personId, c.req.valid('query').year)))
    },
  )
  .post(
    '/requests/:requestId/answer',
    answers('答复请假或者到课未登记'),
    ofRequest,
    asks('json', requestAnswer),
    async (c) => {
      const { requestId } = c.req.valid('param')
      await inTraining(c, (ctx) => answerRequest(ctx, requestId, c.req.valid('json'), baseOf(c)))
      return c.body(null, 204)
    },
  )
  .get('/', answers('列出看得到的培训班', programmeList), asks('query', programmesQuery), async (c) => {
    return c.json(await inTraining(c, (ctx) => listProgrammes(ctx, c.req.valid('query'))))
  })
  .post('/', answers('筹备一个培训班', created, 201), asks('json', newProgramme), async (c) => {
    return c.json({ id: await inTraining(c, (ctx) => service.planProgramme(ctx, c.req.valid('json'))) }, 201)
  })
  .get('/:programmeId', answers('读取一个培训班', programmeView), ofProgramme, async (c) => {
    const { view, revision } = await inTraining(c, async (ctx) =>
      viewOf(ctx, await openProgramme(ctx, c.req.valid('param').programmeId)),
    )
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put('/:programmeId', answers('修改一个培训班'), ofProgramme, asks('json', programmeFields), async (c) => {
    const read = requireCurrent(c)
    const { programmeId } = c.req.valid('param')
    await inTraining(c, (ctx) =>
      service.changeProgramme(ctx, programmeId, c.req.valid('json'), { revision: read, ...baseOf(c) }),
    )
    return c.body(null, 204)
  })
  .post('/:programmeId/announcement', answers('发布培训班，本组织的人都能看到'), ofProgramme, async (c) => {
    const read = requireCurrent(c)
    const { programmeId } = c.req.valid('param')
    await inTraining(c, (ctx) => service.announceProgramme(ctx, programmeId, { revision: read, ...baseOf(c) }))
    return c.body(null, 204)
  })
  .post(
    '/:programmeId/cancellation',
    answers('取消培训班，写明原因'),
    ofProgramme,
    asks('json', withReason),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      await inTraining(c, (ctx) => service.cancelProgramme(ctx, programmeId, { reason, ...baseOf(c) }))
      return c.body(null, 204)
    },
  )
  .post(
    '/:programmeId/copies',
    answers('沿用到新的学期', created, 201),
    ofProgramme,
    asks('json', copyWanted),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      return c.json(
        { id: await inTraining(c, (ctx) => service.copyProgramme(ctx, programmeId, c.req.valid('json'))) },
        201,
      )
    },
  )
  .post(
    '/:programmeId/sessions',
    answers('添加一次课', created, 201),
    ofProgramme,
    asks('json', sessionFields),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      const id = await inTraining(c, (ctx) =>
        sessionService.addSession(ctx, programmeId, c.req.valid('json'), baseOf(c)),
      )
      return c.json({ id }, 201)
    },
  )
  .get(
    '/:programmeId/candidates',
    answers('可以录取或推荐的人', eligibleList),
    ofProgramme,
    asks('query', eligibleQuery),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => listCandidates(ctx, programmeId, c.req.valid('query'))))
    },
  )
  .get(
    '/:programmeId/participants',
    answers('学员名单，只有组织培训的人能看', participants),
    ofProgramme,
    asks('query', participantsQuery),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => listParticipants(ctx, programmeId, c.req.valid('query'))))
    },
  )
  .post(
    '/:programmeId/participants',
    answers('录取学员：选定的人，或者名单上的全部', enrolled, 201),
    ofProgramme,
    asks('json', enrolment),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => enrol(ctx, programmeId, c.req.valid('json'), baseOf(c))), 201)
    },
  )
  .post('/:programmeId/participants/export', answersWorkbook('导出学员名单'), ofProgramme, async (c) => {
    const { programmeId } = c.req.valid('param')
    return download(c, await inTraining(c, (ctx) => exportParticipants(ctx, programmeId)))
  })
  .post(
    '/:programmeId/nominations',
    answers('支部推荐学员', enrolled, 201),
    ofProgramme,
    asks('json', nomination),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => nominate(ctx, programmeId, c.req.valid('json'), baseOf(c))), 201)
    },
  )
  .put('/:programmeId/participants/own', answers('报名参加'), ofProgramme, async (c) => {
    const { programmeId } = c.req.valid('param')
    await inTraining(c, (ctx) => signUp(ctx, programmeId, baseOf(c)))
    return c.body(null, 204)
  })
  .delete('/:programmeId/participants/own', answers('退出培训班'), ofProgramme, async (c) => {
    const { programmeId } = c.req.valid('param')
    await inTraining(c, (ctx) => leave(ctx, programmeId, baseOf(c)))
    return c.body(null, 204)
  })
  .post(
    '/:programmeId/participants/:personId/removal',
    answers('把一个人移出名单，写明原因'),
    ofParticipant,
    asks('json', withReason),
    async (c) => {
      const { programmeId, personId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      await inTraining(c, (ctx) => removeParticipant(ctx, programmeId, personId, { reason, ...baseOf(c) }))
      return c.body(null, 204)
    },
  )
