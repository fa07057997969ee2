import { access, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildWeb } from './build.ts'
import { earlyFile } from './early.ts'
import { noncePlaceholder } from './vite.config.ts'

let built: string
let html: string

beforeAll(async () => {
  const folders = await Promise.all([buildWeb(), buildWeb()])
  expect(folders[1]).toBe(folders[0])
  built = folders[0]
  html = await readFile(path.join(built, 'index.html'), 'utf8')
})

test('the page has no inline script, no inline style without the nonce, and no address of another host', () => {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([^<]*)<\/script>/g)].map(([, attributes = '', code]) => ({
    hasFile: /\ssrc="\//.test(attributes),
    code,
  }))
  expect(scripts).toEqual([{ hasFile: true, code: '' }])
  expect(html).not.toMatch(/<style(?! nonce="__CSP_NONCE__">)|\sstyle=|\son\w+=|https?:|src="\/\/|href="\/\//)
})

test('what is shown until the scripts are there stands before every style sheet', () => {
  expect(html.indexOf('正在打开…')).toBeGreaterThan(0)
  expect(html.indexOf('rel="stylesheet"')).toBeGreaterThan(html.indexOf('正在打开…'))
})

test('the files with which the first pages begin are there, and none of them twice', async () => {
  const early: Record<string, Record<string, string>> = JSON.parse(await readFile(path.join(built, earlyFile), 'utf8'))
  const links = Object.values(early).flatMap((pages) => Object.values(pages))
  expect(links.length).toBe(3)
  for (const it of links) {
    const files = [...`${html}${it}`.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file = '']) => file)
    expect([...new Set(files)]).toEqual(files)
    await Promise.all(files.map((file) => access(path.join(built, file))))
  }
})

test('the page tells its scripts the nonce for style elements', () => {
  expect(html).toContain(`<meta property="csp-nonce" nonce="${noncePlaceholder}">`)
})

test('the scripts that every page begins with weigh at most 180 KB compressed, which leaves 40 KB to the first page', async () => {
  const files = [...html.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map(([, file = '']) => file)
  const sizes = await Promise.all(files.map(async (it) => (await readFile(path.join(built, `${it}.gz`))).length))
  expect(files.length).toBeGreaterThan(0)
  expect(sizes.reduce((sum, it) => sum + it, 0)).toBeLessThanOrEqual(180 * 1024)
})

test('every class of the kit that a script names has its style', async () => {
  const files = (await readdir(path.join(built, 'assets'))).filter((it) => /\.(js|css)$/.test(it))
  const texts = await Promise.all(files.map((it) => readFile(path.join(built, 'assets', it), 'utf8')))
  const classesIn = (ending: string) =>
    new Set(texts.flatMap((it, at) => (files[at]?.endsWith(ending) ? (it.match(/\bm_[0-9a-f]+\b/g) ?? []) : [])))
  const whole = await readFile(kitSheet, 'utf8')
  const [named, styled] = [classesIn('.js'), classesIn('.css')]
  expect([...named].filter((it) => !styled.has(it) && whole.includes(`.${it}`))).toEqual([])
  expect(named.size).toBeGreaterThan(100)
})

const kitSheet = path.join(import.meta.dirname, '../node_modules/@mantine/core/styles.layer.css')
