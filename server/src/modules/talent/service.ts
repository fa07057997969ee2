import { isDay } from '@zhibu/rules'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { firstIdOf, newId } from '../../platform/ids.ts'
import { journal, record, recordReading } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { type Told, tellCorrectionAnswered } from './informing.ts'
import { type Duty, dutyNames, type Employment, employmentNames } from './names-schema.ts'
import { writeOfficial } from './official.ts'
import { may, mayKeep } from './policy.ts'
import { readingOf, readRecord } from './queries.ts'
import type { CorrectionAnswer, NewCorrection, OfficialFields, OwnFields, StaffRecord } from './schema.ts'
import { findStaff, keepRecord, openStaff, type Staff, sealedNote, subjectOf } from './stored.ts'
import { talentCorrections, talentPersonSkills, talentSkills } from './tables.ts'

/** Everything here runs over the whole university: somebody may hold an office elsewhere than where they belong. */

/** Opens the record of somebody. That others have opened it is written down once a day, and shown to the person. */
export async function openRecord(ctx: Context, personId: string): Promise<StaffRecord> {
  const { view, staff } = await readRecord(ctx, personId)
  if (ctx.actor.personId !== personId && !(await wasOpenedToday(ctx, personId)))
    await recordReading(ctx, readingOf, { ...subjectOf(staff), personId })
  return view
}

async function wasOpenedToday({ db, tenantId, actor, today }: Context, personId: string): Promise<boolean> {
  const opened = and(
    eq(journal.tenantId, tenantId),
    eq(journal.subjectId, personId),
    eq(journal.subjectKind, 'staffRecord'),
    eq(journal.event, 'journal.read'),
    eq(journal.accountId, actor.accountId),
    sql`${journal.id} >= ${firstIdOf(`${today}T00:00:00+08:00`)}::uuid`,
  )
  return (await db.$count(journal, opened)) > 0
}

/** The own record, locked, for whoever does the work. */
async function lockOwn(ctx: Context, named: string): Promise<Staff> {
  const it = found(await findStaff(ctx, personOf(ctx), { lock: true }), '位同志')
  authorize(may(ctx.actor, it).changeOwn, named)
  return it
}

/** Writes what the actor says of themselves, as read at this revision. Words stand in no row of the journal. */
export async function changeOwn(ctx: Context, fields: OwnFields, revision: number): Promise<void> {
  const it = await lockOwn(ctx, '填写队伍信息（在党组织任职，或者登记为工作人员以后才能填写）')
  refuseStale(it, revision, '您的队伍信息')
  await refuseUnknownSkills(
    ctx,
    fields.skills.map((one) => one.skillId),
    it.personId,
  )

  const { skills, availabilityNote, ...rest } = fields
  const { tenantId } = ctx
  const { personId } = it
  await keepRecord(ctx, it, { ...rest, availabilityNoteSealed: sealedNote(ctx, personId, availabilityNote) })
  await ctx.db
    .delete(talentPersonSkills)
    .where(and(eq(talentPersonSkills.tenantId, tenantId), eq(talentPersonSkills.personId, personId)))
  if (skills.length > 0)
    await ctx.db.insert(talentPersonSkills).values(skills.map((one) => ({ ...one, tenantId, personId })))
  await record(ctx, 'talent.own-changed', subjectOf(it), { skillCount: skills.length })
}

/** A skill is of the list; one that is offered no more stays with who has it. */
async function refuseUnknownSkills(ctx: Context, ids: readonly string[], personId: string): Promise<void> {
  if (ids.length === 0) return
  const known = and(
    eq(talentSkills.tenantId, ctx.tenantId),
    isOneOf(talentSkills.id, ids),
    sql`(not ${talentSkills.isRetired} or exists (select from talent_person_skills s where s.tenant_id = ${ctx.tenantId}
      and s.person_id = ${personId} and s.skill_id = ${talentSkills.id}))`,
  )
  if ((await ctx.db.$count(talentSkills, known)) !== ids.length)
    refuseField('skills', '有技能已经不在清单里，请刷新页面重新选')
}

/** Confirms that the own record is right, as read at this revision. */
export async function confirmOwn(ctx: Context, revision: number): Promise<void> {
  const it = await lockOwn(ctx, '核对队伍信息')
  refuseActOnStale(it, revision, '您的队伍信息')
  await keepRecord(ctx, it, { confirmedOn: ctx.today })
  await record(ctx, 'talent.confirmed', subjectOf(it))
}

/** Enters what is official of somebody, as read at this revision; with nothing in it, they are entered no more. */
export async function setOfficial(
  ctx: Context,
  personId: string,
  fields: OfficialFields,
  revision: number,
): Promise<void> {
  const stored = await findStaff(ctx, personId, { lock: true })
  const it = found(stored && mayKnow(ctx, stored) ? stored : undefined, '位同志')
  authorize(may(ctx.actor, it).setOfficial, '登记自己的岗位（请由上级党组织登记）')
  refuseStale(it, revision, '这位同志的队伍信息')
  await writeOfficial(ctx, it, fields)
}

