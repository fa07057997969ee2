import { and, eq, isNull, or } from 'drizzle-orm'
import type { Logger } from 'pino'
import { isCode } from '../../platform/binaries.ts'
import type { Contents } from '../../platform/content/content.ts'
import { type Database, type Db, wholeUniversity } from '../../platform/database.ts'
import { maskedNumbers } from '../../platform/identity-numbers.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { record } from '../../platform/journal.ts'
import type { PageReader } from '../../platform/pages/page-reader.ts'
import { Refusal } from '../../platform/refusal.ts'
import { instantInChina } from '../../platform/today.ts'
import { inOneLine, visible } from '../../platform/visible-text.ts'
import type { SettledFile, Subfolder, WatchedFolder } from '../../platform/watched-folder.ts'
import { holdFor, type TakenContent } from '../archive/held-contents.ts'
import { largestFileBytes } from '../archive/schema.ts'
import { organizations, universities } from '../organization/tables.ts'
import { mostFiles, mostPages } from './schema.ts'
import { insertFile, refuseTooMany, subjectOf, takeInPaper } from './service.ts'
import { digitizationFiles, digitizationStacks } from './tables.ts'

/** What looking into the folder stands on. */
export interface FolderGround {
  database: Database
  contents: Contents
  pageReader: PageReader
  log: Logger
}

/** A file whose content lies in the store. */
interface TakenFile {
  file: SettledFile
  content: TakenContent
}

/**
 * Looks into the watched folder: below it a folder for each organisation, named by its code or its full name. The files of one
 * become a stack as soon as none of them has changed since the look before; they are moved when it is recorded, so that a file is
 * neither lost nor taken twice wherever the server ends in between. What cannot be taken is moved aside with the reason.
 */
export async function lookIntoFolder(ground: FolderGround, folder: WatchedFolder): Promise<void> {
  const [university] = await ground.database.app
    .select({ id: universities.id })
    .from(universities)
    .orderBy(universities.createdAt)
    .limit(1)
  if (!university) return
  const tell = (err: unknown) => ground.log.warn({ err }, 'a folder of scans could not be taken in')
  const subfolders = await folder.look().catch((error: unknown) => {
    tell(error)
    return []
  })
  for (const subfolder of subfolders) {
    const { name, settled, strange, isGrowing } = subfolder
    try {
      for (const it of strange)
        await folder.refuse(name, it, '这不是文件（可能是快捷方式、链接或管道），没有接收。请放入文件本身。')
      if (settled.length > 0 && !isGrowing) await takeStack(ground, folder, university.id, subfolder)
    } catch (error) {
      tell(error)
    }
  }
}

async function takeStack(
  { database, contents, pageReader }: FolderGround,
  folder: WatchedFolder,
  tenantId: string,
  { name, settled }: Subfolder,
): Promise<void> {
  const inScope = <T>(work: (db: Db) => Promise<T>) => database.transaction(wholeUniversity(tenantId), work)
  const [organization, ...others] = await inScope((db) => organizationsCalled(db, tenantId, name))
  if (!organization || others.length > 0) {
    const what = organization ? `有 ${others.length + 1} 个` : '没有'
    return folder.note(name, `${what}编码或全称为“${name}”的组织，文件没有接收。请把文件夹改为组织的编码或全称。`)
  }
  const taken: TakenFile[] = []
  for (const file of settled) {
    if (await inScope((db) => wasTaken(db, tenantId, file))) {
      await folder.accept(name, file)
      continue
    }
    if (taken.length === mostFiles) break
    let content: TakenContent | null
    try {
      content = await takenIn({ contents, pageReader }, folder, name, file)
    } catch (error) {
      // A busy reader, a scanner for malware that is down, or half a file: it is looked at again, and what lies beside it waits with it.
      if (error instanceof Refusal && error.isPassing) await folder.note(name, `${error.message}\r\n${waiting}`)
      if (!(error instanceof Refusal) || error.isPassing || error.reason === 'conflict') throw error
      await folder.refuse(name, file.name, error.message)
      continue
    }
    if (content === null) continue
    // The rest becomes a stack at the next look.
    if (taken.reduce((sum, it) => sum + (it.content.pageCount ?? 0), content.pageCount ?? 0) > mostPages) break
    taken.push({ file, content })
  }
  await folder.note(name, null)
  if (taken.length === 0) return
  await inScope((db) => recordStack(db, { tenantId, organization, taken, contentIsThere: contents.store.has }))
  for (const { file } of taken) await folder.accept(name, file)
}

