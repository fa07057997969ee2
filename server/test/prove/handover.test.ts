import { and, asc, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { developmentActs } from '../../src/modules/development/tables.ts'
import { handoverFiles, handovers } from '../../src/modules/handovers/tables.ts'
import { moves, persons } from '../../src/modules/people/tables.ts'
import { newId } from '../../src/platform/ids.ts'
import { journal } from '../../src/platform/journal.ts'
import { testApp } from '../app.ts'
import { temporaryDirectory } from '../directory.ts'
import { today } from '../factories.ts'
import { cookieOf, killedWhileAsking } from './killed-requests.ts'

const personsOfOne = 20
const handoversOfARound = 40

test('a server that is killed while it receives files moves all persons of a hand-over or none, and it can be received again', async () => {
  const it = await testApp()
  const { directory, remove } = await temporaryDirectory()
  const { build } = it
  const { look, tenantId, branch, distant } = build
  const sender = await it.signedIn(it.accounts.secretary)
  const receiver = await it.signedIn(it.accounts.distantSecretary)

  /** A hand-over on its way, and what its receiver answers. */
  async function prepared() {
    const people = await Promise.all(
      Array.from({ length: personsOfOne }, () => build.person(branch, { name: '张三', studentNumber: newId() })),
    )
    const personIds = people.map(({ id }) => id)
    await look((db) =>
      db.insert(developmentActs).values(
        personIds.map((personId) => ({
          ...{ tenantId, id: newId(), personId, path: branch.path, recordedBy: newId(), details: {} },
          ...{ kind: 'application' as const, on: '2025-03-03' as const },
        })),
      ),
    )
    const sent = await sender.post('/api/handovers', {
      ...{ personIds, to: { organizationId: distant.id }, kind: 'majorChange' },
    })
    const { id } = await sent.json()
    const { seen } = await (await receiver.get(`/api/handovers/${id}`)).json()
    const compared = personIds.map((personId) => ({ personId, exceptions: [] }))
    return { id, personIds, address: `/api/handovers/${id}/acceptance`, body: { seen, on: today, compared } }
  }

  /** Where a hand-over and all that goes with it stand; one line where they stand at one place. */
  const standing = (id: string, personIds: readonly string[]) =>
    look(async (db) => {
      const these = [...personIds]
      const [row] = await db.select().from(handovers).where(eq(handovers.id, id))
      const events = await db
        .select({ event: journal.event })
        .from(journal)
        .where(and(inArray(journal.personId, these), inArray(journal.event, ['people.moved', 'handovers.accepted'])))
        .orderBy(asc(journal.event))
      const paths = [
        ...(await db.selectDistinct({ path: persons.path }).from(persons).where(inArray(persons.id, these))),
        ...(await db
          .selectDistinct({ path: developmentActs.path })
          .from(developmentActs)
          .where(inArray(developmentActs.personId, these))),
      ]
      return {
        outcomes: [
          row?.outcome,
          ...(
            await db
              .selectDistinct({ outcome: handoverFiles.outcome })
              .from(handoverFiles)
              .where(eq(handoverFiles.handoverId, id))
          ).map(({ outcome }) => outcome),
        ],
        paths: paths.map(({ path }) => path),
        moves: await db.$count(moves, inArray(moves.personId, these)),
        events: events.length,
      }
    })
  const untouched = { outcomes: [null, null], paths: [branch.path, branch.path], moves: 0, events: 0 }
  const received = {
    ...{ outcomes: ['accepted', 'accepted'], paths: [distant.path, distant.path] },
    ...{ moves: personsOfOne, events: 2 * personsOfOne },
  }

  let [broken, whole] = [0, 0]
  try {
    for (const after of [0, 5]) {
      const requests = []
      for (let nth = 0; nth < handoversOfARound; nth++) requests.push(await prepared())
      const accepted = await killedWhileAsking(it, directory, { cookie: cookieOf(receiver), requests, after })
      for (const [nth, { id, personIds, address, body }] of requests.entries()) {
        const stands = await standing(id, personIds)
        const isReceived = stands.outcomes[0] !== null
        expect(stands).toEqual(isReceived ? received : untouched)
        if (accepted.has(nth)) expect(isReceived).toBe(true)
        if (isReceived) whole += 1
        else broken += 1
        // Who was broken off asks again; of one that was received this is said.
        expect((await receiver.post(address, body)).status).toBe(isReceived ? 412 : 204)
        expect(await standing(id, personIds)).toEqual(received)
      }
    }
    // Of both there was something to be seen.
    expect([broken > 0, whole > 0]).toEqual([true, true])
  } finally {
    await remove()
  }
})
