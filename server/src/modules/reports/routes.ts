import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import {
  answers,
  answersWorkbook,
  asks,
  download,
  type Env,
  inTransaction,
  inWholeUniversity,
  requireCurrent,
  router,
} from '../../platform/http.ts'
import { inReach } from '../../platform/reach.ts'
import { inTalent } from '../talent/in-talent.ts'
import { inTraining } from '../training/in-training.ts'
import { exportReport, exportSending } from './exporting.ts'
import type { KeptCards } from './kept.ts'
import { compareMonths, listMonths } from './months.ts'
import type { PictureList } from './picture-names-schema.ts'
import { drawPicture } from './pictures.ts'
import { listBehind, readCard } from './queries.ts'
import { pausing, scheduleFields, schedules, sending } from './schedule-schema.ts'
import { changeSchedule, endSchedule, listSchedules, pauseSchedule, readSending, setUpSchedule } from './schedules.ts'
import {
  behind,
  behindQuery,
  card,
  cardKeys,
  cardQuery,
  comparison,
  comparisonQuery,
  created,
  keptMonths,
  picture,
  pictureKeys,
  pictureQuery,
} from './schema.ts'

const ofPlace = asks('param', z.object({ organizationId: z.uuid() }))
const ofCard = asks('param', z.object({ organizationId: z.uuid(), card: cardKeys }))

const ofSchedule = asks('param', z.object({ scheduleId: z.uuid() }))
const ofSending = asks('param', z.object({ sendingId: z.uuid() }))
const ofList = asks('param', z.object({ list: pictureKeys }))

/** Each list runs over as much of the university as its own page does. */
const inList: Record<PictureList, <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>) => Promise<T>> = {
  ...{ people: inTransaction, files: inTransaction, dues: inTransaction, staff: inTalent, programmes: inTraining },
  activities: (c, useCase) => inReach(c, '参加活动', useCase),
}

/**
 * 统计: sums of an organisation and all below it. They are counted over the whole university once it is settled that the reader reads the files there: sums of
 * trainings and activities come from rows that nobody reads by an office.
 */
export const reportsWith = (kept: KeptCards) =>
  router()
    .get(
      '/pictures/:list',
      answers('把一个名单按一列或两列计数，画成图', picture),
      ofList,
      asks('query', pictureQuery),
      async (c) => {
        const { list } = c.req.valid('param')
        return c.json(await inList[list](c, (ctx) => drawPicture(ctx, list, c.req.valid('query'))))
      },
    )
    .get('/:organizationId/schedules', answers('一个组织的定期报送', schedules), ofPlace, async (c) =>
      c.json(await inWholeUniversity(c, (ctx) => listSchedules(ctx, c.req.valid('param').organizationId))),
    )
    .post(
      '/:organizationId/schedules',
      answers('设置定期报送', created, 201),
      ofPlace,
      asks('json', scheduleFields),
      async (c) => {
        const { organizationId } = c.req.valid('param')
        const id = await inWholeUniversity(c, (ctx) => setUpSchedule(ctx, organizationId, c.req.valid('json')))
        return c.json({ id }, 201)
      },
    )
    .put('/schedules/:scheduleId', answers('修改定期报送'), ofSchedule, asks('json', scheduleFields), async (c) => {
      const [read, { scheduleId }] = [requireCurrent(c), c.req.valid('param')]
      await inWholeUniversity(c, (ctx) => changeSchedule(ctx, scheduleId, c.req.valid('json'), read))
      return c.body(null, 204)
    })
    .put(
      '/schedules/:scheduleId/pause',
      answers('暂停或恢复定期报送'),
      ofSchedule,
      asks('json', pausing),
      async (c) => {
        const [read, { scheduleId }] = [requireCurrent(c), c.req.valid('param')]
        await inWholeUniversity(c, (ctx) => pauseSchedule(ctx, scheduleId, c.req.valid('json').isPaused, read))
        return c.body(null, 204)
      },
    )
    .delete('/schedules/:scheduleId', answers('停止定期报送'), ofSchedule, async (c) => {
      const [read, { scheduleId }] = [requireCurrent(c), c.req.valid('param')]
      await inWholeUniversity(c, (ctx) => endSchedule(ctx, scheduleId, read))
      return c.body(null, 204)
    })
    .get('/sendings/:sendingId', answers('一份报送的统计表', sending), ofSending, async (c) =>
      c.json(await inWholeUniversity(c, (ctx) => readSending(ctx, c.req.valid('param').sendingId))),
    )
    .post('/sendings/:sendingId/exports', answersWorkbook('下载报送的统计表'), ofSending, async (c) =>
      download(c, await inWholeUniversity(c, (ctx) => exportSending(ctx, c.req.valid('param').sendingId))),
    )
    .get('/:organizationId/months', answers('留存了哪些月份的合计', keptMonths), ofPlace, async (c) =>
      c.json(await inWholeUniversity(c, (ctx) => listMonths(ctx, c.req.valid('param').organizationId))),
    )
    .get(
      '/:organizationId/comparison',
      answers('两个月份的对比', comparison),
      ofPlace,
      asks('query', comparisonQuery),
      async (c) =>
        c.json(
          await inWholeUniversity(c, (ctx) =>
            compareMonths(ctx, c.req.valid('param').organizationId, c.req.valid('query')),
          ),
        ),
    )
    .post('/:organizationId/exports', answersWorkbook('导出统计表'), ofPlace, asks('json', cardQuery), async (c) =>
      download(
        c,
        await inWholeUniversity(c, (ctx) =>
          exportReport(ctx, c.req.valid('param').organizationId, c.req.valid('json')),
        ),
      ),
    )
    .get('/:organizationId/:card', answers('一张统计表', card), ofCard, asks('query', cardQuery), async (c) => {
      const { organizationId, card } = c.req.valid('param')
      return c.json(
        await inWholeUniversity(c, (ctx) => readCard(ctx, kept, organizationId, card, c.req.valid('query'))),
      )
    })
    .get(
      '/:organizationId/:card/rows',
      answers('一个数字背后的名单', behind),
      ofCard,
      asks('query', behindQuery),
      async (c) => {
        const { organizationId, card } = c.req.valid('param')
        return c.json(await inWholeUniversity(c, (ctx) => listBehind(ctx, organizationId, card, c.req.valid('query'))))
      },
    )
