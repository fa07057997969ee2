import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { type Ground, groundFrom } from './ground.ts'
import type { Judgement } from './judgement.ts'
import { groundOf, judgeRows } from './judging.ts'
import { cellsInFile, forgetCells } from './kept-cells.ts'
import { dropFile } from './kept-file.ts'
import { type ImportRowStored, keptRows, type RowsOf, readAgain } from './kept-rows.ts'
import { may } from './policy.ts'
import type { Desk } from './preview.ts'
import { findImport } from './queries.ts'
import type { CommitChoice } from './schema.ts'
import { importRows, imports, rememberedLayouts } from './tables.ts'
import { takeCommitLock, tellNowAndThen } from './under-way.ts'
import { leaveInDoubt, type Taken, type Written, writeRows } from './writing.ts'

/**
 * Writes an import in one transaction, all or nothing; how far it is can be seen from outside. A second commit of the same
 * import at the same time, or later, does nothing. A row whose person was changed since the preview goes to doubt instead.
 */
export async function commit(desk: Desk, importId: string, choice: CommitChoice): Promise<void> {
  await desk.transaction(async (ctx) => {
    if (!(await takeCommitLock(ctx, importId))) return
    const it = found(await findImport(ctx, importId), '次导入')
    authorize(may(ctx.actor, it).commit, '提交导入')
    if (it.committedAt !== null || it.undoneAt !== null || it.discardedAt !== null) return
    const { layout } = it
    if (layout === null || it.previewedAt === null)
      throw new Refusal('conflict', '文件还没有读完，请等预览完成后再提交。')

    const of = { id: it.id, path: it.path, layout }
    const ground = groundFrom(await groundOf(ctx, { ...it, layout }))
    const written: Written = { registered: 0, changed: 0, acts: 0, leftOut: 0 }
    const met = new Set<string>()
    const tell = tellNowAndThen(desk, importId)
    const parts = keptRows(ctx, importId, inArray(importRows.effect, ['new', 'changed']))
    const prepare = () => {
      const part = prepared(ctx, of, ground, choice, parts)
      // Whether it failed is seen when it is asked for.
      part.catch(() => undefined)
      return part
    }
    // While the database writes one part, the next one is read and judged.
    let next = prepare()
    try {
      for (let part = await next; part !== undefined; part = await next) {
        next = prepare()
        // A change that is refused stops all statements up to its savepoint: nothing else may be asked meanwhile.
        if (part.taken.some(({ judgement }) => judgement.write.change !== null)) await next
        const doubtful = new Map<number, string>()
        const fresh: Taken[] = []
        for (const one of part.taken) {
          const doubt = doubtAbout(one, met)
          if (doubt === null) fresh.push(one)
          else doubtful.set(one.row.row, doubt)
          if (one.judgement.person) met.add(one.judgement.person.id)
        }
        await writeRows(ctx, { importId, setting: ground.setting }, fresh, written, doubtful)
        await leaveInDoubt(ctx, importId, doubtful)
        written.leftOut += part.leftOut + doubtful.size
        tell(part.rowCount)
      }
    } finally {
      await next.catch(() => undefined)
    }
    await forgetWritten(ctx, importId, choice)
    await dropFile(ctx, importId)
    await rememberLayout(ctx, layout)
    await ctx.db
      .update(imports)
      .set({ committedAt: new Date(), commitStartedAt: null, failure: null, carried: null, written })
      .where(and(eq(imports.tenantId, ctx.tenantId), eq(imports.id, importId)))
    await record(
      ctx,
      'intake.committed',
      { kind: 'import', id: importId, orgPath: it.path },
      { fileName: it.fileName, ...written },
    )
  })
}

/** Rows that have been read and judged again. */
interface Part {
  taken: readonly Taken[]
  leftOut: number
  /** How many rows were read. */
  rowCount: number
}

/** After so many rows the server turns to others. */
const rowsBetweenPauses = 100

