import { inOneLine } from '../../platform/visible-text.ts'
import { quoted } from './checking.ts'
import { find, split } from './gift-text.ts'
import { judgementOptions, mostAccepted, mostOptions } from './names-schema.ts'
import type { NewQuestion } from './schema.ts'

/** A text of the file as the words that are shown. */
export type Say = (text: string) => string

interface Answered extends Pick<NewQuestion, 'kind' | 'options' | 'accepted'> {
  /** What is said to the answers. */
  remarks: string[]
}

/** What stands between the braces as an answer, or what has to be mended. */
export function answerIn(answers: string, say: Say): Answered | string {
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
