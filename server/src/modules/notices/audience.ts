import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath, outermost } from '../../platform/org-path.ts'
import { Refusal } from '../../platform/refusal.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { pageOfPersons } from './persons-page.ts'
import type { Audience, AudienceGroup, AudienceView, NoticeKind } from './schema.ts'

/** An audience whose organisations are known by their places in the tree. */
export interface PlacedAudience extends Audience {
  places: ReadonlyMap<string, OrgPath>
}

/** Looks up where the organisations of an audience stand. One that is not there any more is left out. */
export async function placed(ctx: Pick<Context, 'db' | 'tenantId'>, audience: Audience): Promise<PlacedAudience> {
  const ids = [...new Set(audience.groups.flatMap((it) => it.organizationIds))]
  const rows =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ id: organizations.id, path: organizations.path })
          .from(organizations)
          .where(sql`${organizations.tenantId} = ${ctx.tenantId} and ${isOneOf(organizations.id, ids)}
            and ${organizations.dissolvedOn} is null`)
  return { ...audience, places: new Map(rows.map((it) => [it.id, it.path])) }
}

/**
 * Refuses an audience that reaches beyond the parts of the tree in which the actor sends notices, and one by stages where the actor
 * reads no files: whom it names would tell how far they have come. Runs over the whole university.
 */
export async function refuseBeyond(ctx: Context, audience: PlacedAudience): Promise<void> {
  const roots = ctx.actor.rootsOf('send-notices')
  const ids = audience.groups.flatMap((it) => it.organizationIds)
  const isBeyond = (id: string) => {
    const path = audience.places.get(id)
    return path === undefined || !roots.some((root) => isWithin(path, root))
  }
  if (ids.some(isBeyond))
    throw new Refusal('forbidden', '发送对象中有不在您工作范围内或已撤销的组织。请去掉这些组织后再试。')
  const byStage = audience.groups.filter((it) => it.stages.length > 0).flatMap((it) => it.organizationIds)
  if (byStage.some((id) => !ctx.actor.holds('read-files', audience.places.get(id) ?? '')))
    throw new Refusal(
      'forbidden',
      '按发展阶段选人，须能查看这些组织的发展档案。请去掉发展阶段，或请组织部门发这条通知。',
    )
  if (audience.personIds.length === 0) return
  const { rows } = await ctx.db.execute<{ count: number }>(sql`select count(*)::int as count from persons p
    where p.tenant_id = ${ctx.tenantId} and p.id = any(${sql.param(audience.personIds)}::uuid[])
      and (${within(sql`p.path`, roots)} or ${holdsOffice(ctx, [], roots)})`)
  const missing = new Set(audience.personIds).size - (rows[0]?.count ?? 0)
  if (missing > 0)
    throw new Refusal(
      'forbidden',
      `逐个指定的人员中有 ${missing} 人不在您的工作范围内。请去掉后再试，或请上级党组织通知。`,
    )
}

/** The persons of an audience, as a condition on `persons p`. */
export function isAddressed(
  ctx: Pick<Context, 'today'>,
  { groups, personIds, exceptIds, places }: PlacedAudience,
): SQL {
  const groupsOr = groups.map((it) => ofGroup(ctx, it, places))
  const named = personIds.length > 0 ? [sql`p.id = any(${sql.param(personIds)}::uuid[])`] : []
  const any = [...groupsOr, ...named]
  const without = exceptIds.length > 0 ? sql` and p.id <> all(${sql.param(exceptIds)}::uuid[])` : sql``
  return any.length === 0 ? sql`false` : sql`(${sql.join(any, sql` or `)})${without}`
}

/** Whether `p` is whose account this is: who sends a notice that is to be confirmed does not confirm it to themself. */
export const isPersonOf = (accountId: string | null, personId = sql`p.id`): SQL =>
  sql`exists (select from accounts own where own.id = ${accountId}::uuid and own.person_id = ${personId})`

