import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PaperPage, pdfOf } from '../../../test/papers.ts'
import { cornersOnPage } from '../recognition/places.ts'
import { openPageReader, type PageReader, type PageSource } from './page-reader.ts'
import type { PageType, Turn } from './tasks.ts'

let folder: string
let reader: PageReader
const crashes: string[] = []
const onCrash = (error: Error) => void crashes.push(error.message)

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-pages-'))
  reader = await openPageReader(folder, onCrash)
})
beforeEach(() => crashes.splice(0))
afterAll(async () => {
  await reader.close()
  await rm(folder, { recursive: true })
})

const pdf = 'application/pdf'
let made = 0
const source = (type: PageType, bytes: Uint8Array): PageSource => ({
  key: `made ${made++}`,
  type,
  contents: () => [bytes],
})

/** A red picture with a blue left half, so that one sees how it is turned. */
const halves = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: 'red' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: 'blue' } }, left: 0, top: 0 },
  ])

/** The colours near the corners of a picture: upper left, upper right, lower left. */
async function corners(picture: Uint8Array): Promise<string> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => {
    const from = (Math.floor(y * (info.height - 1)) * info.width + Math.floor(x * (info.width - 1))) * info.channels
    const [red = 0, , blue = 0] = data.subarray(from, from + 3)
    return red > 200 && blue > 200 ? 'white' : red > blue ? 'red' : 'blue'
  }
  return [at(0.1, 0.1), at(0.9, 0.1), at(0.1, 0.9)].join(' ')
}

const sizeOf = async (picture: Uint8Array) => {
  const { format, width, height } = await sharp(picture).metadata()
  return { format, width, height }
}

describe('sizes', () => {
  test.each<[string, PageType, () => Buffer | Promise<Buffer>, [number, number][]]>([
    [
      'a PDF, one page turned',
      pdf,
      () => pdfOf([{}, { rotate: 90 }]),
      [
        [595, 842],
        [842, 595],
      ],
    ],
    ['a PDF with a page without area', pdf, () => pdfOf([{ mediaBox: '0 0 0 0' }]), [[612, 792]]],
    ['a PDF with a page as large as a town', pdf, () => pdfOf([{ mediaBox: '0 0 99999999 99999999' }]), [[595, 842]]],
    ['a picture', 'image/png', () => halves(400, 300).png().toBuffer(), [[400, 300]]],
    [
      'a photo that says how it was held',
      'image/jpeg',
      () => halves(400, 300).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
      [[300, 400]],
    ],
    [
      'a TIFF of two pages',
      'image/tiff',
      twoPages,
      [
        [40, 30],
        [40, 30],
      ],
    ],
    ['a moving picture', 'image/gif', movingPicture, [[40, 30]]],
    ['a WebP', 'image/webp', () => halves(40, 30).webp().toBuffer(), [[40, 30]]],
  ])('%s', async (_, type, bytes, sizes) => {
    expect(await reader.describe(source(type, await bytes()))).toEqual(
      sizes.map(([width, height]) => ({ width, height })),
    )
  })
})

async function twoPages(): Promise<Buffer> {
  const frames = await sharp([await halves(40, 30).png().toBuffer(), await halves(40, 30).png().toBuffer()], {
    join: { animated: true },
  })
  return frames.tiff().toBuffer()
}

/** Its first directory names itself as the next. */
function inCircles(tiff: Buffer): Buffer {
  const first = tiff.readUInt32LE(4)
  const end = first + 2 + tiff.readUInt16LE(first) * 12
  tiff.writeUInt32LE(first, end)
  return tiff
}

async function movingPicture(): Promise<Buffer> {
  const frame = await halves(40, 30).png().toBuffer()
  return sharp([frame, frame], { join: { animated: true } })
    .gif()
    .toBuffer()
}

