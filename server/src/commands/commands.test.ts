import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { blankDatabase, freshDatabase, scopeOver } from '../../test/database.ts'
import { temporaryDirectory } from '../../test/directory.ts'
import { openData } from '../data.ts'
import { readConfig } from '../platform/config.ts'
import { record } from '../platform/journal.ts'
import { sealJournal } from '../platform/seals.ts'

const { directory: ground, remove } = await temporaryDirectory()
afterAll(remove)
const first = path.join(ground, 'first')
const backup = path.join(ground, 'backup.tar')

test('a running server is verified, backed up and exported; the backup goes embedded → server → embedded', async () => {
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: first }))
  try {
    for (const tenantId of ['u1', 'u1', 'u2']) {
      await database.transaction(scopeOver(tenantId), (db) =>
        record({ db, tenantId, actor: { accountId: null, name: '李四' }, requestId: 'r' }, 'test.noted', {
          kind: 'person',
          id: '1',
        }),
      )
    }
    await sealJournal(database)
    const verified = await zhibu(['verify'], { ZHIBU_DATA: first })
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('共核验 3 条') })
    const [anchor = ''] = /[0-9a-f]{64}/.exec(verified.out) ?? []
    expect(await zhibu(['verify', anchor], { ZHIBU_DATA: first })).toMatchObject({ code: 0 })
    expect(await zhibu(['verify', '0'.repeat(64)], { ZHIBU_DATA: first })).toMatchObject({
      code: 1,
      out: expect.stringContaining('重写'),
    })
    expect(await zhibu(['backup', backup], { ZHIBU_DATA: first })).toMatchObject({ code: 0 })
    expect(await zhibu(['backup', backup], { ZHIBU_DATA: first })).toMatchObject({
      code: 2,
      err: expect.stringContaining(`${backup} 已存在，不会覆盖。`),
    })
    expect(await zhibu(['export', path.join(ground, 'csv')], { ZHIBU_DATA: first })).toMatchObject({ code: 0 })
    expect(await readFile(path.join(ground, 'csv/journal.csv'), 'utf8')).toContain('李四')
    expect(await zhibu(['restore', backup], { ZHIBU_DATA: first })).toMatchObject({
      code: 2,
      err: expect.stringContaining('正由另一个进程使用'),
    })
  } finally {
    await close()
  }

  const server = { ZHIBU_DATA: first, DATABASE_URL: (await blankDatabase()).owner.connectionString ?? '' }
  expect(await zhibu(['move'], server)).toMatchObject({ code: 0, out: expect.stringContaining('一致') })
  expect(await zhibu(['verify'], server)).toMatchObject({ code: 0, out: expect.stringContaining('共核验 3 条') })
  expect(await zhibu(['move'], server)).toMatchObject({ code: 2, err: expect.stringContaining('不是空的') })
  const fromServer = path.join(ground, 'server.tar')
  expect(await zhibu(['backup', fromServer], server)).toMatchObject({ code: 0 })

  const second = { ZHIBU_DATA: path.join(ground, 'second') }
  expect(await zhibu(['restore', fromServer], second)).toMatchObject({
    code: 2,
    err: expect.stringContaining('secrets.json'),
  })
  await cp(path.join(first, 'secrets.json'), path.join(second.ZHIBU_DATA, 'secrets.json'))
  expect(await zhibu(['restore', fromServer], second)).toMatchObject({ code: 0, out: expect.stringContaining('一致') })
  expect(await zhibu(['verify'], second)).toMatchObject({ code: 0, out: expect.stringContaining('共核验 3 条') })
})

