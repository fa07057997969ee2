import type { Day } from '@zhibu/rules'
import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { journal, record } from '../../platform/journal.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { nameProblem } from '../../platform/packages/names.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { organizations } from '../organization/tables.ts'
import { laterThan } from './filing-list.ts'
import type { ListChangesQuery } from './filing-list-schema.ts'
import { writtenNumber } from './names-schema.ts'
import { maySettle } from './policy.ts'
import type { Numbering, NumberingChange, NumberingView } from './seal-schema.ts'
import { archiveNumberPatterns, archiveNumbers } from './tables.ts'

/** The numbers of closed files (档号): gapless in each committee and year. */

const shippedPattern = '〔组织〕-〔年度〕-〔序号〕'

/** The committee that keeps the files of a place of the tree. */
export interface Keeper {
  id: string
  name: string
  code: string | null
  initials: string
}

/** The nearest committee above a place, itself included. */
export async function keeperOf(ctx: Context, path: OrgPath): Promise<Keeper> {
  const rows = await ctx.db
    .select()
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), inArray(organizations.path, [...ancestors(path), path])))
    .orderBy(desc(organizations.path))
  const committee = rows.find((it) => it.kind === 'partyCommittee' || it.kind === 'universityCommittee') ?? rows[0]
  const { id, name, code, initials } = found(committee, '个组织')
  return { id, name, code, initials }
}

/** Takes the next number of a committee in the year of a day. Who seals next waits until this transaction has ended. */
export async function nextNumber(ctx: Context, keeper: Keeper, on: Day): Promise<string> {
  const year = Number(on.slice(0, 4))
  const [row] = await ctx.db
    .insert(archiveNumbers)
    .values({ tenantId: ctx.tenantId, keeperId: keeper.id, year, last: 1 })
    .onConflictDoUpdate({
      target: [archiveNumbers.tenantId, archiveNumbers.keeperId, archiveNumbers.year],
      set: { last: sql`${archiveNumbers.last} + 1` },
    })
    .returning({ last: archiveNumbers.last })
  if (row === undefined) throw new Error('a number is always given')
  const { pattern } = await newest(ctx)
  const number = writtenNumber(pattern, { organization: codeOf(keeper), year, serial: row.last })
  if (asFileName(number) !== null)
    throw new Refusal('conflict', `档号“${number}”不能用作文件名。请修改组织编码或档号格式后再封存。`)
  return number
}

/**
 * How numbers are written in this university, and a number that is another one after each change; to who may change it, the next
 * numbers that are given, too.
 */
export async function readNumbering(ctx: Context): Promise<{ view: NumberingView; revision: number }> {
  const { pattern, revision } = await newest(ctx)
  const year = Number(ctx.today.slice(0, 4))
  const can = maySettle(ctx.actor)
  const example = writtenNumber(pattern, { organization: 'GCXY', year, serial: 1 })
  return { view: { pattern, example, next: can.change ? await nextOf(ctx, year) : [], can }, revision }
}

/** So many committees are shown as examples. */
const mostExamples = 3

/** What goes into the next number of the committees that have given most this year, else of the first ones of the tree. */
async function nextOf(ctx: Context, year: number): Promise<NumberingView['next']> {
  const rows = await ctx.db
    .select({
      name: organizations.name,
      code: organizations.code,
      initials: organizations.initials,
      last: archiveNumbers.last,
    })
    .from(organizations)
    .leftJoin(
      archiveNumbers,
      and(
        eq(archiveNumbers.tenantId, organizations.tenantId),
        eq(archiveNumbers.keeperId, organizations.id),
        eq(archiveNumbers.year, year),
      ),
    )
    .where(
      and(
        eq(organizations.tenantId, ctx.tenantId),
        inArray(organizations.kind, ['partyCommittee', 'universityCommittee']),
        isNull(organizations.dissolvedOn),
      ),
    )
    .orderBy(sql`${archiveNumbers.last} desc nulls last`, organizations.path)
    .limit(mostExamples)
  return rows.map(({ name, last, ...it }) => ({ name, organization: codeOf(it), year, serial: (last ?? 0) + 1 }))
}

/**
 * Sets how numbers are written from now on, the pattern being as read at this revision. Numbers that were given stay. Refuses a
 * pattern by which two files would get the same number: without the year, without the serial, or, where several committees number,
 * without the organisation.
 */
