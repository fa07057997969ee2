import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { coursewareNamed } from '../courseware/queries.ts'
import { expertsNamed } from '../experts/lectured.ts'
import { assertUsable } from '../media/queries.ts'
import { type MediaOwner, setUses } from '../media/uses.ts'
import { type Told, tellSessionAdded, tellSessionCancelled, tellSessionChanged } from './informing.ts'
import { withPlace } from './places.ts'
import type { SessionFields } from './schema.ts'
import { coursewareOf, expertIdsOf } from './session-view.ts'
import {
  changeStored,
  lockFor,
  lockSession,
  ofItsSessions,
  ofSession,
  type StoredProgramme,
  type StoredSession,
  subjectOfSession,
} from './stored.ts'
import { trainingSessions } from './tables.ts'

/** The sessions of a programme: added, changed, cancelled. Those with a place are told of what concerns them. */

/** So many sessions has a programme at most. */
const mostSessions = 120

/** Adds a session and returns its id. */
export async function addSession(
  ctx: Context,
  programmeId: string,
  fields: SessionFields,
  { base }: Told,
): Promise<string> {
  const programme = await lockFor(ctx, programmeId, 'plan', '添加课程')
  refuseStrangeStage(programme, fields)
  await refuseUnknownExperts(ctx, fields)
  const others = await ctx.db.$count(trainingSessions, ofItsSessions(ctx, programmeId))
  if (others >= mostSessions)
    throw new Refusal('conflict', `一个培训班最多 ${mostSessions} 次课。请把后面的课程放到另一个培训班。`)

  const id = newId()
  const { tenantId } = ctx
  const { path } = programme
  const row = { ...fields, tenantId, id, programmeId, path }
  await useMedia(ctx, { id, sheets: [], materials: [] }, fields)
  const [session] = await ctx.db.insert(trainingSessions).values(row).returning()
  await record(ctx, 'training.session-added', subjectOfSession({ id, path }), { title: fields.title, on: fields.on })
  await touch(ctx, programme)
  if (session) await tellSessionAdded(ctx, programme, { session, to: await withPlace(ctx, programme), base })
  return id
}

/** Changes a session as read at this revision. Of one whose attendance is recorded the day stays one that has come. */
export async function changeSession(
  ctx: Context,
  sessionId: string,
  fields: SessionFields,
  { revision, base }: Told & { revision: number },
): Promise<void> {
  const { programme, session } = await lockSession(ctx, sessionId, '修改课程')
  refuseStale(session, revision, '这次课')
  refuseCancelled(session)
  refuseStrangeStage(programme, fields)
  await refuseUnknownExperts(ctx, fields)
  if (session.recordedAt !== null && fields.on > ctx.today)
    refuseField('on', '这次课已经登记到课情况，日期不能晚于今天')
  await useMedia(ctx, session, fields)

  const set = { ...fields, revision: revision + 1 }
  await ctx.db.update(trainingSessions).set(set).where(ofSession(ctx, sessionId))
  await record(ctx, 'training.session-changed', subjectOfSession(session), { title: fields.title, on: fields.on })
  await touch(ctx, programme)
  const to = await withPlace(ctx, programme)
  await tellSessionChanged(ctx, programme, { before: session, after: { ...session, ...set }, to, base })
}

/** Takes a session away that nobody has been told of and of which nothing is recorded. */
export async function removeSession(ctx: Context, sessionId: string): Promise<void> {
  const { programme, session } = await lockSession(ctx, sessionId, '删除课程')
  if (programme.announcedAt !== null)
    throw new Refusal('conflict', '培训班已经发布，课程不能删除。不上的课请取消，写明原因。')

  await setUses(ctx, ownerOf(session), [])
  await ctx.db.delete(trainingSessions).where(ofSession(ctx, sessionId))
  await record(ctx, 'training.session-removed', subjectOfSession(session), { title: session.title })
  await touch(ctx, programme)
}

