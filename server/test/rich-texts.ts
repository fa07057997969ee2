import fc from 'fast-check'
import {
  type Block,
  type Inline,
  type ListItem,
  type Mark,
  plainMarks,
  type RichText,
} from '../src/platform/rich-text/document-schema.ts'
import { nodesOf } from '../src/platform/rich-text/reading-schema.ts'

/** Documents of every kind at random, for tests of what holds for all of them. */

/** What has been tried to get out of a text into the page around it. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '`onload=alert(1)`',
  '</figcaption></figure><svg/onload=alert(1)>',
  '<style>@import "//evil.example"</style>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<svg><p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<form><math><mtext></form><form><mglyph><svg><mtext><textarea><path id="</textarea><img onerror=alert(1) src=1>">',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '</title></textarea></style></template><script>alert(1)</script>',
  'a" style="position:fixed;inset:0" x="',
]

const aText = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom('党支部于五月召开支部党员大会。', '到会党员 23 名，占应到会党员的 95%。', '二〇二六年', 'Zhibu 2026'),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
)
/** What may not be empty. */
const aNote = aText.map((it) => `注${it}`.slice(0, 100))
const aHref = fc.oneof(
  fc.constantFrom(
    'https://www.12371.cn/',
    'http://example.cn/a?b=1&c=2#d',
    '/people/1',
    'mailto:a@example.cn',
    'tel:021-65980000',
  ),
  fc.webUrl({ withQueryParameters: true, withFragments: true }).filter((it) => !/['`"\\]/.test(it)),
)

function aMarks(marks: readonly Mark['type'][]): fc.Arbitrary<Mark[]> {
  return fc
    .uniqueArray(fc.constantFrom(...marks), { maxLength: 3 })
    .filter((them) => !(them.includes('subscript') && them.includes('superscript')))
    .chain((types) =>
      fc.tuple(
        ...types.map(
          (type): fc.Arbitrary<Mark> =>
            type === 'link' ? aHref.map((href) => ({ type, attrs: { href } })) : fc.constant({ type }),
        ),
      ),
    )
}

const aPiece = (marks: readonly Mark['type'][], extra: fc.Arbitrary<Inline>): fc.Arbitrary<Inline> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('text' as const), text: aText, marks: aMarks(marks) }) },
    { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' as const }) },
    { weight: 1, arbitrary: extra },
  )

const aPicture: fc.Arbitrary<Block> = fc.record({
  type: fc.constant('picture' as const),
  attrs: fc.record(
    {
      mediaId: fc.uuid(),
      alt: aText,
      caption: aText,
      width: fc.constantFrom('full' as const, 'half' as const),
      crop: fc.constantFrom({ x: 0, y: 0.25, width: 0.5, height: 0.5 }),
    },
    { requiredKeys: ['mediaId', 'alt', 'caption', 'width'] },
  ),
})

/** A document of which each block is one of these, or holds them. */
function documentOf(leaf: fc.Arbitrary<Block>, hasTables: boolean): fc.Arbitrary<RichText> {
  const { block } = fc.letrec<{ block: Block; blocks: Block[]; item: ListItem }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.record({
        type: fc.constantFrom('bulletList' as const, 'orderedList' as const),
        content: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ type: fc.constant('blockquote' as const), content: tie('blocks') }),
      ...(hasTables ? [aTable(tie('blocks'))] : []),
    ),
    blocks: fc.array(tie('block'), { minLength: 1, maxLength: 2 }),
    item: fc.array(tie('block'), { maxLength: 1 }).map((more) => ({
      type: 'listItem' as const,
      content: [{ type: 'paragraph' as const }, ...more],
    })),
  }))
  return fc
    .array(block, { minLength: 1, maxLength: 6 })
    .map((content) => ({ type: 'doc' as const, content }))
    .filter((it) => [...nodesOf(it)].filter(({ type }) => type === 'picture' || type === 'video').length <= 8)
}

const aTable = (blocks: fc.Arbitrary<Block[]>): fc.Arbitrary<Block> =>
  fc
    .array(
      fc.array(
        fc.record({
          type: fc.constantFrom('tableCell' as const, 'tableHeader' as const),
          attrs: fc.record({ colspan: fc.integer({ min: 1, max: 3 }), rowspan: fc.integer({ min: 1, max: 3 }) }),
          content: blocks,
        }),
        { minLength: 1, maxLength: 3 },
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((rows) => ({
      type: 'table' as const,
      content: rows.map((content) => ({ type: 'tableRow' as const, content })),
    }))

const articlePieces = fc.array(
  aPiece(
    [...plainMarks, 'link'],
    aNote.map((text): Inline => ({ type: 'footnote', attrs: { text } })),
  ),
  { maxLength: 4 },
)
const postPieces = fc.array(
  aPiece(
    ['bold', 'italic', 'link'],
    fc.record({
      type: fc.constant('mention' as const),
      attrs: fc.record({ personId: fc.uuid(), label: aNote }),
    }),
  ),
  { maxLength: 4 },
)

/** An article as it was sent. */
export const anArticle = documentOf(
  fc.oneof(
    fc.record({
      type: fc.constant('paragraph' as const),
      attrs: fc.record({ textAlign: fc.constantFrom('center' as const, 'right' as const) }, { requiredKeys: [] }),
      content: articlePieces,
    }),
    fc.record({
      type: fc.constant('heading' as const),
      attrs: fc.record({ level: fc.constantFrom(2 as const, 3 as const, 4 as const) }),
      content: articlePieces,
    }),
    fc.constant({ type: 'horizontalRule' as const }),
    aPicture,
    fc.record({
      type: fc.constant('video' as const),
      attrs: fc.record(
        { mediaId: fc.uuid(), caption: aText, posterId: fc.uuid() },
        { requiredKeys: ['mediaId', 'caption'] },
      ),
    }),
  ),
  true,
)

/** A post as it was sent. */
export const aPost = documentOf(
  fc.oneof(fc.record({ type: fc.constant('paragraph' as const), content: postPieces }), aPicture),
  false,
)
