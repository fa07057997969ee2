import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { universities } from '../organization/tables.ts'
import { closeRoom } from './rooms.ts'
import { quizRooms } from './tables.ts'

/** So many hours after its opening a room ends by itself, and so many hours after its end nobody's seat and answers are left in it. */
const mostHours = 12
const hoursKept = 24

/** The job `quizzes.tidy`: ends what nobody has ended, and lets go of who was there. Done again it does nothing more. */
export async function tidyRooms(database: Database, now: Date): Promise<void> {
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), async (db) => {
      const forgotten = await db
        .select()
        .from(quizRooms)
        .where(
          and(
            eq(quizRooms.tenantId, tenantId),
            isNull(quizRooms.endedAt),
            lt(quizRooms.openedAt, hoursBefore(now, mostHours)),
          ),
        )
        .for('update')
      for (const room of forgotten) await closeRoom({ db, tenantId }, room)
      for (const table of ['quiz_room_answers', 'quiz_seats'])
        await db.execute(sql`delete from ${sql.identifier(table)} as it using quiz_rooms as r
          where it.tenant_id = ${tenantId} and r.tenant_id = it.tenant_id and r.id = it.room_id
            and r.ended_at < ${hoursBefore(now, hoursKept).toISOString()}::timestamptz`)
    })
}

const hoursBefore = (now: Date, hours: number): Date => new Date(now.getTime() - hours * 3_600_000)
