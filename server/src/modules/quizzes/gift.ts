import sanitizeHtml from 'sanitize-html'
import { decodedText } from '../../platform/decoded-text.ts'
import { Refusal } from '../../platform/refusal.ts'
import { inOneLine, visible } from '../../platform/visible-text.ts'
import { quoted, takeIn } from './checking.ts'
import { judgementOptions, mostAccepted, mostOptions } from './names-schema.ts'
import type { NewQuestion, Reading } from './schema.ts'

/** Reads a file of questions in the format GIFT. Throws a refusal where it is too large, or no text. */
export function readGiftFile(bytes: Uint8Array): Reading {
  if (bytes.length > mostBytes) throw new Refusal('too-large', '文件超过 2 MB，请分成几个文件导入。')
  const text = decodedText(bytes)
  if (text === undefined || /(?![\t\r\n\v\f])\p{Cc}/u.test(text)) {
    throw new Refusal(
      'unreadable',
      '这不是文本文件。GIFT 题库是纯文本，请重新导出，或者另存为 UTF-8 编码的 .txt 文件。',
    )
  }
  return readGift(text)
}

const mostBytes = 2 * 1024 * 1024

/**
 * Reads questions in the format GIFT of Moodle: single and several right options, true and false, short answers and exact numbers.
 * What of it is no question here is told with its line. A line 出处：… at the end of the feedback becomes the source.
 */
export function readGift(file: string): Reading {
  const reading: Reading = { questions: [], problems: [] }
  for (const { line, text } of blocksOf(visible(file))) {
    if (!takeIn(reading, `第 ${line} 行起的题目`, questionIn(text))) break
  }
  return reading
}

/** The questions stand apart by blank lines; comments and the names of categories are nobody's. */
function* blocksOf(text: string): Generator<{ line: number; text: string }> {
  let lines: string[] = []
  let first = 0
  for (const [place, written] of text.split(/\r\n?|\n/).entries()) {
    const it = written.trim()
    if (it === '') {
      if (lines.length > 0) yield { line: first, text: lines.join('\n') }
      lines = []
    } else if (!it.startsWith('//') && !(lines.length === 0 && it.startsWith('$CATEGORY:'))) {
      if (lines.length === 0) first = place + 1
      lines.push(it)
    }
  }
  if (lines.length > 0) yield { line: first, text: lines.join('\n') }
}

/** The question, or what has to be mended. */
function questionIn(block: string): NewQuestion | string {
  if (block.length > longestBlock) return '这道题太长。两道题之间请空一行；只有一道题的，请删去不需要的内容'
  if (/\[html\]/i.test(block) && /<(?:img|audio|video|object|iframe)\b/i.test(block)) {
    return '题目里有图片、音频或者视频，这里只收文字。请改为文字，或者删去'
  }
  const body = withoutTitle(block)
  const open = find(body, '{')
  const close = find(body, '}')
  if (open < 0 && close < 0) return '没有答案。请在题目后面写上花括号和答案，如 {T} 或 {=甲 ~乙}；不是题目的，请删去'
  if (open < 0 || close < open) {
    return '花括号不成对。请补上缺少的 { 或 }，题目中间不能有空行；作为文字的花括号写成 \\{ 和 \\}'
  }
  if (find(body, '{', open + 1) >= 0 || find(body, '}', close + 1) >= 0) {
    return '一道题里有几处花括号。两道题之间请空一行；作为文字的花括号写成 \\{ 和 \\}'
  }

  const after = body.slice(close + 1)
  const asked = formatted(body.slice(0, open) + (after.trim() === '' ? '' : `____${after}`), 'moodle')
  const { answers, general } = withoutGeneral(body.slice(open + 1, close))
  const say = (text: string) => wordsOf(formatted(text.trim(), asked.format))
  const answer = answerIn(answers, say)
  if (typeof answer === 'string') return answer
  const { remarks, ...answered } = answer
  return { ...answered, text: wordsOf(asked), ...explanationOf(say(general), remarks) }
}

/** Far more than a question may have with all its tags. */
const longestBlock = 20_000

/** A name between double colons before the question is for whoever keeps the file. */
function withoutTitle(block: string): string {
  if (!block.startsWith('::')) return block
  const end = findPair(block, ':', 2)
  return block.slice(end < 0 ? 2 : end + 2).trim()
}

/** What is said after every answer stands last, behind four #. */
function withoutGeneral(between: string): { answers: string; general: string } {
  let last = -1
  for (let at = find(between, '#'); at >= 0; at = find(between, '#', at)) {
    const isGeneral = between.startsWith('####', at)
    if (isGeneral) last = at
    at += isGeneral ? 4 : 1
  }
  if (last < 0) return { answers: between.trim(), general: '' }
  return { answers: between.slice(0, last).trim(), general: between.slice(last + 4) }
}