/** Says that a session is not held, and why. What has been recorded of one stays, so that it cannot be cancelled. */
export async function cancelSession(
  ctx: Context,
  sessionId: string,
  { reason, base }: Told & { reason: string },
): Promise<void> {
  const { programme, session } = await lockSession(ctx, sessionId, '取消课程')
  refuseCancelled(session)
  if (programme.announcedAt === null) throw new Refusal('conflict', '培训班还没有发布，不上的课请直接删除。')
  if (session.recordedAt !== null)
    throw new Refusal('conflict', '这次课已经登记到课情况，不能取消。登记有误的，请修改到课登记。')

  await ctx.db
    .update(trainingSessions)
    .set({ cancelledAt: new Date(), cancelReason: reason, revision: session.revision + 1 })
    .where(ofSession(ctx, sessionId))
  await record(ctx, 'training.session-cancelled', subjectOfSession(session), { title: session.title, reason })
  await touch(ctx, programme)
  await tellSessionCancelled(ctx, programme, { session, to: await withPlace(ctx, programme), reason, base })
}

/** A session as the owner of what is used in it. */
export const ownerOf = ({ id }: Pick<StoredSession, 'id'>): MediaOwner => ({ module: 'training', id })

/** What of the library a session uses: its material and the pictures of its paper list. */
export const mediaOf = ({ materials, sheets }: Pick<StoredSession, 'materials' | 'sheets'>): string[] => [
  ...materials.flatMap((it) => (it.kind === 'medium' ? [it.mediaId] : [])),
  ...sheets,
]

async function useMedia(
  ctx: Context,
  session: Pick<StoredSession, 'id' | 'sheets' | 'materials'>,
  fields: SessionFields,
): Promise<void> {
  const known = mediaOf(session)
  const wanted = mediaOf({ materials: fields.materials, sheets: session.sheets })
  await assertUsable(ctx, [...new Set(wanted.filter((it) => !known.includes(it)))])
  await setUses(ctx, ownerOf(session), wanted)
  await refuseStrangeCourseware(ctx, session, fields)
}

/** Only what whoever plans may read themselves goes with a session; what stood there before stays. */
async function refuseStrangeCourseware(
  ctx: Context,
  session: Pick<StoredSession, 'materials'>,
  fields: SessionFields,
): Promise<void> {
  const known = coursewareOf(session)
  const added = coursewareOf(fields).filter((it) => !known.includes(it))
  const pieces = await coursewareNamed(ctx, added)
  const strange = added.find((it) => !pieces.get(it)?.isReadable)
  if (strange === undefined) return
  const at = fields.materials.findIndex((it) => it.kind === 'courseware' && it.coursewareId === strange)
  refuseField(`materials.${at}.label`, '没有找到这份课件，可能已经撤回，请删去或者另选')
}

/** The programme has changed with its sessions: who read it before reads it again. */
const touch = (ctx: Context, { id, revision }: StoredProgramme): Promise<void> =>
  changeStored(ctx, id, { revision: revision + 1 })

function refuseStrangeStage({ stages }: StoredProgramme, { stageId }: SessionFields): void {
  if (stageId !== null && !stages.some((it) => it.id === stageId))
    refuseField('stageId', '这个阶段已经删去，请重新选择')
}

/** A lecturer is linked to an expert only by whoever sees them. */
async function refuseUnknownExperts(ctx: Context, { lecturers }: SessionFields): Promise<void> {
  const known = await expertsNamed(ctx, expertIdsOf(lecturers))
  const at = lecturers.findIndex(({ expertId }) => expertId !== undefined && !known.has(expertId))
  if (at >= 0) refuseField(`lecturers.${at}.name`, '专家库里没有这位专家了，请重新填写或重新选择')
}

function refuseCancelled({ cancelledAt }: StoredSession): void {
  if (cancelledAt !== null) throw new Refusal('conflict', '这次课已经取消，不能再改。请刷新页面查看。')
}
