import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { fold, piecesOf } from '../../platform/search/folding.ts'
import { organizations } from '../organization/tables.ts'
import type { ShippedKit } from './kit-shape.ts'
import type { KitLength } from './names-schema.ts'
import { mayHold } from './policy.ts'
import type { KitRow, KitsQuery, KitView, Plan } from './schema.ts'
import { shippedKits } from './shipped-kits.ts'
import { lockFor, subjectOf } from './stored.ts'
import { activityKits } from './tables.ts'

/** Plans ready to be taken (方案库): those that come with the software, and those that somebody has given to the library. */

const shippedKey = ({ key }: ShippedKit): string => `shipped-${key}`
const isShipped = (kitKey: string): boolean => kitKey.startsWith('shipped-')

/** So many of the plans that organisations have given are shown at most, of those that are asked for. */
const mostOwn = 200

/** The plans of the library, own ones first, the newest of them first. Everybody who prepares something sees all of them. */
export async function listKits(ctx: Context, { q, kind, length, dayKey }: KitsQuery): Promise<KitRow[]> {
  const pieces = piecesOf(q ?? '')
  const own = await ownKits(
    ctx,
    and(
      kind && eq(activityKits.kind, kind),
      length && lasts(length),
      dayKey === undefined ? undefined : eq(activityKits.dayKey, dayKey),
      ...pieces.map((piece) => sql`position(${piece} in ${activityKits.folded}) > 0`),
    ),
  )
  const shipped = shippedKits.filter(
    (it) =>
      (kind === undefined || it.kind === kind) &&
      (length === undefined || it.length === length) &&
      (dayKey === undefined || it.dayKey === dayKey) &&
      (pieces.length === 0 || pieces.every((piece) => foldedOf(it).includes(piece))),
  )
  return [...own.map(({ kit, organization }) => ownRow(kit, organization)), ...shipped.map(shippedRow)]
}

/** One plan of the library with everything in it. */
export async function readKit(ctx: Context, kitKey: string): Promise<KitView> {
  const take = ctx.actor.holdsAnywhere('hold-activities')
  const shipped = shippedKits.find((it) => shippedKey(it) === kitKey)
  if (shipped)
    return {
      ...shippedRow(shipped),
      plan: shipped.plan,
      ...{ offeredBy: null, offeredAt: null, can: { withdraw: false, take } },
    }
  const [row] = isShipped(kitKey) ? [] : await ownKits(ctx, eq(activityKits.id, kitKey))
  const { kit, organization } = found(row, '份方案')
  return {
    ...ownRow(kit, organization),
    ...{ plan: kit.plan, offeredBy: kit.offeredBy, offeredAt: kit.offeredAt.toISOString() },
    can: { withdraw: mayHold(ctx.actor, kit.path), take },
  }
}

/** Gives the plan of an activity to the library, as it is now; given again, it takes the place of what was there. Returns its key. */
export async function offerKit(ctx: Context, activityId: string): Promise<string> {
  const activity = await lockFor(ctx, activityId, 'offer', '收入方案库')
  if (activity.plan.steps.length === 0)
    throw new Refusal('incomplete', '方案里还没有环节，别人无法照着办。请先写好环节，再收入方案库。')

  const { tenantId, actor } = ctx
  const { organizationId, path, title, kind, dayKey, plan } = activity
  const text = { title, plan, folded: foldedOf(activity) }
  const kit = { organizationId, path, ...text, kind, dayKey, offeredAt: new Date(), offeredBy: actor.name }
  const [row] = await ctx.db
    .insert(activityKits)
    .values({ tenantId, id: newId(), activityId, ...kit })
    .onConflictDoUpdate({ target: [activityKits.tenantId, activityKits.activityId], set: kit })
    .returning({ id: activityKits.id })
  await record(ctx, 'activities.kit-offered', subjectOf(activity), { title })
  return found(row, '份方案').id
}

/** Takes a plan out of the library; what was made from it stays. */
export async function withdrawKit(ctx: Context, kitKey: string): Promise<void> {
  if (isShipped(kitKey)) throw new Refusal('conflict', '随系统提供的方案不能撤下。')
  const [row] = await ctx.db.select().from(activityKits).where(ofKit(ctx, kitKey))
  authorize(mayHold(ctx.actor, found(row, '份方案').path), '撤下这份方案')
  // Of two who take it out at once, the second finds it no more.
  const [gone] = await ctx.db.delete(activityKits).where(ofKit(ctx, kitKey)).returning()
  const kit = found(gone, '份方案')
  await record(
    ctx,
    'activities.kit-withdrawn',
    { kind: 'activityKit', id: kit.id, orgPath: kit.path },
    { title: kit.title },
  )
}

type OwnKit = typeof activityKits.$inferSelect

function ownKits({ db, tenantId }: Context, which?: SQL) {
  return db
    .select({ kit: activityKits, organization: { id: organizations.id, name: organizations.name } })
    .from(activityKits)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, activityKits.tenantId), eq(organizations.id, activityKits.organizationId)),
    )
    .where(and(eq(activityKits.tenantId, tenantId), which))
    .orderBy(desc(activityKits.offeredAt), desc(activityKits.id))
    .limit(mostOwn)
}

const ofKit = ({ tenantId }: Context, id: string): SQL =>
  and(eq(activityKits.tenantId, tenantId), eq(activityKits.id, id)) ?? sql`false`

/** True for plans whose steps last about so long in all; not for those that do not say. */
function lasts(length: KitLength): SQL {
  const [over, upTo] = minutesOfLength[length]
  const minutes = sql`(select coalesce(sum((step->>'minutes')::int), 0) from jsonb_array_elements(${activityKits.plan}->'steps') as step)`
  return sql`${minutes} > ${over} and ${minutes} <= ${upTo}`
}

const minutesOfLength: Readonly<Record<KitLength, readonly [over: number, upTo: number]>> = {
  tenMinutes: [0, 15],
  halfHour: [15, 60],
  halfDay: [60, 1_000_000],
}

const foldedOf = ({ title, plan: { aim } }: { title: string; plan: Plan }): string => fold(`${title}\n${aim}`)

const minutesOf = ({ steps }: Plan): number => steps.reduce((sum, it) => sum + (it.minutes ?? 0), 0)

function shippedRow(kit: ShippedKit): KitRow {
  const { title, kind, dayKey, length, plan } = kit
  return { kitKey: shippedKey(kit), title, kind, dayKey, length, minutes: minutesOf(plan), organization: null }
}

function ownRow({ id, title, kind, dayKey, plan }: OwnKit, organization: { id: string; name: string }): KitRow {
  return { kitKey: id, title, kind, dayKey, length: null, minutes: minutesOf(plan), organization }
}
