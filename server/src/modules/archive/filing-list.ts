import {
  type AddedPlace,
  adjustmentChanges,
  type FilingAdjustment,
  filingTemplateOf,
  type Numbered,
  type PlaceChange,
  refusedInAdjustment,
} from '@zhibu/rules'
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { enqueue } from '../../platform/jobs.ts'
import { record } from '../../platform/journal.ts'
import { authorize, type FieldProblem, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import type {
  FilingListView,
  ListChange,
  ListChangesQuery,
  NewOwnPlace,
  ShippedChange,
  UseChange,
} from './filing-list-schema.ts'
import { tellFilingListFollowers } from './following.ts'
import { maySettle } from './policy.ts'
import { forgetPlace } from './searching.ts'
import { filingAdjustments } from './tables.ts'
import { placeOf, placesOf } from './template.ts'

/** The filing list as a university adjusts it: each change is a new row, the newest is in force. */

/** An adjustment with both of its parts. */
interface Adjustment {
  added: readonly AddedPlace[]
  changed: readonly PlaceChange[]
}

/** The one in force, held until the transaction ends. */
interface Held extends Adjustment {
  /** Since when it is in force. */
  from: Date | undefined
}

/** What the university does differently, and a number that is another one after each change. */
export async function readFilingList(ctx: Context): Promise<{ view: FilingListView; revision: number }> {
  const { adjustment, revision } = await newest(ctx)
  const added = adjustment.added.map((it) => ({ ...it, contents: [...it.contents] }))
  return { view: { adjustment: { added, changed: [...adjustment.changed] }, can: maySettle(ctx.actor) }, revision }
}

/** Adds a place of the university's own, the list being as read at this revision; returns the code it has from now on. */
export async function addOwnPlace(ctx: Context, { reason, ...place }: NewOwnPlace, revision: number): Promise<string> {
  const before = await lockList(ctx, revision)
  const { added, changed } = before
  const code = freeCode(added)
  await adjust(ctx, before, { added: [...added, { ...place, code }], changed }, { code, reason })
  return code
}

/** Says anew all that is said of an own place. Whose paper it is stays, since documents may lie there. */
export async function changeOwnPlace(
  ctx: Context,
  code: string,
  { reason, ...place }: NewOwnPlace,
  revision: number,
): Promise<void> {
  const before = await lockList(ctx, revision)
  const { added, changed } = before
  const own = found(
    added.find((it) => it.code === code),
    '个本校增加的位置',
  )
  if (own.subject !== place.subject)
    refuseField('subject', `“${own.label}”归入哪一方的档案不能改动。请停用它，另外增加一个位置。`)
  const difference = changed.find((it) => it.code === code)
  const isMoved = place.after !== (difference?.after ?? own.after)
  const next = {
    added: added.map((it) => (it === own ? { ...place, code, after: own.after } : it)),
    changed: isMoved ? withDifference(changed, { code, ...difference, after: place.after }) : changed,
  }
  await adjust(ctx, before, next, { code, reason })
}

/** Says all that is different about a shipped place from now on; what is not given is as shipped. */
export async function changeShippedPlace(
  ctx: Context,
  code: string,
  { reason, ...difference }: ShippedChange,
  revision: number,
): Promise<void> {
  const before = await lockList(ctx, revision)
  const { added, changed } = before
  if (added.some((it) => it.code === code))
    throw new Refusal('malformed', '这是本校增加的位置，请按本校增加的位置修改。')
  found(
    placesOf(filingTemplateOf(before)).find((it) => it.code === code),
    '类材料',
  )
  const off = changed.find((it) => it.code === code)?.off
  const next = { code, ...difference, ...(off && { off }) }
  await adjust(ctx, before, { added, changed: withDifference(changed, next) }, { code, reason })
}

/** Takes a place out of use, or back into it. What lies there stays, and can be looked at. */
export async function setInUse(
  ctx: Context,
  code: string,
  { inUse, reason }: UseChange,
  revision: number,
): Promise<void> {
  const before = await lockList(ctx, revision)
  const { added, changed } = before
  const place = found(
    placesOf(filingTemplateOf(before)).find((it) => it.code === code),
    '类材料',
  )
  const { off, ...rest } = changed.find((it) => it.code === code) ?? { code: place.code }
  if ((off ?? false) !== inUse)
    throw new Refusal('conflict', `“${place.label}”现在已经是${inUse ? '使用' : '停用'}的，无需再改。`)
  const next = inUse ? rest : { ...rest, off: true as const }
  await adjust(ctx, before, { added, changed: withDifference(changed, next) }, { code, reason })
}

/** What was changed, the last one first. */
export async function listListChanges(ctx: Context, query: ListChangesQuery): Promise<Page<ListChange>> {
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.iso.datetime()]))[0]
  const rows = await ctx.db
    .select()
    .from(filingAdjustments)
    .where(
      and(
        eq(filingAdjustments.tenantId, ctx.tenantId),
        before === undefined ? undefined : lt(filingAdjustments.from, new Date(before)),
      ),
    )
    .orderBy(desc(filingAdjustments.from))
    .limit(query.limit + 1)
  const items = rows.slice(0, query.limit).map(({ from, setByName, reason, adjustment }, at) => ({
    at: from.toISOString(),
    by: setByName,
    reason,
    changes: adjustmentChanges(rows[at + 1]?.adjustment ?? {}, adjustment),
  }))
  const last = items.at(-1)
  return { items, ...(rows.length > query.limit && last ? { next: writeCursor([last.at]) } : {}) }
}

