import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type Browser, textOf } from './app.ts'
import { type BadRequest, current, type JsonSchema, type Operation, requestsTo } from './fuzz-requests.ts'
import { places, type Role, rightsWorld } from './rights-world.ts'

/**
 * Every operation of the interface with generated bad input: never an answer of the 500s, never a stack in an answer,
 * always problem details. A short round with a fixed seed; `npm run prove` runs a long one with another seed.
 */
const isLong = process.env.ZHIBU_FUZZ_RUNS !== undefined
const runs = Number(process.env.ZHIBU_FUZZ_RUNS ?? 20)
const seed = Number(process.env.ZHIBU_FUZZ_SEED ?? 20261123)

/** What is read of the description of the interface. */
const described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ in: z.string(), name: z.string(), schema: z.custom<JsonSchema>() })).default([]),
        requestBody: z
          .object({ content: z.record(z.string(), z.object({ schema: z.custom<JsonSchema>().optional() })) })
          .optional(),
      }),
    ),
  ),
})

const world = await rightsWorld()
const ids = await idsOf()
const operations = await describedOperations()

/** Who asks: mostly who may do much, so that requests get far. */
const askers: readonly Role[] = [
  'department',
  'department',
  'secretary',
  'sysadmin',
  'secadmin',
  'auditor',
  'helper',
  'nobody',
]
const browsers = new Map<Role, Browser>()

/** How many answers of each status there were. */
const answered = new Map<number, number>()
afterAll(() => {
  if (isLong) console.table([...answered].sort().map(([status, count]) => ({ status, answers: count })))
})

it('finds the operations', () => {
  expect(operations.length).toBeGreaterThan(60)
})

it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s',
  async (_, operation) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...askers), requestsTo(operation, ids), async (role, request) => {
        expect(await problemsOf(role, operation.method, request)).toEqual([])
      }),
      { numRuns: runs, seed, endOnFailure: isLong },
    )
  },
  30_000 + runs * 500,
)

/** What is wrong with the answer to a request. */
async function problemsOf(role: Role, method: string, { path, headers, body }: BadRequest): Promise<string[]> {
  const browser = browsers.get(role) ?? (await world.signedInAs(role))
  browsers.set(role, browser)
  // So that no limit of rate is met.
  world.clock.at = new Date(world.clock.at.getTime() + 3_000)
  const logged = world.lines.length
  const response = await browser.send(method, path, body, await withRevision(path, headers))
  answered.set(response.status, (answered.get(response.status) ?? 0) + 1)
  if (response.status === 401) browsers.delete(role)
  const text = await textOf(response)
  return [
    ...(response.status >= 500
      ? [`${response.status}: ${JSON.stringify(world.lines.slice(logged)).slice(0, 3_000)}`]
      : []),
    ...(/\n\s+at |node_modules|\.ts:\d/.test(text) ? [`a stack: ${text.slice(0, 500)}`] : []),
    ...(response.status >= 400 ? problemsOfDetails(response, text) : []),
  ]
}

function problemsOfDetails(response: Response, text: string): string[] {
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('application/problem+json')) return [`${response.status} as ${type}: ${text.slice(0, 300)}`]
  const told = problem.safeParse(JSON.parse(text))
  if (!told.success) return [`no problem details: ${text.slice(0, 500)}`]
  const { status, title, detail, fields } = told.data
  const foreign = [title, detail, ...fields.map((it) => it.message)].filter((it) => !/\p{Script=Han}/u.test(it))
  return [
    ...(status === response.status ? [] : [`says ${status} and is ${response.status}`]),
    ...foreign.map((it) => `not in Chinese: ${it}`),
  ]
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().min(4),
  fields: z.array(z.object({ message: z.string() })).default([]),
})

/** Puts in the revision that the record named in the path has now. */
async function withRevision(path: string, headers: BadRequest['headers']): Promise<Record<string, string>> {
  if (headers['if-match'] !== current) return { ...headers }
  const id = path.split('/').find((it) => ids.includes(it))
  if (!id) return { ...headers, 'if-match': '"1"' }
  const revision = await world.build.look(async (db) => {
    const { rows } = await db.execute<{ revision: number }>(
      sql`select revision from persons where id = ${id} union all select revision from organizations where id = ${id}`,
    )
    return rows[0]?.revision ?? 1
  })
  return { ...headers, 'if-match': `"${revision}"` }
}

/** Ids of every kind of record, at every place. */
async function idsOf(): Promise<string[]> {
  const { at, fresh, builds } = world
  const found: string[] = []
  for (const name of places) {
    const place = at[name]
    const { organizationId, termId } = await fresh.term(place)
    const account = await fresh.account(place)
    found.push(place.organization.id, place.group.id, place.person.id, place.colleague.id, place.batchId)
    found.push(await fresh.act(place), await fresh.office(place), await fresh.delegation(place), account.id)
    found.push(organizationId, termId, builds[name].university.id)
    found.push(await fresh.notice(place, { state: 'draft' }), await fresh.notice(place, { state: 'sent' }))
  }
  return found
}

/** All operations of the description, which the test of rights holds against the routes of the running server. */
async function describedOperations(): Promise<Operation[]> {
  const response = await world.browser().get('/api/openapi.json')
  const { paths } = described.parse(await response.json())
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { parameters, requestBody }]) => {
      const schema = Object.values(requestBody?.content ?? {})[0]?.schema
      return { method: method.toUpperCase(), path, parameters, ...(schema && { body: schema }) }
    }),
  )
}
