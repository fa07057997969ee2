import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { blankDatabase, freshDatabase, scopeOver } from '../../test/database.ts'
import { rowRules } from '../row-rules.ts'
import { exportAll, type Installation, restoreBackup, writeBackup } from './backup.ts'
import { diskStore } from './content/disk-store.ts'
import { contentSealing } from './content/sealing.ts'
import { type Database, openDatabase } from './database.ts'
import { record } from './journal.ts'
import { sealJournal } from './seals.ts'
import { readSecrets } from './secrets.ts'
import { verifyJournal } from './verification.ts'

const ground = await mkdtemp(path.join(os.tmpdir(), 'zhibu-backup-test-'))
afterAll(() => rm(ground, { recursive: true }))

const database = await freshDatabase()
const installation = await install('first', database.address)
await mkdir(path.join(installation.dataDirectory, 'files/ab'), { recursive: true })
await writeFile(path.join(installation.dataDirectory, 'files/ab/scan.pdf'), Buffer.alloc(70_000, 7))
await writeFile(path.join(installation.dataDirectory, 'files/empty'), '')
await fill(database)

const backup = path.join(ground, 'whole.tar')
const manifest = await writeBackup(installation, backup)

test('a backup says what is in it, and only its owner reads it', async () => {
  expect(manifest.tables.find((it) => it.name === 'persons')).toMatchObject({ rows: 3 })
  expect(manifest.files.map((it) => it.name)).toEqual(['ab/scan.pdf', 'empty'])
  expect((await stat(backup)).mode & 0o777).toBe(0o600)
  expect(await readdir(ground)).toEqual(expect.arrayContaining(['first', 'whole.tar']))
})

test('what is restored is the same, and the journal goes on from where it was', async () => {
  const target = await install('second', await blankDatabase())
  await restoreBackup(target, backup, rowRules)
  const again = await writeBackup(target, path.join(ground, 'again.tar'))
  expect({ ...again, madeAt: manifest.madeAt }).toEqual(manifest)
  expect(await readFile(path.join(target.dataDirectory, 'files/ab/scan.pdf'))).toEqual(Buffer.alloc(70_000, 7))

  const restored = openDatabase(target.address)
  try {
    expect(await restored.app.execute(sql`select id from persons`).then((it) => it.rows)).toEqual([])
    expect(await verifyJournal(restored)).toEqual(await verifyJournal(database))
    await note(restored)
    expect(await sealJournal(restored)).toBe(1)
    expect(await verifyJournal(restored)).toMatchObject({ problem: null, sealedRows: 3 })
  } finally {
    await restored.close()
  }
})

describe('is refused:', () => {
  test('a database with rows', async () => {
    const taken = await freshDatabase()
    await note(taken)
    await expect(restoreBackup(await install('taken', taken.address), backup, rowRules)).rejects.toThrow('不是空的')
  })

  test('a directory with files', async () => {
    const target = await install('littered', await blankDatabase())
    await mkdir(path.join(target.dataDirectory, 'files'))
    await writeFile(path.join(target.dataDirectory, 'files/x'), '')
    await expect(restoreBackup(target, backup, rowRules)).rejects.toThrow('不是空的')
  })

  test('other secrets', async () => {
    const target = await install('foreign', await blankDatabase())
    const secrets = await readSecrets(path.join(ground, 'foreign'), {})
    await expect(restoreBackup({ ...target, secrets }, backup, rowRules)).rejects.toThrow('密钥')
  })

  test('a file that is no backup', async () => {
    const file = path.join(ground, 'other.tar')
    await writeFile(file, Buffer.alloc(2_048, 'x'))
    await expect(restoreBackup(await install('none', await blankDatabase()), file, rowRules)).rejects.toThrow(
      '不是备份',
    )
  })

  test('a backup that was cut off', async () => {
    const file = path.join(ground, 'cut.tar')
    await writeFile(file, await readFile(backup))
    await truncate(file, 60_000)
    await expect(restoreBackup(await install('cut', await blankDatabase()), file, rowRules)).rejects.toThrow('完整')
  })

  test('a target that is there already', async () => {
    await expect(writeBackup(installation, backup)).rejects.toMatchObject({ code: 'EEXIST' })
  })
})

