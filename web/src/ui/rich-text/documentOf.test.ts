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
import type { insertAfter } from './inserting.ts'
import type { nodesOf } from './nodes.ts'
import type { insertHtml } from './pasting.ts'

let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  const at = (file: string) => JSON.stringify(path.join(import.meta.dirname, file))
  const code = await bundled(
    'editing',
    `export { Editor } from '@tiptap/core'; export { nodesOf } from ${at('nodes.ts')}; export { documentOf } from ${at('documentOf.ts')}; export { insertAfter } from ${at('inserting.ts')}; export { insertHtml } from ${at('pasting.ts')}`,
  )
  browser = await launchBrowser()
  page = await browser.newPage()
  page.on('console', (it) => complaints.push(it.text()))
  // As strict about styles as the pages are.
  const policy = `default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'unsafe-inline'`
  await page.setContent(`<meta http-equiv="Content-Security-Policy" content="${policy}"><body></body>`)
  await page.addScriptTag({ content: code })
})

afterAll(async () => {
  await browser?.close()
})

declare const editing: {
  Editor: typeof import('@tiptap/core').Editor
  nodesOf: typeof nodesOf
  documentOf: typeof documentOf
  insertAfter: typeof insertAfter
  insertHtml: typeof insertHtml
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

const paragraph = (text: string) => ({ type: 'paragraph', ...(text && { content: [{ type: 'text', text }] }) })

test.each([
  ['at the end, and the next after it', ['甲'], 2, 2, ['甲', 'picture 1', 'picture 2', '']],
  ['in an empty paragraph', ['甲', ''], 4, 4, ['甲', 'picture 1', 'picture 2', '']],
  ['between two paragraphs', ['甲', '乙'], 2, 2, ['甲', 'picture 1', 'picture 2', '乙']],
  ['within a paragraph', ['甲乙'], 2, 2, ['甲', 'picture 1', 'picture 2', '乙']],
  ['after words that are chosen', ['甲乙'], 1, 3, ['甲乙', 'picture 1', 'picture 2', '']],
])('pictures put in %s replace nothing that stands there', async (_, before, from, to, expected) => {
  const after = await page.evaluate(
    ({ content, from, to }) => {
      const made = new editing.Editor({
        extensions: editing.nodesOf('article', { mediaUrl: () => undefined, edit: () => undefined }),
        content: { type: 'doc', content },
        injectCSS: false,
      })
      made.commands.setTextSelection({ from, to })
      for (const mediaId of ['1', '2']) {
        const node = made.schema.nodes.picture?.create({ mediaId, alt: '合影' })
        if (node) made.view.dispatch(editing.insertAfter(made.state.tr, node))
      }
      // A picture that is chosen stays, too.
      const note = made.schema.nodes.footnote?.create({ text: '注' })
      if (note) made.view.dispatch(editing.insertAfter(made.state.tr, note))
      const blocks = made.state.doc.children.map((it) =>
        it.type.name === 'picture' ? `picture ${it.attrs.mediaId}` : it.textContent,
      )
      const notes = made.state.doc.lastChild?.firstChild?.type.name
      made.destroy()
      return { blocks, notes }
    },
    { content: before.map(paragraph), from, to },
  )
  expect(after).toEqual({ blocks: expected, notes: 'footnote' })
})

test('pictures that came one after another stand one after another, with nothing empty between them', async () => {
  const blocks = await page.evaluate(() => {
    const made = new editing.Editor({
      extensions: editing.nodesOf('article', { mediaUrl: () => undefined, edit: () => undefined }),
      injectCSS: false,
    })
    const pictures = [new File([], '1'), new File([], '2')]
    const bring = (html: string) => editing.insertHtml(made.view, { html, pictures, remarks: [] }, () => undefined)
    bring('<p>甲</p><p><img data-picture="0"> <img data-picture="1"></p><p><img data-picture="0">乙</p>')
    bring('<img data-picture="1">')
    bring('<img data-picture="0">')
    const blocks = made.state.doc.children.map((it) => (it.type.name === 'picture' ? 'picture' : it.textContent))
    made.destroy()
    return blocks
  })
  expect(blocks).toEqual(['甲', 'picture', 'picture', 'picture', '乙', 'picture', 'picture', ''])
})