type Say = (text: string) => string

interface Answered extends Pick<NewQuestion, 'kind' | 'options' | 'accepted'> {
  /** What is said to the answers. */
  remarks: string[]
}

function answerIn(answers: string, say: Say): Answered | string {
  if (answers === '') return '花括号里没有答案。这里只收有标准答案的题目，请补上答案，或者删去'
  if (answers.startsWith('#')) return numberIn(answers.slice(1), say)
  const pieces = piecesOf(answers)
  if (pieces.length > mostPieces)
    return `花括号里的选项或者答案太多。选择题不超过 ${mostOptions} 个选项，填空题不超过 ${mostAccepted} 个答案`
  if (pieces.some((it) => it.mark === '~')) return choiceIn(pieces, say)
  const [only] = pieces
  const isTrue = pieces.length === 1 && only?.mark === '' ? truths[only.text.trim().toUpperCase()] : undefined
  if (isTrue !== undefined) {
    const right = isTrue ? 0 : 1
    const options = judgementOptions.map((text, at) => ({ text, isRight: at === right }))
    const remarks = [...(only?.remark ? split(only.remark, '#') : [])].map((it) => say(it.text))
    return { kind: 'judgement', options, accepted: [], remarks }
  }
  if (pieces.some((it) => it.mark === '=' && it.text.includes('->'))) {
    return '这是配对题，这里没有这种题型。请改为几道单选题或者填空题'
  }
  return wordsIn(pieces, say)
}

/** More than any question may have, with the wrong answers that are only remarked on. */
const mostPieces = 30

const truths: Readonly<Record<string, boolean>> = { T: true, TRUE: true, F: false, FALSE: false }

function choiceIn(pieces: readonly Piece[], say: Say): Answered | string {
  const bare = pieces.find((it) => it.mark === '')
  if (bare) return `选项${quoted(say(bare.text))}前面没有 = 或 ~。请补上：正确的写 =，错误的写 ~`
  const marked = pieces.filter((it) => it.mark === '=')
  if (marked.length > 0) {
    const whole = pieces.filter((it) => it.share >= 100)
    if (whole.length > 1) {
      const share = Math.floor(10_000 / whole.length) / 100
      return `有 ${whole.length} 个选项标为正确。单选题请只留一个 =；多选题请把每个正确选项写成 ~%${share}%`
    }
    const part = pieces.find((it) => it.share > 0 && it.share < 100)
    if (part) return partlyRight(part, say)
  }
  const options = pieces.map((it) => ({ text: say(it.text), isRight: it.share > 0 }))
  const remarks = pieces.map(({ remark, share, text }) =>
    remark === '' || share > 0 ? say(remark) : `“${inOneLine(say(text))}”：${say(remark)}`,
  )
  const kind = options.filter((it) => it.isRight).length > 1 ? 'multiple' : 'single'
  return { kind, options, accepted: [], remarks }
}

const partlyRight = ({ text, share }: Piece, say: Say): string =>
  `${quoted(say(text))}只算 ${share}% 对。这里的答案只分对错，请去掉百分数，或者删去这一项`

function wordsIn(pieces: readonly Piece[], say: Say): Answered | string {
  const bare = pieces.find((it) => it.mark === '')
  if (bare && pieces.length > 1) return `答案${quoted(say(bare.text))}前面没有 =。请补上`
  const taken = pieces.filter((it) => it.share > 0)
  const part = taken.find((it) => it.share < 100)
  if (part) return partlyRight(part, say)
  const open = taken.find((it) => find(it.text, '*') >= 0)
  if (open)
    return `答案${quoted(say(open.text))}里的 * 代表任意文字，这里没有这种写法。请逐个写出正确答案；* 本身写成 \\*`
  const accepted = taken.map((it) => say(it.text))
  return { kind: 'blank', options: [], accepted, remarks: taken.map((it) => say(it.remark)) }
}

function numberIn(written: string, say: Say): Answered | string {
  const taken = piecesOf(written.trim()).filter((it) => it.mark !== '~' && it.share > 0)
  const accepted: string[] = []
  for (const it of taken) {
    if (it.share < 100) return partlyRight(it, say)
    const [number = '', tolerance = ''] = it.text.split(':', 2).map((part) => part.trim())
    if (number.includes('..') || Number(tolerance) !== 0) {
      return `答案${quoted(it.text.trim())}是一个范围，这里只收准确的数。请写成 {#1921} 这样，或者改为选择题`
    }
    if (!/^[-+.\de]+$/i.test(number) || Number.isNaN(Number(number))) {
      return `答案${quoted(it.text.trim())}不是数。请写成 {#1921} 这样；文字答案写成 {=答案}`
    }
    accepted.push(number)
  }
  return { kind: 'blank', options: [], accepted, remarks: taken.map((it) => say(it.remark)) }
}

