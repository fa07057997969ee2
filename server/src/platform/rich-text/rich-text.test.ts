import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { anArticle, aPost, hostileTexts } from '../../../test/rich-texts.ts'
import { compare } from './compare.ts'
import { type Block, linkProblem, type RichText } from './document-schema.ts'
import { type Rendering, renderHtml } from './html.ts'
import { characterCount, headings, isBlank, links, mediaIds, mentionedPersons, plainText } from './reading-schema.ts'
import { article, post } from './schema.ts'

const id = '0190a0b0-0000-7000-8000-000000000001'
const other = '0190a0b0-0000-7000-8000-000000000002'
const text = (it: string, ...marks: object[]) => ({ type: 'text', text: it, ...(marks.length > 0 && { marks }) })
const paragraph = (...content: object[]) => ({ type: 'paragraph', content })
const doc = (...content: object[]) => ({ type: 'doc', content })
const link = (href: string) => ({ type: 'link', attrs: { href } })
const picture = (attrs: object = {}) => ({ type: 'picture', attrs: { mediaId: id, alt: '', caption: '', ...attrs } })
const item = (...content: object[]) => ({ type: 'listItem', content })
const list = (...content: object[]) => ({ type: 'bulletList', content })
const cell = (attrs: object, ...content: object[]) => ({ type: 'tableCell', attrs, content })
const table = (...rows: object[][]) => ({
  type: 'table',
  content: rows.map((content) => ({ type: 'tableRow', content })),
})

const messagesOf = (schema: z.ZodType, value: unknown): string[] =>
  schema.safeParse(value).error?.issues.map((it) => `${it.path.join('.')}${it.message}`) ?? []

const onPage: Rendering = { profile: 'article', mediaUrl: ({ mediaId }) => ({ url: `/api/media/${mediaId}` }) }

