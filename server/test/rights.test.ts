import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { askEverybody, everybodyAsking, successOf } from './rights-asking.ts'
import { crossings } from './rights-crossings.ts'
import { otherRows, parts } from './rights-parts.ts'
import { rows } from './rights-rows.ts'

const asking = await everybodyAsking()
const { world, ask, writingNothing } = asking

it('knows all routes of the running server, and no others', () => {
  const served = world.app.routes.flatMap(({ method, path }) => (method === 'ALL' ? [] : [`${method} ${path}`]))
  expect(Object.keys(rows).sort()).toEqual([...new Set(served)].sort())
})

it('asks for every part in a file of its own', async () => {
  const files = (await readdir(import.meta.dirname)).filter((it) => /^rights-.*\.test\.ts$/.test(it))
  expect(files.sort()).toEqual(Object.keys(parts).map((part) => `rights-${part}.test.ts`))
})

it('is described with the status that success answers', async () => {
  const { paths } = await (await world.browser().get('/api/openapi.json')).json()
  const wrong = Object.entries(rows).flatMap(([route, row]) => {
    const [method = '', path = ''] = route.split(' ')
    const described = paths[path.replace(/:([A-Za-z]+)/g, '{$1}')]?.[method.toLowerCase()]
    const status = String(successOf(route, row))
    if (!described || Number(status) >= 400 || status in described.responses) return []
    return [`${route}: ${status}, described ${Object.keys(described.responses)}`]
  })
  expect(wrong).toEqual([])
})

askEverybody(asking, otherRows())

it.each(crossings)('$title', async ({ role, method, call, answers }) => {
  const asked = await call(world)
  const writes = answers < 400
  const { result, problems } = await writingNothing(() => ask(role, method, asked))
  expect({ ...result, problems: writes ? [] : problems }).toEqual({ status: answers, leaks: [], problems: [] })
})
