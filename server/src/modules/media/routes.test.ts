import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, type TestApp, testApp } from '../../../test/app.ts'
import { today } from '../../../test/factories.ts'
import { upload } from '../../../test/uploads.ts'

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
