import PizZip from 'pizzip'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { encryption, today } from '../../../test/factories.ts'
import { mp3, mp4, personal } from '../../../test/media-files.ts'
import { upload } from '../../../test/uploads.ts'
import { Actor, type Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { tidyArchive } from '../archive/jobs.ts'
import { tidyMedia } from './jobs.ts'
import { assertUsable, findMedia } from './queries.ts'
import { mediaVariants } from './tables.ts'
import { setUses } from './uses.ts'

let it: TestApp
let secretary: Browser
let student: Browser
let stranger: Browser
let publicity: Browser
let department: Browser

beforeAll(async () => {
  it = await testApp()
  secretary = await it.signedIn(it.accounts.secretary)
  student = await it.signedIn(it.accounts.applicant)
  stranger = await it.signedIn(it.accounts.stranger)
  publicity = await it.signedIn(it.accounts.publicity)
  department = await it.signedIn(it.accounts.department)
})

const exampleZip = async (name = '提纲.txt') => new PizZip().file(name, '学习提纲').generate({ type: 'nodebuffer' })

const exact = (bytes: Uint8Array) => new Uint8Array(bytes)
const secret = '北纬30度张三家'

/** A photo of a phone that lies on its side: red with a blue left third, with a place, a name and an editor in it. */
const photo = (width = 3000, height = 2000) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } })
    .composite([{ input: { create: { width: width / 3, height, channels: 3, background: 'blue' } }, left: 0, top: 0 }])
    .jpeg()
    .withExif({
      IFD0: { Orientation: '6', Artist: secret, ImageDescription: secret },
      IFD3: { GPSLatitude: '30/1 15/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><r>${secret}</r></x:xmpmeta>`)
    .withMetadata({ orientation: 6 })
    .toBuffer()

async function add(browser: Browser, bytes: Uint8Array, fileName = '合影.jpg', more: object = {}) {
  const uploadId = await upload(browser, exact(bytes), fileName, 'media')
  return browser.post('/api/media/items', { uploadId, ...more })
}

async function added(browser: Browser, bytes: Uint8Array, fileName?: string, more?: object): Promise<string> {
  const answer = await add(browser, bytes, fileName, more)
  expect([answer.status, await answer.clone().json()]).toEqual([201, { id: expect.any(String) }])
  return (await answer.json()).id
}

const contentOf = async (id: string, wish = '', browser = student) => {
  const answer = await browser.get(`/api/media/items/${id}/content${wish}`)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

describe('a picture', () => {
  test('is made anew: upright, bounded, with nothing that is not seen; and in narrower widths', async () => {
    const original = await photo()
    expect(original.includes(Buffer.from(secret))).toBe(true)
    const id = await added(student, original)
    const { createdAt, ...view } = await (await student.get(`/api/media/items/${id}`)).json()
    expect(view).toEqual({
      id,
      kind: 'picture',
      mediaType: 'image/jpeg',
      sizeBytes: expect.any(Number),
      width: 1707,
      height: 2560,
      durationSeconds: null,
      fileName: '合影.jpg',
      altText: '',
      credit: '',
      showsPersons: 'unknown',
      consentNote: null,
      consentOn: null,
      organization: { id: it.build.branch.id, name: it.build.branch.name },
      uploaderName: '王一舟',
      withdrawnAt: null,
      withdrawalReason: null,
      revision: 1,
      widths: [480, 960, 1600],
      texts: [],
      isUsed: false,
      can: { change: true, withdraw: true },
    })
    const sizes = []
    for (const wish of ['', '?width=481', '?width=480', '?width=1', '?width=1601']) {
      const bytes = await contentOf(id, wish)
      const { width, height, exif, xmp, icc, iptc, orientation } = await sharp(bytes).metadata()
      expect([exif, xmp, icc, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined])
      expect(bytes.includes(Buffer.from(secret))).toBe(false)
      sizes.push([width, height])
    }
    expect(sizes).toEqual([
      [1707, 2560],
      [960, 1440],
      [480, 720],
      [480, 720],
      [1707, 2560],
    ])
    // What lay on the left lies at the top.
    const { data } = await sharp(await contentOf(id))
      .extract({ left: 800, top: 100, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(data[2]).toBeGreaterThan(200)
  })

  test('is cut in exactly the size that is asked for, once', async () => {
    const id = await added(student, await photo())
    const order = { box: { x: 0, y: 0.5, width: 1, height: 0.25 }, size: { width: 900, height: 383 } }
    const first = await student.post(`/api/media/items/${id}/crops`, order)
    expect(first.status).toBe(201)
    const made = await first.json()
    expect(made).toEqual({ crop: expect.stringMatching(/^[0-9a-f]{32}$/), width: 900, height: 383 })
    expect(await (await student.post(`/api/media/items/${id}/crops`, order)).json()).toEqual(made)
    const { width, height } = await sharp(await contentOf(id, `?crop=${made.crop}`)).metadata()
    expect([width, height]).toEqual([900, 383])
    expect((await student.get(`/api/media/items/${id}/content?crop=${'0'.repeat(32)}`)).status).toBe(404)
    const beyond = { ...order, box: { ...order.box, height: 0.51 } }
    expect((await student.post(`/api/media/items/${id}/crops`, beyond)).status).toBe(400)
    // As many as anybody needs, and no more: they would fill the disk.
    const content = { contentId: '0'.repeat(64), mediaType: 'image/jpeg', sizeBytes: 1, width: 16, height: 16 }
    const more = Array.from({ length: 199 }, (_, at) => ({ ...content, form: `crop-${at}` }))
    const { tenantId } = it.build
    await it.build.look((db) =>
      db.insert(mediaVariants).values(more.map((form) => ({ tenantId, mediaId: id, ...form }))),
    )
    const another = await student.post(`/api/media/items/${id}/crops`, { ...order, size: { width: 450, height: 191 } })
    expect([another.status, (await another.json()).detail]).toEqual([
      409,
      '“合影.jpg”已经裁剪过 200 次，不能再裁剪。请重新上传这张图片。',
    ])
    expect((await student.post(`/api/media/items/${id}/crops`, order)).status).toBe(201)
  })

  test('is sent so that nothing in it runs, and not again where it is known', async () => {
    const id = await added(student, await photo(300, 200))
    const answer = await student.get(`/api/media/items/${id}/content`)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'private, max-age=600',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
    })
    const etag = answer.headers.get('etag') ?? ''
    expect((await student.get(`/api/media/items/${id}/content`, { 'if-none-match': etag })).status).toBe(304)
    const part = await student.get(`/api/media/items/${id}/content`, { range: 'bytes=0-1' })
    expect([part.status, Buffer.from(await part.arrayBuffer()).toString('hex')]).toEqual([206, 'ffd8'])
  })
})

describe('what is brought in:', () => {
  const polyglot = async () =>
    Buffer.concat([await photo(60, 40), Buffer.from(`<html><script>alert("${secret}")</script>`)])
  const withText = async () => {
    const png = await sharp({ create: { width: 60, height: 40, channels: 4, background: '#f008' } })
      .png()
      .toBuffer()
    const text = Buffer.from(`Author\0${secret}`)
    const chunk = Buffer.alloc(8)
    chunk.writeUInt32BE(text.length)
    chunk.write('tEXt', 4)
    return Buffer.concat([png.subarray(0, 33), chunk, text, Buffer.from([0, 0, 0, 0]), png.subarray(33)])
  }

  test.each<[string, string, () => Promise<Buffer>, object]>([
    ['a JPEG with a page behind it', '合影.jpg', polyglot, { mediaType: 'image/jpeg', width: 40, height: 60 }],
    ['a PNG with text in it', '海报.png', withText, { mediaType: 'image/png', width: 60, height: 40 }],
    [
      'a GIF, of which the first picture stays',
      '动图.gif',
      () =>
        sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
          .gif()
          .toBuffer(),
      { mediaType: 'image/png', width: 60, height: 40 },
    ],
    [
      'a film',
      '微党课.mov',
      async () => mp4('avc1', { brand: 'qt  ' }),
      { mediaType: 'video/mp4', durationSeconds: 5, height: 720 },
    ],
    ['a sound', '录音.mp3', async () => mp3(), { kind: 'sound', mediaType: 'audio/mpeg', durationSeconds: 0.99 }],
  ])('%s is kept without anything personal', async (_, fileName, bytes, facts) => {
    const id = await added(student, await bytes(), fileName)
    expect(await (await student.get(`/api/media/items/${id}`)).json()).toMatchObject(facts)
    const kept = await contentOf(id)
    for (const leak of [secret, personal, '<script', '张三']) expect(kept.includes(Buffer.from(leak))).toBe(false)
  })

  test('a file to take away is only taken away', async () => {
    const id = await added(student, await exampleZip(), '学习材料.zip')
    const answer = await student.get(`/api/media/items/${id}/content`)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''%E5%AD%A6%E4%B9%A0%E6%9D%90%E6%96%99.zip",
    )
  })

  test.each<[string, string, () => Promise<Buffer> | Buffer, RegExp]>([
    [
      'a page that is called a picture',
      '照片.jpg',
      () => Buffer.from('<html><script>alert(1)</script></html>'),
      /网页/,
    ],
    [
      'a drawing in which scripts may be',
      '党徽.svg',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      /SVG/,
    ],
    [
      'a photo that most do not open',
      'a.heic',
      () => Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(64)]),
      /HEIC/,
    ],
    ['a picture that broke off', 'a.jpg', async () => (await photo(600, 400)).subarray(0, 700), /损坏/],
    ['a film that most do not play', 'a.mp4', () => mp4('hvc1'), /HEVC/],
    ['a program', 'a.exe', () => Buffer.from('MZ'), /程序/],
    ['a packet with a program', 'a.zip', () => exampleZip('安装.exe'), /程序/],
    ['plain text', 'a.txt', () => Buffer.from('入党申请书'), /认不出/],
  ])('%s is refused with the reason', async (_, fileName, bytes, why) => {
    const answer = await add(student, await bytes(), fileName)
    expect([answer.status, (await answer.json()).detail]).toEqual([422, expect.stringMatching(why)])
  })

  test('a bomb is refused before it is opened', async () => {
    // The head of a PNG of 60,000 × 60,000 pixels.
    const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    png.writeUInt32BE(60_000, 16)
    png.writeUInt32BE(60_000, 20)
    expect((await add(student, png, '大图.png')).status).toBe(422)
  })
})

test('a film has words and chapters, written anew; a picture has none', async () => {
  const id = await added(student, mp4(), '微党课.mp4')
  const put = (text: string, of = id) => student.put(`/api/media/items/${of}/texts/captions`, { text })
  expect((await put('1\n00:00:01,000 --> 00:00:02,000\n<script>好</script>')).status).toBe(204)
  const answer = await student.get(`/api/media/items/${id}/texts/captions`)
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual([
    'text/vtt; charset=utf-8',
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n好\n',
  ])
  expect((await (await student.get(`/api/media/items/${id}`)).json()).texts).toEqual(['captions'])
  expect((await put('好')).status).toBe(422)
  expect((await put('')).status).toBe(204)
  expect((await student.get(`/api/media/items/${id}/texts/captions`)).status).toBe(404)
  expect((await put('', await added(student, await photo(30, 20)))).status).toBe(409)
})

describe('what is used nowhere', () => {
  const inBranch = <T>(work: (ctx: Context) => Promise<T>) => {
    const { tenantId, look, wang } = it.build
    const actor = new Actor({ accountId: it.accounts.applicant.id, personId: wang.id, name: '王一舟' })
    return look((db) => work({ db, tenantId, actor, today, requestId: newId(), encryption }))
  }
  const days = (count: number) => new Date(Date.now() + count * 86_400_000)
  const isThere = async (id: string) => (await student.get(`/api/media/items/${id}/content`)).status === 200

  test('is taken away after thirty days, its content in one of the next nights; what is used stays', async () => {
    const [unused, used, formerly] = [
      await added(student, await photo(33, 20)),
      await added(student, await photo(36, 20)),
      await added(student, await photo(39, 20)),
    ]
    const owner = { module: 'test', id: newId() }
    await inBranch(async (ctx) => {
      expect((await assertUsable(ctx, [used])).map((one) => one.id)).toEqual([used])
      await setUses(ctx, owner, [used, formerly])
    })
    await inBranch((ctx) => setUses(ctx, owner, [used]))
    expect((await (await student.get(`/api/media/items/${used}`)).json()).isUsed).toBe(true)
    await tidyMedia(it.database, days(29))
    expect(await Promise.all([unused, used, formerly].map(isThere))).toEqual([true, true, true])
    // The store keeps what is held, however old it is.
    await tidyArchive(it.database, it.contents, days(40))
    expect(await isThere(unused)).toBe(true)
    await tidyMedia(it.database, days(31))
    expect(await Promise.all([unused, used, formerly].map(isThere))).toEqual([false, true, false])
    const { contentId } = (await inBranch((ctx) => findMedia(ctx, [used]))).get(used) ?? { contentId: '' }
    const before = (await Array.fromAsync(it.contents.store.list())).length
    await tidyArchive(it.database, it.contents, days(40))
    expect((await Array.fromAsync(it.contents.store.list())).length).toBeLessThan(before)
    expect(await it.contents.store.has(contentId)).toBe(true)
  })

  test('what was withdrawn, or is of somebody else, is not usable', async () => {
    const id = await added(student, await photo(42, 20))
    const others = await added(secretary, await photo(45, 20))
    await expect(inBranch((ctx) => assertUsable(ctx, [id, others]))).rejects.toMatchObject({ reason: 'not-found' })
    await student.post(`/api/media/items/${id}/withdrawal`, { reason: '不再使用' })
    await expect(inBranch((ctx) => assertUsable(ctx, [id]))).rejects.toMatchObject({ reason: 'conflict' })
  })
})

describe('who sees it:', () => {
  test('whoever brought it in, and who publishes there; others are told that there is none', async () => {
    const id = await added(student, await photo(300, 200))
    const seen = async (browser: Browser) => [
      (await browser.get(`/api/media/items/${id}`)).status,
      (await browser.get(`/api/media/items/${id}/content`)).status,
      (await (await browser.get('/api/media/items?of=organization')).json()).items.some(
        (one: { id: string }) => one.id === id,
      ),
    ]
    expect(await seen(secretary)).toEqual([200, 200, true])
    expect(await seen(publicity)).toEqual([200, 200, true])
    // Reads the files of everybody, and publishes nothing.
    expect(await seen(department)).toEqual([404, 404, false])
    expect(await seen(stranger)).toEqual([404, 404, false])
    const { items } = await (await student.get('/api/media/items')).json()
    expect(items.map((one: { id: string }) => one.id)).toContain(id)
  })

  test('nobody any more once it was withdrawn', async () => {
    const id = await added(student, await photo(300, 200))
    const withdraw = (browser: Browser) => browser.post(`/api/media/items/${id}/withdrawal`, { reason: '同学不愿出镜' })
    expect((await withdraw(stranger)).status).toBe(404)
    expect((await withdraw(secretary)).status).toBe(204)
    expect((await withdraw(student)).status).toBe(409)
    expect((await student.get(`/api/media/items/${id}/content`)).status).toBe(409)
    expect((await (await student.get(`/api/media/items/${id}`)).json()).withdrawalReason).toBe('同学不愿出镜')
  })
})

test('what is said of it is changed on the newest reading, and consent has a note and a day', async () => {
  const id = await added(student, await photo(300, 200))
  const change = (json: object, revision: number) =>
    student.patch(`/api/media/items/${id}`, json, { 'if-match': `"${revision}"` })
  const consented = {
    altText: '主题党日合影',
    showsPersons: 'consented',
    consentNote: '现场口头同意',
    consentOn: today,
  }
  expect((await change({ ...consented, consentOn: null }, 1)).status).toBe(400)
  expect((await change({ ...consented, consentNote: '' }, 1)).status).toBe(400)
  expect((await change({ ...consented, consentOn: '2199-01-01' }, 1)).status).toBe(400)
  expect((await change(consented, 1)).status).toBe(204)
  expect((await change(consented, 1)).status).toBe(412)
})
