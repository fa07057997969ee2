import { Refusal } from '../refusal.ts'

/** A text that is shown from one moment to another, or the name of a chapter. */
export interface Cue {
  fromMs: number
  toMs: number
  text: string
}

/** More than a film of many hours has. */
const mostCues = 5_000
const mostCueCharacters = 500

/**
 * Reads WebVTT, or SubRip (.srt), which most programs write. Of each cue only the times and the plain text count: no places, colours or
 * styles. Refuses what is no time, ends before it begins, or is too long, and says in which line.
 */
export function readCues(text: string): Cue[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/)
  const cues: Cue[] = []
  let at = /^WEBVTT([ \t]|$)/.test(lines[0] ?? '') ? endOf(lines, 0) : 0
  while (at < lines.length) {
    const end = endOf(lines, at)
    const block = lines.slice(at, end)
    const cue = block.length === 0 || /^(NOTE|STYLE|REGION)([ \t]|$)/.test(block[0] ?? '') ? null : cueOf(block, at)
    if (cue) cues.push(cue)
    if (cues.length > mostCues) throw wrong(at, `超过 ${mostCues} 条`)
    at = end + 1
  }
  if (cues.length === 0) throw wrong(0, '没有一条字幕')
  return cues.sort((one, other) => one.fromMs - other.fromMs || one.toMs - other.toMs)
}

/** Where a block ends: at the next empty line. */
function endOf(lines: readonly string[], from: number): number {
  const at = lines.findIndex((it, index) => index >= from && it.trim() === '')
  return at < 0 ? lines.length : at
}

function cueOf(block: readonly string[], at: number): Cue {
  const timesAt = (block[0] ?? '').includes('-->') ? 0 : 1
  const [, from, to] = times.exec(block[timesAt] ?? '') ?? []
  if (from === undefined || to === undefined) throw wrong(at + timesAt, '时间的写法应为 00:01:02.000 --> 00:01:05.000')
  const text = plain(block.slice(timesAt + 1).join('\n'))
  const cue = { fromMs: momentOf(from), toMs: momentOf(to), text }
  if (cue.toMs <= cue.fromMs) throw wrong(at + timesAt, '结束不晚于开始')
  if (text === '') throw wrong(at + timesAt, '这一条没有文字')
  if (text.length > mostCueCharacters) throw wrong(at + timesAt, `这一条超过 ${mostCueCharacters} 个字`)
  return cue
}

const moment = String.raw`(?:\d{2,3}:)?[0-5]\d:[0-5]\d[.,]\d{3}`
const times = new RegExp(String.raw`^\s*(${moment})[ \t]+-->[ \t]+(${moment})(?:[ \t].*)?$`)

function momentOf(text: string): number {
  const [ms = '', s = '', m = '', h = '0'] = text.split(/[:.,]/).reverse()
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms)
}

/** What is read of a cue: without tags and without what nobody sees. */
const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => entities[name] ?? '')
    .replace(/(?!\n)\p{C}/gu, '')
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it !== '')
    .join('\n')

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ' }

/** Writes cues as WebVTT: times and text, in which nothing is a tag or an arrow. */
export function writeVtt(cues: readonly Cue[]): string {
  const parts = cues.map(({ fromMs, toMs, text }) => `${written(fromMs)} --> ${written(toMs)}\n${escaped(text)}\n`)
  return ['WEBVTT\n', ...parts].join('\n')
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function written(ms: number): string {
  const two = (it: number) => String(Math.floor(it)).padStart(2, '0')
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`
}

const wrong = (line: number, what: string) =>
  new Refusal('unreadable', `字幕文件第 ${line + 1} 行有误：${what}。请用 WebVTT（.vtt）或 SRT 文件。`)