test('jobs that were given up are listed, and begin again when they are named, all of them or none', async () => {
  const database = await freshDatabase()
  const env = { ZHIBU_DATA: first, DATABASE_URL: database.address.owner.connectionString ?? '' }
  expect(await zhibu(['jobs'], env)).toMatchObject({ code: 0, out: '没有已放弃的后台任务。\n' })
  const put = (state: string, number: number, past: object) =>
    database.asOwner(async (db) => {
      const payload = JSON.stringify({ kind: 'notices.deliver', data: { number }, past })
      const { rows } = await db.execute<{ id: string }>(sql`insert into jobs.job (name, data, state, completed_on)
        values ('work', ${payload}::jsonb, ${state}::jobs.job_state, '2026-11-29T08:0${sql.raw(String(number))}:00+08') returning id`)
      return rows[0]?.id ?? ''
    })
  const tired = await put('failed', 1, { failures: 3, interruptions: 0 })
  const deadly = await put('failed', 2, { failures: 1, interruptions: 10 })
  const done = await put('completed', 3, { failures: 0, interruptions: 1 })
  expect(await zhibu(['jobs'], env)).toMatchObject({
    code: 1,
    out: [
      `${deadly}  2026-11-29 08:02  notices.deliver  出错 1 次，服务器在其间中断 10 次`,
      `${tired}  2026-11-29 08:01  notices.deliver  出错 3 次`,
      '共 2 项。原因见当时的运行日志；消除后执行 npx zhibu jobs again 编号（或 all）重新开始。\n',
    ].join('\n'),
  })
  expect(await zhibu(['jobs', 'again', tired, done], env)).toMatchObject({
    code: 2,
    err: expect.stringContaining('一项也没有重新开始'),
  })
  const states = () =>
    database.asOwner(async (db) => {
      const { rows } = await db.execute(
        sql`select state, data ? 'past' as past from jobs.job order by data->'data'->>'number'`,
      )
      return rows
    })
  const [given, again] = [
    { state: 'failed', past: true },
    { state: 'retry', past: false },
  ]
  const sound = { state: 'completed', past: true }
  expect(await states()).toEqual([given, given, sound])
  expect(await zhibu(['jobs', 'again', tired], env)).toMatchObject({ code: 0, out: expect.stringContaining('1 项') })
  expect(await states()).toEqual([again, given, sound])
  expect(await zhibu(['jobs', 'again', 'all'], env)).toMatchObject({ code: 0, out: expect.stringContaining('1 项') })
  expect(await states()).toEqual([again, again, sound])
})

test.each<[line: string[], code: number, says: string]>([
  [['jobs', 'again'], 2, 'npx zhibu jobs again'],
  [['jobs', 'again', '1'], 2, 'npx zhibu jobs again'],
  [['jobs', 'away'], 2, '不认识“away”'],
  [['jobs'], 2, '还没有数据'],
  [[], 2, '用法'],
  [['backup', '--help'], 0, 'backup FILE'],
  [['dance'], 2, '用法'],
  [['backup'], 2, '请写明备份文件'],
  [['move'], 2, 'DATABASE_URL'],
  [['verify'], 2, '还没有数据'],
  [['verify', 'f'.repeat(63)], 2, `“${'f'.repeat(63)}”不是校验值`],
])('zhibu %j', async (line, code, says) => {
  const done = await zhibu(line, { ZHIBU_DATA: path.join(ground, 'none') })
  expect({ code: done.code, text: done.out + done.err }).toEqual({ code, text: expect.stringContaining(says) })
})

test('a command that reads leaves a place without data as it is, and says where the demonstration has its own', async () => {
  const empty = path.join(ground, 'empty')
  await mkdir(empty)
  for (const line of [
    ['verify'],
    ['backup', path.join(ground, 'none.tar')],
    ['export', path.join(ground, 'none')],
    ['move'],
  ]) {
    const settings = line[0] === 'move' ? { ZHIBU_DATA: empty, DATABASE_URL: 'postgres://none' } : { ZHIBU_DATA: empty }
    expect(await zhibu(line, settings)).toEqual({
      code: 2,
      out: '',
      err: `${empty} 中还没有数据。请检查 ZHIBU_DATA 与 DATABASE_URL。 (There are no data yet.)\n`,
    })
  }
  expect(await readdir(empty)).toEqual([])

  const demonstration = path.join(empty, 'demo')
  await mkdir(path.join(demonstration, 'postgres'), { recursive: true })
  await writeFile(path.join(demonstration, 'postgres', 'PG_VERSION'), '18\n')
  expect(await zhibu(['verify'], { ZHIBU_DATA: empty })).toEqual({
    code: 2,
    out: '',
    err: `${empty} 中还没有数据。演示数据在 ${demonstration}：要用它，请设 ZHIBU_DATA=${demonstration}。 (There are no data yet.)\n`,
  })
})

/** Runs the command line as a user would. */
async function zhibu(args: string[], env: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  const cli = path.join(import.meta.dirname, '..', 'cli.ts')
  const settings = { env: { PATH: process.env.PATH, ...env } }
  return promisify(execFile)(process.execPath, [cli, ...args], settings).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout,
      err: error.stderr,
    }),
  )
}
