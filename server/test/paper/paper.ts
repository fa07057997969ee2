import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import sharp from 'sharp'
import { type Dice, diceOf } from '../../src/demo/dice.ts'
import { inventEthnicity, inventIdNumber, inventName, nativePlaces } from '../../src/demo/names.ts'

/** A page as it comes from the printer, and what stands on it. All persons are invented. */
export interface DrawnPaper {
  /** PNG, A4. */
  picture: Buffer
  /** What is written, from above to below, the cells of a row from left to right. */
  lines: readonly string[]
  identityNumbers: readonly string[]
  phoneNumbers: readonly string[]
  /** As "2025-05-28". */
  days: readonly string[]
  names: readonly string[]
}

/** What is drawn: a form with cells, or a running text with a signature. */
export type PaperKind = 'form' | 'letter'

/** Draws a page; the same seed gives the same page. */
export async function drawPaper(kind: PaperKind, seed: number, dotsPerInch = 300): Promise<DrawnPaper> {
  const dice = diceOf(seed)
  const person = inventPerson(dice)
  const content = kind === 'form' ? form(dice, person) : letter(dice, person)
  const svg = (await typesetter()).plainSvg({
    mainFileContent: layout,
    inputs: { content: JSON.stringify({ ...content, font: dice.pick(['Noto Sans Hans', 'Noto Serif SC']) }) },
  })
  // Points, of which there are 72 to the inch, are taken for pixels.
  const picture = await sharp(Buffer.from(svg), { density: dotsPerInch })
    .resize({ width: Math.round((210 / 25.4) * dotsPerInch) })
    .flatten({ background: 'white' })
    .greyscale()
    .png()
    .toBuffer()
  const { title, rows, paragraphs, signature } = content
  return {
    picture,
    lines: [title, ...rows.map((it) => it.join(' ')), ...paragraphs, ...signature],
    identityNumbers: kind === 'form' ? [person.identityNumber] : [],
    phoneNumbers: kind === 'form' ? [person.phoneNumber] : [],
    days: content.days,
    names: kind === 'form' ? [person.name, content.otherName] : [person.name],
  }
}

interface Person {
  name: string
  bornOn: string
  isMale: boolean
  identityNumber: string
  phoneNumber: string
  studentNumber: string
}

interface Content {
  title: string
  rows: string[][]
  paragraphs: string[]
  signature: string[]
  days: string[]
  otherName: string
}

function inventPerson(dice: Dice): Person {
  const bornOn = inventDay(dice, 2001, 2006)
  const isMale = dice.percent(50)
  return {
    name: inventName(dice),
    bornOn,
    isMale,
    identityNumber: inventIdNumber(bornOn, dice.between(1, 499), isMale),
    phoneNumber: `1${dice.pick(['38', '59', '77', '86', '99'])}${String(dice.between(0, 99_999_999)).padStart(8, '0')}`,
    studentNumber: `20${dice.between(20, 25)}${String(dice.between(0, 9_999_999)).padStart(7, '0')}`,
  }
}

function form(dice: Dice, person: Person): Content {
  const otherName = inventName(dice)
  const [applied, talked, noted] = [
    inventDay(dice, 2023, 2023),
    inventDay(dice, 2024, 2024),
    inventDay(dice, 2025, 2025),
  ]
  return {
    title: dice.pick(['入党积极分子培养考察登记表', '预备党员教育考察登记表', '发展对象基本情况登记表']),
    rows: [
      ['姓名', person.name, '性别', person.isMale ? '男' : '女'],
      ['民族', inventEthnicity(dice), '籍贯', dice.pick(nativePlaces)],
      ['出生日期', asWritten(person.bornOn), '学号', person.studentNumber],
      ['身份证号', person.identityNumber, '联系电话', person.phoneNumber],
      ['申请入党', asWritten(applied), '谈话日期', asWritten(talked)],
      [
        '培养联系人',
        otherName,
        '所在支部',
        dice.pick(['文学院学生第一党支部', '材料学院研究生党支部', '数学系本科生党支部']),
      ],
    ],
    paragraphs: sentences(dice, 7),
    signature: [`培养联系人：${otherName}`, asWritten(noted)],
    days: [person.bornOn, applied, talked, noted],
    otherName,
  }
}

function letter(dice: Dice, person: Person): Content {
  const writtenOn = inventDay(dice, 2022, 2025)
  return {
    title: dice.pick(['入党申请书', '思想汇报', '转正申请书']),
    rows: [],
    paragraphs: ['敬爱的党组织：', ...sentences(dice, 14)],
    signature: [`${dice.pick(['申请人', '汇报人'])}：${person.name}`, asWritten(writtenOn)],
    days: [writtenOn],
    otherName: '',
  }
}

function inventDay(dice: Dice, fromYear: number, untilYear: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${dice.between(fromYear, untilYear)}-${two(dice.between(1, 12))}-${two(dice.between(1, 28))}`
}

function asWritten(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

const stock: readonly [string, ...string[]] = [
  '本学期认真学习党的创新理论，按时参加支部组织的集中学习，做了笔记并在小组里发言。',
  '学习成绩在专业前三分之一，通过了英语六级考试，参与老师的课题，负责整理实验记录。',
  '在社区做志愿服务三十六小时，帮助老人学会用手机挂号，受到居民的好评。',
  '担任班级学习委员，组织了四次期末复习会，同学们反映对自己很有帮助。',
  '存在的不足是遇到困难时有些急躁，和同学沟通不够主动，今后要多听取别人的意见。',
  '支部委员会听取了两名培养联系人的意见，认为该同志动机端正，表现积极，同意继续培养考察。',
  '暑期到县里的中学支教二十天，和孩子们一起读书，回校后写了一份八千字的调查报告。',
  '家庭成员政治历史清楚，本人能够正确对待批评，遵守学校的规章制度，没有受过处分。',
  '我认识到，入党不是为了得到荣誉，而是要在学习和工作中承担更多的责任。',
  '请党组织在实践中考验我，无论这次能否被批准，我都会一如既往地要求自己。',
]

function sentences(dice: Dice, count: number): string[] {
  return Array.from({ length: Math.ceil(count / 3) }, () => Array.from({ length: 3 }, () => dice.pick(stock)).join(''))
}

const layout = `
#let content = json(bytes(sys.inputs.content))
#set page(paper: "a4", margin: (top: 25mm, bottom: 20mm, x: 22mm))
#set text(font: (content.font, "Noto Sans Hans"), size: 12pt, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), leading: 1em, spacing: 1em)
#align(center, text(size: 20pt, content.title))
#v(6mm)
#if content.rows.len() > 0 {
  table(columns: (28mm, 1fr, 28mm, 1fr), inset: 8pt, align: center + horizon, ..content.rows.flatten())
  v(4mm)
}
#for it in content.paragraphs { par(it) }
#v(6mm)
#for it in content.signature { align(right, it + h(8mm)) }
`

let compiler: Promise<NodeCompiler> | undefined

function typesetter(): Promise<NodeCompiler> {
  compiler ??= makeTypesetter()
  return compiler
}

async function makeTypesetter(): Promise<NodeCompiler> {
  const { resolve } = createRequire(import.meta.url)
  const fonts = [
    path.resolve(path.dirname(resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf'),
    resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  ]
  return NodeCompiler.create({ fontArgs: [{ fontBlobs: await Promise.all(fonts.map((it) => readFile(it))) }] })
}
