import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, scopeOver } from '../../../test/database.ts'
import { type Scope, wholeTree } from '../database.ts'
import { subtree } from '../org-path.ts'
import { indexEntries, type SearchEntry } from './entries.ts'
import { type Asked, type Found, found as foundBy } from './finding.ts'
import { fold, piecesOf } from './folding.ts'

const database = await freshDatabase()
const tenantId = 'u1'

const entry = (differs: Partial<SearchEntry>): SearchEntry => ({
  kind: 'document',
  id: randomUUID(),
  page: 0,
  path: '0001.0001.',
  personId: null,
  code: 'application',
  isClosedToPerson: false,
  on: '2026-05-11',
  title: '',
  subject: '',
  body: '',
  ...differs,
})

const add = (entries: readonly SearchEntry[]) =>
  database.transaction(scopeOver(tenantId), (db) => indexEntries({ db, tenantId }, entries))

async function ask(query: string, differs: Partial<Asked> = {}, scope = scopeOver(tenantId)): Promise<Found[]> {
  const asked = {
    pieces: piecesOf(query),
    reach: { roots: ['0001.'], own: null, handed: [] },
    count: 1_000,
    ...differs,
  }
  const { rows } = await database.transaction(scope, (db) =>
    db.execute<
      Found & Record<string, unknown>
    >(sql`select found.kind, found.id, found.page, found.dated_on as "on", found.path,
      found.person_id as "personId", found.code, found.title, found.body from ${foundBy(asked)}`),
  )
  return rows
}

/** Characters of all kinds that meet in papers, few enough that chance finds texts in one another. */
const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'党员支部大会入申请书思想汇报张伟') },
  { weight: 4, arbitrary: fc.constantFrom(...'0123456789') },
  { weight: 3, arbitrary: fc.constantFrom(...'aAbBzＡ１') },
  { weight: 2, arbitrary: fc.constantFrom(...' 　\n，,。.（(《-\'"\\&|!:*<_%') },
  { weight: 1, arbitrary: fc.constantFrom('喆', '𠮷', '堃', 'é', 'é', '\u200b', '️', 'ß', '㈠', '😀', '\u0301', '\0') },
)
const text = fc.string({ unit: character, maxLength: 40 })

test('finds all that holds a text, and nothing else', async () => {
  const texts = fc.sample(text, { numRuns: 400, seed: 20261128 }).filter((it) => it.trim() !== '')
  const entries = texts.map((body) => entry({ body }))
  await add(entries)
  const bodies = entries.map(({ id, body }) => ({ id, folded: fold(body.replaceAll('\0', '')) }))
  const part = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 1, max: 8 })).map(([of, from, length]) =>
    Array.from(of)
      .slice(from % of.length, (from % of.length) + length)
      .join(''),
  )
  const query = fc.oneof(part, part, fc.string({ unit: character, minLength: 1, maxLength: 4 }))
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const pieces = piecesOf(asked.replaceAll('\0', ''))
      fc.pre(pieces.length > 0)
      const expected = bodies.filter(({ folded }) => pieces.every((it) => folded.includes(it))).map((it) => it.id)
      expect((await ask(asked.replaceAll('\0', ''))).map((it) => it.id).sort()).toEqual(expected.sort())
    }),
    { numRuns: 400, seed: 20261128 },
  )
})

