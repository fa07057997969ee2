import type { Block } from '@zhibu/server/platform/rich-text/document-schema'
import { expect, test } from 'vitest'
import { entitle } from './wordText.ts'

const heading = (level: 2 | 3, text: string): Block => ({
  type: 'heading',
  attrs: { level },
  content: [{ type: 'text', text }],
})
const paragraph: Block = { type: 'paragraph', content: [{ type: 'text', text: '正文' }] }
const above = heading(2, '主题党日活动')

test.each<[string, string, Block[], string, number]>([
  ['one heading above others', '', [above, paragraph, heading(3, '经过')], '主题党日活动', 1],
  ['one that another follows at once', '', [above, heading(2, '经过'), paragraph], '主题党日活动', 1],
  ['the first of several parts', '', [above, paragraph, heading(2, '体会')], '活动稿', 0],
  ['no heading', '', [paragraph], '活动稿', 0],
  ['a heading alone', '', [above], '活动稿', 0],
  ['one that is too short', '', [heading(2, '一'), paragraph], '活动稿', 0],
  ['one that is as long as it may be', '', [heading(2, '长'.repeat(100)), paragraph], '长'.repeat(100), 1],
  ['one that is too long', '', [heading(2, '长'.repeat(101)), paragraph], '活动稿', 0],
  ['another than was typed', '另一个', [above, paragraph], '另一个', 0],
  ['the one that was typed', '主题党日活动', [above, paragraph], '主题党日活动', 1],
])('a Word document with %s has its title once', (_, typed, content, title, gone) => {
  expect(entitle({ type: 'doc', content }, { typed, ofFile: '活动稿' })).toEqual({
    title,
    body: { type: 'doc', content: content.slice(gone) },
  })
})