/** The next rows; undefined after the last. */
async function prepared(
  ctx: Context,
  of: RowsOf,
  ground: Ground,
  choice: CommitChoice,
  parts: AsyncGenerator<ImportRowStored[]>,
): Promise<Part | undefined> {
  const { value: rows, done } = await parts.next()
  if (done) return undefined
  const wanted = rows.filter((row) => choice.takesFaulty || row.errorCount === 0)
  const cells = await cellsInFile(ctx, of.id, wanted)
  const again: (ReturnType<typeof readAgain> & Pick<ImportRowStored, 'decided'>)[] = []
  for (const [at, row] of wanted.entries()) {
    again.push({ ...readAgain(ctx, of, row, cells.get(row.row)), decided: row.decided })
    if (at % rowsBetweenPauses === rowsBetweenPauses - 1) await setImmediate()
  }
  const judged = await judgeRows(ctx, ground, again, { withFindings: false })
  const taken = wanted.flatMap((row, at): Taken[] => {
    const judgement = judged[at]
    return judgement ? [{ row, judgement }] : []
  })
  return { taken, leftOut: rows.length - wanted.length, rowCount: rows.length }
}

/** Why a row is not written as the preview showed it; null where it is. */
function doubtAbout({ row, judgement }: Taken, met: ReadonlySet<string>): string | null {
  const { effect, person, doubt } = judgement
  if (effect === 'doubt') return doubt ?? changedSince
  if (person && met.has(person.id)) return '本文件另一行是同一位人员，已写入那一行，请核对后再导入这一行'
  if ((person?.id ?? null) !== row.personId) return changedSince
  if (person && person.revision !== row.revision) return changedSince
  return isAsShown(row, judgement) ? null : '提交时可写入的内容与预览时不同，没有写入这一行，请核对后重新导入'
}

/**
 * Whether the same is written as was shown. It is not where the preview was made for somebody with other rights than who
 * commits: of the own file it leaves the acts out, and the number of somebody with an account only some may change.
 */
function isAsShown(row: ImportRowStored, { fieldChanges, actChanges }: Judgement): boolean {
  const now: unknown = JSON.parse(JSON.stringify([fieldChanges, actChanges]))
  return isDeepStrictEqual(now, [row.fieldChanges, row.actChanges])
}

const changedSince = '预览之后系统中的资料已被他人修改，没有写入这一行，请核对后重新导入'

const unreadable = '有读不出的单元格，没有写入这一行，请改好后重新导入'

/** Rows that were written say nothing more; of changed ones only how they are put back is kept. */
async function forgetWritten(ctx: Context, importId: string, { takesFaulty }: CommitChoice): Promise<void> {
  const here = and(eq(importRows.tenantId, ctx.tenantId), eq(importRows.importId, importId))
  const meant = inArray(importRows.effect, ['new', 'changed'])
  if (!takesFaulty) {
    // No longer what they would have become.
    await ctx.db
      .update(importRows)
      .set({ effect: 'doubt', doubt: unreadable })
      .where(and(here, meant, gt(importRows.errorCount, 0)))
  }
  await ctx.db.delete(importRows).where(and(here, inArray(importRows.effect, ['unchanged', 'new'])))
  await ctx.db
    .update(importRows)
    .set({ edits: null })
    .where(and(here, eq(importRows.effect, 'changed')))
  const left = await ctx.db
    .select({ row: importRows.row })
    .from(importRows)
    .where(and(here, ne(importRows.effect, 'changed')))
  await forgetCells(
    ctx,
    importId,
    left.map(({ row }) => row),
  )
}

async function rememberLayout(
  { db, tenantId }: Context,
  layout: NonNullable<(typeof imports.$inferSelect)['layout']>,
): Promise<void> {
  const columns = Object.fromEntries(layout.columns.map(({ letter, field }) => [letter, field]))
  await db
    .insert(rememberedLayouts)
    .values({ tenantId, fingerprint: layout.fingerprint, columns })
    .onConflictDoUpdate({
      target: [rememberedLayouts.tenantId, rememberedLayouts.fingerprint],
      set: { columns, rememberedAt: sql`now()` },
    })
}
