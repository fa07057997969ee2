import { addDays, daysBetween } from '@zhibu/rules'
import { and, asc, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { fold } from '../../platform/search/folding.ts'
import { setUses } from '../media/uses.ts'
import { findOrganization } from '../organization/queries.ts'
import { copyPrompts } from './asked.ts'
import { type Told, tellCancelled, tellEnrolled, tellMovedBack, tellMovedUp } from './informing.ts'
import { listed } from './places.ts'
import { mayRun } from './policy.ts'
import { copyRubric } from './rubric.ts'
import type { CopyWanted, NewProgramme, ProgrammeFields } from './schema.ts'
import { mediaOf, ownerOf } from './sessions.ts'
import {
  changeStored,
  lockFor,
  ofItsSessions,
  openProgramme,
  type StoredProgramme,
  type StoredSession,
  subjectOf,
} from './stored.ts'
import { trainingProgrammes, trainingSessions } from './tables.ts'

/** Begins to plan a programme of an organisation; nobody but those who run its trainings sees it until it is announced. */
export async function planProgramme(ctx: Context, { organizationId, ...fields }: NewProgramme): Promise<string> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayRun(ctx.actor, organization.path), '为这个组织办培训')
  if (organization.dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再办培训。')

  const { tenantId, actor } = ctx
  const { path } = organization
  const id = newId()
  await ctx.db
    .insert(trainingProgrammes)
    .values({ ...fields, tenantId, id, organizationId, path, folded: foldedOf(fields), createdBy: actor.name })
  await record(ctx, 'training.programme-planned', subjectOf({ id, path }), { title: fields.title })
  return id
}

/** Changes what is written of a programme as read at this revision. Where the number of places changes, those whom it concerns are told. */
export async function changeProgramme(
  ctx: Context,
  programmeId: string,
  fields: ProgrammeFields,
  { revision, base }: Told & { revision: number },
): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'change', '修改')
  refuseStale(programme, revision, '这个培训班')
  await refuseLostStages(ctx, programmeId, fields)
  const all = (await listed(ctx, programmeId)).map((it) => it.personId)
  refuseLostPlaces(ctx, programme, { wanted: fields.capacity, all: all.length })

  const set = { ...fields, folded: foldedOf(fields), revision: revision + 1 }
  await changeStored(ctx, programmeId, set)
  await record(ctx, 'training.programme-changed', subjectOf(programme), { title: fields.title })
  if (programme.capacity === fields.capacity) return
  const [had, have] = [programme.capacity ?? all.length, fields.capacity ?? all.length]
  const [changed, fact] = [{ ...programme, ...set }, String(set.revision)]
  await tellMovedUp(ctx, changed, { to: all.slice(had, have), fact, base })
  await tellMovedBack(ctx, changed, { to: all.slice(have, had), fact, base })
}

/** Once a programme has begun nobody who has been there loses their place to a smaller number: whoever leaves is taken off the list, with a reason. */
function refuseLostPlaces(
  { today }: Context,
  { fromOn, capacity }: StoredProgramme,
  { wanted, all }: { wanted: number | null; all: number },
): void {
  const taken = Math.min(all, capacity ?? all)
  if (wanted === null || wanted >= taken || fromOn === null || fromOn > today) return
  refuseField(
    'capacity',
    `培训已经开始，已录取 ${taken} 人，名额不能再少于 ${taken}。有人不再参加的，请在学员名单里移出，写明原因`,
  )
}

/** A stage that sessions stand in is not taken away. */
async function refuseLostStages(ctx: Context, programmeId: string, { stages }: ProgrammeFields): Promise<void> {
  const kept = new Set(stages.map((it) => it.id))
  const lost = (await storedSessions(ctx, programmeId)).filter((it) => it.stageId !== null && !kept.has(it.stageId))
  if (lost.length > 0)
    refuseField('stages', `要删去的阶段里还有课程“${lost[0]?.title}”。请先把它移到别的阶段，再删去这个阶段`)
}

