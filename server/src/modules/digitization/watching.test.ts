import { execFileSync } from 'node:child_process'
import { link, lstat, mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pino } from 'pino'
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { type Behaviour, scanWith } from '../../../test/clamd.ts'
import { temporaryDirectory } from '../../../test/directory.ts'
import { sheetOfLines } from '../../../test/paper/sheets.ts'
import { pdfOf } from '../../../test/papers.ts'
import { stacksOf } from '../../../test/stacks.ts'
import { watchFolder } from '../../platform/watched-folder.ts'
import type { StackRow, StackView } from './schema.ts'
import { lookIntoFolder } from './watching.ts'

let it: TestApp
let department: Browser
let root: string
let look: () => Promise<void>
let seeds = 5000

beforeAll(async () => {
  it = await testApp()
  department = await it.signedIn(it.accounts.department)
})

beforeEach(async () => {
  const { directory } = await temporaryDirectory()
  root = directory
  look = looking()
})

/** A server that looks into the folder; another one remembers nothing of the looks before. */
function looking(): () => Promise<void> {
  const { database, contents, pageReader } = it
  const folder = watchFolder(root)
  return () => lookIntoFolder({ database, contents, pageReader, log: pino({ level: 'silent' }) }, folder)
}

const photo = () => sheetOfLines(seeds++)

/** Puts a file into a folder of an organisation. */
async function put(name: string, bytes: Uint8Array, folder = it.build.branch.name): Promise<string> {
  await mkdir(path.join(root, folder), { recursive: true })
  const file = path.join(root, folder, name)
  await writeFile(file, bytes)
  return file
}

const namesIn = async (...folder: string[]) =>
  (await readdir(path.join(root, it.build.branch.name, ...folder)).catch(() => [])).toSorted()

async function stacks(): Promise<StackView[]> {
  const answer = await department.get('/api/digitization/stacks?limit=200')
  const { items }: { items: StackRow[] } = await answer.json()
  return Promise.all(items.map((row) => stacksOf(it).view(department, row.id)))
}

/** The stacks that something has made, the last first. */
async function madeBy(work: () => Promise<void>): Promise<StackView[]> {
  const before = new Set((await stacks()).map((stack) => stack.id))
  await work()
  return (await stacks()).filter((stack) => !before.has(stack.id))
}

test('files that have not changed between two looks become one stack and are moved', async () => {
  await put('扫描10.png', await photo())
  await put('扫描2.png', await photo())
  await put('一叠.pdf', pdfOf([{ lines: ['入党申请书'] }, { lines: ['第二页'] }]))
  expect(await madeBy(look)).toEqual([])
  const [stack, ...others] = await madeBy(look)
  expect(others).toEqual([])
  expect(stack).toMatchObject({
    ...{ source: 'folder', state: 'reading', begunBy: '扫描文件夹', pageCount: 4, fileCount: 3 },
    organization: { id: it.build.branch.id },
  })
  expect(stack?.files.map((file) => [file.fileName, file.from])).toEqual([
    ['扫描2.png', 1],
    ['扫描10.png', 2],
    ['一叠.pdf', 3],
  ])
  expect([await namesIn(), await namesIn('已接收')]).toEqual([
    ['已接收'],
    ['一叠.pdf', '扫描10.png', '扫描2.png'].toSorted(),
  ])
  expect(await madeBy(look)).toEqual([])
})

test('nothing is taken while a file of the folder is still growing', async () => {
  await put('甲.png', await photo())
  const bytes = await photo()
  const file = await put('乙.png', bytes.subarray(0, 100))
  await look()
  await writeFile(file, bytes)
  expect(await madeBy(look)).toEqual([])
  // Written again with the same size.
  await utimes(file, new Date(), new Date(Date.now() + 5_000))
  expect(await madeBy(look)).toEqual([])
  expect(await madeBy(look)).toMatchObject([{ fileCount: 2 }])
})

test('the folder is found by the code of the organisation, and none is taken of what stands for nobody', async () => {
  const { build } = it
  const coded = await build.organization(build.college, { kind: 'branch', name: '云山学院教工党支部', code: 'YS-07' })
  const gone = await build.organization(build.college, { kind: 'branch', name: '旧支部', dissolvedOn: '2025-01-01' })
  await put('甲.png', await photo(), 'YS-07')
  await put('乙.png', await photo(), gone.name)
  await put('丙.png', await photo(), '没有这个支部')
  await writeFile(path.join(root, '丁.png'), await photo())
  await look()
  expect(await madeBy(look)).toMatchObject([{ organization: { id: coded.id }, fileCount: 1 }])
  expect((await readdir(path.join(root, '没有这个支部'))).toSorted()).toEqual(['丙.png', '请看说明.txt'].toSorted())
  expect(await readFile(path.join(root, gone.name, '请看说明.txt'), 'utf8')).toContain('没有编码或全称为“旧支部”的组织')
  expect((await readdir(root)).includes('丁.png')).toBe(true)
})