describe('a document', () => {
  test('is taken with everything that an article may have', () => {
    const everything = doc(
      { type: 'heading', attrs: { level: 2 }, content: [text('一、总体情况')] },
      {
        type: 'paragraph',
        attrs: { textAlign: 'center' },
        content: [text('正文', { type: 'bold' }, link('/notices'))],
      },
      paragraph(text('党'), { type: 'hardBreak' }, { type: 'footnote', attrs: { text: '见附件。' } }),
      { type: 'orderedList', attrs: { start: 3 }, content: [item(paragraph(text('三')), list(item(paragraph())))] },
      { type: 'blockquote', content: [paragraph(text('引文'))] },
      { type: 'horizontalRule' },
      table([
        { type: 'tableHeader', content: [paragraph(text('姓名'))] },
        cell({ colspan: 2, rowspan: 20 }, paragraph()),
      ]),
      picture({ width: 'half', crop: { x: 0.1, y: 0, width: 0.9, height: 1 } }),
      { type: 'video', attrs: { mediaId: id, caption: '', posterId: other } },
    )
    expect(article.parse(everything)).toEqual(everything)
  })

  test('is kept without what nobody sees', () => {
    const hidden = doc(paragraph(text('沈\u200b知\u202e微\u0000\u0007\n同志'), text('\u2066')), {
      type: 'picture',
      attrs: { mediaId: id, caption: ' 合影\u202e\n留念 ' },
    })
    expect(article.parse(hidden)).toEqual(
      doc(paragraph(text('沈知微 同志')), picture({ caption: '合影 留念', width: 'full' })),
    )
  })

  test('may stand in a body, and is described there', () => {
    const body = z.object({ body: article })
    expect(messagesOf(body, { body: doc({ type: 'x' }) })[0]).toMatch(/^body第 1 段有系统不认识的内容/)
    expect(messagesOf(body, {})).toEqual(['body请填写正文'])
    expect(z.toJSONSchema(body, { unrepresentable: 'any' })).toMatchObject({ properties: { body: { type: 'object' } } })
  })

  const unknownIn = (place: string) => `${place}有系统不认识的内容，请删去这一部分，或先粘贴为纯文本再重新排版`
  const nested = (depth: number): object => {
    let it: object = paragraph()
    for (let at = 0; at < depth; at++) it = list(item(paragraph(), it))
    return it
  }

  test.each<[string, z.ZodType, unknown, string[]]>([
    ['nothing', article, null, ['请填写正文']],
    ['HTML', article, '<p>正文</p>', [unknownIn('正文')]],
    ['another root', article, { type: 'paragraph' }, [unknownIn('正文')]],
    ['no block', article, doc(), ['正文是空的']],
    ['an unknown block', article, doc(paragraph(), { type: 'iframe' }), [unknownIn('第 2 段')]],
    ['an unknown attribute', article, doc({ ...paragraph(), attrs: { style: 'color:red' } }), [unknownIn('第 1 段')]],
    ['an attribute of a node itself', article, doc({ ...paragraph(), onclick: 'x' }), [unknownIn('第 1 段')]],
    ['a heading of the first level', article, doc({ type: 'heading', attrs: { level: 1 } }), [unknownIn('第 1 段')]],
    ['text without a paragraph', article, doc(text('正文')), [unknownIn('第 1 段')]],
    ['a paragraph in a paragraph', article, doc(paragraph(paragraph())), [unknownIn('第 1 段')]],
    ['an item that begins with a list', article, doc(list(item(list(item(paragraph()))))), [unknownIn('第 1 段')]],
    ['an empty list', article, doc(list()), [unknownIn('第 1 段')]],
    ['a mark twice', article, doc(paragraph(text('a', { type: 'bold' }, { type: 'bold' }))), [unknownIn('第 1 段')]],
    [
      'a mark above and below',
      article,
      doc(paragraph(text('a', { type: 'subscript' }, { type: 'superscript' }))),
      [unknownIn('第 1 段')],
    ],
    [
      'a mention in an article',
      article,
      doc(paragraph({ type: 'mention', attrs: { personId: id, label: '沈' } })),
      [unknownIn('第 1 段')],
    ],
    ['a heading in a post', post, doc({ type: 'heading', attrs: { level: 2 } }), [unknownIn('第 1 段')]],
    ['an underline in a post', post, doc(paragraph(text('a', { type: 'underline' }))), [unknownIn('第 1 段')]],
    ['a footnote in a post', post, doc(paragraph({ type: 'footnote', attrs: { text: '注' } })), [unknownIn('第 1 段')]],
    [
      'an aligned paragraph in a post',
      post,
      doc({ type: 'paragraph', attrs: { textAlign: 'center' } }),
      [unknownIn('第 1 段')],
    ],
    [
      'a table in the quotation of a post',
      post,
      doc({ type: 'blockquote', content: [table([cell({}, paragraph())])] }),
      [unknownIn('第 1 段')],
    ],
    ['no id of a picture', article, doc(picture({ mediaId: 'x' })), [unknownIn('第 1 段')]],
    ['an address of a picture', article, doc(picture({ src: 'https://example.com/a.png' })), [unknownIn('第 1 段')]],
    [
      'a long alternative text',
      article,
      doc(picture({ alt: '图'.repeat(301) })),
      ['第 1 段的图片的替代文字不超过 300 个字'],
    ],
    [
      'a cut beyond the picture',
      article,
      doc(picture({ crop: { x: 0.5, y: 0, width: 0.6, height: 1 } })),
      ['第 1 段的图片裁剪范围超出图片，请重新裁剪'],
    ],
    [
      'a cut of nothing',
      article,
      doc(picture({ crop: { x: 0, y: 0, width: 0, height: 1 } })),
      ['第 1 段的图片裁剪范围超出图片，请重新裁剪'],
    ],
    [
      'an empty footnote',
      article,
      doc(paragraph(), paragraph({ type: 'footnote', attrs: { text: '\u200b ' } })),
      ['第 2 段的脚注没有内容，请填写或删去'],
    ],
    [
      'a wide cell',
      article,
      doc(table([cell({ colspan: 21 }, paragraph())])),
      ['第 1 段的表格中，一格合并的行或列不超过 20'],
    ],
    ['a table without cells', article, doc(table([])), ['第 1 段的表格没有内容，请删去']],
    [
      'a link that runs something, in a cell',
      article,
      doc(paragraph(), paragraph(), table([cell({}, paragraph(text('点击', link('javascript:alert(1)'))))])),
      [
        '第 3 段的链接“javascript:alert(1)”不能使用：只能使用 http://、https://、mailto:、tel: 开头的地址，或以 / 开头的本站地址',
      ],
    ],
    ['lists six deep', article, doc(nested(6)), ['第 1 段的列表、引用或表格嵌套过深，请减少层次后重新保存']],
    [
      'lists ten thousand deep',
      article,
      doc(paragraph(), nested(10_000)),
      ['第 2 段的列表、引用或表格嵌套过深，请减少层次后重新保存'],
    ],
    [
      'a text too long',
      article,
      doc(paragraph(text('党'.repeat(100_001)))),
      ['正文不超过 100000 个字，请删减或拆成几篇'],
    ],
    ['a post too long', post, doc(paragraph(text('党'.repeat(10_001)))), ['正文不超过 10000 个字，请删减或拆成几篇']],
    [
      'too many paragraphs',
      article,
      doc(...Array.from({ length: 20_001 }, () => paragraph())),
      ['正文内容过多，请拆成几篇后分别保存'],
    ],
    [
      'too many cells',
      article,
      doc(table(...Array.from({ length: 13 }, () => [cell({ colspan: 20, rowspan: 20 }, paragraph())]))),
      ['正文中的表格共不超过 5000 格，请拆成几篇或改为附件'],
    ],
    ['too many pictures', post, doc(...Array.from({ length: 21 }, () => picture())), ['正文中的图片不超过 20 张']],
  ])('is refused with %s', (_, schema, value, messages) => {
    expect(messagesOf(schema, value)).toEqual(messages)
  })

  test.each<[string, z.ZodType, unknown]>([
    ['lists five deep', article, doc(nested(5))],
    ['100000 characters', article, doc(paragraph(text('党'.repeat(100_000))))],
    ['10000 characters', post, doc(paragraph(text('党'.repeat(10_000))))],
    [
      '12 cells of 20 × 20',
      article,
      doc(table(...Array.from({ length: 12 }, () => [cell({ colspan: 20, rowspan: 20 }, paragraph())]))),
    ],
    ['20 pictures', post, doc(...Array.from({ length: 20 }, () => picture()))],
  ])('is taken with %s', (_, schema, value) => {
    expect(messagesOf(schema, value)).toEqual([])
  })
})