function ofGroup(
  ctx: Pick<Context, 'today'>,
  { organizationIds, offices, stages }: AudienceGroup,
  places: ReadonlyMap<string, OrgPath>,
): SQL {
  const roots = outermost(organizationIds.flatMap((id) => places.get(id) ?? []))
  if (roots.length === 0) return sql`false`
  const there = offices.length > 0 ? holdsOffice(ctx, offices, roots) : sql`(${within(sql`p.path`, roots)})`
  if (stages.length === 0) return there
  return sql`(${there} and exists (select from development_standings s where s.tenant_id = p.tenant_id
    and s.person_id = p.id and s.stage = any(${sql.param(stages)}::text[])))`
}

/** Whether a person, `p`, holds one of these offices today in one of these parts of the tree; any office where none is named. */
export const holdsOffice = (
  { today }: Pick<Context, 'today'>,
  offices: readonly string[],
  roots: readonly OrgPath[],
  person = sql`p`,
): SQL =>
  sql`exists (select from offices o where o.tenant_id = ${person}.tenant_id and o.person_id = ${person}.id and o.from_on <= ${today}
    and (o.until_on is null or o.until_on >= ${today}) and (${within(sql`o.path`, roots)})
    ${offices.length > 0 ? sql`and o.office = any(${sql.param(offices)}::text[])` : sql``})`

/** Whether `p` has an account, without which no notice comes to them. */
const hasAccount = sql`exists (select from accounts a where a.tenant_id = p.tenant_id and a.person_id = p.id and not a.is_locked)`

/** How many notices of the last days are counted for the budget, above how many they are counted together, and of how many persons. */
const budgetDays = 7
const budgetMost = 5
const budgetPersons = 5

/**
 * Who would get it, and how much they got lately: numbers of persons by number of notices, never by person, and so nothing where they
 * are few. Runs over the whole university, after `refuseBeyond`.
 */
export async function readAudience(
  ctx: Context,
  audience: PlacedAudience,
  asked: { cursor?: string | undefined; limit: number },
): Promise<AudienceView> {
  const addressed = sql`p.tenant_id = ${ctx.tenantId} and ${isAddressed(ctx, audience)}`
  const { rows: counts } = await ctx.db.execute<{ notices: number; persons: number; without: number; own: number }>(sql`
    select got.notices, count(*)::int as persons, count(*) filter (where not ${hasAccount})::int as without,
      count(*) filter (where ${isPersonOf(ctx.actor.accountId)})::int as own
    from persons p cross join lateral (select count(*)::int as notices from (select from notice_deliveries d
      where d.tenant_id = ${ctx.tenantId} and d.person_id = p.id and d.sent_at > now() - make_interval(days => ${budgetDays})
      limit ${budgetMost}) lately) got
    where ${addressed} group by 1 order by 1`)
  const sum = (of: 'persons' | 'without' | 'own') => counts.reduce((total, it) => total + it[of], 0)
  const count = sum('persons')
  return {
    ...(await pageOfPersons(ctx, sql`persons p`, addressed, asked, sql`, ${hasAccount} as has_account`, (row) => ({
      hasAccount: row.has_account === true,
    }))),
    count,
    isAmongThem: sum('own') > 0,
    withoutAccount: sum('without'),
    received: count < budgetPersons ? [] : counts.map(({ notices, persons }) => ({ notices, persons })),
  }
}

/** How many persons an audience has, without whoever sends what is to be confirmed. Runs over the whole university. */
export async function countAudience(ctx: Context, audience: PlacedAudience, kind: NoticeKind): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: number }>(
    sql`select count(*)::int as count from persons p where p.tenant_id = ${ctx.tenantId} and ${isAddressed(ctx, audience)}
      ${kind === 'confirmation' ? sql`and not ${isPersonOf(ctx.actor.accountId)}` : sql``}`,
  )
  return rows[0]?.count ?? 0
}
