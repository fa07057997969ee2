import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { factsOnPaper, type PaperFact, titlesOfPaper } from '@zhibu/rules'
import sharp from 'sharp'
import { renderSVG } from 'uqr'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { damaged } from '../../../test/paper/damage.ts'
import { drawPaper } from '../../../test/paper/paper.ts'
import { Refusal } from '../refusal.ts'
import { openRecogniser, type ReadingLimits } from './recogniser.ts'

const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-pages-'))
afterAll(() => rm(directory, { recursive: true, force: true }))

// Other tests take their share of the machine, and a page takes seconds of two cores.
const longEnough = 600_000

const form = await drawPaper('form', 1, 150)
const blank = await sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#eeeeea' } })
  .png()
  .toBuffer()
const coded = await sharp(blank)
  .composite([{ input: Buffer.from(renderSVG('zhibu:1/abc', { pixelSize: 8 })), left: 800, top: 100 }])
  .jpeg()
  .toBuffer()

function reader(limits: Partial<ReadingLimits> = {}, library?: string) {
  const opened = library === undefined ? openRecogniser(limits) : openRecogniser(limits, library)
  onTestFinished(() => opened.close())
  return opened
}

/** A library that reads as the real one does, but for what is said here. */
async function library(detect: string, create = 'return { detect }'): Promise<string> {
  const file = path.join(directory, `${crypto.randomUUID()}.mjs`)
  await writeFile(
    file,
    `import { writeFileSync } from 'node:fs'
     const detect = async () => { ${detect} }
     export default { create: async () => { ${create} } }`,
  )
  return file
}

test('a photographed form that lies upside down is read, line by line', { timeout: longEnough }, async () => {
  const photo = await sharp(await damaged((await drawPaper('form', 1)).picture, 'photo', 1))
    .rotate(180)
    .toBuffer()
  const page = await reader().read(photo)
  expect(page.lines?.slice(0, 7).map((it) => it.text)).toEqual(form.lines.slice(0, 7))
  expect([page.turnedBy, page.isBlank, page.codes]).toEqual([180, false, []])
  expect(
    page.lines?.every(
      ({ box }) => box.left >= 0 && box.top >= 0 && box.left + box.width <= 1 && box.top + box.height <= 1,
    ),
  ).toBe(true)
  const tops = page.lines?.map((it) => it.box.top) ?? []
  expect(tops).toEqual(tops.toSorted((one, other) => one - other))
  expect((await sharp(page.straight).metadata()).format).toBe('jpeg')

  const texts = page.lines?.map((it) => it.text) ?? []
  const found = (kind: PaperFact['kind']) => factsOnPaper(texts).flatMap((it) => (it.kind === kind ? [it.value] : []))
  expect((['identityNumber', 'phoneNumber', 'day', 'name'] as const).map(found)).toEqual([
    form.identityNumbers,
    form.phoneNumbers,
    form.days,
    [...form.names, form.names.at(-1)],
  ])
  expect(titlesOfPaper(texts)[0]?.place).toBe('observationRegister')
})

test('a page without marks that tell which way is up is read the other way when it makes no sense', {
  timeout: longEnough,
}, async () => {
  const { width, height } = await sharp(form.picture).metadata()
  const top = await sharp(form.picture)
    .extract({ left: 0, top: 0, width, height: Math.round(height * 0.34) })
    .rotate(180)
    .toBuffer()
  const page = await reader().read(top)
  expect([page.turnedBy, page.lines?.map((it) => it.text)]).toEqual([180, form.lines.slice(0, 7)])
})

test('pages are read one after another, blank ones and covers among them', { timeout: longEnough }, async () => {
  const it = reader()
  const pages = await Promise.all([blank, coded, form.picture].map((picture) => it.read(picture)))
  expect(pages.map(({ isBlank, codes, lines }) => [isBlank, codes.map((code) => code.text), lines?.[0]?.text])).toEqual(
    [
      [true, [], undefined],
      [false, ['zhibu:1/abc'], undefined],
      [false, [], form.lines[0]],
    ],
  )
})

test.each([
  ['is not installed', '@gutenye/ocr-node-hidden', '服务器没有安装文字识别组件'],
  ['is another one', await library('', 'return {}'), '在这台服务器上无法运行'],
  ['fails at its start', await library('', 'throw new Error("no model")'), 'no model'],
  ['brings the process down', await library('', 'process.abort()'), '一启动就中断'],
])('where the recogniser %s, it is said, and codes are read', async (_, name, reason) => {
  const it = reader({}, name)
  expect(await it.letters()).toEqual({ isAvailable: false, reason: expect.stringContaining(reason) })
  const page = await it.read(coded)
  expect([page.codes.map((code) => code.text), 'lines' in page]).toEqual([['zhibu:1/abc'], false])
})

