import path from 'node:path'
import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { article, post } from '@zhibu/server/platform/rich-text/schema'
import fc from 'fast-check'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../../../e2e/browser.ts'
import { bundled } from '../../../../e2e/vite.ts'
import { anArticle, aPost } from '../../../../server/test/rich-texts.ts'
import type { documentOf } from './documentOf.ts'
import type { nodesOf } from './nodes.ts'

let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  const at = (file: string) => JSON.stringify(path.join(import.meta.dirname, file))
  const code = await bundled(
    'editing',
    `export { Editor } from '@tiptap/core'; export { nodesOf } from ${at('nodes.ts')}; export { documentOf } from ${at('documentOf.ts')}`,
  )
  browser = await launchBrowser()
  page = await browser.newPage()
  page.on('console', (it) => complaints.push(it.text()))
  // As strict about styles as the pages are.
  const policy = `default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'unsafe-inline'`
  await page.setContent(`<meta http-equiv="Content-Security-Policy" content="${policy}"><body></body>`)
  await page.addScriptTag({ content: code })
}, 60_000)

afterAll(async () => {
  await browser?.close()
})

declare const editing: {
  Editor: typeof import('@tiptap/core').Editor
  nodesOf: typeof nodesOf
  documentOf: typeof documentOf
}

test.each([
  ['article', article, anArticle],
  ['post', post, aPost],
] as const)(
  'the editor gives back any %s that the server takes, and the server takes it again',
  async (profile, schema, any) => {
    const docs = fc.sample(any, 100).map((it) => schema.parse(it))
    const back = await page.evaluate(
      ([of, them]) =>
        them.map((content): RichText => {
          const extensions = editing.nodesOf(of, { mediaUrl: () => undefined, edit: () => {} })
          const editor = new editing.Editor({ element: document.body, extensions, content, injectCSS: false })
          const found = editing.documentOf(editor.state.doc)
          editor.destroy()
          return found
        }),
      [profile, docs] as const,
    )
    expect(back.map(plainest)).toEqual(docs.map(plainest))
    expect(back.map((it) => schema.parse(it))).toEqual(back)
    expect(complaints).toEqual([])
  },
)

/** The same without what says nothing: the order of marks, where a text is divided, attributes as they are anyway. */
function plainest(doc: RichText): unknown {
  return JSON.parse(JSON.stringify(doc), (key, value: unknown) => {
    if (key === 'marks' && Array.isArray(value)) {
      return value.length === 0 ? undefined : [...value].sort((one, other) => (one.type < other.type ? -1 : 1))
    }
    if ((key === 'colspan' || key === 'rowspan' || key === 'start') && value === 1) return undefined
    if (key === 'attrs' && Object.keys(Object(value)).length === 0) return undefined
    if (key === 'content' && Array.isArray(value)) return value.length === 0 ? undefined : joined(value)
    return value
  })
}

function joined(pieces: { type: string; text?: string; marks?: unknown }[]): unknown[] {
  const found: typeof pieces = []
  for (const it of pieces) {
    const last = found.at(-1)
    const isSame =
      last?.type === 'text' && it.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(it.marks)
    if (isSame) found[found.length - 1] = { ...last, text: `${last.text}${it.text}` }
    else found.push(it)
  }
  return found
}
