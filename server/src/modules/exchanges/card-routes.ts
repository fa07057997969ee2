import { z } from 'zod'
import { answers, asks, etagOf, requireCurrent, router } from '../../platform/http.ts'
import { inReach } from '../../platform/reach.ts'
import { adoptCard, endAdoption, removeReport, reportOn } from './adoptions.ts'
import {
  cardChange,
  cardList,
  cardsQuery,
  cardVersions,
  cardView,
  endedWith,
  newAdoption,
  reportText,
} from './card-schema.ts'
import { changeCard, listVersions, withdrawCard } from './cards.ts'
import { listCards, readCard } from './library.ts'
import { created } from './schema.ts'

const ofCard = asks('param', z.object({ cardId: z.uuid() }))
const ofAdoption = asks('param', z.object({ adoptionId: z.uuid() }))
const ofReport = asks('param', z.object({ adoptionId: z.uuid(), reportId: z.uuid() }))
const named = '使用做法库'

/** 做法库: practices that others may take over, who tries them, and what they report. */
export const cards = router()
  .get('/', answers('做法库，最新的在前', cardList), asks('query', cardsQuery), async (c) => {
    return c.json(await inReach(c, named, (ctx) => listCards(ctx, c.req.valid('query'))))
  })
  .get('/:cardId', answers('读取一张做法卡片、谁在试和各单位的反馈', cardView), ofCard, async (c) => {
    const { view, version } = await inReach(c, named, (ctx) => readCard(ctx, c.req.valid('param').cardId))
    c.header('etag', etagOf(version))
    return c.json(view)
  })
  .get('/:cardId/versions', answers('做法卡片的各个版本', cardVersions), ofCard, async (c) => {
    return c.json(await inReach(c, named, (ctx) => listVersions(ctx, c.req.valid('param').cardId)))
  })
  .put('/:cardId', answers('修改做法卡片，保存为新的版本'), ofCard, asks('json', cardChange), async (c) => {
    const read = requireCurrent(c)
    const { cardId } = c.req.valid('param')
    await inReach(c, named, (ctx) => changeCard(ctx, cardId, c.req.valid('json'), read))
    return c.body(null, 204)
  })
  .post('/:cardId/withdrawal', answers('撤回做法卡片，写明原因'), ofCard, asks('json', endedWith), async (c) => {
    const { reason } = c.req.valid('json')
    await inReach(c, named, (ctx) => withdrawCard(ctx, c.req.valid('param').cardId, reason))
    return c.body(null, 204)
  })
  .post('/:cardId/adoptions', answers('采用一个做法', created, 201), ofCard, asks('json', newAdoption), async (c) => {
    const { cardId } = c.req.valid('param')
    return c.json({ id: await inReach(c, named, (ctx) => adoptCard(ctx, cardId, c.req.valid('json'))) }, 201)
  })
  .post(
    '/adoptions/:adoptionId/ending',
    answers('停止试用，写明原因'),
    ofAdoption,
    asks('json', endedWith),
    async (c) => {
      const { reason } = c.req.valid('json')
      await inReach(c, named, (ctx) => endAdoption(ctx, c.req.valid('param').adoptionId, reason))
      return c.body(null, 204)
    },
  )
  .post(
    '/adoptions/:adoptionId/reports',
    answers('填写试用的反馈', created, 201),
    ofAdoption,
    asks('json', reportText),
    async (c) => {
      const { adoptionId } = c.req.valid('param')
      return c.json({ id: await inReach(c, named, (ctx) => reportOn(ctx, adoptionId, c.req.valid('json'))) }, 201)
    },
  )
  .delete('/adoptions/:adoptionId/reports/:reportId', answers('撤回一条反馈'), ofReport, async (c) => {
    const { adoptionId, reportId } = c.req.valid('param')
    await inReach(c, named, (ctx) => removeReport(ctx, adoptionId, reportId))
    return c.body(null, 204)
  })
