import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { isOneOf } from '../../platform/within.ts'
import { coursewareNamed } from '../courseware/queries.ts'
import { expertsNamed } from '../experts/lectured.ts'
import { findMedia, type StoredItem } from '../media/queries.ts'
import { mayRun, mayWithSession } from './policy.ts'
import type { Material, SessionFields, SessionView } from './schema.ts'
import type { StoredProgramme, StoredSession } from './stored.ts'
import { trainingAttendances, trainingRequests, trainingSessions } from './tables.ts'

/** The sessions of a programme in their order, with what the reader has to do with each. */
export async function sessionsOf(
  ctx: Context,
  programme: StoredProgramme,
  { hasPlace, isOn }: { hasPlace: boolean; isOn: boolean },
): Promise<SessionView[]> {
  const { on, startMinute, id, tenantId, programmeId } = trainingSessions
  const rows = await ctx.db
    .select()
    .from(trainingSessions)
    .where(and(eq(tenantId, ctx.tenantId), eq(programmeId, programme.id)))
    .orderBy(asc(on), sql`${startMinute} nulls first`, asc(id))
  const ids = rows.map((it) => it.id)
  const own = isOn ? await ownOf(ctx, ids) : undefined
  const waiting = mayRun(ctx.actor, programme.path) ? await waitingOf(ctx, ids) : undefined
  const experts = await expertsNamed(
    ctx,
    rows.flatMap((it) => expertIdsOf(it.lecturers)),
  )
  const items = await findMedia(
    ctx,
    rows.flatMap((it) => it.materials.flatMap((one) => (one.kind === 'medium' ? [one.mediaId] : []))),
  )
  const pieces = await coursewareNamed(ctx, [...new Set(rows.flatMap(coursewareOf))])
  return rows.map((it) => {
    const attendance = own?.attendances.get(it.id)
    const requests = own?.requests.get(it.id) ?? []
    return {
      ...fieldsOf(it),
      lecturers: it.lecturers.map(({ expertId, ...named }) =>
        expertId !== undefined && experts.has(expertId) ? { ...named, expertId } : named,
      ),
      id: it.id,
      materials: it.materials.flatMap((one) => shownMaterial(one, items, pieces)),
      cancelledAt: it.cancelledAt?.toISOString() ?? null,
      cancelReason: it.cancelReason,
      isRecorded: it.recordedAt !== null,
      own: own
        ? {
            attendance: attendance?.attendance ?? null,
            leaveKind: attendance?.leaveKind ?? null,
            note: attendance?.note ?? '',
            requests: requests.map(requestShown),
          }
        : null,
      waitingRequests: waiting ? (waiting.get(it.id) ?? 0) : null,
      revision: it.revision,
      can: mayWithSession(
        ctx.actor,
        programme,
        it,
        {
          hasPlace,
          attendance: attendance?.attendance ?? null,
          isWaiting: requests.some((one) => one.isGranted === null),
        },
        ctx.today,
      ),
    }
  })
}

/** What was written of a session. */
export const fieldsOf = (it: StoredSession) => ({
  ...{ stageId: it.stageId, title: it.title, on: it.on, startMinute: it.startMinute, endMinute: it.endMinute },
  ...{ hours: it.hours, category: it.category, form: it.form, lecturers: it.lecturers, place: it.place, link: it.link },
})

type StoredRequest = typeof trainingRequests.$inferSelect

/** A request as its author and whoever runs the programme see it. */
export const requestShown = (it: StoredRequest) => ({
  ...{ id: it.id, kind: it.kind, leaveKind: it.leaveKind, text: it.text, raisedAt: it.raisedAt.toISOString() },
  ...{ isGranted: it.isGranted, answer: it.answer },
})

async function ownOf(ctx: Context, sessionIds: readonly string[]) {
  const personId = personOf(ctx)
  const attended = await ctx.db
    .select()
    .from(trainingAttendances)
    .where(
      and(
        eq(trainingAttendances.tenantId, ctx.tenantId),
        eq(trainingAttendances.personId, personId),
        isOneOf(trainingAttendances.sessionId, sessionIds),
      ),
    )
  const written = await ctx.db
    .select()
    .from(trainingRequests)
    .where(
      and(
        eq(trainingRequests.tenantId, ctx.tenantId),
        eq(trainingRequests.personId, personId),
        isOneOf(trainingRequests.sessionId, sessionIds),
      ),
    )
    .orderBy(asc(trainingRequests.id))
  return {
    attendances: new Map(attended.map((it) => [it.sessionId, it])),
    requests: Map.groupBy(written, (it) => it.sessionId),
  }
}

async function waitingOf({ db, tenantId }: Context, sessionIds: readonly string[]): Promise<Map<string, number>> {
  const { sessionId, isGranted } = trainingRequests
  const rows = await db
    .select({ sessionId, waiting: count() })
    .from(trainingRequests)
    .where(and(eq(trainingRequests.tenantId, tenantId), isOneOf(sessionId, sessionIds), isNull(isGranted)))
    .groupBy(sessionId)
  return new Map(rows.map((it) => [it.sessionId, it.waiting]))
}

/** The courseware of a session. */
export const coursewareOf = ({ materials }: Pick<StoredSession, 'materials'>): string[] =>
  materials.flatMap((it) => (it.kind === 'courseware' ? [it.coursewareId] : []))

/** Material as a page shows it; what was withdrawn from the library is left out. */
function shownMaterial(
  it: Material,
  items: ReadonlyMap<string, StoredItem>,
  pieces: Awaited<ReturnType<typeof coursewareNamed>>,
): SessionView['materials'] {
  const nothing = { mediaId: null, coursewareId: null, mediumKind: null, fileName: '', url: '', sizeBytes: null }
  if (it.kind === 'link') return [{ ...nothing, kind: 'link', url: it.url, label: it.label }]
  if (it.kind === 'courseware') {
    const piece = pieces.get(it.coursewareId)
    if (piece === undefined) return []
    const url = piece.isReadable ? `/training/courseware/${piece.id}` : ''
    return [{ ...nothing, kind: 'courseware', coursewareId: piece.id, fileName: piece.title, url, label: it.label }]
  }
  const item = items.get(it.mediaId)
  if (item === undefined || item.withdrawnAt !== null) return []
  const mediumKind = item.kind === 'attachment' ? 'file' : item.kind
  const { id: mediaId, fileName, sizeBytes } = item
  return [{ ...nothing, kind: 'medium', mediaId, mediumKind, fileName, label: it.label, sizeBytes }]
}

/** Who of the lecturers is linked to the base of experts. */
export const expertIdsOf = (lecturers: SessionFields['lecturers']): string[] =>
  lecturers.flatMap(({ expertId }) => (expertId === undefined ? [] : [expertId]))
