import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { exportOrder } from '../intake/schema.ts'
import { eventNames, subjectName, subjectNames } from './names-schema.ts'

const source = path.join(import.meta.dirname, '../..')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((it) =>
  /(?<!\.test|names-schema)\.ts$/.test(it),
)
const text = files.map((it) => readFileSync(path.join(source, it), 'utf8')).join('\n')

/** Jobs have names of the same form, which reach no journal. */
const jobs = new Set(
  [...readFileSync(path.join(source, 'jobs.ts'), 'utf8').matchAll(/^ {4}'([a-z.-]+)':/gm)].map(([, job]) => job),
)

test('every event that the server writes has a name', () => {
  const modules = readdirSync(path.join(source, 'modules')).join('|')
  const written = [...text.matchAll(new RegExp(`'((?:${modules}|journal)\\.[a-z-]+)'`, 'g'))]
  const events = new Set(written.map(([, event]) => event ?? '').filter((it) => !jobs.has(it)))
  expect(events.size).toBeGreaterThan(90)
  expect([...events].filter((it) => !(it in eventNames))).toEqual([])
})

test('every kind of thing that an event is about has a name', () => {
  const named = [...text.matchAll(/\{\s*kind: '([a-zA-Z]+)',\s*id\b/g)].map(([, kind]) => kind ?? '')
  // Acts are found by the search; an event is about their person.
  expect([...new Set(named)].filter((kind) => !(kind in subjectNames))).toEqual(['act'])
})

test('every list that is written out has a name of its own', () => {
  const written = [...text.matchAll(/\{ kind: 'list', id: '([a-z-]+)'/g)].map(([, id]) => id ?? '')
  const named = [...written, ...exportOrder.shape.list.options].map((id) =>
    subjectName({ subjectKind: 'list', subjectId: id }),
  )
  expect(named.toSorted()).toEqual(
    [
      '人员名册',
      '工作队伍名单',
      '发展党员名册',
      '待办事项',
      '指导记录',
      '归档封面',
      '归档清单',
      '材料齐全情况',
      '操作记录',
      '组织名单',
      '账号名单',
    ].toSorted(),
  )
})
