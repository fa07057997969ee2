import type { ActKind } from '@zhibu/rules'
import { type Field, fields } from './fields.ts'

/** The words over a column: its own header and what stands above it, nearest first (a group, a stage of the way). */
export interface HeaderWords {
  text: string
  above: readonly string[]
}

/**
 * Which field each column probably is; null where no field of the dictionary is meant.
 * A field is given to one column only, except lists that are often spread over several (two introducers, several reviews).
 * Where a header may mean several fields (谈话时间, 党委审批时间), the stage above it and its place among the others decide.
 */
export function fieldsOf(headers: readonly HeaderWords[]): (Field | null)[] {
  const chosen: (Field | null)[] = headers.map(() => null)
  const taken = new Set<Field>()
  const choose = (at: number, field: Field | undefined) => {
    if (field === undefined) return
    chosen[at] = field
    if (!mayRepeat(field)) taken.add(field)
  }

  const columns = headers.map((header, at) => ({ at, candidates: candidatesOf(header) }))
  const byScore = [...columns].sort((a, b) => (b.candidates[0]?.score ?? 0) - (a.candidates[0]?.score ?? 0))
  const unclear: typeof columns = []
  for (const column of byScore) {
    const free = column.candidates.filter((it) => !taken.has(it.field))
    if (tied(column.candidates).length > 1) unclear.push(column)
    else choose(column.at, free[0]?.field)
  }
  for (const { at, candidates } of unclear.sort((a, b) => a.at - b.at)) {
    const free = candidates.filter((it) => !taken.has(it.field))
    choose(at, nextOnTheWay(tied(free), chosen.slice(0, at)))
  }
  return chosen
}

/** Whether the header can stand for some field, whatever the columns beside it are. */
export const isKnownHeader = (header: HeaderWords): boolean => candidatesOf(header).length > 0

/** Words that say something only together with what stands above them: 时间 under 支委会审查. */
export const isGenericHeader = (text: string): boolean =>
  genericWords.has(stemOf(partsOf(text).core)) || stemOf(text) === ''

/** Whether the text over a group of columns is the title of a part of the table (基本信息, 阶段2：预备党员), not a field. */
export const isPartTitle = (text: string): boolean => partWords.test(partsOf(text).core)

interface Candidate {
  field: Field
  score: number
}

const leastScore = 62
const tieWithin = 2.5

const genericWords = new Set(
  '时间 日期 姓名 人员 人数 结果 结论 情况 起止 开始 结束 起 止 起始 截止 是否通过 是否完成 意见 人 内容 地点 应到 实到 赞成 反对 弃权 同意 不同意 学时 天数 编号 备注 电话 单位 应到会 实到会 应到人数 实到人数 应到会人数 实到会人数 赞成票 反对票 弃权票 同意票 赞成票数 反对票数 弃权票数 书面意见 谈话人 票数'.split(
    ' ',
  ),
)

/** What sheets write over a group of columns that is a part of the way or of the data, not a field of its own. */
const partWords =
  /^(?:第?[一二三四五六七八九十\d]*阶段[一二三四五六七八九十\d]*[:、.]?)?(?:个人|基本|学生|本人)?(?:信息|情况|资料)?(?:入党)?(?:申请(?:入党|人)?|积极分子|发展对象|预备党员|正式党员|转正|转出|接收|发展)?(?:阶段|信息|情况|培养)?$/

const cache = new Map<string, Candidate[]>()

function candidatesOf(header: HeaderWords): Candidate[] {
  const key = [header.text, ...header.above].join('\u0001')
  const known = cache.get(key)
  if (known) return known
  // Sheets of other people fill it: it must not grow for ever.
  if (cache.size > 5000) cache.clear()
  const found = scored(header)
  cache.set(key, found)
  return found
}

function scored({ text, above }: HeaderWords): Candidate[] {
  const parts = partsOf(text)
  if (parts.core === '' || parts.core.length > 40) return []
  const groups = above.map((it) => partsOf(it).core).filter((it) => it !== '' && it !== parts.core)
  const group = groups.find((it) => !partWords.test(it))
  const joined = [...groups.map((it) => it + parts.core), [...groups].reverse().join('') + parts.core]
  const part = groups.join('')
  const isGeneric = isGenericHeader(text)

  const candidates: Candidate[] = []
  for (const it of fields) {
    const own = group !== undefined && isFieldName(group) ? 0 : ownScore(it, parts)
    const score = Math.max(
      isGeneric && group ? own - 40 : own,
      groups.length > 0 ? joinedScore(it, joined, isGeneric) : 0,
    )
    if (score >= leastScore) candidates.push({ field: it, score: score + (belongsTo(it, part) ? 3 : 0) })
  }
  return candidates.sort((a, b) => b.score - a.score)
}

function ownScore(field: Field, { core, note, stem, stemWithNote }: HeaderParts): number {
  const { exact, stems } = namesOf(field)
  if (field.not.some((it) => note.includes(it))) return 0
  if (exact.has(core)) return 100
  if (stems.has(stem)) return 97
  if (note !== '' && stems.has(stemWithNote)) return 96
  if (field.not.some((it) => core.includes(it))) return 0
  const whole = core + note
  return Math.max(fragmentScore(field, core, 55), note === '' ? 0 : fragmentScore(field, whole, 50))
}

