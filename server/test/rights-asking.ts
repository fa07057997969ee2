import { desc } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { journal } from '../src/platform/journal.ts'
import { type Browser, textOf } from './app.ts'
import { discussing, namingLists } from './rights-discussion.ts'
import { announcedTo, type Call, officersOf, type Row, readers, unbounded } from './rights-rows.ts'
import { type Place, type PlaceName, places, type RightsWorld, type Role, rightsWorld, roles } from './rights-world.ts'

/** A world of its own in which everybody is signed in, and what they are answered there. */
export type Asking = Awaited<ReturnType<typeof everybodyAsking>>

/** Builds the world. */
export async function everybodyAsking() {
  const world = await rightsWorld()
  const browsers = new Map<Role, Browser>()
  for (const role of roles) browsers.set(role, await world.signedInAs(role))

  /** Asks, and tells of the answer its status, and what in it must not reach who asks. */
  async function ask(role: Role, route: string, { path, body, revision }: Call, row: Partial<Row> = {}) {
    const browser = row.endsSession ? await world.signedInAs(role) : browsers.get(role)
    if (!browser) throw new Error(`nobody is signed in as ${role}`)
    // So that no limit of rate is met.
    world.clock.at = new Date(world.clock.at.getTime() + (path.startsWith('/api/auth/') ? 3_000 : 200))
    const [method = 'GET'] = route.split(' ')
    const response = await browser.request(method, path, body, revision ? { 'if-match': revision } : {})
    const text = await textOf(response)
    const isMeant = response.ok && row.shows?.includes(role)
    return { status: response.status, leaks: isMeant ? [] : places.flatMap((it) => leaksOf(text, role, world.at[it])) }
  }

  /** The newest row of the journal: every write leaves one. To count them all would take longer than the requests. */
  async function lastWritten(): Promise<string | undefined> {
    const [row] = await world.build.look((db) =>
      db.select({ id: journal.id }).from(journal).orderBy(desc(journal.id)).limit(1),
    )
    return row?.id
  }

  /** Does what must write nothing, and tells of it if it has. */
  async function writingNothing<T>(work: () => Promise<T>): Promise<{ result: T; problems: string[] }> {
    const before = await lastWritten()
    const result = await work()
    return { result, problems: (await lastWritten()) === before ? [] : ['wrote something'] }
  }

  return { world, ask, writingNothing }
}

/** Every one of these routes to every role about every place, and at the end every list, when much lies there that could leak. */
export function askEverybody({ world, ask, writingNothing }: Asking, rows: Readonly<Record<string, Row>>): void {
  describe('every route to every role about every place', () => {
    it.each(Object.entries(rows))('%s', async (route, row) => {
      const expected: Record<string, number> = {}
      const answered: Record<string, number> = {}
      const problems: string[] = []
      for (const name of row.isPlaceless ? (['branch'] as const) : places) {
        const place = world.at[name]
        const hear = async (role: Role, call: Call) => {
          const { status, leaks } = await ask(role, route, call, row)
          answered[`${name} ${role}`] = status
          if (leaks.length > 0) problems.push(`${name} ${role}: shows ${leaks.join(' ')}`)
        }
        const statuses = new Map(roles.map((role) => [role, statusFor(row, role, name, route)]))
        for (const [role, status] of statuses) expected[`${name} ${role}`] = status
        const isRefused = (role: Role) => (statuses.get(role) ?? 0) >= 400 && !row.isPublic && !row.recordsRefusal

        // Who is refused changes nothing for the next, so all ask at once; the others write, and ask one after another.
        const refusals = await callsOf(row, place, world, roles.filter(isRefused))
        const refused = await writingNothing(() => Promise.all(refusals.map(([role, call]) => hear(role, call))))
        problems.push(...refused.problems.map((it) => `${name}, to somebody refused: ${it}`))
        const others = roles.filter((role) => !isRefused(role))
        const answer = async (role: Role) => hear(role, await row.call(place, world, role))
        if (route.startsWith('GET')) await Promise.all(others.map(answer))
        else for (const role of others) await answer(role)
      }
      expect(answered).toEqual(expected)
      expect(problems).toEqual([])
    })

    it.each([...unbounded.map((path) => [path, []] as const), ...Object.entries(namingLists)])(
      '%s shows each role its own part only',
      async (path, shows) => {
        const asked = await writingNothing(() =>
          Promise.all(roles.map(async (role) => ({ role, ...(await ask(role, `GET ${path}`, { path }, { shows })) }))),
        )
        const leaks = asked.result.filter((it) => it.leaks.length > 0)
        expect([...asked.problems, ...leaks.map((it) => `${it.role}: shows ${it.leaks.join(' ')}`)]).toEqual([])
      },
    )
  })
}

/**
 * What those ask for who are refused. It is made once for all of them, as none uses it up, unless the row looks at who asks:
 * then each asks for something of their own.
 */
async function callsOf(row: Row, place: Place, world: RightsWorld, asking: readonly Role[]): Promise<[Role, Call][]> {
  const [first] = asking
  if (!first) return []
  const looksAtWhoAsks = row.call.length > 2
  const shared = looksAtWhoAsks ? undefined : await row.call(place, world, first)
  const calls: [Role, Call][] = []
  for (const role of asking) calls.push([role, shared ?? (await row.call(place, world, role))])
  return calls
}

/** What a route answers to a role about a place, by its row. */
function statusFor(row: Row, role: Role, place: PlaceName, route: string): number {
  const success = successOf(route, row)
  if (row.isPublic) return success
  if (role === 'nobody' || role === 'foreigner') return 401
  if (row.lets[place]?.includes(role)) return row.hasNothingFor?.includes(role) ? 204 : success
  return row.knows?.[place]?.includes(role) ? 403 : 404
}

/** What success of a route answers. */
export const successOf = (route: string, row: Row): number => row.succeeds ?? (route.startsWith('GET') ? 200 : 204)

/** The text of a place that an answer holds though this role must not see it. */
function leaksOf(text: string, role: Role, { name, personal, internal, notice, topic }: Place): string[] {
  const secret = [
    ...(readers[name]?.includes(role) ? [] : personal),
    ...(officersOf[name]?.includes(role) ? [] : internal),
    ...(announcedTo[name]?.includes(role) ? [] : [notice]),
    ...(discussing[name]?.includes(role) ? [] : [topic]),
  ]
  return secret.filter((it) => text.includes(it))
}
