import type { ArticleText } from '@zhibu/server/modules/publicity/schema'
import { expect, test } from 'vitest'
import { emptyText } from './api.ts'
import { hintsOf, missingIn } from './completeness.ts'

const mediaId = '0190f1a0-8f2c-7000-8000-000000000001'
const picture = (alt: string, caption: string) => ({
  type: 'picture' as const,
  attrs: { mediaId, alt, caption, width: 'full' as const },
})
const whole: ArticleText = {
  title: '主题党日',
  summary: '支部到纪念馆参观。',
  body: {
    type: 'doc',
    content: [
      { type: 'paragraph', content: [{ type: 'text', text: '四月二十日，支部到纪念馆参观。' }] },
      picture('合影', ''),
    ],
  },
  byline: { author: '李明', source: '', photographer: '', editor: '' },
  cover: { mediaId, alt: '合影', wide: null, square: null },
}

test.each<[string, Partial<ArticleText>, string[]]>([
  ['nothing', {}, []],
  ['a title of one character', { title: '党' }, ['标题']],
  ['a text', { body: emptyText('').body }, ['正文']],
  [
    'words for a picture',
    { body: { type: 'doc', content: [picture('', '合影'), picture('', '')] } },
    ['第 2 段图片的说明：图上是什么，看不到图的读者也要能知道'],
  ],
  ['words for the cover', { cover: { mediaId, alt: ' ', wide: null, square: null } }, ['封面画面说明']],
])('what lacks %s is told so', (_, differs, missing) => {
  expect(missingIn({ ...whole, ...differs })).toEqual(missing)
})

test('what most articles have is named where it is not there', () => {
  expect(hintsOf(whole)).toEqual([])
  expect(hintsOf(emptyText('主题党日'))).toEqual(['没有写摘要，列表里显示正文开头', '没有封面', '没有写作者和来源'])
})