/** A part of what stands between the braces. `share`: how far it counts as right, in percent. */
interface Piece {
  mark: '' | '=' | '~'
  share: number
  text: string
  remark: string
}

/** The parts with something in them; no more are looked at than one more than there may be. */
function piecesOf(answers: string): Piece[] {
  const pieces: Piece[] = []
  for (const { mark, text } of split(answers, '=~')) {
    const written = text.trim()
    if (mark === '' && written === '') continue
    const [, percent] = /^%(-?\d{1,3}(?:\.\d{0,20})?)%/.exec(written) ?? []
    const said = percent === undefined ? written : written.slice(percent.length + 2)
    const hash = find(said, '#')
    const share = percent === undefined ? (mark === '~' ? 0 : 100) : Number(percent)
    const [own, remark] = hash < 0 ? [said, ''] : [said.slice(0, hash), said.slice(hash + 1)]
    pieces.push({ mark: mark === '=' || mark === '~' ? mark : '', share, text: own, remark })
    if (pieces.length > mostPieces) break
  }
  return pieces
}

/** What is said in general first, then to single answers, each once. The last line may say where it can be looked up. */
function explanationOf(general: string, remarks: readonly string[]): Pick<NewQuestion, 'explanation' | 'source'> {
  const lines = general.split('\n')
  const ownSource = sourceOf(lines.at(-1))
  if (ownSource !== undefined) lines.pop()
  const all = [...new Set([lines.join('\n').trim(), ...remarks.map((it) => it.trim())])]
  const said = all
    .filter((it) => it !== '')
    .join('\n')
    .split('\n')
  const source = ownSource ?? sourceOf(said.at(-1))
  if (ownSource === undefined && source !== undefined) said.pop()
  return { explanation: said.join('\n').trim(), source: source ?? '' }
}

const sourceOf = (line = ''): string | undefined => /^\s*出处\s*[：:](.*)$/.exec(line)?.[1]?.trim()

type Format = 'html' | 'moodle' | 'plain' | 'markdown'
interface Formatted {
  format: Format
  text: string
}

/** A text may begin with its format; else it has the one of the question. */
function formatted(text: string, otherwise: Format): Formatted {
  const mark = /^\s*\[(html|moodle|plain|markdown)\]/i.exec(text)
  if (!mark) return { format: otherwise, text }
  const format = (['html', 'moodle', 'plain', 'markdown'] as const).find((it) => it === mark[1]?.toLowerCase())
  return { format: format ?? otherwise, text: text.slice(mark[0].length) }
}

function wordsOf({ format, text }: Formatted): string {
  const words = text.replace(/\\([~=#{}:*\\n])/g, (_, it: string) => (it === 'n' ? '\n' : it))
  return format === 'html' ? withoutTags(words) : words.trim()
}

function withoutTags(html: string): string {
  const lines = inOneLine(html).replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]*>/gi, '\n')
  const text = sanitizeHtml(lines, { allowedTags: [], allowedAttributes: {} })
  const words = text.replace(/&(lt|gt|quot|amp);/g, (it, name: string) => entities[name] ?? it)
  return words
    .split('\n')
    .map(inOneLine)
    .filter((it) => it !== '')
    .join('\n')
}

/** What is left written so in a text without tags. */
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/** Where one of the signs stands, from a place on, that no backslash makes an ordinary one; -1 where none does. */
function find(text: string, signs: string, from = 0): number {
  for (let at = from; at < text.length; at++) {
    const it = text.charAt(at)
    if (it === '\\') at++
    else if (signs.includes(it)) return at
  }
  return -1
}

function findPair(text: string, sign: string, from: number): number {
  let at = find(text, sign, from)
  while (at >= 0 && text[at + 1] !== sign) at = find(text, sign, at + 1)
  return at
}

/** The parts of a text between signs, each with the sign before it. */
function* split(text: string, signs: string): Generator<{ mark: string; text: string }> {
  let mark = ''
  let from = 0
  for (let at = find(text, signs); at >= 0; at = find(text, signs, from)) {
    yield { mark, text: text.slice(from, at) }
    mark = text.charAt(at)
    from = at + 1
  }
  yield { mark, text: text.slice(from) }
}
