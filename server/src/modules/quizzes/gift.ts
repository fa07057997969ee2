import { decodedText } from '../../platform/decoded-text.ts'
import { Refusal } from '../../platform/refusal.ts'
import { visible } from '../../platform/visible-text.ts'
import { type FileReading, takeIn } from './checking.ts'
import { answerIn } from './gift-answers.ts'
import { find, findPair, formatted, wordsOf } from './gift-text.ts'
import type { NewQuestion } from './schema.ts'

/** Reads a file of questions in the format GIFT. Throws a refusal where it is no text. */
export function readGiftFile(bytes: Uint8Array): FileReading {
  const text = decodedText(bytes)
  if (text === undefined || /(?![\t\r\n\v\f])\p{Cc}/u.test(text)) {
    throw new Refusal(
      'unreadable',
      '这不是文本文件。GIFT 题库是纯文本，请重新导出，或者另存为 UTF-8 编码的 .txt 文件。',
    )
  }
  return readGift(text)
}

/**
 * Reads questions in the format GIFT of Moodle: single and several right options, true and false, short answers and exact numbers.
 * What of it is no question here is told with its line. A line 出处：… at the end of the feedback becomes the source.
 */
export function readGift(file: string): FileReading {
  const reading: FileReading = { questions: [], problems: [] }
  for (const { line, text, category } of blocksOf(visible(file))) {
    if (!takeIn(reading, `第 ${line} 行起的题目`, questionIn(text), category)) break
  }
  return reading
}

/** The questions stand apart by blank lines; comments are nobody's. The last name of a category holds for all behind it. */
function* blocksOf(text: string): Generator<{ line: number; text: string; category: string }> {
  let category = ''
  let lines: string[] = []
  let first = 0
  for (const [place, written] of text.split(/\r\n?|\n/).entries()) {
    const it = written.trim()
    if (it === '') {
      if (lines.length > 0) yield { line: first, text: lines.join('\n'), category }
      lines = []
    } else if (lines.length === 0 && it.startsWith('$CATEGORY:')) {
      category = categoryIn(it)
    } else if (!it.startsWith('//')) {
      if (lines.length === 0) first = place + 1
      lines.push(it)
    }
  }
  if (lines.length > 0) yield { line: first, text: lines.join('\n'), category }
}

/** The last part of $CATEGORY: $course$/top/第一章; `//` is a stroke of a name. The place of a whole course is none. */
function categoryIn(line: string): string {
  const parts = line.slice('$CATEGORY:'.length).split(/(?<!\/)\/(?!\/)/)
  const last = (parts.at(-1) ?? '').replaceAll('//', '/').trim()
  return /^(\$\w+\$|top)$/i.test(last) ? '' : last
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
  const say = (text: string): string => wordsOf(formatted(text.trim(), asked.format))
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
