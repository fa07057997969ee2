import { setImmediate } from 'node:timers/promises'
import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Likeness, RegisteredNumbers } from '../people/matching.ts'
import { carriedOver } from './carrying.ts'
import { type Ground, groundFrom } from './ground.ts'
import { groundOf, judgeRows, rowsBetweenPauses } from './judging.ts'
import { keepCells } from './kept-cells.ts'
import { type JudgedRow, keepTexts, type RowsOf, textOfRow } from './kept-rows.ts'
import type { Layout } from './recognition.ts'
import type { ReadLine, RemoteWorkbook } from './remote-workbook.ts'
import { isStranger, type Resemblance, resemblancesOf } from './surroundings.ts'
import { imports } from './tables.ts'

/** Where work goes on after the answer has been given: transactions of who asked for it, and the log. */
export interface Desk {
  transaction<T>(useCase: (ctx: Context) => Promise<T>): Promise<T>
  /** Tells which numbers are registered anywhere in the university. */
  registered(likenesses: readonly Likeness[]): Promise<RegisteredNumbers>
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
          .set({ failure, commitStartedAt: null, undoStartedAt: null })
          .where(
            and(
              eq(imports.tenantId, ctx.tenantId),
              eq(imports.id, importId),
              isNull(imports.undoneAt),
              or(isNull(imports.committedAt), isNotNull(imports.undoStartedAt)),
            ),
          ),
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
  const of = { id: it.id, path: it.path, layout }
  const facts = await desk.transaction((ctx) => groundOf(ctx, { ...it, layout }))
  const ground = { ...groundFrom(facts), registered: desk.registered }
  const carried = await desk.transaction(async (ctx) => carriedOver(ctx.encryption, it))
  let done = 0
  // While the database keeps some rows, the next ones are judged.
  let keeping = Promise.resolve(true)
  try {
    for await (const lines of ahead(workbook.batches(facts))) {
      const rows = await desk.transaction((ctx) => judged(ctx, ground, of, lines, carried))
      if (!(await keeping)) return
      done += rows.length
      keeping = keep(desk, it, of, lines, rows, done)
      // Whether it failed is seen when the next rows are to be kept.
      keeping.catch(() => undefined)
    }
    if (!(await keeping)) return
  } finally {
    await keeping.catch(() => undefined)
  }
  await desk.transaction(async (ctx) => {
    if (!(await isRound(ctx, it))) return
    await note(ctx, it, { rowsDone: done, rowsTotal: done, previewedAt: new Date(), carried: null })
  })
}

/**
 * What is to be kept of some lines, as JSON: of strangers what was judged where they were read, the others are judged here
 * against whom they are like.
 */
async function judged(
  ctx: Context,
  ground: Ground,
  of: RowsOf & { layout: Layout },
  lines: readonly ReadLine[],
  carried: ReturnType<typeof carriedOver>,
): Promise<string[]> {
  const decided = lines.map((line) => carried(of.layout, line))
  const resemblances = await resemblancesOf(
    ctx,
    ground,
    lines.map((line, at) => decided[at]?.reading ?? line),
  )
  const texts = lines.map((line) => line.judged)
  const like: { at: number; resemblance: Resemblance; row: Omit<JudgedRow, 'judgement'> }[] = []
  for (const [at, line] of lines.entries()) {
    const resemblance = resemblances[at]
    if (!resemblance || (decided[at] === undefined && isStranger(resemblance))) continue
    like.push({ at, resemblance, row: decided[at] ?? { reading: line.reading(), edits: {}, decided: null } })
    if (like.length % rowsBetweenPauses === 0) await setImmediate()
  }
  const judgements = await judgeRows(
    ctx,
    ground,
    like.map(({ row }) => row),
    { resemblances: like.map(({ resemblance }) => resemblance) },
  )
  like.forEach(({ at, row }, place) => {
    const judgement = judgements[place]
    if (judgement) texts[at] = textOfRow(ctx, of, { ...row, judgement })
  })
  return texts
}

/** Keeps rows of this reading; false where it has been overtaken. */
function keep(
  desk: Desk,
  it: ImportStored,
  of: RowsOf,
  lines: readonly ReadLine[],
  rows: readonly string[],
  rowsDone: number,
): Promise<boolean> {
  return desk.transaction(async (ctx) => {
    if (!(await isRound(ctx, it))) return false
    await keepCells(ctx, of, lines)
    await keepTexts(ctx, of, rows)
    await note(ctx, it, { rowsDone })
    return true
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