describe('pictures of pages', () => {
  test('as wide as asked for, less where the page would become too high', async () => {
    const narrow = source(pdf, pdfOf([{}, { mediaBox: '0 0 10 9000' }]))
    expect(await sizeOf(await reader.picture(narrow, { page: 0, width: 1200 }))).toEqual({
      format: 'jpeg',
      width: 1200,
      height: 1698,
    })
    expect(await sizeOf(await reader.picture(narrow, { page: 0, width: 160, turn: 90 }))).toEqual({
      format: 'jpeg',
      width: 160,
      height: 113,
    })
    expect(await sizeOf(await reader.picture(narrow, { page: 1, width: 4000 }))).toEqual({
      format: 'jpeg',
      width: 18,
      height: 16000,
    })
  })

  test.each<[string, number, Turn, string]>([
    ['as it is', 1, 0, 'blue red blue'],
    ['turned to the right', 1, 90, 'blue blue red'],
    ['upside down', 1, 180, 'red blue red'],
    ['turned to the left', 1, 270, 'red red blue'],
    ['held to the side', 6, 0, 'blue blue red'],
    ['held to the side and turned back', 6, 270, 'blue red blue'],
    ['held upside down', 3, 0, 'red blue red'],
    ['mirrored', 2, 0, 'red blue red'],
  ])('a photo, %s, and the same in a PDF', async (_, orientation, turn, expected) => {
    const photo = source('image/jpeg', await halves(400, 300).jpeg().withMetadata({ orientation }).toBuffer())
    expect(await corners(await reader.picture(photo, { page: 0, width: 200, turn }))).toBe(expected)
    const joined = await reader.extract([{ source: photo, page: 0, turn }], (file) => shown(file, 0))
    expect(await corners(joined)).toBe(expected)
  })

  test('a Chinese font that a PDF names and does not hold is lent, rare characters of names included', async () => {
    const written = source(pdf, pdfOf([{ lines: ['喆堃祎赟璟昇珺'] }]))
    const { data, info } = await sharp(await reader.picture(written, { page: 0, width: 595 }))
      .extract({ left: 60, top: 60, width: 140, height: 30 })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const darkest = Array.from({ length: 7 }, (_, letter) => {
      const columns = Array.from({ length: 20 }, (_, at) => letter * 20 + at)
      return Math.min(...columns.flatMap((x) => Array.from({ length: 30 }, (_, y) => data[y * info.width + x] ?? 255)))
    })
    expect(darkest.map((it) => it < 120)).toEqual(Array(7).fill(true))
  })

  test('a watermark is in the pixels everywhere, as text and never as mark-up', async () => {
    const white = source(pdf, pdfOf([{}]))
    const wish = { page: 0, width: 900, watermark: '仅供沈知微查阅 <b>&"' }
    const { data } = await sharp(await reader.picture(white, wish))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const quarters = Array.from({ length: 4 }, (_, at) =>
      data.subarray((at * data.length) / 4, ((at + 1) * data.length) / 4).some((it) => it < 230),
    )
    expect(quarters).toEqual([true, true, true, true])
    expect(await sizeOf(await reader.picture(white, { ...wish, width: 60 }))).toEqual({
      format: 'jpeg',
      width: 60,
      height: 85,
    })
  })
})