describe('what is found is what the settings of the transaction let be seen, whatever is asked for', () => {
  const me = randomUUID()
  const [colleague, handed, unhanded] = [randomUUID(), randomUUID(), randomUUID()]
  const [helper, former] = [randomUUID(), randomUUID()]
  const everything: Asked['reach'] = {
    roots: ['0001.', '0002.'],
    own: me,
    handed: [{ personIds: [me, colleague, handed, unhanded], codes: ['application', 'politicalReview'] }],
  }
  const nobody: Scope = { tenantId, accountId: null, personId: null, ranges: [], helper: false }
  const secret = (title: string, differs: Partial<SearchEntry>) => entry({ title, body: '不可泄露', ...differs })

  beforeAll(async () => {
    await add([
      secret('本支部', { path: '0001.0001.0001.', personId: colleague }),
      secret('本人', { path: '0001.0001.0002.', personId: me }),
      secret('本人不可见', { path: '0001.0001.0002.', personId: me, code: 'politicalReview', isClosedToPerson: true }),
      secret('受托人', { path: '0001.0002.0001.', personId: handed }),
      secret('未受托的人', { path: '0001.0002.0001.', personId: unhanded }),
      secret('组织的', { path: '0001.0003.' }),
    ])
    await database.transaction(scopeOver('u2'), (db) =>
      indexEntries({ db, tenantId: 'u2' }, [secret('外校', { path: '0001.0001.0001.', personId: me })]),
    )
    await database.transaction(scopeOver(tenantId), (db) =>
      db.execute(sql`insert into delegation_persons values
        (${tenantId}, ${randomUUID()}, ${handed}, ${helper}, '2999-01-01'), (${tenantId}, ${randomUUID()}, ${handed}, ${former}, '2020-01-01')`),
    )
  })

  test.each<[who: string, scope: Scope, finds: string[]]>([
    ['nobody in particular', nobody, []],
    ['an empty university', { ...nobody, tenantId: '', ranges: [wholeTree], personId: me }, []],
    ['a branch', { ...nobody, ranges: [subtree('0001.0001.0001.')] }, ['本支部']],
    ['a college', { ...nobody, ranges: [subtree('0001.0001.')] }, ['本支部', '本人', '本人不可见']],
    ['the person concerned', { ...nobody, personId: me }, ['本人']],
    [
      'the person concerned, who holds an office there',
      { ...nobody, personId: me, ranges: [subtree('0001.0001.')] },
      ['本支部', '本人'],
    ],
    ['a helper', { ...nobody, accountId: helper, helper: true }, ['受托人']],
    ['the same account, not asked as a helper', { ...nobody, accountId: helper }, []],
    ['a helper whose task is over', { ...nobody, accountId: former, helper: true }, []],
    ['the whole university', scopeOver(tenantId), ['受托人', '未受托的人', '本人', '本人不可见', '本支部', '组织的']],
    ['the other university', scopeOver('u2'), ['外校']],
    ['a university that tries to break out', { ...nobody, tenantId: `u1' or '1'='1`, ranges: [wholeTree] }, []],
  ])('%s', async (_who, scope, finds) => {
    const found = await ask('不可泄露', { reach: everything }, scope)
    expect(found.map((it) => it.title).sort()).toEqual([...finds].sort())
  })

  test('without any scope nothing is found, on connections that have had one', async () => {
    const asked = { pieces: ['不可泄露'], reach: everything, count: 100 }
    await Promise.all(Array.from({ length: 8 }, () => ask('不可泄露', { reach: everything })))
    const { rows } = await database.app.execute(sql`select * from ${foundBy(asked)}`)
    expect(rows).toEqual([])
  })

  test.each<[what: string, reach: Asked['reach'], finds: string[]]>([
    ['a part of the tree', { roots: ['0001.0002.'], own: null, handed: [] }, ['受托人', '未受托的人']],
    ['nothing', { roots: [], own: null, handed: [] }, []],
    ['the own entries only where they are asked for', { roots: [], own: me, handed: [] }, ['本人']],
  ])('%s is found where no more is asked for', async (_what, reach, finds) => {
    const found = await ask('不可泄露', { reach }, { ...scopeOver(tenantId), personId: me })
    expect(found.map((it) => it.title).sort()).toEqual([...finds].sort())
  })

  test('a helper finds the codes of the task only', async () => {
    const scope = { ...nobody, accountId: helper, helper: true }
    const handedAs = (code: string) =>
      ask('不可泄露', { reach: { roots: [], own: null, handed: [{ personIds: [handed], codes: [code] }] } }, scope)
    expect((await handedAs('application')).map((it) => it.title)).toEqual(['受托人'])
    expect(await handedAs('politicalReview')).toEqual([])
  })

  test('the application reads no text but through the search', async () => {
    const read = (column: string) =>
      database.transaction(scopeOver(tenantId), (db) =>
        db.execute(sql`select ${sql.identifier(column)} from search_entries`),
      )
    for (const column of ['title', 'body', 'folded', 'words'])
      await expect(read(column)).rejects.toMatchObject({ cause: { code: '42501' } })
    expect((await read('id')).rows.length).toBeGreaterThan(5)
  })
})

