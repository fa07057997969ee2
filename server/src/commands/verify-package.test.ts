import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/directory.ts'
import { exampleReceipt } from '../../test/receipt.ts'
import { exampleContents, exampleFile } from '../../test/sealed-file.ts'
import { examine } from '../platform/packages/four-properties.ts'
import { packFile } from '../platform/packages/pack-file.ts'
import { type Receipt, writeReceipt } from '../platform/packages/receipt.ts'
import { writeSealedFile } from '../platform/packages/sealed-file-xml.ts'
import { verifyPackage } from '../platform/packages/verify-package.ts'
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
  expect(out).toContain('  data/02 志愿书.pdf：内容已损坏（CRC 校验不符）。')
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

describe('the receipt of whoever took the package over', () => {
  /** A receipt for the sound package, with something changed. */
  async function receiptFor(change: (it: Receipt) => Receipt = (it) => it): Promise<string> {
    const { sha256, tagManifestDigest, metadataDigest } = await verifyPackage(sound)
    const digests = { package: sha256 ?? '', tagManifest: tagManifestDigest ?? '', metadata: metadataDigest ?? '' }
    const file = path.join(directory, 'receipt.xml')
    await writeFile(file, writeReceipt(change(exampleReceipt({ digests }))))
    return file
  }
  const other = '0'.repeat(64)

  test('fits: said who took it over and what', async () => {
    const { code, out } = await run(sound, '--receipt', await receiptFor())
    expect([code, out.slice(out.indexOf('接收回执：')).split('\n')]).toEqual([
      0,
      [
        '接收回执：云山大学 文学院党委，喆老师 于 2026-11-25 接收。',
        '  归档 2 件，已有相同内容 0 件，未接收 0 件。',
        expect.stringMatching(/^ {2}与本包相符（标签清单校验值 [0-9a-f]{64}）。$/),
        '结论：完好，与封存时一致。',
      ],
    ])
  })

  test('may stand before the package, and beside its digest', async () => {
    expect(await run('--receipt', await receiptFor(), sound, digest)).toMatchObject({ code: 0 })
  })

  test.each<[string, (it: Receipt) => Receipt, string]>([
    [
      'another package',
      (it) => ({ ...it, digests: { ...it.digests, tagManifest: other } }),
      '  标签清单 tagmanifest-sha256.txt 的校验值与回执不符',
    ],
    ['other metadata', (it) => ({ ...it, digests: { ...it.digests, metadata: other } }), '  元数据的校验值与回执不符'],
    [
      'another number',
      (it) => ({ ...it, number: 'X-1' }),
      '  回执是 X-1 第 1 次封存的，包是 GCXY-DY-2026-0001 第 1 次封存的。',
    ],
    ['an item less', (it) => ({ ...it, items: it.items.slice(1) }), '  第 1 件《入党申请书》在回执中没有。'],
    [
      'an item more',
      (it) => ({ ...it, items: it.items.flatMap((one) => [one, { ...one, number: one.number + 2 }]) }),
      '  回执多出第 3 件《入党申请书》，包中没有。',
    ],
    [
      'another content',
      (it) => ({ ...it, items: it.items.map((one) => ({ ...one, sha256: other })) }),
      '  第 2 件《入党志愿书 <甲 & 乙>》的校验值与回执不符。',
    ],
  ])('of %s: named', async (_, change, message) => {
    const { code, out } = await run(sound, '--receipt', await receiptFor(change))
    expect([code, out]).toEqual([1, expect.stringContaining(message)])
    expect(out).toContain('结论：有问题')
  })

  test('what was left out is told with its reason', async () => {
    const leavesOut = (it: Receipt): Receipt => ({
      ...it,
      items: it.items.map((one) => (one.number === 1 ? { ...one, fate: 'leftOut', reason: '不属于本院' } : one)),
    })
    expect(await run(sound, '--receipt', await receiptFor(leavesOut))).toMatchObject({
      code: 0,
      out: expect.stringContaining('  未接收第 1 件《入党申请书》：不属于本院'),
    })
  })

  test('what is none is refused', async () => {
    expect(await run(sound, '--receipt', sound)).toMatchObject({ code: 2, out: expect.stringContaining('无法采用') })
    expect(await run(sound, '--receipt', path.join(directory, 'no.xml'))).toMatchObject({
      code: 2,
      out: expect.stringContaining('不存在'),
    })
    await expect(run(sound, '--receipt')).rejects.toThrow('要写接收回执的 XML 文件')
    await expect(run('--receipt', 'a.xml')).rejects.toThrow('要与档案包一起核验')
  })
})

test('it runs without any setting, and on settings that are wrong', async () => {
  const cli = path.join(import.meta.dirname, '../cli.ts')
  const env = { PATH: '/nowhere', ZHIBU_DATA: '/proc/none', DATABASE_URL: 'nonsense' }
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'verify', sound], { env, cwd: directory })
  expect(stdout).toContain('结论：完好')
})