test('what cannot be taken is put aside with the reason, and the rest is taken', async () => {
  const secret = path.join(root, '秘密.txt')
  await writeFile(secret, '不能动')
  await put('好.png', await photo())
  await put('坏.pdf', Buffer.from('<html><script>alert(1)</script></html>'))
  await put('空.pdf', Buffer.alloc(0))
  await put('表.csv', Buffer.from('姓名,学号\n'))
  await put('.隐藏.png', await photo())
  await put('~$临时.docx', await photo())
  await put('一半.pdf.part', await photo())
  const here = path.join(root, it.build.branch.name)
  await symlink(secret, path.join(here, '链接.png'))
  execFileSync('mkfifo', [path.join(here, '管道.png')])
  await mkdir(path.join(here, '子文件夹'))
  await symlink(here, path.join(root, '别名'))
  await mkdir(path.join(here, '未接收'))
  await symlink(secret, path.join(here, '未接收', '表.csv.txt'))
  await look()
  const [stack] = await madeBy(look)
  expect(stack?.files.map((file) => file.fileName)).toEqual(['好.png'])
  // Where a link lies in the place of a reason it is not followed.
  const aside = ['坏.pdf', '空.pdf', '表 (2).csv', '链接.png', '管道.png']
  expect(await namesIn('未接收')).toEqual(['表.csv.txt', ...aside.flatMap((name) => [name, `${name}.txt`])].toSorted())
  expect(await namesIn()).toEqual(
    ['.隐藏.png', '~$临时.docx', '一半.pdf.part', '子文件夹', '已接收', '未接收'].toSorted(),
  )
  for (const name of aside)
    expect(await readFile(path.join(here, '未接收', `${name}.txt`), 'utf8')).toMatch(/没有接收|不能归档|可用 PDF/)
  expect((await lstat(path.join(here, '未接收', '链接.png'))).isSymbolicLink()).toBe(true)
  expect(await readFile(secret, 'utf8')).toBe('不能动')
})

test('a file that came in the place of one that is just being taken stays, and is taken by itself', async () => {
  const file = await put('扫描.png', await photo())
  const folder = watchFolder(root)
  await folder.look()
  const [settled] = (await folder.look())[0]?.settled ?? []
  await writeFile(file, await photo())
  if (settled) await folder.accept(it.build.branch.name, settled)
  expect([settled?.name, await namesIn()]).toEqual(['扫描.png', ['扫描.png']])
  await look()
  expect(await madeBy(look)).toMatchObject([{ fileCount: 1 }])
})

test.each<Behaviour>(['hangs up', 'silent', 'failed'])(
  'while the scanner for malware is %s the files stay, and are taken together once it answers',
  async (behaviour) => {
    const note = path.join(root, it.build.branch.name, '请看说明.txt')
    await put('甲.png', await photo())
    await put('乙.png', await photo())
    await scanWith(it.contents, behaviour)
    await look()
    expect(await madeBy(look)).toEqual([])
    expect(await namesIn()).toEqual(['乙.png', '甲.png', '请看说明.txt'].toSorted())
    expect(await readFile(note, 'utf8')).toMatch(/“甲\.png”还没有归档：.*clamd.*\r\n这个文件夹里的文件都留在原处/)
    await scanWith(it.contents, 'honest')
    expect(await madeBy(look)).toMatchObject([{ fileCount: 2 }])
    expect([await namesIn(), await namesIn('已接收')]).toEqual([['已接收'], ['甲.png', '乙.png'].toSorted()])
  },
)

test('what is too large for the scanner is put aside', async () => {
  await put('大.png', await photo())
  await scanWith(it.contents, 'small')
  await look()
  expect(await madeBy(look)).toEqual([])
  expect([await namesIn(), await namesIn('未接收')]).toEqual([['未接收'], ['大.png', '大.png.txt']])
})