describe('a line', () => {
  /** A white page with a black bar from a fifth to seven tenths of its width, turned so that it has to be turned back as said. */
  async function barred(turnedBy: Turn, skewedBy: number) {
    const bar = { left: 250, top: 600, width: 500, height: 30 }
    const black = { create: { width: bar.width, height: bar.height, channels: 3, background: 'black' } } as const
    const straight = await sharp({ create: { width: 1000, height: 1400, channels: 3, background: 'white' } })
      .composite([{ input: black, left: bar.left, top: bar.top }])
      .png()
      .toBuffer()
    const came = await sharp(straight)
      .rotate(skewedBy - turnedBy, { background: 'white' })
      .png()
      .toBuffer()
    const { width, height } = await sharp(came).metadata()
    const angle = ((turnedBy - skewedBy) * Math.PI) / 180
    const [s, c] = [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))]
    const whole = { width: width * c + height * s, height: width * s + height * c }
    const corners = cornersOnPage(
      {
        left: 0.5 + (bar.left - 500) / whole.width,
        top: 0.5 + (bar.top - 700) / whole.height,
        width: bar.width / whole.width,
        height: bar.height / whole.height,
      },
      { width, height, turnedBy, skewedBy },
    )
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
    const [x, y] = [Math.min(...xs), Math.min(...ys)]
    const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
    return { came: source('image/png', came), wish: { page: 0, box, turnedBy, skewedBy } }
  }

  test.each([
    [0, 0],
    [0, 4],
    [90, -3],
    [180, 2],
    [270, 0],
  ] as const)(
    'of a page that lies turned by %s° and askew by %s° is shown upright, with a little around it',
    async (turnedBy, skewedBy) => {
      const { came, wish } = await barred(turnedBy, skewedBy)
      const { data, info } = await sharp(await reader.line(came, wish))
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const shade = (x: number, y: number) =>
        data[Math.floor(y * (info.height - 1)) * info.width + Math.floor(x * (info.width - 1))] ?? -1
      expect(Math.abs(info.width - 500)).toBeLessThan(8)
      expect(Math.abs(info.height - 51)).toBeLessThan(5)
      expect(
        [0.02, 0.5, 0.98].map((x) => [0.05, 0.5, 0.95].map((y) => (shade(x, y) < 100 ? 'black' : 'white'))),
      ).toEqual(Array(3).fill(['white', 'black', 'white']))
    },
  )

  test('of a PDF is cut out where its text stands', async () => {
    const paper = source(pdf, pdfOf([{ lines: ['入党申请书', '沈知微'] }]))
    const [lines] = await Array.fromAsync(reader.text(paper))
    const [, name] = lines ?? []
    if (name === undefined) throw new Error('no text')
    const picture = await reader.line(paper, { page: 0, box: name.box, turnedBy: 0, skewedBy: 0 })
    const { width, height } = await sizeOf(picture)
    expect(Math.abs(width / height - name.box.width / ((name.box.height * 1.7 * 842) / 595))).toBeLessThan(0.3)
  })

  test.each([
    ['beyond the page', { x: 2, y: 2, width: 0.1, height: 0.1 }],
    ['without extent', { x: 0.5, y: 0.5, width: 0, height: 0 }],
    ['larger than the page', { x: -1, y: -1, width: 9, height: 9 }],
  ])('%s is a picture all the same', async (_, box) => {
    const paper = source(pdf, pdfOf([{}]))
    const { format } = await sizeOf(await reader.line(paper, { page: 0, box, turnedBy: 0, skewedBy: 0 }))
    expect(format).toBe('jpeg')
  })

  test('has the watermark across it, whole', async () => {
    const paper = source(pdf, pdfOf([{}]))
    const wish = { page: 0, box: { x: 0.1, y: 0.1, width: 0.8, height: 0.02 }, turnedBy: 0, skewedBy: 0 } as const
    const marked = await sharp(await reader.line(paper, { ...wish, watermark: '韩帮 2026-11-23 协助办理' })).stats()
    const plain = await sharp(await reader.line(paper, wish)).stats()
    expect([plain.channels[0]?.min === 255, (marked.channels[0]?.min ?? 255) < 230]).toEqual([true, true])
  })

  test('of a page that is not there is refused', async () => {
    const wish = { page: 7, box: { x: 0, y: 0, width: 1, height: 1 }, turnedBy: 0, skewedBy: 0 } as const
    await expect(reader.line(source(pdf, pdfOf([{}])), wish)).rejects.toMatchObject({ reason: 'not-found' })
  })
})

async function shown(file: string, page: number): Promise<Uint8Array> {
  const written: PageSource = { key: `made ${made++}`, type: pdf, contents: () => createReadStream(file) }
  return reader.picture(written, { page, width: 200 })
}

describe('text', () => {
  test('lines with their places as they are seen, also on a turned page', async () => {
    const paper = source(
      pdf,
      pdfOf([{ lines: ['入党申请书', '沈知微 2025年5月28日'] }, {}, { lines: ['入党'], rotate: 90 }]),
    )
    const pages = []
    for await (const lines of reader.text(paper)) {
      pages.push(
        lines.map(({ text, box }) => [text, ...[box.x, box.y, box.width, box.height].map((it) => it.toFixed(1))]),
      )
    }
    expect(pages).toEqual([
      [
        ['入党申请书', '0.1', '0.1', '0.2', '0.0'],
        ['沈知微 2025年5月28日', '0.1', '0.1', '0.5', '0.0'],
      ],
      [],
      [['入党', '0.9', '0.1', '0.0', '0.1']],
    ])
  })

  test('of a page 5,000 lines are read', async () => {
    const lines = Array.from({ length: 5_001 }, (_, at) => `第${at + 1}行`)
    const paper = source('application/pdf', pdfOf([{ lines, mediaBox: '0 -200000 595 842' }]))
    const [read] = await Array.fromAsync(reader.text(paper))
    expect([read?.length, read?.at(-1)?.text]).toEqual([5_000, '第5000行'])
  })

  test('a picture has none', async () => {
    const pages = []
    for await (const lines of reader.text(source('image/png', await halves(40, 30).png().toBuffer()))) pages.push(lines)
    expect(pages).toEqual([])
  })
})

