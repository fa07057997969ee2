import { desc } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { journal } from '../src/platform/journal.ts'
import { type Browser, textOf } from './app.ts'
import { crossings } from './rights-crossings.ts'
import { discussing, namingLists } from './rights-discussion.ts'
import { announcedTo, type Call, officersOf, type Row, readers, rows, unbounded } from './rights-rows.ts'
import { type PlaceName, places, type RightsWorld, type Role, rightsWorld, roles } from './rights-world.ts'

let world: RightsWorld
const browsers = new Map<Role, Browser>()

beforeAll(async () => {
  world = await rightsWorld()
  for (const role of roles) browsers.set(role, await world.signedInAs(role))
})

describe('every route to every role about every place', () => {
  it('knows all routes of the running server, and no others', () => {
    const served = world.app.routes.flatMap(({ method, path }) => (method === 'ALL' ? [] : [`${method} ${path}`]))
    expect(Object.keys(rows).sort()).toEqual([...new Set(served)].sort())
  })

  it('is described with the status that success answers', async () => {
    const { paths } = await (await world.browser().get('/api/openapi.json')).json()
    const wrong = Object.entries(rows).flatMap(([route, { succeeds }]) => {
      const [method = '', path = ''] = route.split(' ')
      const described = paths[path.replace(/:([A-Za-z]+)/g, '{$1}')]?.[method.toLowerCase()]
      const status = String(succeeds ?? (method === 'GET' ? 200 : 204))
      if (!described || Number(status) >= 400 || status in described.responses) return []
      return [`${route}: ${status}, described ${Object.keys(described.responses)}`]
    })
    expect(wrong).toEqual([])
  })

  it.each(Object.entries(rows))('%s', async (route, row) => {
    const expected: Record<string, number> = {}
    const answered: Record<string, number> = {}
    const problems: string[] = []
    for (const place of row.isPlaceless ? (['branch'] as const) : places) {
      for (const role of roles) {
        const call = await row.call(world.at[place], world, role)
        const { status, problem } = await ask(role, route, call, row)
        expected[`${place} ${role}`] = statusFor(row, role, place, route)
        answered[`${place} ${role}`] = status
        if (problem) problems.push(`${place} ${role}: ${problem}`)
      }
    }
    expect(answered).toEqual(expected)
    expect(problems).toEqual([])
  })

  it.each([...unbounded.map((path) => [path, []] as const), ...Object.entries(namingLists)])(
    '%s shows each role its own part only',
    async (path, shows) => {
      const problems: string[] = []
      for (const role of roles) {
        const { problem } = await ask(role, `GET ${path}`, { path }, { shows })
        if (problem) problems.push(`${role}: ${problem}`)
      }
      expect(problems).toEqual([])
    },
  )

  it.each(crossings)('$title', async ({ role, method, call, answers }) => {
    const { status, problem } = await ask(role, method, await call(world), {})
    expect({ status, problem }).toEqual({ status: answers, problem: undefined })
  })
})

/** What a route answers to a role about a place, by its row. */
function statusFor(row: Row, role: Role, place: PlaceName, route: string): number {
  const success = row.succeeds ?? (route.startsWith('GET') ? 200 : 204)
  if (row.isPublic) return success
  if (role === 'nobody' || role === 'foreigner') return 401
  if (row.lets[place]?.includes(role)) return row.hasNothingFor?.includes(role) ? 204 : success
  return row.knows?.[place]?.includes(role) ? 403 : 404
}

/** Asks, and tells what is wrong with the answer beyond its status: text that leaks, a refusal that wrote something. */
async function ask(role: Role, route: string, { path, body, revision }: Call, row: Partial<Row>) {
  const browser = row.endsSession ? await world.signedInAs(role) : browsers.get(role)
  if (!browser) throw new Error(`nobody is signed in as ${role}`)
  // So that no limit of rate is met.
  world.clock.at = new Date(world.clock.at.getTime() + (path.startsWith('/api/auth/') ? 3_000 : 200))
  const [method = 'GET'] = route.split(' ')
  const before = await lastWritten()
  const response = await browser.request(method, path, body, revision ? { 'if-match': revision } : {})
  const text = await textOf(response)
  if (!response.ok && !row.isPublic && !row.recordsRefusal && (await lastWritten()) !== before)
    return { status: response.status, problem: 'wrote something' }
  const leaks = places.flatMap((place) => leaksOf(text, role, place))
  const isMeant = response.ok && row.shows?.includes(role)
  return { status: response.status, problem: isMeant || leaks.length === 0 ? undefined : `shows ${leaks.join(' ')}` }
}

/** The text of a place that an answer holds though this role must not see it. */
function leaksOf(text: string, role: Role, place: PlaceName): string[] {
  const { personal, internal, notice, topic } = world.at[place]
  const secret = [
    ...(readers[place]?.includes(role) ? [] : personal),
    ...(officersOf[place]?.includes(role) ? [] : internal),
    ...(announcedTo[place]?.includes(role) ? [] : [notice]),
    ...(discussing[place]?.includes(role) ? [] : [topic]),
  ]
  return secret.filter((it) => text.includes(it))
}

/** The newest row of the journal: every write leaves one. Counting them all, before and after each request, would take longer than the requests. */
async function lastWritten(): Promise<string | undefined> {
  const [row] = await world.build.look((db) =>
    db.select({ id: journal.id }).from(journal).orderBy(desc(journal.id)).limit(1),
  )
  return row?.id
}