/** Tells this lock from others. */
const listLockClass = 7_304

/** The adjustment in force, held against others who change it; refuses who may not, and where somebody has since it was read. */
async function lockList(ctx: Context, revision: number): Promise<Held> {
  authorize(maySettle(ctx.actor).change, '修改归档清单')
  await ctx.db.execute(sql`select pg_advisory_xact_lock(${listLockClass}::int, hashtext(${ctx.tenantId}))`)
  const now = await newest(ctx)
  refuseStale(now, revision, '归档清单')
  return { ...now.adjustment, from: now.from }
}

async function newest({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>) {
  const [row] = await db
    .select({
      from: filingAdjustments.from,
      adjustment: filingAdjustments.adjustment,
      revision: sql<number>`(count(*) over ())::int`,
    })
    .from(filingAdjustments)
    .where(eq(filingAdjustments.tenantId, tenantId))
    .orderBy(desc(filingAdjustments.from))
    .limit(1)
  const { added = [], changed = [] } = row?.adjustment ?? {}
  return { adjustment: { added, changed }, revision: row?.revision ?? 0, from: row?.from }
}

async function adjust(
  ctx: Context,
  before: Held,
  after: Adjustment,
  { code, reason }: { code: string; reason: string },
): Promise<void> {
  refuseRefused(after, code)
  const place = placeOf(filingTemplateOf(after), code)
  refuseSameLabel(after, place)
  const changes = adjustmentChanges(before, after)
  if (changes.length === 0) throw new Refusal('malformed', '填写的内容与现在的相同，没有可以修改的。')

  const from = laterThan(before.from)
  const { tenantId, actor } = ctx
  await ctx.db
    .insert(filingAdjustments)
    .values({ tenantId, from, adjustment: after, reason, setBy: actor.accountId, setByName: actor.name })
  const earlier = placesOf(filingTemplateOf(before)).find((it) => it.code === code)
  if (earlier !== undefined && whoFinds(earlier) !== whoFinds(place)) {
    await forgetPlace(ctx, code)
    await enqueue(ctx.db, 'archive.index-place', { tenantId, place: code })
  }
  await record(ctx, 'archive.filing-list-changed', { kind: 'university', id: tenantId }, { changes, reason })
  await tellFilingListFollowers(ctx)
}

/** Now, yet later than what was set before even where the clock was put back: the newest is in force. */
export const laterThan = (before: Date | undefined): Date =>
  new Date(Math.max(Date.now(), (before?.getTime() ?? 0) + 1))

/** By what the search decides who finds a document of a place, and by which of its words. */
const whoFinds = ({ sensitive, closedToPerson, evidences }: Numbered): string =>
  JSON.stringify([sensitive, closedToPerson, evidences])

/** The rules say what may not be: beside the field where one alone is refused. */
function refuseRefused(after: FilingAdjustment, code: string): void {
  const reasons = refusedInAdjustment(after)
  if (reasons.length === 0) return
  const change = after.changed?.find((it) => it.code === code)
  const fields = Object.entries(change ?? {}).flatMap(([path, value]): FieldProblem[] => {
    const alone = { added: after.added ?? [], changed: [{ code, [path]: value }] }
    return path === 'code' ? [] : refusedInAdjustment(alone).map((message) => ({ path, message: `${message}。` }))
  })
  throw new Refusal('unlawful', `${reasons.join('；')}。`, { fields })
}

/** Two places of one name in one file could not be told apart, even if one of them is out of use. */
function refuseSameLabel(after: FilingAdjustment, place: Numbered): void {
  const same = placesOf(filingTemplateOf(after)).find(
    (it) => it.code !== place.code && it.subject === place.subject && plain(it.label) === plain(place.label),
  )
  if (same === undefined) return
  const isOff = filingTemplateOf(after).outOfUse.some((it) => it.code === same.code)
  const mend = isOff ? '，现在停用。请恢复使用它，或换一个名称' : '，请换一个名称'
  refuseField('label', `清单中已有“${same.label}”${mend}。`)
}

const plain = (label: string): string => label.normalize('NFKC').replace(/\s/gu, '')

/** A difference in the place of the one before. One that moves its place is followed last, so that later moves start from earlier ones. */
function withDifference(changed: readonly PlaceChange[], difference: PlaceChange): PlaceChange[] {
  const before = changed.find((it) => it.code === difference.code)
  const isPlain = Object.keys(difference).length === 1
  if (before !== undefined && before.after === difference.after)
    return changed.flatMap((it) => (it === before ? (isPlain ? [] : [difference]) : [it]))
  return [...changed.filter((it) => it !== before), ...(isPlain ? [] : [difference])]
}

/** The first code that no place of the university has had. */
function freeCode(added: readonly AddedPlace[]): string {
  const taken = new Set(added.map((it) => it.code))
  for (let number = 1; ; number += 1) if (!taken.has(`ownPlace${number}`)) return `ownPlace${number}`
}
