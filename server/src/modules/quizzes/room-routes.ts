import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Broadcast } from '../../platform/broadcast.ts'
import type { Context } from '../../platform/context.ts'
import { listenTo } from '../../platform/event-stream.ts'
import { answers, answersFile, asks, type Env, inWholeUniversity, router, unlogged } from '../../platform/http.ts'
import { inReach, refuseOutsiders } from '../../platform/reach.ts'
import { answerInRoom, leaveSeat, takeSeat } from './playing.ts'
import { listRooms, readRoom } from './room-queries.ts'
import { newRoom, roomCode, roomCreated, roomList, roomView, seat, step } from './room-schema.ts'
import { openRoom } from './room-stored.ts'
import { askQuestion, createRoom, endRoom, findByCode, showAnswer } from './rooms.ts'
import { answer, created } from './schema.ts'

const ofRoom = asks('param', z.object({ roomId: z.uuid() }))
const ofPosition = asks('param', z.object({ roomId: z.uuid(), position: z.coerce.number().pipe(step.shape.position) }))

/** Runs a use case for everybody of the university: a room is open to whoever has its address or code. */
const inRooms = <T>(c: HonoContext<Env>, useCase: (ctx: Context) => Promise<T>): Promise<T> =>
  inWholeUniversity(c, (ctx) => {
    refuseOutsiders(ctx.actor, '现场答题')
    return useCase(ctx)
  })

/** 现场答题: one set, played together. */
export const roomsWith = (live: Broadcast) =>
  router()
    .get('/', answers('列出现场答题', roomList), async (c) => {
      return c.json(await inReach(c, '现场答题', listRooms))
    })
    .post('/', answers('开现场答题', roomCreated, 201), asks('json', newRoom), async (c) => {
      return c.json(await inReach(c, '现场答题', (ctx) => createRoom(ctx, c.req.valid('json'))), 201)
    })
    .get('/codes/:code', unlogged, answers('按答题码找到现场答题', created), asks('param', roomCode), async (c) => {
      return c.json({ id: await inRooms(c, (ctx) => findByCode(ctx, c.req.valid('param').code)) })
    })
    .get('/:roomId', unlogged, answers('读取现场答题', roomView), ofRoom, async (c) => {
      return c.json(await inRooms(c, (ctx) => readRoom(ctx, c.req.valid('param').roomId)))
    })
    .get(
      '/:roomId/live',
      unlogged,
      answersFile('现场答题有变化时告知（server-sent events）', ['text/event-stream']),
      ofRoom,
      async (c) => {
        const { roomId } = c.req.valid('param')
        const mayListen = () => inRooms(c, (ctx) => openRoom(ctx, roomId))
        await mayListen()
        return listenTo(c, live, roomId, mayListen)
      },
    )
    .put('/:roomId/seat', unlogged, answers('参加现场答题，或换队'), ofRoom, asks('json', seat), async (c) => {
      await inRooms(c, (ctx) => takeSeat(ctx, c.req.valid('param').roomId, c.req.valid('json').team))
      return c.body(null, 204)
    })
    .delete('/:roomId/seat', unlogged, answers('开始前退出现场答题'), ofRoom, async (c) => {
      await inRooms(c, (ctx) => leaveSeat(ctx, c.req.valid('param').roomId))
      return c.body(null, 204)
    })
    .put(
      '/:roomId/answers/:position',
      unlogged,
      answers('在现场答一题'),
      ofPosition,
      asks('json', answer),
      async (c) => {
        const { roomId, position } = c.req.valid('param')
        await inRooms(c, (ctx) => answerInRoom(ctx, roomId, position, c.req.valid('json')))
        return c.body(null, 204)
      },
    )
    .post('/:roomId/asking', answers('出一题'), ofRoom, asks('json', step), async (c) => {
      await inRooms(c, (ctx) => askQuestion(ctx, c.req.valid('param').roomId, c.req.valid('json').position))
      return c.body(null, 204)
    })
    .post('/:roomId/showing', answers('公布答案'), ofRoom, asks('json', step), async (c) => {
      await inRooms(c, (ctx) => showAnswer(ctx, c.req.valid('param').roomId, c.req.valid('json').position))
      return c.body(null, 204)
    })
    .post('/:roomId/ending', answers('结束现场答题'), ofRoom, async (c) => {
      await inRooms(c, (ctx) => endRoom(ctx, c.req.valid('param').roomId))
      return c.body(null, 204)
    })