/** Whoever keeps the file of somebody knows of them, whether or not they do the work; and they themselves do. */
const mayKnow = ({ actor }: Context, it: Staff): boolean =>
  actor.personId === it.personId || [it.path, ...it.officePaths].some((path) => mayKeep(actor, path))

/** Asks to have something of the own record corrected that others keep. Returns its id. */
export async function raiseCorrection(ctx: Context, { field, proposed }: NewCorrection): Promise<string> {
  const it = await lockOwn(ctx, '申请更正队伍信息')
  if (field === 'since' && proposed > ctx.today) refuseField('proposed', '日期还没有到，请填写实际开始的日期')
  const { tenantId } = ctx
  const { personId } = it
  const waiting = and(
    eq(talentCorrections.tenantId, tenantId),
    eq(talentCorrections.personId, personId),
    eq(talentCorrections.field, field),
    isNull(talentCorrections.answeredAt),
  )
  if ((await ctx.db.$count(talentCorrections, waiting)) > 0)
    throw new Refusal('conflict', '这一项您已经申请过更正，还没有答复。要改的，请先撤回，再申请一次。')
  const id = newId()
  await ctx.db.insert(talentCorrections).values({ tenantId, id, personId, field, proposed })
  await record(ctx, 'talent.correction-raised', subjectOf(it), { correction: field })
  return id
}

/** Takes back a correction of the actor that was not answered yet. */
export async function withdrawCorrection(ctx: Context, correctionId: string): Promise<void> {
  const it = found(await findStaff(ctx, personOf(ctx), { lock: true }), '位同志')
  const [removed] = await ctx.db
    .delete(talentCorrections)
    .where(
      and(
        eq(talentCorrections.tenantId, ctx.tenantId),
        eq(talentCorrections.id, correctionId),
        eq(talentCorrections.personId, it.personId),
        isNull(talentCorrections.answeredAt),
      ),
    )
    .returning({ field: talentCorrections.field })
  const { field } = found(removed, '项还没有答复的更正申请')
  await record(ctx, 'talent.correction-withdrawn', subjectOf(it), { correction: field })
}

/** Answers a correction, and tells whoever asked for it that it is answered. What is granted of the own fields of this module is entered at once; the rest is put right where it is kept. */
export async function answerCorrection(
  ctx: Context,
  correctionId: string,
  { isGranted, answer }: CorrectionAnswer,
  { base }: Told,
): Promise<void> {
  const { tenantId, actor } = ctx
  const ofCorrection = and(eq(talentCorrections.tenantId, tenantId), eq(talentCorrections.id, correctionId))
  const [asked] = await ctx.db.select().from(talentCorrections).where(ofCorrection)
  const { personId } = found(asked, '项更正申请')
  const it = await openStaff(ctx, personId, { lock: true })
  authorize(may(actor, it).decide, '答复自己的更正申请')
  const [request] = await ctx.db.select().from(talentCorrections).where(ofCorrection)
  const { field, proposed, answeredAt } = found(request, '项更正申请')
  if (answeredAt !== null) throw new Refusal('conflict', '这项更正申请已经答复过。请刷新页面查看。')

  await ctx.db
    .update(talentCorrections)
    .set({ isGranted, answer, answeredBy: actor.name, answeredAt: new Date() })
    .where(ofCorrection)
  await record(ctx, 'talent.correction-answered', subjectOf(it), { correction: field, isGranted })
  if (isGranted) await enter(ctx, it, field, proposed)
  const { organizationId, path } = it
  await tellCorrectionAnswered(ctx, { organizationId, path, correctionId, personId, base })
}

/** Enters one of the fields that this module keeps. */
async function enter(ctx: Context, it: Staff, field: NewCorrection['field'], proposed: string): Promise<void> {
  const { stored } = it
  const before: OfficialFields = {
    employment: stored?.employment ?? null,
    duty: stored?.duty ?? null,
    title: stored?.title ?? '',
    since: stored?.since ?? null,
  }
  const after = changed(before, field, proposed)
  if (after === null) return
  if (after.employment === null || after.duty === null)
    throw new Refusal(
      'incomplete',
      '这位同志还没有登记专职或兼职、岗位类别。请先打开这位同志的队伍信息，点“登记岗位”，再答复。',
    )
  await writeOfficial(ctx, it, after)
}

function changed(before: OfficialFields, field: NewCorrection['field'], proposed: string): OfficialFields | null {
  if (field === 'employment' && isEmployment(proposed))
    return { ...before, employment: proposed, duty: before.duty ?? 'other' }
  if (field === 'duty' && isDuty(proposed)) return { ...before, duty: proposed }
  if (field === 'title') return { ...before, title: proposed }
  if (field === 'since' && isDay(proposed)) return { ...before, since: proposed }
  return null
}

const isEmployment = (it: string): it is Employment => Object.hasOwn(employmentNames, it)
const isDuty = (it: string): it is Duty => Object.hasOwn(dutyNames, it)