test('a new PDF takes pages of many kinds in the order that is asked for', async () => {
  const stack = source(pdf, pdfOf([{}, { lines: ['第二页'] }, { rotate: 90 }]))
  const scan = sharp({ create: { width: 1654, height: 2339, channels: 3, background: 'white' } })
  const pages = [
    { source: stack, page: 1 },
    {
      source: source('image/tiff', await scan.toColourspace('b-w').withMetadata({ density: 200 }).tiff().toBuffer()),
      page: 0,
    },
    { source: stack, page: 2, turn: 90 as const },
    { source: source('image/png', await halves(40, 30).png().toBuffer()), page: 0 },
    { source: source('image/webp', await halves(40, 30).webp({ lossless: true }).toBuffer()), page: 0 },
  ]
  await reader.extract(pages, async (file) => {
    const joined: PageSource = { key: 'joined', type: pdf, contents: () => createReadStream(file) }
    const sizes = (await reader.describe(joined)).map(({ width, height }) => [Math.round(width), Math.round(height)])
    expect(sizes).toEqual([
      [595, 842],
      [595, 842],
      [595, 842],
      [793, 595],
      [793, 595],
    ])
    const texts = []
    for await (const lines of reader.text(joined)) texts.push(lines.map((it) => it.text).join())
    expect(texts).toEqual(['第二页', '', '', '', ''])
    expect(await corners(await reader.picture(joined, { page: 3, width: 200 }))).toBe('blue red blue')
    expect(await corners(await reader.picture(joined, { page: 4, width: 200 }))).toBe('blue red blue')
  })
  await expect(reader.extract([{ source: stack, page: 3 }], async () => 'made')).rejects.toMatchObject({
    reason: 'not-found',
    message: '没有第 4 页：文件共 3 页。',
  })
})

describe('what cannot be shown is refused, and the process goes on', () => {
  const text = pdfOf([{ lines: ['入党申请书'] }])
  const locked = pdfOf([{}], {
    trailer: `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> /P -4 >> /ID [<00><00>]`,
  })
  const blank = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: 'red' }, limitInputPixels: false })
  const photo = () => halves(400, 300).jpeg().toBuffer()
  test.each<[string, PageType, () => Buffer | Promise<Buffer>, string]>([
    ['nothing', pdf, () => Buffer.alloc(0), 'unreadable'],
    ['garbage', pdf, () => Buffer.from(`%PDF-1.7\n${'x'.repeat(100_000)}`), 'unreadable'],
    ['half a PDF', pdf, () => text.subarray(0, text.length / 2), 'unreadable'],
    ['a locked PDF', pdf, () => locked, 'unreadable'],
    ['5,001 pages', pdf, () => pdfOf(Array.from({ length: 5_001 }, () => ({}))), 'too-large'],
    ['100,000 pages', pdf, () => pdfOf(Array.from({ length: 100_000 }, () => ({}))), 'too-large'],
    ['a picture bomb', 'image/png', () => blank(20_000).toColourspace('b-w').png().toBuffer(), 'too-large'],
    ['half a photo', 'image/jpeg', async () => (await photo()).subarray(0, 900), 'unreadable'],
    ['a TIFF that leads in circles', 'image/tiff', async () => inCircles(await twoPages()), 'unreadable'],
    ['a PDF as a picture', 'image/png', () => text, 'unreadable'],
    ['a picture as a PDF', pdf, photo, 'unreadable'],
    ['a picture as another', 'image/png', photo, 'unreadable'],
    [
      'a script in a drawing',
      'image/png',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'unreadable',
    ],
  ])('%s', async (_, type, bytes, reason) => {
    const hostile = source(type, await bytes())
    await expect(reader.picture(hostile, { page: 0, width: 200 })).rejects.toMatchObject({ reason })
    await expect(reader.extract([{ source: hostile, page: 0 }], async () => 'made')).rejects.toMatchObject({ reason })
    expect(await reader.describe(source(pdf, text))).toHaveLength(1)
    expect(crashes).toEqual([])
  })

  test('a page that is not there', async () => {
    await expect(reader.picture(source(pdf, text), { page: 1, width: 200 })).rejects.toMatchObject({
      reason: 'not-found',
    })
  })
})

