import { z } from 'zod'
import { answers, asks, baseOf, etagOf, requireCurrent, router } from '../../platform/http.ts'
import {
  acceptanceView,
  acceptedList,
  acceptedQuery,
  acceptedView,
  assessedProgramme,
  assessedProgrammes,
  assessedRound,
  assessment,
  assessorsWanted,
  filedList,
  filingDone,
  filingWanted,
  newDecision,
  ownWorks,
  rubricFields,
  rubricLibrary,
  selfAssessment,
} from './acceptance-schema.ts'
import { decide, listAccepted, readAcceptance, readAccepted } from './accepting.ts'
import { assess, listAssessed, readAssessed, readAssessedRound } from './assessing.ts'
import { certify, fileEvidence, readCertifying } from './certifying.ts'
import { certified, certifyingView, certifyingWanted, evidenceDone, evidenceWanted } from './certifying-schema.ts'
import { closeProgramme, fileResults, listFiled } from './completing.ts'
import { inTraining } from './in-training.ts'
import { appointAssessors, listRubrics, setRubric } from './rubric.ts'
import { handInSelf, writeSelf } from './self-assessing.ts'
import { listOwnWorks } from './works.ts'

const ofProgramme = asks('param', z.object({ programmeId: z.uuid() }))
const ofParticipant = asks('param', z.object({ programmeId: z.uuid(), personId: z.uuid() }))
const ofRound = asks('param', z.object({ roundId: z.uuid() }))

/** 颁发证书, of a closed programme. */
export const certifying = router()
  .get(
    '/:programmeId/certificates',
    answers('一个办结的培训班的证书，只有组织培训的人能看', certifyingView),
    ofProgramme,
    async (c) => c.json(await inTraining(c, (ctx) => readCertifying(ctx, c.req.valid('param').programmeId))),
  )
  .post(
    '/:programmeId/certificates',
    answers('给通过的学员颁发证书', certified, 201),
    ofProgramme,
    asks('json', certifyingWanted),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => certify(ctx, programmeId, c.req.valid('json'), baseOf(c))), 201)
    },
  )
  .post(
    '/:programmeId/certificates/filings',
    answers('把证书归入学员的电子档案', evidenceDone),
    ofProgramme,
    asks('json', evidenceWanted),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      const { after } = c.req.valid('json')
      return c.json(await fileEvidence(c, (useCase) => inTraining(c, useCase), programmeId, after))
    },
  )

/** 评议, for those who assess: what was handed in, without what the other assessor says. */
export const assessing = router()
  .get('/', answers('自己担任评议人的培训班', assessedProgrammes), async (c) =>
    c.json(await inTraining(c, listAssessed)),
  )
  .get('/:programmeId', answers('一个培训班里待评议的成果', assessedProgramme), ofProgramme, async (c) => {
    return c.json(await inTraining(c, (ctx) => readAssessed(ctx, c.req.valid('param').programmeId)))
  })
  .get('/rounds/:roundId', answers('一位学员提交的自评', assessedRound), ofRound, async (c) => {
    return c.json(await inTraining(c, (ctx) => readAssessedRound(ctx, c.req.valid('param').roundId)))
  })
  .put('/rounds/:roundId', answers('评议一位学员的成果'), ofRound, asks('json', assessment), async (c) => {
    await inTraining(c, (ctx) => assess(ctx, c.req.valid('param').roundId, c.req.valid('json')))
    return c.body(null, 204)
  })

/** 成果验收 and 办结, within a programme. */
export const acceptance = router()
  .get('/rubrics', answers('自己组织的培训班用过的验收标准', rubricLibrary), async (c) =>
    c.json(await inTraining(c, listRubrics)),
  )
  .get('/:programmeId/acceptance', answers('一个培训班的成果验收', acceptanceView), ofProgramme, async (c) => {
    const { view, revision } = await inTraining(c, (ctx) => readAcceptance(ctx, c.req.valid('param').programmeId))
    c.header('etag', etagOf(revision))
    return c.json(view)
  })
  .put(
    '/:programmeId/acceptance/criteria',
    answers('制定验收标准'),
    ofProgramme,
    asks('json', rubricFields),
    async (c) => {
      const read = requireCurrent(c)
      const { programmeId } = c.req.valid('param')
      await inTraining(c, (ctx) => setRubric(ctx, programmeId, c.req.valid('json'), read))
      return c.body(null, 204)
    },
  )
  .put(
    '/:programmeId/acceptance/assessors',
    answers('确定评议人'),
    ofProgramme,
    asks('json', assessorsWanted),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      await inTraining(c, (ctx) => appointAssessors(ctx, programmeId, c.req.valid('json').personIds, baseOf(c)))
      return c.body(null, 204)
    },
  )
  .get('/works', answers('本人在本系统里做过、可以写进成果的', ownWorks), async (c) => {
    return c.json(await inTraining(c, listOwnWorks))
  })
  .put('/:programmeId/acceptance/own', answers('保存自评'), ofProgramme, asks('json', selfAssessment), async (c) => {
    const read = requireCurrent(c)
    const { programmeId } = c.req.valid('param')
    await inTraining(c, (ctx) => writeSelf(ctx, programmeId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .post('/:programmeId/acceptance/own/handing-in', answers('提交自评'), ofProgramme, async (c) => {
    const read = requireCurrent(c)
    await inTraining(c, (ctx) => handInSelf(ctx, c.req.valid('param').programmeId, read))
    return c.body(null, 204)
  })
  .get(
    '/:programmeId/acceptance/participants',
    answers('学员的成果验收情况，只有组织培训的人能看', acceptedList),
    ofProgramme,
    asks('query', acceptedQuery),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => listAccepted(ctx, programmeId, c.req.valid('query'))))
    },
  )
  .get(
    '/:programmeId/acceptance/participants/:personId',
    answers('一位学员的成果验收，只有组织培训的人能看', acceptedView),
    ofParticipant,
    async (c) => {
      const { programmeId, personId } = c.req.valid('param')
      return c.json(await inTraining(c, (ctx) => readAccepted(ctx, programmeId, personId)))
    },
  )
  .post(
    '/:programmeId/acceptance/decisions',
    answers('决定验收结果'),
    ofProgramme,
    asks('json', newDecision),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      await inTraining(c, (ctx) => decide(ctx, programmeId, c.req.valid('json'), baseOf(c)))
      return c.body(null, 204)
    },
  )
  .post('/:programmeId/closing', answers('办结培训班'), ofProgramme, async (c) => {
    const read = requireCurrent(c)
    await inTraining(c, (ctx) => closeProgramme(ctx, c.req.valid('param').programmeId, read))
    return c.body(null, 204)
  })
  .get('/:programmeId/filings', answers('记入发展党员纪实的情况', filedList), ofProgramme, async (c) => {
    return c.json(await inTraining(c, (ctx) => listFiled(ctx, c.req.valid('param').programmeId)))
  })
  .post(
    '/:programmeId/filings',
    answers('把通过的学员的培训记入发展党员纪实', filingDone),
    ofProgramme,
    asks('json', filingWanted),
    async (c) => {
      const { programmeId } = c.req.valid('param')
      const { after } = c.req.valid('json')
      return c.json(await fileResults((useCase) => inTraining(c, useCase), programmeId, after))
    },
  )
