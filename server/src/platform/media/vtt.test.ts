import { describe, expect, test } from 'vitest'
import { readCues, writeVtt } from './vtt.ts'

const line = (text: string) => `00:00:01.000 --> 00:00:02.500\n${text}`
const cue = (text: string) => [{ fromMs: 1_000, toMs: 2_500, text }]

describe('is read:', () => {
  test.each<[string, string, ReturnType<typeof readCues>]>([
    ['WebVTT', `WEBVTT\n\n${line('同志们好')}\n`, cue('同志们好')],
    [
      'with a name, hours left out and a place',
      `WEBVTT 讲稿\n\n1\n00:01.000 --> 00:02.500 line:0 align:start\n好`,
      cue('好'),
    ],
    ['SubRip of Windows', '\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n上一行\r\n下一行\r\n', cue('上一行\n下一行')],
    [
      'without styles and notes',
      `WEBVTT\n\nSTYLE\n::cue { background: url(//x.cn) }\n\nNOTE 张三校对\n\n${line('好')}`,
      cue('好'),
    ],
    ['without tags', `WEBVTT\n\n${line('<v 张三><i>好</i> &lt;b&gt;<img src=x onerror=alert(1)>')}`, cue('好 <b>')],
    [
      'in the order of time',
      `WEBVTT\n\n01:00:00.000 --> 01:00:01.000\n后\n\n${line('先')}`,
      [...cue('先'), { fromMs: 3_600_000, toMs: 3_601_000, text: '后' }],
    ],
  ])('%s', (_, text, cues) => {
    expect(readCues(text)).toEqual(cues)
    // What we write is read as the same, and is written as the same again.
    expect(readCues(writeVtt(cues))).toEqual(cues)
    expect(writeVtt(readCues(writeVtt(cues)))).toBe(writeVtt(cues))
  })
})

test('nothing in a text is a tag, an arrow or a line of its own', () => {
  expect(writeVtt(cue('a --> b <c> & d'))).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\na --&gt; b &lt;c&gt; &amp; d\n',
  )
})

describe('is refused, with the line:', () => {
  test.each<[string, string, RegExp]>([
    ['nothing', '', /没有一条/],
    ['a page', '<html>\n<body>', /第 2 行.*时间/],
    ['a minute of 60 seconds', 'WEBVTT\n\n00:60.000 --> 02:00.000\n好', /第 [34] 行.*时间/],
    ['an end at the beginning', 'WEBVTT\n\n00:01.000 --> 00:01.000\n好', /第 3 行.*不晚于/],
    ['no text', 'WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>', /没有文字/],
    ['a text that is too long', `WEBVTT\n\n${line('好'.repeat(501))}`, /超过 500 个字/],
    ['too many', `WEBVTT\n\n${`${line('好')}\n\n`.repeat(5_001)}`, /超过 5000 条/],
  ])('%s', (_, text, why) => {
    expect(() => readCues(text)).toThrow(why)
  })

  test('but not at the bounds', () => {
    expect(readCues(`WEBVTT\n\n${line('好'.repeat(500))}`)).toEqual(cue('好'.repeat(500)))
    expect(readCues(`WEBVTT\n\n${`${line('好')}\n\n`.repeat(5_000)}`)).toHaveLength(5_000)
  })
})
