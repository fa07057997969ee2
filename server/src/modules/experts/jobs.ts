import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { type Database, type Db, wholeUniversity } from '../../platform/database.ts'
import { dayInChina } from '../../platform/today.ts'
import { changesOf } from '../activities/informing.ts'
import { activities } from '../activities/tables.ts'
import { endsAt, hasEnded } from '../activities/when.ts'
import { type OwnTelling, tellByItself } from '../notices/by-themselves.ts'
import { universities } from '../organization/tables.ts'
import { lectureTelling } from './informing.ts'
import { changeInvitationRow } from './stored.ts'
import { expertInvitations, experts, type ToldLecture } from './tables.ts'

/**
 * The job `experts.tell-of-lectures`: every minute experts are told that a lecture that came of their invitation is held at another time or place than they
 * know, or not at all. What they know by now is kept beside the invitation, in the transaction in which they are told: begun again, it tells nobody twice.
 */
export async function tellOfLectures(
  database: Database,
  { now, baseUrl }: { now: Date; baseUrl: string },
): Promise<void> {
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), async (db) => {
      const told: OwnTelling[] = []
      for (const it of await lecturesToCome(db, tenantId, now)) {
        const [known, by] = [knownOf(it.invitation), nowOf(it.lecture)]
        const changes = by.isCancelled ? [] : changesOf(known, by)
        if (known.isCancelled || (!by.isCancelled && changes.length === 0) || hasEnded(it.lecture, now)) continue
        await changeInvitationRow({ db, tenantId }, it.invitation.id, { toldLecture: by })
        const { title, revision } = it.lecture
        const until = by.isCancelled ? null : endsAt(it.lecture)
        told.push(
          lectureTelling({ ...it.invitation, expertName: it.expertName }, { title, revision, changes, until }, baseUrl),
        )
      }
      await tellByItself(db, tenantId, told)
    })
}

/** Lectures that came of invitations, that are not over, and of which people know or that are not held, locked against another run. */
function lecturesToCome(db: Db, tenantId: string, now: Date) {
  const { fromOn, untilOn, announcedAt, cancelledAt, recordedAt } = activities
  return db
    .select({ invitation: expertInvitations, lecture: activities, expertName: experts.name })
    .from(expertInvitations)
    .innerJoin(
      activities,
      and(eq(activities.tenantId, expertInvitations.tenantId), eq(activities.id, expertInvitations.activityId)),
    )
    .innerJoin(
      experts,
      and(eq(experts.tenantId, expertInvitations.tenantId), eq(experts.id, expertInvitations.expertId)),
    )
    .where(
      and(
        eq(expertInvitations.tenantId, tenantId),
        isNotNull(expertInvitations.agreement),
        isNull(recordedAt),
        or(isNotNull(announcedAt), isNotNull(cancelledAt)),
        sql`coalesce(${untilOn}, ${fromOn}, 'infinity') >= ${dayInChina(now)}::date`,
      ),
    )
    .orderBy(expertInvitations.id)
    .for('update', { of: expertInvitations })
}

/** When and where the expert believes that it is held. */
function knownOf({ toldLecture, agreement }: typeof expertInvitations.$inferSelect): ToldLecture {
  if (toldLecture !== null) return toldLecture
  if (agreement === null) throw new Error('a lecture comes of what was agreed on')
  const { on: fromOn, startMinute, endMinute, place, link } = agreement
  return { fromOn, untilOn: null, startMinute, endMinute, place, link, isCancelled: false }
}

const nowOf = (it: typeof activities.$inferSelect): ToldLecture => {
  const { fromOn, untilOn, startMinute, endMinute, place, link, cancelledAt } = it
  return { fromOn, untilOn, startMinute, endMinute, place, link, isCancelled: cancelledAt !== null }
}