/** Shows a programme, as read at this revision, to everybody who belongs to its organisation, and tells those who are on its list already. */
export async function announceProgramme(
  ctx: Context,
  programmeId: string,
  { revision, base }: Told & { revision: number },
): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'announce', '发布')
  refuseActOnStale(programme, revision, '这个培训班')
  if (programme.fromOn === null) throw new Refusal('incomplete', '还不能发布：没有课程。请先添加至少一次课，再发布。')

  const set = { announcedAt: new Date(), announcedBy: ctx.actor.name, revision: revision + 1 }
  await changeStored(ctx, programmeId, set)
  await record(ctx, 'training.programme-announced', subjectOf(programme), { title: programme.title })
  const all = (await listed(ctx, programmeId)).map((it) => it.personId)
  const places = programme.capacity ?? all.length
  await tellEnrolled(
    ctx,
    { ...programme, ...set },
    { taken: all.slice(0, places), waiting: all.slice(places), fact: 'announced', base },
  )
}

/** Says that a programme is not held (any further), and why, and tells everybody on its list. What was heard until then stays. */
export async function cancelProgramme(
  ctx: Context,
  programmeId: string,
  { reason, base }: Told & { reason: string },
): Promise<void> {
  const programme = await lockFor(ctx, programmeId, 'cancel', '取消')

  await changeStored(ctx, programmeId, {
    cancelledAt: new Date(),
    cancelReason: reason,
    revision: programme.revision + 1,
  })
  await record(ctx, 'training.programme-cancelled', subjectOf(programme), { title: programme.title, reason })
  const to = (await listed(ctx, programmeId)).map((it) => it.personId)
  await tellCancelled(ctx, programme, { to, reason, base })
}

/** Plans a programme of another term from this one: its stages, sessions, criteria and prompts, moved as a whole, without who took part and what was recorded. Returns its id. */
export async function copyProgramme(ctx: Context, programmeId: string, wanted: CopyWanted): Promise<string> {
  const source = await openProgramme(ctx, programmeId)
  authorize(mayRun(ctx.actor, source.path), '沿用这个培训班')
  const sessions = await storedSessions(ctx, programmeId)
  if (sessions.length > 0 && wanted.firstOn === null) refuseField('firstOn', '请填写第一次课的日期')

  const { organizationId, audience, summary, requiredHours, capacity, admission } = source
  const stages = source.stages.map((it) => ({ ...it, id: newId(), was: it.id }))
  const copy = { ...wanted, audience, summary, requiredHours, capacity, admission: { ...admission, untilOn: null } }
  const { firstOn: _, ...fields } = copy
  const id = await planProgramme(ctx, {
    ...fields,
    organizationId,
    stages: stages.map(({ was: _was, ...it }) => it),
  })
  await changeStored(ctx, id, { copiedFrom: programmeId })
  await copyRubric(ctx, programmeId, { id, path: source.path })
  await copyPrompts(ctx, programmeId, { id, path: source.path })
  const stageOf = new Map(stages.map((it) => [it.was, it.id]))
  const shift = moved(sessions, wanted.firstOn)
  if (shift === null) return id
  const copies = sessions.map((it) => ({
    ...it,
    ...{ id: newId(), programmeId: id, on: addDays(it.on, shift), sheets: [], revision: 1, recordedAt: null },
    stageId: it.stageId === null ? null : (stageOf.get(it.stageId) ?? null),
  }))
  await ctx.db.insert(trainingSessions).values(copies)
  // Nothing is used in a copy yet, so that one without media has nothing to say.
  for (const it of copies) {
    const media = mediaOf(it)
    if (media.length > 0) await setUses(ctx, ownerOf(it), media)
  }
  return id
}

/** By how many days sessions are moved so that the first is on a day; null where there are none. */
function moved(sessions: readonly StoredSession[], firstOn: CopyWanted['firstOn']): number | null {
  const [first] = sessions
  return first === undefined || firstOn === null ? null : daysBetween(first.on, firstOn)
}

/** The sessions of a programme that are not cancelled, in their order. */
async function storedSessions(ctx: Context, programmeId: string): Promise<StoredSession[]> {
  const { on, id, cancelledAt } = trainingSessions
  return ctx.db
    .select()
    .from(trainingSessions)
    .where(and(ofItsSessions(ctx, programmeId), isNull(cancelledAt)))
    .orderBy(asc(on), asc(id))
}

const foldedOf = ({ title, summary }: Pick<ProgrammeFields, 'title' | 'summary'>): string =>
  [title, summary].map(fold).join('\n')