test.each([
  ['never ends', 'for (;;);', { pageTimeoutMs: 1500 }, '用了 2 秒还没有完成'],
  ['waits for ever', 'await new Promise(() => {})', { pageTimeoutMs: 1500 }, '用了 2 秒还没有完成'],
  ['crashes', 'process.abort()', {}, '程序中断'],
  ['throws', 'throw new Error("broken")', {}, '程序中断'],
  [
    'takes all memory',
    'const all = []; for (;;) all.push(Buffer.alloc(20_000_000, 1))',
    { memoryMiB: 600 },
    '超出了内存限制',
  ],
])(
  'a page on which the recogniser %s is refused, and there is a new process for the next',
  async (_, detect, limits, why) => {
    const it = reader(limits, await library(detect))
    const refused = await it.read(form.picture).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ reason: 'unreadable', message: expect.stringContaining(why) })
    expect(await it.letters()).toEqual({ isAvailable: true })
  },
)

const huge = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: 'white' } })
  .png()
  .toBuffer()
const damagedFiles: [string, Uint8Array, string, string][] = [
  ['nothing', Buffer.alloc(0), 'unreadable', '不是完好的图片'],
  ['text', Buffer.from('入党申请书'), 'unreadable', '不是完好的图片'],
  ['a PDF', Buffer.from('%PDF-1.7\n%%EOF'), 'unreadable', '不是完好的图片'],
  [
    'an SVG',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'),
    'unreadable',
    '不是完好的图片',
  ],
  ['half a JPEG', coded.subarray(0, coded.length / 2), 'unreadable', '不是完好的图片'],
  ['half a PNG', form.picture.subarray(0, form.picture.length / 2), 'unreadable', '不是完好的图片'],
  ['256 million pixels in a small file', huge, 'too-large', '16000×16000 像素，超过 1 亿像素'],
  [
    '31 pixels',
    await sharp(blank).resize({ width: 31, height: 40 }).toBuffer(),
    'unreadable',
    '31×40 像素，看不清文字',
  ],
]
test('what is no sound picture of a page is refused with a reason, and reading goes on in the same process', async () => {
  const it = reader({ memoryMiB: 1024 }, await library('return []'))
  const refusals = []
  for (const [what, file] of damagedFiles) {
    const refused: unknown = await it.read(file).catch((error: unknown) => error)
    refusals.push([what, refused instanceof Refusal ? [refused.reason, refused.message] : refused])
  }
  expect(refusals).toEqual(damagedFiles.map(([what, , reason, why]) => [what, [reason, expect.stringContaining(why)]]))
  expect((await it.read(await sharp(blank).resize({ width: 32, height: 32, fit: 'fill' }).toBuffer())).isBlank).toBe(
    true,
  )
})

test('the process ends when there is nothing to read, and begins anew', async () => {
  const it = reader(
    { idleMs: 20 },
    await library(
      'return []',
      `writeFileSync(${JSON.stringify(path.join(directory, 'idle'))}, String(process.pid)); return { detect }`,
    ),
  )
  await it.letters()
  const first = Number(await readFile(path.join(directory, 'idle'), 'utf8'))
  await vi.waitFor(() => expect(isRunning(first)).toBe(false), 300_000)
  await it.letters()
  expect(Number(await readFile(path.join(directory, 'idle'), 'utf8'))).not.toBe(first)
})

test('a page during which the reader is closed is not called unreadable', async () => {
  const note = path.join(directory, 'closed')
  const it = reader({}, await library(`writeFileSync(${JSON.stringify(note)}, ''); for (;;);`))
  const read = it.read(form.picture).catch((error: unknown) => error)
  await vi.waitFor(() => readFile(note), 300_000)
  it.close()
  expect(await read).not.toBeInstanceOf(Refusal)
  await expect(it.read(blank)).rejects.toThrow('closed')
})

test('the process ends with a server that is killed in the middle of a page', async () => {
  const note = path.join(directory, 'killed')
  const hanging = await library(`writeFileSync(${JSON.stringify(note)}, String(process.pid)); for (;;);`)
  const picture = path.join(directory, 'form.png')
  await writeFile(picture, form.picture)
  const script = path.join(directory, 'server.mjs')
  await writeFile(
    script,
    `import { readFileSync } from 'node:fs'
     import { openRecogniser } from ${JSON.stringify(path.join(import.meta.dirname, 'recogniser.ts'))}
     await openRecogniser({}, ${JSON.stringify(hanging)}).read(readFileSync(${JSON.stringify(picture)}))`,
  )
  const server = spawn(process.execPath, [script], { stdio: 'ignore' })
  const pid = await vi.waitFor(
    async () => Number(await readFile(note, 'utf8')) || Promise.reject(new Error('not yet')),
    300_000,
  )
  expect(isRunning(pid)).toBe(true)
  server.kill('SIGKILL')
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 300_000)
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
