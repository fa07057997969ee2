import type { ActKind, Day, Stage } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { officesOfBranch } from '../organization/policy.ts'
import { findOrganization } from '../organization/queries.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import type { Audience } from './names-schema.ts'
import type { EligibleQuery, EligibleRow } from './schema.ts'
import type { StoredProgramme } from './stored.ts'

/**
 * For whom a programme is, by what is recorded: where somebody stands on the way to membership, as the rules derive it from the acts, or which
 * office they hold today. Everything here runs over the whole university and keeps to the part of the tree that it is given.
 */

const stagesOf: Partial<Record<Audience, readonly Stage[]>> = {
  activists: ['activist'],
  prospects: ['prospect'],
  probationary: ['probationary'],
  members: ['probationary', 'full'],
}

const officesOf: Partial<Record<Audience, readonly OfficeKind[]>> = {
  secretaries: ['secretary', 'deputySecretary'],
  committeeMembers: officesOfBranch,
  publicityStaff: ['publicityMember', 'publicityDepartment'],
}

/** The act by which the record tells that somebody had such a training. */
const trainingActOf: Partial<Record<Audience, ActKind>> = {
  activists: 'activistTraining',
  prospects: 'intensiveTraining',
}

/** True for persons `p` with their standing `s` for whom a programme of this kind is. */
export function isFor({ today }: Pick<Context, 'today'>, audience: Audience): SQL {
  const [stages, offices] = [stagesOf[audience], officesOf[audience]]
  if (stages) return sql`coalesce(s.stage = any(${sql.param(stages)}::text[]), false)`
  if (!offices) return sql`true`
  return sql`exists (select from offices f where f.tenant_id = p.tenant_id and f.person_id = p.id
    and f.office = any(${sql.param(offices)}::text[]) and f.from_on <= ${today} and (f.until_on is null or f.until_on >= ${today}))`
}

/** The last day of such a training that stands in the record of a person `p`, by the act that holds; null where there is none, or none is recorded for these. */
function trainedOn(audience: Audience): SQL {
  const kind = trainingActOf[audience]
  if (kind === undefined) return sql`null::date`
  return sql`(select max(a."on") from development_acts a where a.tenant_id = p.tenant_id and a.person_id = p.id
    and a.kind = ${kind} and not a.is_struck_out
    and not exists (select from development_acts c where c.tenant_id = a.tenant_id and c.corrects = a.id))`
}

/** Whom a list is asked of: the part of the tree, and what narrows it. */
export interface Asked {
  roots: readonly OrgPath[]
  among: EligibleQuery['among']
  isUntrained: boolean
  q?: string | undefined
}

/** The statement behind every list of those who may come: persons `p` with standing `s` who are not on the list yet, and do not assess its results. */
export function candidates(ctx: Context, { id, audience }: StoredProgramme, asked: Asked): { from: SQL; where: SQL } {
  const { tenantId } = ctx
  return {
    from: sql`from persons p
      left join development_standings s on s.tenant_id = p.tenant_id and s.person_id = p.id`,
    where: sql`p.tenant_id = ${tenantId} and ${within(sql`p.path`, asked.roots)}
      and not exists (select from training_participants t where t.tenant_id = p.tenant_id and t.programme_id = ${id}
        and t.person_id = p.id)
      and not exists (select from training_assessors e where e.tenant_id = p.tenant_id and e.programme_id = ${id}
        and e.person_id = p.id)
      ${asked.among === 'eligible' ? sql`and ${isFor(ctx, audience)}` : sql``}
      ${asked.isUntrained ? sql`and ${trainedOn(audience)} is null` : sql``}
      ${asked.q ? sql`and p.id in (select id from ${persons} where ${meantBy(ctx, asked.q, within(persons.path, asked.roots))})` : sql``}`,
  }
}

/** A page of those who may come onto the list of a programme, in the order of branches and names; on the first one, how many there are. */
export async function listEligible(
  ctx: Context,
  programme: StoredProgramme,
  query: EligibleQuery,
  within: readonly OrgPath[],
): Promise<Page<EligibleRow>> {
  const { cursor, limit, among, isUntrained, q, organizationId } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.string(), z.string(), z.uuid()]))
  const roots = await rootsBelow(ctx, within, organizationId)
  const { from, where } = candidates(ctx, programme, { roots, among, isUntrained, q })
  const { rows } = await ctx.db.execute<Row>(sql`
    select p.id, p.name, p.student_number as "studentNumber", p.path, p.pinyin, p.organization_id as "organizationId",
      o.name as organization, s.stage, ${trainedOn(programme.audience)}::text as "trainedOn",
      ${isFor(ctx, programme.audience)} as "isEligible"
    ${from} join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where ${where} ${after ? sql`and (p.path, p.pinyin, p.id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)` : sql``}
    order by p.path, p.pinyin, p.id limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const counted = after
    ? undefined
    : await ctx.db.execute<{ total: number }>(sql`select count(*)::int as total ${from} where ${where}`)
  return {
    ...(counted && { total: counted.rows[0]?.total ?? 0 }),
    items: rows.slice(0, limit).map((it) => ({
      person: { id: it.id, name: it.name, studentNumber: it.studentNumber },
      organization: { id: it.organizationId, name: it.organization },
      ...{ stage: it.stage, trainedOn: it.trainedOn, isEligible: it.isEligible },
    })),
    ...(last && { next: writeCursor([last.path, last.pinyin, last.id]) }),
  }
}

interface Row extends Record<string, unknown> {
  id: string
  name: string
  studentNumber: string | null
  path: OrgPath
  pinyin: string
  organizationId: string
  organization: string
  stage: Stage | null
  trainedOn: Day | null
  isEligible: boolean
}

/** As much of these parts of the tree as lies below an organisation. */
export async function rootsBelow(
  ctx: Context,
  roots: readonly OrgPath[],
  organizationId: string | undefined,
): Promise<OrgPath[]> {
  if (organizationId === undefined) return [...roots]
  const { path } = found(await findOrganization(ctx, organizationId), '个组织')
  if (roots.some((root) => isWithin(path, root))) return [path]
  const below = roots.filter((root) => isWithin(root, path))
  if (below.length === 0) throw new Refusal('not-found', '这个组织不在培训班所属的单位里，请重新选择。')
  return below
}
