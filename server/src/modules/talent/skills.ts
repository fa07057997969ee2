import { and, asc, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { skillGroupNames } from './names-schema.ts'
import { mayListSkills } from './policy.ts'
import { mostSkills, type NewSkills, type SkillChange, type SkillList } from './schema.ts'
import { talentSkills } from './tables.ts'

/** The list of skills (技能清单), group by group. */
export async function listSkills(ctx: Pick<Context, 'db' | 'tenantId' | 'actor'>): Promise<SkillList> {
  const { id, name, group, isRetired, revision } = talentSkills
  const rows = await ctx.db
    .select({ id, name, group, isRetired, revision })
    .from(talentSkills)
    .where(eq(talentSkills.tenantId, ctx.tenantId))
    .orderBy(asc(isRetired), asc(name), asc(id))
  const order = Object.keys(skillGroupNames)
  return {
    items: rows.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group)),
    can: { change: mayListSkills(ctx.actor) },
  }
}

/** Adds skills to the list; those that are there already are left as they are. */
export async function addSkills(ctx: Context, { skills }: NewSkills): Promise<void> {
  authorize(mayListSkills(ctx.actor), '修改全校的技能清单')
  const { tenantId } = ctx
  await holdList(ctx)
  const known = await ctx.db.$count(talentSkills, eq(talentSkills.tenantId, tenantId))
  if (known + skills.length > mostSkills)
    throw new Refusal('too-large', `技能清单最多 ${mostSkills} 项，现在有 ${known} 项。请先合并相近的技能。`)
  const added = await ctx.db
    .insert(talentSkills)
    .values(skills.map((it) => ({ ...it, tenantId, id: newId() })))
    .onConflictDoNothing()
    .returning({ name: talentSkills.name })
  if (added.length === 0) refuseField('skills', '清单里已经有同名的技能')
  await record(ctx, 'talent.skills-added', { kind: 'skillList', id: tenantId }, { names: added.map((it) => it.name) })
}

/** Renames a skill as read at this revision, puts it into another group, or offers it no more. Records keep it. */
export async function changeSkill(ctx: Context, skillId: string, change: SkillChange, revision: number): Promise<void> {
  authorize(mayListSkills(ctx.actor), '修改全校的技能清单')
  await holdList(ctx)
  const ofSkill = and(eq(talentSkills.tenantId, ctx.tenantId), eq(talentSkills.id, skillId))
  const [stored] = await ctx.db.select().from(talentSkills).where(ofSkill)
  const skill = found(stored, '项技能')
  refuseStale(skill, revision, '这项技能')
  const twin = and(
    eq(talentSkills.tenantId, ctx.tenantId),
    eq(talentSkills.name, change.name),
    sql`${talentSkills.id} <> ${skillId}::uuid`,
  )
  if ((await ctx.db.$count(talentSkills, twin)) > 0) refuseField('name', '清单里已经有同名的技能')
  await ctx.db
    .update(talentSkills)
    .set({ ...change, revision: revision + 1 })
    .where(ofSkill)
  await record(
    ctx,
    'talent.skill-changed',
    { kind: 'skillList', id: ctx.tenantId },
    { old: skill.name, name: change.name, isRetired: change.isRetired },
  )
}

/** Two who edit the list at once wait for one another. */
const holdList = (ctx: Context) =>
  ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`skills ${ctx.tenantId}`}, 59))`)
