import type { Context as HonoContext } from 'hono'
import { anew, type Broadcast, pieceOf } from './broadcast.ts'
import type { Env } from './http.ts'
import { Refusal, signedOut } from './refusal.ts'

/** How often it is asked whether the session still stands and the thing may still be read. */
const heartbeatMs = 60_000

/** So much waits at most for a page that does not take it; then it is let go, and comes again by itself. */
const mostWaitingBytes = 512 * 1024

const heartbeat = new TextEncoder().encode(': \n\n')

/**
 * Keeps the answer open and tells what changes of a thing, as long as `mayListen` does not refuse. It begins with the word to read the page anew, so that
 * nothing that was said before is lost.
 */
export function listenTo(
  c: HonoContext<Env>,
  live: Broadcast,
  id: string,
  mayListen: () => Promise<unknown>,
): Response {
  const { tenantId, actor, recognize } = c.var
  if (!tenantId || !actor) throw signedOut()
  const { accountId } = actor
  let stop = () => {}
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        const end = () => {
          stop()
          controller.close()
        }
        const remove = live.add({
          ...{ tenantId, id, accountId, end },
          tell: (piece) => {
            if ((controller.desiredSize ?? 0) <= 0) end()
            else controller.enqueue(piece)
          },
        })
        if (!remove) throw new Refusal('too-many', '您打开的页面太多。请关闭一些页面后再试。')
        let isOver = false
        const goOn = async () => {
          await recognize({ isUse: false })
          await mayListen()
          if (c.var.actor?.accountId !== accountId) throw signedOut()
        }
        const asking = setInterval(() => {
          goOn().then(
            () => isOver || controller.enqueue(heartbeat),
            () => isOver || end(),
          )
        }, heartbeatMs)
        stop = () => {
          isOver = true
          clearInterval(asking)
          remove()
        }
        controller.enqueue(pieceOf(anew))
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostWaitingBytes }),
  )
  return c.body(body, 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
}