test.each<[string, boolean]>([
  ['https://www.12371.cn/2026/05/11/a.shtml?x=1#y', true],
  ['HTTP://example.cn', true],
  ['https://例子.中国/路径', true],
  ['/people/1?tab=notes#a', true],
  ['/', true],
  ['mailto:zzb@example.edu.cn?subject=x', true],
  ['tel:+86-21-65980000', true],
  ['', false],
  ['www.12371.cn', false],
  ['people/1', false],
  ['#a', false],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['/\t/evil.example', false],
  ['https:evil.example', false],
  ['https:///evil.example', false],
  ['https://', false],
  ['https://user:secret@example.cn/', false],
  ['https://www.12371.cn@evil.example/', false],
  ['https://www.12371.cn\\@evil.example/', false],
  ['https://example.cn/\u202egpj.exe', false],
  ['https://exam\u200bple.cn/', false],
  ['https://example.cn/"onclick="x', false],
  ["https://example.cn/'x", false],
  ['https://example.cn/a b', false],
  ['https://[::1', false],
  ['javascript:alert(1)', false],
  ['JaVaScRiPt:alert(1)', false],
  ['java\tscript:alert(1)', false],
  ['java\nscript:alert(1)', false],
  [' javascript:alert(1)', false],
  ['\u0001javascript:alert(1)', false],
  ['java&#115;cript:alert(1)', false],
  ['javascript&colon;alert(1)', false],
  ['javascript://www.12371.cn/%0aalert(1)', false],
  ['data:text/html,<script>alert(1)</script>', false],
  ['vbscript:msgbox(1)', false],
  ['vb\r\nscript:msgbox(1)', false],
  ['blob:https://example.cn/1', false],
  ['file:///etc/passwd', false],
  ['view-source:https://example.cn', false],
  ['mailto:', false],
  ['mailto:a@b@c', false],
  ['tel:javascript', false],
  [`https://example.cn/${'a'.repeat(1_981)}`, true],
  [`https://example.cn/${'a'.repeat(1_982)}`, false],
])('a link to %s: %s', (href, isTaken) => {
  expect(linkProblem(href) === undefined).toBe(isTaken)
  const value = doc(paragraph(text('点击', link(href))))
  expect(article.safeParse(value).success).toBe(isTaken)
  // What no schema has seen is held back on the page, too.
  const [html] = [
    renderHtml(
      {
        type: 'doc',
        content: [
          { type: 'paragraph', content: [{ type: 'text', text: '点击', marks: [{ type: 'link', attrs: { href } }] }] },
        ],
      },
      onPage,
    ),
  ]
  expect(/<a /.test(html)).toBe(isTaken)
  expect(dangersIn(html)).toEqual([])
})

