import { expect, test } from 'vitest'
import { openTemplate } from './filling.ts'
import type { Paper } from './official-paper.ts'
import { wordPaper } from './word-paper.ts'
import { fillTemplate } from './word-template.ts'

const paper = (text: string): Paper => ({
  title: '谈话记录',
  body: [{ kind: 'paragraph', text }],
  attachments: [],
  madeOn: '2026-05-11',
})

test('fills a template that is open in a thread, copy after copy', async () => {
  const bytes = wordPaper(paper('{学生}'))
  const template = await openTemplate(bytes, { 学生: '姓名' })
  expect(template.fields).toEqual([{ path: '学生', filter: null, within: [] }])
  for (const 姓名 of ['赵喆', '钱堃']) {
    const file = new Uint8Array(fillTemplate(bytes, { 姓名 }, { 学生: '姓名' }))
    expect(await template.make([{ 姓名 }, { 姓名 }])).toEqual([{ file }, { file }])
  }
  await template.close()
})

test('refuses what cannot be used, and ends where filling it takes too much', async () => {
  await expect(openTemplate(wordPaper(paper('{姓名')))).rejects.toThrow('没有对应的“}”')
  const nested = await openTemplate(wordPaper(paper(`{#甲}{#甲}{#甲}${'长'.repeat(20_000)}{/甲}{/甲}{/甲}`)))
  const many = { 甲: Array.from({ length: 300 }, () => ({ 乙: '乙' })) }
  await expect(nested.make([many])).rejects.toThrow('模板过大或过于复杂')
})