export async function setNumbering(ctx: Context, { pattern, reason }: Numbering, revision: number): Promise<void> {
  authorize(maySettle(ctx.actor).change, '修改档号格式')
  for (const part of ['〔年度〕', '〔序号〕'])
    if (!pattern.includes(part)) refuseField('pattern', `档号格式须含有“${part}”，否则不同的档案会得到同一个档号。`)
  const example = writtenNumber(pattern, { organization: 'GCXY', year: 2026, serial: 1 })
  if (/[〔〕]/.test(example)) refuseField('pattern', '档号格式中只能用〔组织〕〔年度〕〔序号〕三种可变部分。')
  const problem = asFileName(example)
  if (problem !== null) refuseField('pattern', `档号用作文件名，现在的格式${problem}。请改用文字、数字和“-”。`)
  if (!pattern.includes('〔组织〕') && (await nextOf(ctx, Number(ctx.today.slice(0, 4)))).length > 1)
    refuseField('pattern', '每个党委各自从 1 起编号，档号格式须含有“〔组织〕”，否则几个党委的档案会得到同一个档号。')

  await ctx.db.execute(sql`select pg_advisory_xact_lock(${patternLockClass}::int, hashtext(${ctx.tenantId}))`)
  const before = await newest(ctx)
  if (before.revision !== revision)
    throw new Refusal(
      'changed',
      `档号格式刚刚有人改为“${before.pattern}”，这次没有保存。填写的内容还在本页，核对后如仍要修改，请再次保存。`,
    )
  if (before.pattern === pattern) refuseField('pattern', '填写的格式与现在的相同，没有可以修改的。')
  const row = { tenantId: ctx.tenantId, from: laterThan(before.from), pattern, setBy: ctx.actor.accountId }
  await ctx.db.insert(archiveNumberPatterns).values(row)
  await record(ctx, numberingSet, { kind: 'university', id: ctx.tenantId }, { pattern, reason })
}

/** Tells this lock from others. */
const patternLockClass = 7_305

const numberingSet = 'archive.numbering-set'

/** Who changed how numbers are written, when and why, the last change first: what the journal keeps of it. */
export async function listNumberingChanges(ctx: Context, query: ListChangesQuery): Promise<Page<NumberingChange>> {
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const rows = await ctx.db
    .select({ id: journal.id, at: journal.at, by: journal.actorName, details: journal.details })
    .from(journal)
    .where(
      and(
        eq(journal.tenantId, ctx.tenantId),
        eq(journal.subjectId, ctx.tenantId),
        eq(journal.event, numberingSet),
        before === undefined ? undefined : lt(journal.id, before),
      ),
    )
    .orderBy(desc(journal.id))
    .limit(query.limit + 1)
  const details = rows.map((it) => recorded.parse(it.details))
  const items = rows.slice(0, query.limit).map(({ at, by }, place) => ({
    at: at.toISOString(),
    by,
    reason: details[place]?.reason ?? null,
    changes: [`由“${details[place + 1]?.pattern ?? shippedPattern}”改为“${details[place]?.pattern ?? shippedPattern}”`],
  }))
  const last = rows[query.limit - 1]
  return { items, ...(rows.length > query.limit && last ? { next: writeCursor([last.id]) } : {}) }
}

const recorded = z.object({ pattern: z.string(), reason: z.string().optional() })

/** Said where two committees write the same number. */
export const numberTaken = '这个档号已被另一份档案使用。请先为上级党委填写各不相同的组织编码，再封存。'

/** The pattern in force, since when, and how many there were. */
async function newest({ db, tenantId }: Context) {
  const [row] = await db
    .select({
      from: archiveNumberPatterns.from,
      pattern: archiveNumberPatterns.pattern,
      revision: sql<number>`(count(*) over ())::int`,
    })
    .from(archiveNumberPatterns)
    .where(eq(archiveNumberPatterns.tenantId, tenantId))
    .orderBy(desc(archiveNumberPatterns.from))
    .limit(1)
  return { pattern: row?.pattern ?? shippedPattern, revision: row?.revision ?? 0, from: row?.from }
}

/** Why a number cannot be the name of a package. */
const asFileName = (number: string): string | null => (number.includes('/') ? '含有斜杠' : nameProblem(number))

const codeOf = ({ code, initials }: Pick<Keeper, 'code' | 'initials'>) => code ?? initials.toUpperCase()