describe('HTML', () => {
  test('of an article', () => {
    const value = article.parse(
      doc(
        { type: 'heading', attrs: { level: 2 }, content: [text('一、<情况>')] },
        {
          type: 'paragraph',
          attrs: { textAlign: 'right' },
          content: [
            text('粗', { type: 'bold' }, { type: 'italic' }),
            text('链', link('https://example.cn/?a=1&b=2')),
            { type: 'footnote', attrs: { text: '注 "1"' } },
            { type: 'hardBreak' },
          ],
        },
        { type: 'orderedList', attrs: { start: 3 }, content: [item(paragraph(text('三')))] },
        table([{ type: 'tableHeader', content: [paragraph()] }, cell({ colspan: 2 }, paragraph(text('格')))]),
        picture({ alt: '合影"', caption: '合影', width: 'half', crop: { x: 0, y: 0, width: 0.5, height: 1 } }),
        { type: 'video', attrs: { mediaId: other, caption: '录像', posterId: id } },
      ),
    )
    const html = renderHtml(value, {
      profile: 'article',
      mediaUrl: ({ mediaId, use, crop }) =>
        mediaId === id ? { url: `/media/${use}?crop=${crop?.width ?? ''}`, width: 640, height: 480 } : undefined,
      idPrefix: 'a-',
    })
    expect(html.split('\n')).toEqual([
      '<h2 id="a-heading-1">一、&lt;情况&gt;</h2>',
      '<p class="align-right"><strong><em>粗</em></strong><a href="https://example.cn/?a=1&amp;b=2" rel="noopener">链</a><sup><a class="note" id="a-note-place-1" href="#a-note-1" aria-label="脚注 1">1</a></sup><br></p>',
      '<ol start="3"><li><p>三</p></li></ol>',
      '<table><tbody><tr><th><p></p></th><td colspan="2"><p>格</p></td></tr></tbody></table>',
      '<figure class="picture half"><img src="/media/picture?crop=0.5" alt="合影&quot;" width="640" height="480" loading="lazy" decoding="async"><figcaption>合影</figcaption></figure>',
      '<figure class="video"><p class="gone">（视频已删除）</p><figcaption>录像</figcaption></figure>',
      '<section class="notes" aria-label="脚注"><ol><li id="a-note-1">注 &quot;1&quot; <a href="#a-note-place-1" aria-label="返回脚注 1 处">↑</a></li></ol></section>',
    ])
    expect(headings(value, 'a-')).toEqual([{ level: 2, text: '一、<情况>', id: 'a-heading-1' }])
  })

  test('of a post: its links are followed by nobody, a person is a link where there is a page', () => {
    const value = post.parse(
      doc(paragraph(text('见', link('/a')), { type: 'mention', attrs: { personId: id, label: '沈知微' } })),
    )
    const rendering: Rendering = { ...onPage, profile: 'post' }
    expect(renderHtml(value, rendering)).toBe(
      '<p><a href="/a" rel="noopener nofollow ugc">见</a><span class="mention">@沈知微</span></p>',
    )
    expect(renderHtml(value, { ...rendering, personUrl: (it) => `/people/${it}` })).toContain(
      `<a class="mention" href="/people/${id}">@沈知微</a>`,
    )
    expect(renderHtml(value, { ...rendering, personUrl: () => 'javascript:x' })).toContain('<span class="mention">')
    expect(mentionedPersons(value)).toEqual([id])
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example/a.png', '"onerror="alert(1)', 'mailto:a@b.cn'])(
    'shows no medium at %s',
    (url) => {
      const html = renderHtml(article.parse(doc(picture())), { profile: 'article', mediaUrl: () => ({ url }) })
      expect(html).toBe('<figure class="picture full"><p class="gone">（图片已删除）</p></figure>')
    },
  )

  test.each(hostileTexts)('holds back %s wherever it stands', (hostile) => {
    const value = article.parse(
      doc(
        paragraph(text(hostile, { type: 'bold' }), { type: 'footnote', attrs: { text: hostile } }),
        table([cell({}, paragraph(text(hostile)))]),
        picture({ alt: hostile, caption: hostile }),
        { type: 'video', attrs: { mediaId: id, caption: hostile } },
      ),
    )
    const html = renderHtml(value, onPage)
    expect(dangersIn(html)).toEqual([])
    expect(attributesOf(html, 'alt')).toEqual([hostile])
    expect(attributesOf(html, 'aria-label')).toContain(hostile)
    expect(textIn(parseFragment(html)).split(hostile).length - 1).toBe(5)
  })

  test.each([
    ['article', article, anArticle],
    ['post', post, aPost],
  ] as const)('of any %s holds nothing that runs, and says what the document says', (profile, schema, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (sent) => {
        const value = schema.parse(sent)
        const html = renderHtml(value, { ...onPage, profile })
        expect(dangersIn(html)).toEqual([])
        const page = withoutBlanks(textIn(parseFragment(html.replace(noteNumbers, ''))))
        for (const it of plainText(value).split(/[\n\t]/)) expect(page).toContain(withoutBlanks(it))
        expect(schema.parse(value)).toEqual(value)
        expect(characterCount(value)).toBeLessThanOrEqual(plainText(value).length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what a document says', () => {
  const value = article.parse(
    doc(
      { type: 'heading', attrs: { level: 3 }, content: [text('主题党日')] },
      paragraph(
        text('到会 23 名，'),
        text('详', link('/a')),
        text('见', link('/a'), { type: 'bold' }),
        { type: 'footnote', attrs: { text: '应到 24 名。' } },
        text('后文', link('/b')),
        { type: 'hardBreak' },
        text('次行'),
      ),
      list(item(paragraph(text('甲')), list(item(paragraph(text('乙')))))),
      table([cell({}, paragraph(text('姓名')), paragraph(text('学号'))), cell({}, paragraph(text('Shen Zhiwei')))]),
      { type: 'horizontalRule' },
      picture({ alt: '合影', caption: '会后合影' }),
      picture({ caption: '' }),
      { type: 'video', attrs: { mediaId: other, caption: '', posterId: id } },
    ),
  )

  test('in lines', () => {
    expect(plainText(value)).toBe(
      '主题党日\n到会 23 名，详见后文\n次行\n甲\n乙\n姓名 学号\tShen Zhiwei\n会后合影\n应到 24 名。',
    )
  })

  test('in characters', () => {
    expect(characterCount(value)).toBe(4 + 9 + 2 + 1 + 1 + 4 + 2 + 4 + 5)
    expect(characterCount(article.parse(doc(paragraph(text('GB/T 9704—2012《格式》 3.14')))))).toBe(2 + 1 + 1 + 4 + 1)
  })

  test('and where it leads', () => {
    expect(links(value)).toEqual([
      { href: '/a', text: '详见' },
      { href: '/b', text: '后文' },
    ])
    expect(mediaIds(value)).toEqual([id, other])
  })

  test.each<[boolean, object[]]>([
    [true, [paragraph()]],
    [true, [paragraph(text('  ')), list(item(paragraph()))]],
    [false, [paragraph(text('一'))]],
    [false, [picture()]],
  ])('is nothing: %s', (blank, content) => {
    expect(isBlank(article.parse(doc(...content)))).toBe(blank)
  })
})

describe('two versions', () => {
  const line = (it: string) => paragraph(text(it))
  const compared = (older: object[], newer: object[]) =>
    compare(article.parse(doc(...older)), article.parse(doc(...newer))).map((it) => {
      if (it.kind === 'changed') return it.text.map((part) => `${sign[part.kind]}${part.text}`).join('|')
      return `${sign[it.kind]} ${plainText({ type: 'doc', content: [it.block] })}`
    })
  const sign = { same: '=', added: '+', removed: '-' }

  test.each<[string, object[], object[], string[]]>([
    ['the same', [line('一'), line('二')], [line('一'), line('二')], ['= 一', '= 二']],
    ['a paragraph more', [line('一'), line('三')], [line('一'), line('二二'), line('三')], ['= 一', '+ 二二', '= 三']],
    ['a paragraph less', [line('一'), line('二二'), line('三')], [line('一'), line('三')], ['= 一', '- 二二', '= 三']],
    [
      'a word',
      [line('支部党员大会于五月召开。')],
      [line('支部党员大会于六月召开。')],
      ['=支部党员大会于|-五月|+六月|=召开。'],
    ],
    ['another text', [line('支部党员大会')], [line('天气晴朗')], ['+ 天气晴朗', '- 支部党员大会']],
    [
      'another kind',
      [line('总体情况')],
      [{ type: 'heading', attrs: { level: 2 }, content: [text('总体情况')] }],
      ['+ 总体情况', '- 总体情况'],
    ],
    ['the form only', [line('总体情况')], [paragraph(text('总体情况', { type: 'bold' }))], ['=总体情况']],
    [
      'an item of a list',
      [list(item(line('学习文件')), item(line('交流发言')))],
      [list(item(line('学习文件')), item(line('交流发言')), item(line('总结')))],
      ['=学习文件\n交流发言|+\n总结'],
    ],
    ['a picture', [picture({ caption: '合影' })], [picture({ mediaId: other, caption: '合影' })], ['=合影']],
  ])('differ by %s', (_, older, newer, expected) => {
    expect(compared(older, newer)).toEqual(expected)
  })

  test('give back the older and the newer', () => {
    fc.assert(
      fc.property(anArticle, anArticle, fc.nat(), (one, another, cut) => {
        const older = article.parse(one)
        const newer = article.parse({
          type: 'doc',
          content: [
            ...one.content.slice(cut % (one.content.length + 1)),
            ...another.content,
            ...one.content.slice(0, 1),
          ],
        })
        const found = compare(older, newer)
        const sideOf = (without: string, block: 'before' | 'after'): Block[] =>
          found.filter((it) => it.kind !== without).map((it) => (it.kind === 'changed' ? it[block] : it.block))
        expect(sideOf('added', 'before')).toEqual(older.content)
        expect(sideOf('removed', 'after')).toEqual(newer.content)
        expect(compare(older, older).every((it) => it.kind === 'same')).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('are compared within bounds where they have letters in common and no order', () => {
    const shuffled = (seed: number): RichText => ({
      type: 'doc',
      content: Array.from({ length: 1_000 }, (_, at): Block => {
        const order = Array.from({ length: 100 }, (_, place) => 0x4e00 + (((place + at) * seed) % 101))
        return { type: 'paragraph', content: [{ type: 'text', text: String.fromCharCode(...order) }] }
      }),
    })
    expect(compare(shuffled(1), shuffled(37)).length).toBeGreaterThanOrEqual(1_000)
  })
})

type Parsed = DefaultTreeAdapterTypes.ParentNode | DefaultTreeAdapterTypes.ChildNode

function* partsOf(it: Parsed): Generator<Parsed> {
  yield it
  if ('childNodes' in it) for (const inner of it.childNodes) yield* partsOf(inner)
}

const allowedTags: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['strong', 'em', 'u', 's', 'sub', 'sup', 'br', 'hr', 'ul', 'li', 'blockquote'].map((it) => [it, []]),
  ),
  ...Object.fromEntries(['table', 'tbody', 'tr', 'figcaption'].map((it) => [it, []])),
  p: ['class'],
  h2: ['id'],
  h3: ['id'],
  h4: ['id'],
  ol: ['start'],
  li: ['id'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  a: ['href', 'rel', 'class', 'id', 'aria-label'],
  span: ['class'],
  figure: ['class'],
  img: ['src', 'alt', 'width', 'height', 'loading', 'decoding'],
  video: ['src', 'poster', 'width', 'height', 'controls', 'preload', 'aria-label'],
  section: ['class', 'aria-label'],
}

/** What in a page, as a browser reads it, is not of the short list above. */
function dangersIn(html: string): string[] {
  return [...partsOf(parseFragment(html))].flatMap((it) => {
    if (it.nodeName === '#comment') return ['a comment']
    if (!('tagName' in it)) return []
    const allowed = it.namespaceURI === 'http://www.w3.org/1999/xhtml' ? allowedTags[it.tagName] : undefined
    if (!allowed) return [`<${it.tagName}>`]
    return it.attrs.flatMap(({ name, value }) => {
      if (!allowed.includes(name)) return [`${it.tagName} ${name}`]
      const isPlace = ['href', 'src', 'poster'].includes(name)
      return isPlace && !/^(https?:\/\/|mailto:|tel:|\/(?!\/)|#note-)/i.test(value) ? [`${name}=${value}`] : []
    })
  })
}

const textIn = (it: Parsed): string =>
  [...partsOf(it)].map((part) => ('value' in part && part.nodeName === '#text' ? part.value : '')).join('')

const attributesOf = (html: string, name: string): string[] =>
  [...partsOf(parseFragment(html))].flatMap((it) =>
    'attrs' in it ? it.attrs.filter((attr) => attr.name === name).map((attr) => attr.value) : [],
  )

const noteNumbers = /<sup><a class="note"[^>]*>\d+<\/a><\/sup>/g

const withoutBlanks = (it: string): string => it.replace(/\s+/g, '')