test('a backup with a changed row is refused, and nothing of it is kept', async () => {
  const file = path.join(ground, 'forged.tar')
  const bytes = await readFile(backup)
  const hash = manifest.tables.find((it) => it.name === 'persons')?.sha256 ?? ''
  bytes.write(
    hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    bytes.indexOf(hash),
  )
  await writeFile(file, bytes)
  const target = await install('forged', await blankDatabase())
  await expect(restoreBackup(target, file, rowRules)).rejects.toThrow('persons')
  await restoreBackup(target, backup, rowRules)
})

test('an export has every table as CSV', async () => {
  const directory = path.join(ground, 'export')
  const counts = await exportAll(installation, directory)
  expect(counts.find((it) => it.name === 'persons')).toEqual({ name: 'persons', rows: 3 })
  const csv = await readFile(path.join(directory, 'persons.csv'), 'utf8')
  expect(csv).toContain('张"三\n'.replaceAll('"', '""'))
  expect(await readdir(path.join(directory, 'files'))).toEqual(['ab', 'empty'])
})

test('contents are backed up as they lie, without drafts, and exported open', async () => {
  const source = await install('contents', (await freshDatabase()).address)
  const storeOf = ({ dataDirectory, secrets }: Installation, seals: boolean) =>
    diskStore(path.join(dataDirectory, 'files'), { algorithm: 'sha256', sealing: contentSealing(secrets), seals })
  const [plain, sealed] = [false, true].map((it) => storeOf(source, it))
  const ids: string[] = []
  for (const [store, text] of [
    [plain, '入党申请书'],
    [sealed, '政治审查材料'],
  ] as const) {
    ids.push((await store?.put(Readable.from([Buffer.from(text)]), { maxBytes: 100 }))?.id ?? '')
  }
  await writeFile(path.join(source.dataDirectory, 'files/.drafts/half'), 'half')
  const [first = '', second = ''] = ids.map((it) => `contents/${it.slice(7, 9)}/${it}`)

  const file = path.join(ground, 'contents.tar')
  const { files } = await writeBackup(source, file)
  expect(files.map((it) => it.name)).toEqual([first, `${second}.sealed`].sort())
  const target = await install('contents-restored', await blankDatabase())
  await mkdir(path.join(target.dataDirectory, 'files/.drafts'), { recursive: true })
  await writeFile(path.join(target.dataDirectory, 'files/.drafts/half'), 'half')
  await restoreBackup(target, file, rowRules)
  for (const id of ids) expect(await storeOf(target, false).check(id)).toBe('sound')

  const directory = path.join(ground, 'contents-export')
  await exportAll(source, directory)
  expect(await readFile(path.join(directory, 'files', first), 'utf8')).toBe('入党申请书')
  expect(await readFile(path.join(directory, 'files', second), 'utf8')).toBe('政治审查材料')
  expect(await readdir(path.join(directory, 'files'))).toEqual(['contents'])
})

async function install(name: string, address: Installation['address']): Promise<Installation> {
  const dataDirectory = path.join(ground, name)
  await mkdir(dataDirectory, { recursive: true })
  return { address, dataDirectory, secrets: await readSecrets(path.join(ground, 'secrets'), {}) }
}

async function fill(of: Database): Promise<void> {
  for (const [tenantId, name] of [
    ['u1', '张"三\n\t\\N'],
    ['u1', '李四'],
    ['u2', '王五，𠮷'],
  ] as const) {
    await of.transaction(scopeOver(tenantId), (db) =>
      db.execute(sql`insert into persons (tenant_id, id, organization_id, path, name, pinyin, initials)
        values (${tenantId}, ${randomUUID()}, ${randomUUID()}, '0001.', ${name}, 'a', 'a')`),
    )
  }
  await note(of)
  await note(of)
  await sealJournal(of)
}

async function note(of: Database): Promise<void> {
  await of.transaction(scopeOver('u1'), (db) =>
    record(
      { db, tenantId: 'u1', actor: { accountId: null, name: '李四' }, requestId: 'r' },
      'test.noted',
      { kind: 'person', id: '1' },
      { n: 1.5 },
    ),
  )
}
