import type { Day } from '@zhibu/rules'
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { nameProblem } from '../../platform/packages/names.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { organizations } from '../organization/tables.ts'
import { writtenNumber } from './names-schema.ts'
import { maySettle } from './policy.ts'
import type { Numbering, NumberingView } from './seal-schema.ts'
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
  const number = writtenNumber(await patternOf(ctx), { organization: codeOf(keeper), year, serial: row.last })
  if (asFileName(number) !== null)
    throw new Refusal('conflict', `档号“${number}”不能用作文件名。请修改组织编码或档号格式后再封存。`)
  return number
}

/** How numbers are written in this university; to who may change it, the next ones that are given, too. */
export async function readNumbering(ctx: Context): Promise<NumberingView> {
  const pattern = await patternOf(ctx)
  const year = Number(ctx.today.slice(0, 4))
  const can = maySettle(ctx.actor)
  const example = writtenNumber(pattern, { organization: 'GCXY', year, serial: 1 })
  return { pattern, example, next: can.change ? await nextOf(ctx, year) : [], can }
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
 * Sets how numbers are written from now on. Numbers that were given stay. Refuses a pattern by which two files would get the same
 * number: without the year, without the serial, or, where several committees number, without the organisation.
 */
export async function setNumbering(ctx: Context, { pattern }: Numbering): Promise<void> {
  authorize(maySettle(ctx.actor).change, '修改档号格式')
  for (const part of ['〔年度〕', '〔序号〕'])
    if (!pattern.includes(part)) refuseField('pattern', `档号格式须含有“${part}”，否则不同的档案会得到同一个档号。`)
  const example = writtenNumber(pattern, { organization: 'GCXY', year: 2026, serial: 1 })
  if (/[〔〕]/.test(example)) refuseField('pattern', '档号格式中只能用〔组织〕〔年度〕〔序号〕三种可变部分。')
  const problem = asFileName(example)
  if (problem !== null) refuseField('pattern', `档号用作文件名，现在的格式${problem}。请改用文字、数字和“-”。`)
  if (!pattern.includes('〔组织〕') && (await nextOf(ctx, Number(ctx.today.slice(0, 4)))).length > 1)
    refuseField('pattern', '每个党委各自从 1 起编号，档号格式须含有“〔组织〕”，否则几个党委的档案会得到同一个档号。')

  const row = { tenantId: ctx.tenantId, from: new Date(), pattern, setBy: ctx.actor.accountId }
  await ctx.db.insert(archiveNumberPatterns).values(row)
  await record(ctx, 'archive.numbering-set', { kind: 'university', id: ctx.tenantId }, { pattern })
}

/** Said where two committees write the same number. */
export const numberTaken = '这个档号已被另一份档案使用。请先为上级党委填写各不相同的组织编码，再封存。'

async function patternOf({ db, tenantId }: Context): Promise<string> {
  const [row] = await db
    .select({ pattern: archiveNumberPatterns.pattern })
    .from(archiveNumberPatterns)
    .where(eq(archiveNumberPatterns.tenantId, tenantId))
    .orderBy(desc(archiveNumberPatterns.from))
    .limit(1)
  return row?.pattern ?? shippedPattern
}

/** Why a number cannot be the name of a package. */
const asFileName = (number: string): string | null => (number.includes('/') ? '含有斜杠' : nameProblem(number))

const codeOf = ({ code, initials }: Pick<Keeper, 'code' | 'initials'>) => code ?? initials.toUpperCase()
