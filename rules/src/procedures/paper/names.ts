import { placesOf, type TextPlace } from './place.ts'

/** Who somebody is on a paper: its holder, whom it is about or who wrote it; or in what part he is named. */
export type NamedAs = 'holder' | 'contactPerson' | 'introducer' | 'talker' | 'recorder' | 'chair' | 'secretary'

/** A name that stands on a paper behind a label, or alone above the last day, where letters are signed. */
export interface NameOnPaper extends TextPlace {
  kind: 'name'
  value: string
  as: NamedAs
  /** The label as forms have it, without blanks; 落款 for a signature without one. */
  label: string
}

const labels: readonly (readonly [NamedAs, readonly string[]])[] = [
  [
    'holder',
    [
      '姓名',
      '申请人',
      '汇报人',
      '被谈话人',
      '谈话对象',
      '被考察人',
      '被推荐人',
      '发展对象',
      '本人签名',
      '本人签字',
      '自传人',
      '宣誓人',
      '学员',
    ],
  ],
  ['contactPerson', ['培养联系人', '联系人']],
  ['introducer', ['入党介绍人', '介绍人']],
  ['talker', ['谈话人']],
  ['recorder', ['记录人', '记录员', '记录']],
  ['chair', ['主持人', '主持']],
  ['secretary', ['党支部书记', '支部书记', '党委书记', '书记']],
]

const asByLabel = new Map(labels.flatMap(([as, words]) => words.map((it) => [it, as] as const)))
const spaced = (label: string) => [...label].join('\\s*')
const anyLabel = [...asByLabel.keys()]
  .sort((one, other) => other.length - one.length)
  .map(spaced)
  .join('|')

// What follows a name on forms that are printed or read without a blank between the cells.
const nextCell =
  '性别|民族|出生|籍贯|学号|工号|身份证|联系|电话|所在|单位|学院|专业|班级|年龄|职务|职称|政治|文化|学历|日期|时间|签名|签字|曾用|入党|申请|同志|同学|老师|教授|（|\\('
const character = '[\\p{Script=Han}〇]'
const oneName = `(?:${character}\\s${character}(?!${character})|${character}{1,8}[·•・]${character}{1,10}|(?:(?!${nextCell})${character}){2,4})`
const labelled = new RegExp(
  `(?<!${character})(${anyLabel})\\s*(?:[(（](?:签名|签字|盖章|签章)[)）])?\\s*(?:[:：]\\s*|\\s+|(?<=姓\\s*名))(${oneName}(?:\\s*[、，,]\\s*${oneName}){0,4})(?=$|[\\s，,。；;、）)0-9:：]|${nextCell})`,
  'gu',
)

// Words that forms and letters have where a name could stand.
const noName = new RegExp(
  `^(?:${nextCell}|${anyLabel}|此致|敬礼|同意|不同意|盖章|签章|年月日|年龄|男|女|汉族|党员|群众|团员|无|是|否|党支部|党委|支部|意见|情况|内容|地点|人数|人员|主要|现实|表现|工作|学习|基本|家庭|个人|简历|备注|编号|序号|关系|会议|结果|评价|考察|培养|思想|汇报|自传|以上|特此|附件|报告|请示|批复|决议|公示|证明)`,
  'u',
)

/** The names behind labels in a line, from left to right; several behind one label are apart by 、or a comma. */
export function namesInLine(text: string, line: number): NameOnPaper[] {
  return placesOf(labelled, text, line).flatMap((it) => {
    const [label = '', names = ''] = it.groups
    const word = label.replace(/\s/g, '')
    const start = it.written.length - names.length + it.from
    return placesOf(new RegExp(oneName, 'gu'), names, line).flatMap(({ from, until, written }): NameOnPaper[] => {
      const value = nameOf(written)
      if (value === undefined) return []
      return [
        {
          kind: 'name',
          value,
          as: asByLabel.get(word) ?? 'holder',
          label: word,
          line,
          from: start + from,
          until: start + until,
          written,
        },
      ]
    })
  })
}

/** The name alone above the day with which a letter ends, or before it on the same line; undefined where something else stands there. */
export function signatureAt(lines: readonly string[], day: TextPlace): NameOnPaper | undefined {
  const before = (lines[day.line] ?? '').slice(0, day.from)
  const [text, line] = before.trim() === '' ? [lines[day.line - 1] ?? '', day.line - 1] : [before, day.line]
  const written = alone.exec(text)?.[1]
  const value = written === undefined ? undefined : nameOf(written)
  if (written === undefined || value === undefined) return undefined
  const from = text.indexOf(written)
  return { kind: 'name', value, as: 'holder', label: '落款', line, from, until: from + written.length, written }
}

const alone = new RegExp(`^\\s*(${oneName})\\s*$`, 'u')

/** The name without a blank; undefined where the words are none. */
function nameOf(written: string): string | undefined {
  const name = written.replace(/\s/g, '').replace(/[•・]/g, '·')
  return noName.test(name) ? undefined : name
}
