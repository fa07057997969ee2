import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { copyOpened } from './content/copying.ts'
import { draftsFolder } from './content/disk-store.ts'
import type { DatabaseAddress } from './database.ts'
import { BackupRefused, dumpTables, exportTables, loadTables, type TableCount } from './dump.ts'
import { sha256OfFile } from './file-digest.ts'
import { migrate } from './migrate.ts'
import type { RowRule } from './policies.ts'
import type { Secrets } from './secrets.ts'
import { extractMember, listTar, readMember, type TarMember, writeTar } from './tar.ts'

/** Kept beside the tables: documents by content hash and the like. */
const filesFolder = 'files'

const manifestSchema = z.object({
  format: z.literal('zhibu-backup-1'),
  /** The version of the tables. */
  schemaVersion: z.number(),
  madeAt: z.iso.datetime(),
  /** Tells whether secrets at hand belong to this backup, without saying anything about them. */
  secretsMark: z.string(),
  tables: z.array(z.object({ name: z.string(), rows: z.number(), sha256: z.string() })),
  files: z.array(z.object({ name: z.string().regex(/^(?!.*(^|\/)\.\.(\/|$))[^/\\]/), sha256: z.string() })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** What a backup is made of. */
export interface Installation {
  address: DatabaseAddress
  dataDirectory: string
  secrets: Secrets
}

/**
 * Writes the whole database as it stands at one moment, and all files, into one new tar file. The server may go on working.
 * Without the secrets: who finds the backup cannot open the sealed fields, so `secrets.json` is to be kept elsewhere.
 */
export async function writeBackup(it: Installation, target: string): Promise<Manifest> {
  return inWorkshop(path.dirname(path.resolve(target)), async (workshop) => {
    const { tables, version } = await dumpTables(it.address, workshop)
    const files = await hashFiles(path.join(it.dataDirectory, filesFolder))
    const manifest: Manifest = {
      format: 'zhibu-backup-1',
      schemaVersion: version,
      madeAt: new Date().toISOString(),
      secretsMark: markOf(it.secrets),
      tables,
      files,
    }
    await writeFile(path.join(workshop, 'manifest.json'), JSON.stringify(manifest, null, 2))
    await writeTar(target, [
      { name: 'manifest.json', source: path.join(workshop, 'manifest.json') },
      ...tables.map(({ name }) => ({ name: memberOf(name), source: path.join(workshop, `${name}.gz`) })),
      ...files.map(({ name }) => ({ name: `files/${name}`, source: path.join(it.dataDirectory, filesFolder, name) })),
    ])
    return manifest
  })
}

/**
 * Restores a backup into an empty installation, older tables included, and proves it: every table is read back
 * and must give the same bytes. Refuses a database with rows, files that are there, other secrets, a damaged backup.
 * When it fails nothing of the tables is kept.
 */
export async function restoreBackup(
  it: Installation,
  source: string,
  rules: Readonly<Record<string, RowRule>>,
): Promise<Manifest> {
  const members = new Map((await listTar(source)).map((member) => [member.name, member]))
  const manifest = await readManifest(source, members.get('manifest.json'))
  if (manifest.secretsMark !== markOf(it.secrets)) {
    throw new BackupRefused(
      '密钥与备份不符：请把备份时的 secrets.json 放进数据目录后再恢复。 (Put the secrets.json of that time into the data directory first.)',
    )
  }
  const filesDirectory = path.join(it.dataDirectory, filesFolder)
  if ((await filesIn(filesDirectory)).length > 0)
    throw new BackupRefused(`${filesDirectory} 不是空的，请换一个数据目录。 (It is not empty.)`)

  await migrate(it.address, rules, manifest.schemaVersion)
  await loadTables(it.address, manifest.tables, (table) => readMember(source, demand(members, memberOf(table))))
  await migrate(it.address, rules)
  for (const { name, sha256 } of manifest.files) {
    const target = path.join(filesDirectory, name)
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
    await extractMember(source, demand(members, `files/${name}`), target)
    if ((await sha256OfFile(target)) !== sha256)
      throw new BackupRefused(`备份中的文件 ${name} 已损坏。 (It is damaged.)`)
  }
  return manifest
}

/** Copies all tables of one database into another, empty one, verified as a restore is. `workDirectory` holds them meanwhile. */
export function moveTables(
  from: DatabaseAddress,
  to: DatabaseAddress,
  workDirectory: string,
  rules: Readonly<Record<string, RowRule>>,
): Promise<TableCount[]> {
  return inWorkshop(workDirectory, async (workshop) => {
    const { tables, version } = await dumpTables(from, workshop)
    await migrate(to, rules, version)
    await loadTables(to, tables, (table) => createReadStream(path.join(workshop, `${table}.gz`)))
    await migrate(to, rules)
    return tables
  })
}

/** Writes every table as CSV with a header line, and all files, sealed ones opened, into a new directory: for other programs and other times. */
export async function exportAll(
  { address, dataDirectory, secrets }: Installation,
  directory: string,
): Promise<TableCount[]> {
  await mkdir(directory, { mode: 0o700 })
  const tables = await exportTables(address, directory)
  const files = path.join(dataDirectory, filesFolder)
  if ((await filesIn(files)).length > 0) await copyOpened(files, path.join(directory, filesFolder), secrets)
  return tables
}

async function readManifest(source: string, member: TarMember | undefined): Promise<Manifest> {
  if (!member) throw new BackupRefused(`${source} 不是本系统的备份。 (It is not a backup of this system.)`)
  const chunks: Buffer[] = []
  for await (const chunk of readMember(source, member)) chunks.push(chunk as Buffer)
  const read = manifestSchema.safeParse(JSON.parse(Buffer.concat(chunks).toString()))
  if (!read.success)
    throw new BackupRefused(
      `${source} 的格式不认识，可能由更新版本的程序制作。 (Unknown format: a newer version may have made it.)`,
    )
  return read.data
}

function demand(members: ReadonlyMap<string, TarMember>, name: string): TarMember {
  const member = members.get(name)
  if (!member) throw new BackupRefused(`备份中缺少 ${name}。 (It is missing from the backup.)`)
  return member
}

const memberOf = (table: string) => `tables/${table}.gz`

function markOf({ fieldKeys, hashKey }: Secrets): string {
  return createHash('sha256')
    .update(JSON.stringify(['mark', fieldKeys[0], hashKey]))
    .digest('hex')
}

/** The files of a directory, without those that are just being written. */
async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const drafts = path.join(directory, draftsFolder)
  const names = entries
    .filter((it) => it.isFile() && it.parentPath !== drafts)
    .map((it) => path.relative(directory, path.join(it.parentPath, it.name)))
  return names.map((name) => name.split(path.sep).join('/')).sort()
}

async function hashFiles(directory: string): Promise<Manifest['files']> {
  const files: Manifest['files'] = []
  for (const name of await filesIn(directory))
    files.push({ name, sha256: await sha256OfFile(path.join(directory, name)) })
  return files
}

async function inWorkshop<T>(beside: string, work: (workshop: string) => Promise<T>): Promise<T> {
  const workshop = await mkdtemp(path.join(beside, '.zhibu-backup-'))
  try {
    return await work(workshop)
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}