const tenTimes = (form: number) => `/X${form} Do `.repeat(10)
const drawingsInDrawings = [...Array.from({ length: 12 }, (_, at) => tenTimes(at + 1)), '0 0 m 500 500 l S']

describe('what takes too much brings down the process, and only that', () => {
  let place: string
  let small: PageReader
  beforeEach(async () => {
    place = await mkdtemp(path.join(os.tmpdir(), 'zhibu-pages-'))
  })
  afterEach(async () => {
    await small.close()
    expect(await readdir(place)).toEqual([])
    await rm(place, { recursive: true })
  })

  test('memory', async () => {
    small = await openPageReader(place, onCrash, { memoryMiB: 256 })
    const large = sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: 'red' } })
    const hostile = source('image/jpeg', await large.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer())
    await expect(small.picture(hostile, { page: 0, width: 200 })).rejects.toMatchObject({ reason: 'too-large' })
    expect(crashes).toEqual([expect.stringContaining('SIGKILL')])
    expect(await small.describe(source(pdf, pdfOf([{}])))).toHaveLength(1)
  })

  test.each<[string, PaperPage, string[], RegExp]>([
    ['memory for drawings in drawings', { draws: '/X0 Do' }, drawingsInDrawings, /no memory left|SIGKILL/],
    ['time to paint a large page again and again', { draws: '0 0 595 842 re f '.repeat(200_000) }, [], /SIGKILL/],
  ])('%s', async (_, page, forms, ended) => {
    small = await openPageReader(place, onCrash, { timeoutMs: 6_000 })
    const hostile = source(pdf, pdfOf([page], { forms }))
    await expect(small.picture(hostile, { page: 0, width: 4_000 })).rejects.toMatchObject({ reason: 'too-large' })
    expect(crashes).toEqual([expect.stringMatching(ended)])
    expect(await small.describe(source(pdf, pdfOf([{}])))).toHaveLength(1)
  })

  test('beyond those who may wait others are refused, and an old folder is emptied', async () => {
    await writeFile(path.join(place, 'left by a killed server'), 'x')
    small = await openPageReader(place, onCrash, { maxWaiting: 1 })
    expect(await readdir(place)).toEqual([])
    const paper = source(pdf, pdfOf([{}]))
    const first = small.describe(paper)
    const second = small.describe(paper)
    await expect(second).rejects.toMatchObject({ reason: 'too-many' })
    expect(await first).toHaveLength(1)
  })

  test('what is looked at comes before small pictures, those before the text; nobody waits for what nobody wants', async () => {
    small = await openPageReader(place, onCrash)
    const paper = source(pdf, pdfOf([{ lines: ['入党申请书'] }]))
    const done: string[] = []
    const gone = new AbortController()
    const first = small.describe(paper)
    // Behind the first, whose process has yet to start.
    const others = [
      Array.fromAsync(small.text(paper)).then(() => done.push('text')),
      small.picture(paper, { page: 0, width: 200 }).then(() => done.push('small')),
      small.picture(paper, { page: 0, width: 800 }, gone.signal).then(
        () => done.push('unwanted'),
        () => done.push('not drawn'),
      ),
      small.picture(paper, { page: 0, width: 800 }).then(() => done.push('large')),
    ]
    gone.abort()
    await Promise.all([first, ...others])
    expect(done).toEqual(['not drawn', 'large', 'small', 'text'])
  })

  test('what could not be fetched leaves nothing behind', async () => {
    small = await openPageReader(place, onCrash)
    const broken: PageSource = {
      key: 'broken',
      type: pdf,
      async *contents() {
        yield Buffer.from('%PDF')
        throw new Error('the store is gone')
      },
    }
    await expect(small.describe(broken)).rejects.toThrow('the store is gone')
    expect(await readdir(place)).toEqual([])
    const whole: PageSource = {
      ...broken,
      contents: async function* () {
        yield pdfOf([{}])
      },
    }
    expect(await small.describe(whole)).toHaveLength(1)
  })
})
