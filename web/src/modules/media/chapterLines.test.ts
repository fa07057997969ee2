import { expect, test } from 'vitest'
import { clockOf, linesOf, readChapters, vttOf } from './chapterLines.ts'

test.each([
  [
    '0:00 开场\n12:30 提问',
    [
      [0, '开场'],
      [750, '提问'],
    ],
    null,
  ],
  [
    '00:00、开场\n\n1:02:05 - 总结',
    [
      [0, '开场'],
      [3725, '总结'],
    ],
    null,
  ],
  ['0：05 全角冒号', [[5, '全角冒号']], null],
  ['', [], null],
  ['开场', [], [1, '请按“12:30 提问”的格式填写，时间在前，名称在后']],
  ['0:61 秒数不对', [], [1, '请按“12:30 提问”的格式填写，时间在前，名称在后']],
  ['0:00 开场\n0:10', [[0, '开场']], [2, '缺少章节名称']],
  ['0:10 甲\n0:10 乙', [[10, '甲']], [2, '时间要晚于上一章']],
])('%j', (text, chapters, wrong) => {
  const read = readChapters(text)
  expect(read.chapters.map(({ at, name }) => [at, name])).toEqual(chapters)
  expect(read.wrong && [read.wrong.line, read.wrong.problem]).toEqual(wrong)
})

test('what was read is written again as it was', () => {
  const lines = '0:00 开场\n59:59 提问\n1:00:00 总结'
  expect(linesOf(readChapters(lines).chapters)).toBe(lines)
  expect([0, 59.9, 60, 3599, 3600].map(clockOf)).toEqual(['0:00', '0:59', '1:00', '59:59', '1:00:00'])
})

test.each([
  [null, '00:01:10.000'],
  [20, '00:01:10.000'],
  [70, '00:01:10.000'],
  [70.2, '00:01:11.000'],
  [600, '00:10:00.000'],
])('as WebVTT each lasts until the next, in a film of %s seconds the last one until %s', (duration, end) => {
  const { chapters } = readChapters('0:00 开场\n0:10 提问')
  expect(vttOf(chapters, duration)).toBe(
    `WEBVTT\n\n00:00:00.000 --> 00:00:10.000\n开场\n\n00:00:10.000 --> ${end}\n提问\n`,
  )
})
