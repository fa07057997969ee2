import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { describe, expect, test } from 'vitest'
import { anArticle } from '../../../test/rich-texts.ts'
import type { Block, Mark } from '../../platform/rich-text/document-schema.ts'
import { kitHtml } from './kit-html.ts'

const mediaId = '0190a0b0-0000-7000-8000-000000000001'
const text = (it: string, ...marks: Mark[]) => ({ type: 'text' as const, text: it, ...(marks.length > 0 && { marks }) })
const paragraph = (...content: ReturnType<typeof text>[]): Block => ({ type: 'paragraph', content })
const link = (href: string): Mark => ({ type: 'link', attrs: { href } })
const set = (...content: Block[]) =>
  kitHtml({ type: 'doc', content }, ({ mediaId: id, crop }) => `/pictures/${id}${crop ? '?part' : ''}`)

/** Without the looks of the elements, which are looked at in a browser. */
const bare = (html: string): string => html.replace(/ style="[^"]*"/g, '')

describe('an article for a 公众号', () => {
  test.each([
    ['a paragraph', [paragraph(text('正文'))], '<section><p>正文</p></section>'],
    ['an empty line', [{ type: 'paragraph' }], '<section><p><br></p></section>'],
    [
      'marks',
      [paragraph(text('粗', { type: 'bold' }), text('H'), text('2', { type: 'subscript' }))],
      '<section><p><strong>粗</strong>H<sub>2</sub></p></section>',
    ],
    [
      'an address that cannot be opened there stands at the end, once',
      [
        paragraph(
          text('甲', link('https://a.test/')),
          text('乙', link('https://b.test/')),
          text('丙', link('https://a.test/')),
        ),
      ],
      '<section><p>甲<sup>〔1〕</sup>乙<sup>〔2〕</sup>丙<sup>〔1〕</sup></p><section><p>文中网址</p><p>〔1〕https://a.test/</p><p>〔2〕https://b.test/</p></section></section>',
    ],
    [
      'an article of a 公众号 is linked to',
      [paragraph(text('前文', link('https://mp.weixin.qq.com/s/abc')))],
      '<section><p><a href="https://mp.weixin.qq.com/s/abc">前文</a></p></section>',
    ],
    [
      'what only looks like the 公众号 is not linked to',
      [paragraph(text('假', link('https://mp.weixin.qq.com.evil.test/')))],
      '<section><p>假<sup>〔1〕</sup></p><section><p>文中网址</p><p>〔1〕https://mp.weixin.qq.com.evil.test/</p></section></section>',
    ],
    [
      'a picture with its part and words',
      [
        {
          type: 'picture',
          attrs: { mediaId, alt: '合影', caption: '图 1', width: 'half', crop: { x: 0, y: 0, width: 1, height: 0.5 } },
        },
      ],
      `<section><section><img src="/pictures/${mediaId}?part" alt="合影"><p>图 1</p></section></section>`,
    ],
    [
      'a film is put in by hand',
      [{ type: 'video', attrs: { mediaId, caption: '活动<实录>' } }],
      '<section><p>【此处的视频“活动&lt;实录&gt;”请在公众号后台插入，再删去这一行】</p></section>',
    ],
  ] satisfies [string, Block[], string][])('%s', (_, blocks, html) => {
    expect(bare(set(...blocks).html)).toBe(html)
  })

  test('footnotes stand at the end with their numbers', () => {
    const noted: Block = {
      type: 'paragraph',
      content: [text('甲'), { type: 'footnote', attrs: { text: '见“党章”' } }, text('乙')],
    }
    expect(bare(set(noted).html)).toBe(
      '<section><p>甲<sup>[1]</sup>乙</p><section><p>注释</p><p>[1] 见“党章”</p></section></section>',
    )
  })

  test('whatever is written, nothing in it runs, has a class or an id, and each element carries its look', () => {
    fc.assert(
      fc.property(anArticle, (article) => {
        const { html } = kitHtml(article, ({ mediaId: id }) => `/pictures/${id}`)
        for (const it of elementsOf(parseFragment(html))) {
          expect(allowed[it.tagName], `<${it.tagName}> in ${html}`).toBeDefined()
          const names = it.attrs.map(({ name }) => name)
          expect(names.filter((name) => !['style', ...(allowed[it.tagName] ?? [])].includes(name))).toEqual([])
          for (const { name, value } of it.attrs)
            if (name === 'href') expect(value).toMatch(/^https:\/\/mp\.weixin\.qq\.com\//)
            else if (name === 'style') expect(value).not.toMatch(/url|expression|import|javascript/i)
        }
      }),
      { numRuns: 100 },
    )
  })
})

const allowed: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [
      'section',
      'p',
      'ul',
      'li',
      'blockquote',
      'hr',
      'table',
      'tbody',
      'tr',
      'br',
      'sup',
      'sub',
      'strong',
      'em',
      'u',
      's',
    ].map((it) => [it, []]),
  ),
  ol: ['start'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  img: ['src', 'alt'],
  a: ['href'],
}

function elementsOf(node: DefaultTreeAdapterTypes.ParentNode): DefaultTreeAdapterTypes.Element[] {
  return node.childNodes.flatMap((it) => ('tagName' in it ? [it, ...elementsOf(it)] : []))
}
