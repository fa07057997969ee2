import type { Day } from '@zhibu/rules'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { programmeStateNames } from './names-schema.ts'
import { may, mayRead, mayRun, type ProgrammeFacts, stateOf } from './policy.ts'
import type { ProgrammeCan } from './schema.ts'
import { trainingParticipants, trainingProgrammes, trainingSessions } from './tables.ts'

/** A programme with the days of its first and last session. */
export type StoredProgramme = typeof trainingProgrammes.$inferSelect & Pick<ProgrammeFacts, 'fromOn' | 'untilOn'>
export type StoredSession = typeof trainingSessions.$inferSelect

/** A programme for whoever may read it, locked where it or its list is to be changed. Runs in the reach of the actor; the own place on a list is seen there, too. */
export async function openProgramme(
  ctx: Context,
  programmeId: string,
  { lock = false } = {},
): Promise<StoredProgramme> {
  const query = ctx.db.select().from(trainingProgrammes).where(ofProgramme(ctx, programmeId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  const programme = row && { ...row, ...(await daysOf(ctx, programmeId)) }
  const isReadable =
    programme &&
    (mayRead(ctx.actor, programme, false) || mayRead(ctx.actor, programme, await isOnList(ctx, programmeId)))
  return found(isReadable ? programme : undefined, '个培训班')
}

/** Whether the actor is on the list of a programme, with a place or waiting. */
export async function isOnList(ctx: Context, programmeId: string): Promise<boolean> {
  const { db, tenantId } = ctx
  const rows = await db
    .select({ seq: trainingParticipants.seq })
    .from(trainingParticipants)
    .where(
      and(
        eq(trainingParticipants.tenantId, tenantId),
        eq(trainingParticipants.programmeId, programmeId),
        eq(trainingParticipants.personId, personOf(ctx)),
      ),
    )
  return rows.length > 0
}

/** A programme with its days, whoever asks: the caller settles who may. */
export async function findProgramme(ctx: Context, programmeId: string): Promise<StoredProgramme | undefined> {
  const [row] = await ctx.db.select().from(trainingProgrammes).where(ofProgramme(ctx, programmeId))
  return row && { ...row, ...(await daysOf(ctx, programmeId)) }
}

async function daysOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  programmeId: string,
): Promise<Pick<ProgrammeFacts, 'fromOn' | 'untilOn'>> {
  const { on } = trainingSessions
  const [row] = await db
    .select({ fromOn: sql<Day | null>`min(${on})::text`, untilOn: sql<Day | null>`max(${on})::text` })
    .from(trainingSessions)
    .where(
      and(
        eq(trainingSessions.tenantId, tenantId),
        eq(trainingSessions.programmeId, programmeId),
        isNull(trainingSessions.cancelledAt),
      ),
    )
  return row ?? { fromOn: null, untilOn: null }
}

/** What only whoever runs a programme does with it, locked. Who could, were it not for what has become of it, is told what that is. */
export async function lockFor(
  ctx: Context,
  programmeId: string,
  action: keyof ProgrammeCan,
  named: string,
): Promise<StoredProgramme> {
  const programme = await openProgramme(ctx, programmeId, { lock: true })
  if (may(ctx.actor, programme, { isOn: false, closed: null }, ctx.today)[action]) return programme
  authorize(mayRun(ctx.actor, programme.path), `${named}这个培训班`)
  throw new Refusal(
    'conflict',
    `这个培训班${programmeStateNames[stateOf(programme, ctx.today)]}，不能${named}。请刷新页面查看。`,
  )
}

/** A session with its programme, for whoever runs it; the programme is locked first, then the session, so that two who write wait for one another. */
export async function lockSession(
  ctx: Context,
  sessionId: string,
  named: string,
): Promise<{ programme: StoredProgramme; session: StoredSession }> {
  const { programmeId } = await findSession(ctx, sessionId)
  const programme = await lockFor(ctx, programmeId, 'plan', named)
  return { programme, session: await findSession(ctx, sessionId, { lock: true }) }
}

/** A session with its programme, for whoever may read that; locked in the same order where somebody writes of it. */
export async function openSession(
  ctx: Context,
  sessionId: string,
  { lock = false } = {},
): Promise<{ programme: StoredProgramme; session: StoredSession }> {
  const session = await findSession(ctx, sessionId)
  const programme = await openProgramme(ctx, session.programmeId, { lock })
  return { programme, session: lock ? await findSession(ctx, sessionId, { lock }) : session }
}

async function findSession(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  sessionId: string,
  { lock = false } = {},
): Promise<StoredSession> {
  const query = ctx.db.select().from(trainingSessions).where(ofSession(ctx, sessionId)).$dynamic()
  const [session] = await (lock ? query.for('update') : query)
  return found(session, '次课')
}

/** One programme, by the key of its table. */
export const ofProgramme = ({ tenantId }: Pick<Context, 'tenantId'>, programmeId: string): SQL =>
  and(eq(trainingProgrammes.tenantId, tenantId), eq(trainingProgrammes.id, programmeId)) ?? sql`false`

/** One session, by the key of its table. */
export const ofSession = ({ tenantId }: Pick<Context, 'tenantId'>, sessionId: string): SQL =>
  and(eq(trainingSessions.tenantId, tenantId), eq(trainingSessions.id, sessionId)) ?? sql`false`

/** The sessions of a programme. */
export const ofItsSessions = ({ tenantId }: Pick<Context, 'tenantId'>, programmeId: string): SQL =>
  and(eq(trainingSessions.tenantId, tenantId), eq(trainingSessions.programmeId, programmeId)) ?? sql`false`

/** Writes down what has become of a programme. */
export async function changeStored(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  programmeId: string,
  set: Partial<typeof trainingProgrammes.$inferSelect>,
): Promise<void> {
  await ctx.db.update(trainingProgrammes).set(set).where(ofProgramme(ctx, programmeId))
}

export const subjectOf = ({ id, path }: Pick<StoredProgramme, 'id' | 'path'>): Subject => ({
  kind: 'trainingProgramme',
  id,
  orgPath: path,
})

export const subjectOfSession = ({ id, path }: Pick<StoredSession, 'id' | 'path'>): Subject => ({
  kind: 'trainingSession',
  id,
  orgPath: path,
})