describe('many entries of many years', () => {
  const years = 12
  const inYear = 400

  /** Days that come again and again, and words of some months only. */
  const made = Array.from({ length: years * inYear }, (_, at): SearchEntry => {
    const month = Math.floor(at / 40) % 12
    const on = `${2010 + Math.floor(at / inYear)}-${String(1 + month).padStart(2, '0')}-${String(1 + (at % 7)).padStart(2, '0')}`
    const words = [
      '逐条',
      ...(on < '2014' ? ['旧制'] : []),
      ...(month === 4 ? ['五月'] : []),
      ...(at % 900 === 3 ? ['罕见'] : []),
    ]
    return entry({ path: at % 50 === 0 ? '0003.0001.' : '0003.0002.', on, body: words.join('，') })
  })
  /** More than are looked at at once, all in one month. */
  const heaped = Array.from({ length: 3_300 }, (_, at) =>
    entry({ path: '0003.0003.', on: `2020-05-0${1 + (at % 3)}`, body: at % 2 === 0 ? '堆积' : '堆积如山' }),
  )
  /** More than that in two quarters of a year, and a few in the others. */
  const twice = ['02', '03', '05', '10', '11', '12'].flatMap((month) =>
    Array.from({ length: ['02', '10', '11'].includes(month) ? 1_100 : 3 }, (_, at) =>
      entry({ path: '0003.0003.', on: `2019-${month}-${10 + (at % 9)}`, body: '两处' }),
    ),
  )
  const inOrder = [...made, ...heaped, ...twice].sort((a, b) => compare(b.on ?? '', a.on ?? '') || compare(b.id, a.id))

  beforeAll(() => add([...made, ...heaped, ...twice]), 60_000)

  test.each<[query: string, root: string, differs: Partial<Asked>]>([
    ['逐条', '0003.', {}],
    ['逐条', '0003.0001.', {}],
    ['旧制', '0003.', {}],
    ['旧制', '0003.0001.', {}],
    ['五月', '0003.', {}],
    ['罕见', '0003.', {}],
    ['罕见 五月', '0003.', {}],
    ['旧', '0003.', { year: 2013 }],
    ['旧制', '0003.', { year: 2014 }],
    ['无此', '0003.', {}],
    ['，', '0003.', { year: 2012 }],
    ['堆积', '0003.', {}],
    ['如山', '0003.', { year: 2020 }],
    ['堆积如山', '0003.0003.', { kinds: ['document', 'act'] }],
    ['堆积', '0003.', { kinds: ['act'] }],
    ['两处', '0003.', {}],
    ['两处', '0003.0003.', {}],
  ])(
    '%s in %s, page after page',
    async (query, root, differs) => {
      const pieces = piecesOf(query)
      const expected = inOrder.filter(
        (it) =>
          it.path.startsWith(root) &&
          (differs.kinds ?? [it.kind]).includes(it.kind) &&
          pieces.every((piece) => fold(it.body).includes(piece)) &&
          (differs.year === undefined || it.on?.startsWith(String(differs.year))),
      )
      const got: string[] = []
      let after: Asked['after']
      do {
        const reach = { roots: [root], own: null, handed: [] }
        const page = await ask(query, { ...differs, reach, after, count: 700 })
        const last = page.at(-1)
        after = last && { on: last.on, id: last.id }
        got.push(...page.map((it) => it.id))
      } while (after)
      expect(got).toEqual(expected.map((it) => it.id))
    },
    60_000,
  )
})

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