function joinedScore(field: Field, joined: readonly string[], isGeneric: boolean): number {
  const { stems } = namesOf(field)
  if (joined.some((it) => stems.has(stemOf(it)))) return 104
  if (!isGeneric) return 0
  return Math.max(
    ...joined.map((it) => (field.not.some((word) => it.includes(word)) ? 0 : fragmentScore(field, it, 58))),
  )
}

/** `base` for a header that has all words of a fragment in order, and up to 40 more the less else it says. */
function fragmentScore(field: Field, text: string, base: number): number {
  let best = 0
  for (const fragment of field.fragments) {
    let from = 0
    let covered = 0
    for (const word of fragment) {
      const at = text.indexOf(word, from)
      covered = at < 0 ? -1000 : covered + word.length
      from = at + word.length
    }
    if (covered > 0) best = Math.max(best, base + (40 * covered) / stemOf(text).length)
  }
  return Math.min(best, base + 40)
}

const tied = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter((it) => it.score >= (candidates[0]?.score ?? 0) - tieWithin)

/** Of fields that fit equally, the first that comes on the way after the acts to the left. */
function nextOnTheWay(candidates: readonly Candidate[], before: readonly (Field | null)[]): Field | undefined {
  const last = before.findLast((it) => it?.feeds.to === 'act')
  const reached = last ? fields.indexOf(last) : -1
  const inOrder = candidates.map((it) => it.field).sort((a, b) => fields.indexOf(a) - fields.indexOf(b))
  return inOrder.find((it) => fields.indexOf(it) > reached) ?? inOrder.at(-1)
}

const mayRepeat = (field: Field): boolean =>
  field.type === 'days' || (field.type === 'names' && field.feeds.to === 'act')

const partsOfTheWay: readonly { word: RegExp; kinds: readonly ActKind[] }[] = [
  { word: /申请/, kinds: ['application', 'applicantTalk'] },
  {
    word: /积极分子/,
    kinds: [
      'recommendation',
      'activistDecision',
      'activistFiling',
      'contactPersons',
      'review',
      'thoughtReport',
      'activistTraining',
    ],
  },
  {
    word: /发展对象/,
    kinds: [
      'opinions',
      'prospectProposal',
      'prospectConsent',
      'publicNotice',
      'prospectListing',
      'introducers',
      'politicalReview',
      'intensiveTraining',
    ],
  },
  {
    word: /预备党员|接收|发展大会/,
    kinds: [
      'committeeExamination',
      'preReview',
      'admissionForm',
      'admissionAssembly',
      'admissionTalk',
      'admissionApproval',
      'admissionFiling',
      'assignment',
      'oath',
      'probationReview',
    ],
  },
  {
    word: /转正|正式党员/,
    kinds: ['confirmationRequest', 'confirmationOpinions', 'confirmationAssembly', 'confirmationApproval', 'archiving'],
  },
]

const belongsTo = ({ feeds }: Field, part: string): boolean =>
  part !== '' && feeds.to === 'act' && partsOfTheWay.some((it) => it.word.test(part) && it.kinds.includes(feeds.kind))

interface HeaderParts {
  /** The header without what stands in brackets. */
  core: string
  /** What stands in brackets. */
  note: string
  /** The header without and with its note, less the words that only say it is a date: compared with every field, made once. */
  stem: string
  stemWithNote: string
}

/** The header without blanks, line breaks, quotation marks, numbering and the digit that tells repeated headers apart. */
function partsOf(text: string): HeaderParts {
  const even = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s“”"'‘’《》〈〉【】[\]*※★☆:：。；;\u200b\ufeff]/g, '')
    .replace(/^\d{1,2}[.、]/, '')
  const note = [...even.matchAll(/\(([^()]*)\)/g)].map((it) => it[1]).join('')
  const bare = even.replace(/\([^()]*\)?/g, '')
  const core = withoutNumber(bare === '' ? note : bare)
  const beside = bare === '' ? '' : note
  return { core, note: beside, stem: stemOf(core), stemWithNote: stemOf(core + beside) }
}

const withoutNumber = (text: string): string => (text.length > 2 ? text.replace(/(?:[_.-]?\d{1,2}|[一二])$/, '') : text)

/** The header without the words that only say it is a date. */
function stemOf(text: string): string {
  const stem = text.replace(/的/g, '').replace(/(?:具体)?(?:时间|日期|年月日|年月)$/, '')
  return stem.replace(/(?:时间|日期)(?=或|\/|$)/, '')
}

const namesByField = new Map<Field, { exact: ReadonlySet<string>; stems: ReadonlySet<string> }>()

function namesOf(field: Field) {
  const known = namesByField.get(field)
  if (known) return known
  const exact = new Set(field.names.map((it) => it.normalize('NFKC').toLowerCase().replace(/[()]/g, '')))
  const stems = new Set([...exact].map(stemOf).filter((it) => it !== ''))
  const names = { exact, stems }
  namesByField.set(field, names)
  return names
}

const isFieldName = (text: string): boolean => fields.some((it) => namesOf(it).stems.has(stemOf(text)))
