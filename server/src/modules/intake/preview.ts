import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Ground, groundOf, judgeRows } from './judging.ts'
import { keepRows } from './kept-rows.ts'
import type { Layout } from './recognition.ts'
import { imports } from './tables.ts'
import type { ReadLine, RemoteWorkbook } from './workbook-worker.ts'

/** Where work goes on after the answer has been given: transactions of who asked for it, and the log. */
export interface Desk {
  transaction<T>(useCase: (ctx: Context) => Promise<T>): Promise<T>
  log: Logger
}

type ImportStored = typeof imports.$inferSelect

/** Imports whose files are being read in this process. */
const beingRead = new Set<string>()

/** Whether the file of an import is being read now. */
export const isBeingRead = (importId: string): boolean => beingRead.has(importId)

/** Ends when the files that are being read have been read: for a calm stop, and for tests. */
export async function readingsDone(): Promise<void> {
  while (running.size > 0) await Promise.allSettled([...running])
}
const running = new Set<Promise<void>>()

/** Goes on with work behind the answer, and notes at the import why it ended where it ends without result. */
export function behindTheAnswer(desk: Desk, importId: string, work: () => Promise<void>): void {
  const done = work()
    .catch(async (error: unknown) => {
      if (!(error instanceof Refusal)) desk.log.error({ err: error, importId }, 'an import was not carried through')
      const failure = error instanceof Refusal ? error.message : '处理没有完成，请重试；如仍失败，请联系系统管理员。'
      await desk.transaction((ctx) =>
        ctx.db
          .update(imports)
          .set({ failure, commitStartedAt: null })
          .where(and(eq(imports.tenantId, ctx.tenantId), eq(imports.id, importId), isNull(imports.committedAt))),
      )
    })
    .catch((error: unknown) => desk.log.error({ err: error, importId }, 'the end of an import was not noted'))
    .finally(() => running.delete(done))
  running.add(done)
}

/** Reads the rows of a file and judges them, some thousand in a transaction, so that others see how far it is. */
export function beginPreview(desk: Desk, it: ImportStored, layout: Layout, workbook: RemoteWorkbook): void {
  beingRead.add(it.id)
  behindTheAnswer(desk, it.id, async () => {
    try {
      await preview(desk, it, layout, workbook)
    } finally {
      beingRead.delete(it.id)
      await workbook.close()
    }
  })
}

async function preview(desk: Desk, it: ImportStored, layout: Layout, workbook: RemoteWorkbook): Promise<void> {
  const { columns } = layout
  const of = { id: it.id, path: it.path, columns }
  let ground: Ground | undefined
  let done = 0
  for await (const lines of ahead(gathered(workbook.batches()))) {
    const isCurrent = await desk.transaction(async (ctx) => {
      if (!(await isRound(ctx, it))) return false
      ground ??= await groundOf(ctx, { ...it, columns })
      const rows = lines.map(({ reading, texts }) => ({ reading, texts, decided: null }))
      const judged = await judgeRows(ctx, ground, rows)
      const kept = rows.flatMap((row, at) => {
        const judgement = judged[at]
        return judgement ? [{ ...row, judgement }] : []
      })
      await keepRows(ctx, of, kept)
      done += lines.length
      await note(ctx, it, { rowsDone: done })
      return true
    })
    if (!isCurrent) return
  }
  await desk.transaction(async (ctx) => {
    if (await isRound(ctx, it)) await note(ctx, it, { rowsDone: done, rowsTotal: done, previewedAt: new Date() })
  })
}

const note = (ctx: Context, it: ImportStored, set: Partial<typeof imports.$inferInsert>) =>
  ctx.db
    .update(imports)
    .set(set)
    .where(and(eq(imports.tenantId, ctx.tenantId), eq(imports.id, it.id)))

/** Whether this reading has not been overtaken by another one, or by the end of the import. */
async function isRound({ db, tenantId }: Context, it: ImportStored): Promise<boolean> {
  const rows = await db
    .select({ one: sql`1` })
    .from(imports)
    .where(
      and(
        eq(imports.tenantId, tenantId),
        eq(imports.id, it.id),
        eq(imports.round, it.round),
        isNull(imports.discardedAt),
        isNull(imports.committedAt),
      ),
    )
    .for('update')
  return rows.length > 0
}

/** How many rows are judged in one transaction. */
const rowsAtOnce = 2_000

async function* gathered(batches: AsyncGenerator<ReadLine[]>): AsyncGenerator<ReadLine[]> {
  let lines: ReadLine[] = []
  for await (const batch of batches) {
    lines.push(...batch)
    if (lines.length < rowsAtOnce) continue
    yield lines
    lines = []
  }
  if (lines.length > 0) yield lines
}

/** Asks for the next while the last is still being worked on: two processors, one for reading and one for judging. */
async function* ahead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next()
  try {
    for (;;) {
      const { value, done } = await next
      if (done) return
      next = items.next()
      yield value
    }
  } finally {
    await next.catch(() => undefined)
    await items.return(undefined)
  }
}