test('nothing is read through a folder that has become a link, nor written there', async () => {
  const outside = await temporaryDirectory()
  onTestFinished(outside.remove)
  const here = path.join(root, it.build.branch.name)
  await put('扫描.png', await photo())
  const folder = watchFolder(root)
  await folder.look()
  const [settled] = (await folder.look())[0]?.settled ?? []
  if (!settled) throw new Error('the file has not settled')
  // The very file lies where the link leads, so that everything but its place is as it was seen.
  const moved = path.join(outside.directory, '别处')
  await rename(here, moved)
  await symlink(moved, here)
  expect(await folder.read(it.build.branch.name, settled)).toBe(null)
  await expect(folder.accept(it.build.branch.name, settled)).rejects.toThrow('is no folder')
  await expect(folder.refuse(it.build.branch.name, settled.name, '不收')).rejects.toThrow('is no folder')
  await expect(folder.note(it.build.branch.name, '说明')).rejects.toThrow('is no folder')
  expect(await readdir(moved)).toEqual(['扫描.png'])
  await rm(here)
  await rename(moved, here)
  const bytes = await folder.read(it.build.branch.name, settled)
  expect(Buffer.concat(bytes ? await Array.fromAsync(bytes) : []).length).toBe(settled.sizeBytes)
})

test('a file in whose place a link or another file has come is not read', async () => {
  const file = await put('扫描.png', await photo())
  const other = await put('别的.png', await photo(), '别的')
  const folder = watchFolder(root)
  await folder.look()
  const settled = (await folder.look()).find((found) => found.name === it.build.branch.name)?.settled[0]
  if (!settled) throw new Error('the file has not settled')
  const { branch } = it.build
  await rename(file, `${file}.part`)
  expect(await folder.read(branch.name, settled)).toBe(null)
  await symlink(`${file}.part`, file)
  expect(await folder.read(branch.name, settled)).toBe(null)
  await rm(file)
  await link(other, file)
  expect(await folder.read(branch.name, settled)).toBe(null)
})

test('a file that has a second name on the share, as backups make them, is taken like any other', async () => {
  const file = await put('扫描.png', await photo())
  await mkdir(path.join(root, '备份'))
  await link(file, path.join(root, '备份', '.扫描.png'))
  await look()
  expect(await madeBy(look)).toMatchObject([{ fileCount: 1 }])
})

test('names as long as they can be keep nothing waiting', async () => {
  const [long, bare] = ['长'.repeat(83), '长'.repeat(85)]
  await put(`${long}.csv`, Buffer.from('姓名,学号\n'))
  await put(bare, Buffer.from('姓名,学号\n'))
  await put(`${long}.png`, await photo())
  await look()
  expect(await madeBy(look)).toMatchObject([{ fileCount: 1 }])
  await put(`${long}.png`, await photo())
  await put('甲.png', await photo())
  await look()
  expect(await madeBy(look)).toMatchObject([{ fileCount: 2 }])
  expect(await namesIn('已接收')).toEqual([`${long}.png`, `${'长'.repeat(82)} (2).png`, '甲.png'].toSorted())
  const refused = [`${'长'.repeat(82)}.csv`, '长'.repeat(83)]
  expect(await namesIn('未接收')).toEqual(refused.flatMap((name) => [name, `${name}.txt`]).toSorted())
  expect(await namesIn()).toEqual(['已接收', '未接收'])
})

test('of a server that ends in the middle no file is lost and none is taken twice', async () => {
  const bytes = await photo()
  await put('甲.png', bytes)
  await put('乙.png', await photo())
  await look()
  // It ended when the stack was recorded, and one of the files was moved.
  expect(await madeBy(look)).toMatchObject([{ fileCount: 2 }])
  const here = path.join(root, it.build.branch.name)
  await rename(path.join(here, '已接收', '甲.png'), path.join(here, '甲.png'))
  look = looking()
  await look()
  expect(await madeBy(look)).toEqual([])
  expect([await namesIn(), await namesIn('已接收')]).toEqual([['已接收'], ['甲.png', '乙.png'].toSorted()])
  // The same paper put there again is another file.
  await put('甲.png', bytes)
  await look()
  expect(await madeBy(look)).toMatchObject([{ fileCount: 1 }])
  expect(await namesIn('已接收')).toEqual(['甲 (2).png', '甲.png', '乙.png'].toSorted())
})

test('a file is kept without the identity number in its name', async () => {
  await put('申请书110101200405110321.png', await photo())
  await look()
  const [stack] = await madeBy(look)
  expect(stack?.files.map((file) => file.fileName)).toEqual(['申请书110*************21.png'])
})
