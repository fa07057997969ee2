import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rules } from './rules.ts'

let folder = ''
let roster = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhibu-rules-'))
  roster = path.join(folder, '名册.csv')
  const header =
    '姓名,递交入党申请书时间,首次谈话时间,确定积极分子时间,支委会讨论确定发展对象时间,列为发展对象时间,预审时间,支部大会通过时间'
  const rows = [
    '张三,2024-09-01,2024-09-10,2025-03-01,2026-06-01,2026-06-20,2026-09-01,2026-11-10',
    '李四,2026-09-01,2026-09-10,2026-11-02,,,,',
  ]
  await writeFile(roster, [header, ...rows, ''].join('\n'))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(...args: string[]) {
  const [out, error]: [string[], string[]] = [[], []]
  const code = await rules(
    args,
    (line) => out.push(line),
    (line) => error.push(line),
  )
  return { code, out, error: error.join('\n') }
}

const diff = (...args: string[]) => run('diff', roster, '--on', '2026-11-20', ...args)

test('every figure of the rules is listed with its name, its article and its value', async () => {
  const { code, out } = await run('figures')
  expect(code).toBe(0)
  expect(out.find((it) => it.startsWith('activistYears '))).toMatch(
    /第13条 {2}确定发展对象前的培养教育时间（年） {2}1$/,
  )
})

test('a draft says for whom which days move, and whom it does not touch', async () => {
  const { code, out } = await diff('--set', 'activistYears=2', '--from', '2026-11-01')
  expect(code).toBe(1)
  expect(out.some((it) => it.startsWith('第 3 行  李四  期限  ') && it.includes('→ 最早 2028-11-02'))).toBe(true)
  expect(out.some((it) => it.includes('张三'))).toBe(false)
  expect(out.at(-2)).toMatch(
    /名册\.csv（以 2026-11-20 为准）：1 人有变化；新增疑点 0 项，不再有 0 项，期限变动 \d 项。$/,
  )
})

test('as JSON: the same changes', async () => {
  const { code, out } = await diff('--set', 'activistYears=2', '--from', '2026-11-01', '--json')
  const changes = JSON.parse(out.join(''))
  expect([code, changes.map((it: { id: string }) => it.id)]).toEqual([1, ['第 3 行  李四']])
  expect(Object.keys(changes[0])).toEqual(['id', 'added', 'removed', 'due'])
})

test('a figure that is as it was changes nothing', async () => {
  const { code, out } = await diff('--set', 'activistYears=1')
  expect([code, out.length]).toEqual([0, 2])
})

test('the revision of 2026 against the first edition: an assembly more than a month after the pre-review', async () => {
  const { code, out } = await diff('--since-2014')
  expect(code).toBe(1)
  expect(out.filter((it) => it.startsWith('第 '))).toEqual([
    expect.stringMatching(
      /^第 2 行 {2}张三 {2}新增 {2}T31 {2}矛盾 {2}《发展党员工作细则》（2026年修订）第19条 {2}“支部党员大会/,
    ),
  ])
})

test.each<[string, string[], RegExp]>([
  ['no command', [], /^用法/],
  ['an unknown command', ['list'], /^用法/],
  ['no file', ['diff'], /^用法/],
  ['nothing to compare', ['diff', 'a.csv'], /--set/],
  ['both at once', ['diff', 'a.csv', '--set', 'activistYears=2', '--since-2014'], /二者选一/],
  ['an unknown figure', ['diff', 'a.csv', '--set', 'years=2'], /没有叫“years”的数字/],
  ['no number', ['diff', 'a.csv', '--set', 'activistYears=两年'], /activistYears=2/],
  ['no day', ['diff', 'a.csv', '--set', 'activistYears=2', '--from', '明年'], /不是日期/],
  ['an unknown option', ['diff', 'a.csv', '--all'], /参数不正确/],
  ['a file that is not there', ['diff', '/nowhere/a.csv', '--set', 'activistYears=2'], /文件不存在/],
])('%s is refused', async (_what, args, message) => {
  const { code, error } = await run(...args)
  expect(code).toBe(2)
  expect(error).toMatch(message)
})