/** The content of a file; null where it has changed or gone. Refuses what a stack does not take. */
async function takenIn(
  { contents, pageReader }: Pick<FolderGround, 'contents' | 'pageReader'>,
  folder: WatchedFolder,
  subfolder: string,
  file: SettledFile,
): Promise<TakenContent | null> {
  const { name, sizeBytes } = file
  if (sizeBytes === 0) throw new Refusal('unreadable', '这是一个空文件，没有接收。请重新扫描。')
  if (sizeBytes > largestFileBytes)
    throw new Refusal('too-large', '文件超过 10 GB，没有接收。请降低扫描分辨率或拆成几个文件。')
  const bytes = await folder.read(subfolder, file).catch((error: unknown) => {
    if (!isCode(error, 'EACCES', 'EPERM')) throw error
    throw new Refusal('unreadable', '服务器没有读取这个文件的权限，没有接收。请修改文件的权限后再放入。')
  })
  if (bytes === null) return null
  const id = await contents.uploads.begin()
  try {
    await contents.uploads.append(id, 0, bytes, { maxBytes: sizeBytes })
    const content = await takeInPaper(contents, pageReader, { id, fileName: fileNameOf(name), sizeBytes })
    refuseTooMany({ files: 1, pages: content.pageCount ?? 0 })
    return content
  } finally {
    await contents.uploads.discard(id)
  }
}

async function recordStack(
  db: Db,
  it: {
    tenantId: string
    organization: { id: string; path: string }
    taken: readonly TakenFile[]
    contentIsThere: (contentId: string) => Promise<boolean>
  },
): Promise<void> {
  const { tenantId, organization, taken, contentIsThere } = it
  const now = new Date()
  const stack = {
    ...{ tenantId, id: newId(), organizationId: organization.id, path: organization.path },
    ...{ name: instantInChina(now).slice(0, 16), source: 'folder' as const, begunByName },
    ...{ begunAt: now, addedAt: now, readAt: now },
  }
  await db.insert(digitizationStacks).values(stack)
  let pages = 0
  for (const [at, { file, content }] of taken.entries()) {
    await holdFor({ db, tenantId }, stack.id, { content, contentIsThere })
    const place = { position: at + 1, from: pages + 1, origin: file.origin }
    await insertFile({ db, tenantId }, stack, { content, fileName: fileNameOf(file.name) }, place)
    pages += content.pageCount ?? 0
  }
  await enqueue(db, 'digitization.read-stack', { tenantId, stackId: stack.id })
  const recorder = { db, tenantId, actor: { accountId: null, name: begunByName }, requestId: newId() }
  const told = { name: stack.name, files: taken.length, pages }
  await record(recorder, 'digitization.stack-received', subjectOf(stack), told)
}

const begunByName = '扫描文件夹'

const waiting = '这个文件夹里的文件都留在原处，服务器会自动再试，不用重新放入。'

/** Organisations that were not dissolved, by code or full name. */
function organizationsCalled(db: Db, tenantId: string, name: string) {
  return db
    .select({ id: organizations.id, path: organizations.path })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, tenantId),
        isNull(organizations.dissolvedOn),
        or(eq(organizations.code, name.normalize('NFC')), eq(organizations.name, name.normalize('NFC'))),
      ),
    )
}

async function wasTaken(db: Db, tenantId: string, { origin }: SettledFile): Promise<boolean> {
  const rows = await db
    .select({ id: digitizationFiles.id })
    .from(digitizationFiles)
    .where(and(eq(digitizationFiles.tenantId, tenantId), eq(digitizationFiles.origin, origin)))
    .limit(1)
  return rows.length > 0
}

/** A name as the archive takes it. */
const fileNameOf = (name: string): string => maskedNumbers(inOneLine(visible(name))).slice(0, 255)
