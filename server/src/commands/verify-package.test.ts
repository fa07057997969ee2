import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/directory.ts'
import { exampleContents, exampleFile } from '../../test/sealed-file.ts'
import { examine } from '../platform/packages/four-properties.ts'
import { packFile } from '../platform/packages/pack-file.ts'
import { writeSealedFile } from '../platform/packages/sealed-file-xml.ts'
import { makeOne } from '../platform/papers/made.ts'
import type { Paper } from '../platform/papers/official-paper.ts'
import { startPrinting } from '../platform/papers/printing.ts'
import { verify } from './verify.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
const sound = path.join(directory, 'sound.zip')
let digest = ''

const printing = startPrinting(null)
afterAll(() => printing.close())
const print = (paper: Paper) => makeOne(printing, paper)
const report = examine({
  moment: 'filing',
  file: exampleFile(),
  contents: new Map(),
  packageProblems: null,
  delivery: null,
  seal: null,
  isJournalWhole: null,
})

beforeAll(async () => {
  const metadata = writeSealedFile(exampleFile())
  const open = ({ path: at }: { path: string }) => Readable.from([Buffer.from(exampleContents[at] ?? '')])
  digest = (await packFile({ metadata, report, open, print }, sound)).sha256
})

async function run(...args: string[]) {
  const out: string[] = []
  const code = await verify(args, (line) => out.push(line))
  return { code, out: out.join('\n') }
}

/** The package with its bytes changed. */
async function changed(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const file = path.join(directory, name)
  await writeFile(file, change(await readFile(sound)))
  return file
}

test('a sound package: what was compared, the pages, the four properties', async () => {
  const { code, out } = await run(sound)
  expect(code).toBe(0)
  expect(out.split('\n').filter((line) => !line.startsWith('  真') && !line.startsWith('元数据校验值'))).toEqual([
    'sound.zip',
    'GCXY-DY-2026-0001  张三发展党员材料  工程学院党委',
    '第 1 次封存，2026-11-20，王老师',
    '登记 2 件、20 页、1 条事实、1 条过程记录。',
    '核对了 2 个文件、48 字节、16 个校验值。',
    `整包校验值    ${digest}`,
    '',
    '目录：',
    '  1.  入党申请书  2025-03-01  第 1—4 页',
    '  2.  入党志愿书  入党志愿书 <甲 & 乙>  第 5—20 页',
    '',
    '四性检测（移交接收）：',
    '  完整性  W1 必备元数据齐全：符合。必备元数据齐全。',
    '  完整性  W2 件号连续：符合。件号从 1 到 2 连续。',
    '  完整性  W3 过程信息齐全：符合。有 1 条过程记录，每件都有归档人和时间。',
    '  完整性  W4 每件都有内容：符合。2 件都有内容文件。',
    '  完整性  W5 数量与移交清单一致：未能检查。没有移交清单可以对照。',
    '  完整性  W6 页号连续：符合。共 20 页，页号连续。',
    '  可用性  K1 元数据可读：符合。元数据可以正常读取。',
    '  可用性  K2 内容可以打开：未能检查。没有试着打开。',
    '  可用性  K3 格式适合长期保存：符合。均为 PDF、OFD、TIFF、JPEG、PNG、TXT 或 XML。',
    '  可用性  K4 软硬件环境信息齐全：符合。由支部工作台 0.1.0（Node.js 24）形成。',
    '  可用性  K5 没有加密或专有压缩：未能检查。没有检查是否加密。',
    '  安全性  A1 没有病毒和恶意代码：未能检查。没有接入病毒扫描程序，未经扫描。',
    '  安全性  A2 没有归档范围以外的文件：符合。包内没有清单以外的文件。',
    '  安全性  A3 载体可读：符合。包内文件都能完整读出。',
    '  安全性  A4 过程中没有非授权改动：符合。包内文件自封装以来没有改动。',
    '  安全性  A5 密级不超过系统许可：符合。不涉密。',
    '',
    '结论：完好，与封存时一致。',
  ])
})

test('the digest of the sender is compared', async () => {
  expect(await run(sound, digest)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Z7 接收包与发送包一致：符合'),
  })
  const other = '0'.repeat(64)
  expect(await run(sound, other)).toMatchObject({
    code: 1,
    out: expect.stringContaining(`整包校验值与移交方给出的不符（${digest}），请重新取得。`),
  })
})

test('a changed byte is named, and control characters of a stranger reach no terminal', async () => {
  const file = await changed('changed.zip', (bytes) => {
    const at = bytes.indexOf(Buffer.from('入党志愿书'))
    return bytes.map((byte, place) => (place === at ? byte ^ 1 : byte)) as Buffer
  })
  const { code, out } = await run(file)
  expect(code).toBe(1)
  expect(out).toContain('  data/02 志愿书.pdf：CRC 校验不符，内容已损坏。')
  const named = await changed('named.zip', (bytes) =>
    Buffer.from(bytes.toString('latin1').replaceAll('GCXY-DY-2026-0001/data', 'GCXY-DY-2026\u001b[2J1/data'), 'latin1'),
  )
  expect((await run(named)).out).not.toMatch(/(?!\n)\p{Cc}/u)
})

test('what is no package answers 2', async () => {
  const cut = await changed('cut.zip', (bytes) => bytes.subarray(0, 200))
  expect(await run(cut)).toEqual({
    code: 2,
    out: `无法核验“${cut}”：不是 zip 文件，或者文件不完整，无法核验。请重新取得完整的包。`,
  })
  await expect(run(path.join(directory, 'none.zip'))).rejects.toThrow('不是校验值，也没有这个文件或文件夹')
  await expect(run(sound, 'abc')).rejects.toThrow('包的后面只能写移交方给出的校验值')
  await expect(run(sound, digest, digest)).rejects.toThrow('一次核验一个包')
  await expect(run(digest, sound)).rejects.toThrow('不是校验值')
})

test('it runs without any setting, and on settings that are wrong', async () => {
  const cli = path.join(import.meta.dirname, '../cli.ts')
  const env = { PATH: '/nowhere', ZHIBU_DATA: '/proc/none', DATABASE_URL: 'nonsense' }
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'verify', sound], { env, cwd: directory })
  expect(stdout).toContain('结论：完好')
})
