import { fold } from '../server/src/platform/search/folding.ts'

/** A page of an invented document. */
export interface CorpusPage {
  /** From 0, in the order in which they are filed, which is not that of their days. */
  number: number
  personNumber: number
  on: string
  title: string
  body: string
}

/** Words that papers of this kind are full of, the most frequent first. */
const papers = [
  ...[
    '同志',
    '党员',
    '学习',
    '工作',
    '支部',
    '思想',
    '汇报',
    '党组织',
    '认真',
    '积极',
    '入党',
    '培养',
    '考察',
    '党支部',
  ],
  ...[
    '学生',
    '进步',
    '理论',
    '政治',
    '服务',
    '群众',
    '发展',
    '会议',
    '讨论',
    '同意',
    '材料',
    '申请书',
    '志愿书',
    '预备党员',
  ],
  ...[
    '转正',
    '积极分子',
    '联系人',
    '介绍人',
    '谈话',
    '公示',
    '政治审查',
    '集中培训',
    '支部大会',
    '支部委员会',
    '党委',
    '审批',
  ],
  ...[
    '表决',
    '票',
    '应到会',
    '实到会',
    '有表决权',
    '班级',
    '宿舍',
    '科研',
    '实验室',
    '论文',
    '实习',
    '社会实践',
    '志愿活动',
  ],
]

/** What a corpus of so many pages is made of: the same for the same number. */
export class Corpus {
  readonly pages: number
  readonly persons: number
  readonly #words: readonly string[]
  /** The word of each of 65,536 equally likely draws: the n-th word is n times rarer than the first, as in real texts. */
  readonly #drawn: Uint16Array

  constructor(pages: number, persons: number) {
    this.pages = pages
    this.persons = persons
    this.#words = [...papers, ...inventedWords(24_000)]
    const weights = this.#words.map((_, at) => 1 / (at + 3))
    const whole = weights.reduce((sum, it) => sum + it, 0)
    const drawn: number[] = []
    let [reached, word] = [0, 0]
    for (let draw = 0; draw < 65_536; draw++) {
      while (reached + (weights[word] ?? 1) < ((draw + 0.5) / 65_536) * whole && word < weights.length - 1)
        reached += weights[word++] ?? 0
      drawn.push(word)
    }
    this.#drawn = Uint16Array.from(drawn)
  }

  /** A page by its number. What is rare stands in one of ten thousand or a hundred thousand. */
  page(number: number): CorpusPage {
    const dice = diceOf(number + 1)
    const personNumber = dice(this.persons)
    const day = new Date(Date.UTC(2016, 0, 1) + dice(3_900) * 86_400_000)
    const on = day.toISOString().slice(0, 10)
    const parts: string[] = []
    for (let words = 35 + dice(40), at = 0; at < words; at++) {
      parts.push(this.#words[this.#drawn[dice(65_536)] ?? 0] ?? '')
      if (dice(8) === 0) parts.push(dice(3) === 0 ? '。' : '，')
    }
    parts.splice(dice(parts.length), 0, `${on.slice(0, 4)}年${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`)
    parts.splice(dice(parts.length), 0, `学号2023${personNumber + 1}，`)
    if (dice(10) === 0) parts.splice(dice(parts.length), 0, `${'ABCDEFGH'[dice(8)]}楼${100 + dice(900)}室`)
    if (dice(50) === 0) parts.splice(dice(parts.length), 0, `第${1 + dice(this.persons / 2_000)}学院`)
    if (dice(200) === 0) parts.splice(dice(parts.length), 0, 'Python程序设计')
    if (dice(3) === 0 && on < '2019') parts.splice(dice(parts.length), 0, '《旧版登记表》')
    if (number % 100_000 === 77 || number === 3) parts.splice(dice(parts.length), 0, '彗星观测小组')
    return { number, personNumber, on, title: titles[dice(titles.length)] ?? '', body: parts.join('') }
  }
}

const titles = [
  '入党申请书',
  '思想汇报',
  '谈话记录',
  '培养考察登记表',
  '政治审查材料',
  '支部大会记录',
  '转正申请书',
  '自传',
]

/** The page as it is compared, for a plain search in it. */
export const foldedPage = ({ title, body }: CorpusPage, subject: string): string =>
  [title, subject, body].map(fold).join('\n')

/** The common characters, in the order of the national standard, joined to words by chance. */
function inventedWords(count: number): string[] {
  const dice = diceOf(20_261_128)
  const bytes = new Uint8Array(3_755 * 2)
  for (let at = 0; at < 3_755; at++) bytes.set([0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)], at * 2)
  const characters = Array.from(new TextDecoder('gb18030').decode(bytes))
  const character = () => characters[Math.floor((dice(3_755) * dice(3_755)) / 3_755)] ?? ''
  return Array.from({ length: count }, () => character() + character() + (dice(6) === 0 ? character() : ''))
}

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
function diceOf(seed: number): (bound: number) => number {
  let state = Math.imul(seed, 0x9e3779b1)
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * bound)
  }
}
