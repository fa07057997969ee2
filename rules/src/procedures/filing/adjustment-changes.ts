import {
  contentKindLabels,
  delivererLabels,
  paperFormLabels,
  requirementLabels,
  retentionLabels,
  whenAsked,
} from './labels.ts'
import { type FilingAdjustment, type FilingTemplate, filingTemplateOf, type Numbered } from './template.ts'

/** What a university changed from one adjustment of the filing list to the next, in Chinese, place by place. */
export function adjustmentChanges(before: FilingAdjustment, after: FilingAdjustment): string[] {
  const [old, now] = [filingTemplateOf(before), filingTemplateOf(after)]
  const earlier = new Map(placesIn(old).map((it) => [it.code, it]))
  const wasOff = new Set(old.outOfUse.map((it) => it.code))
  const isOff = new Set(now.outOfUse.map((it) => it.code))
  const orders = { before: ordersOf(before), after: ordersOf(after) }
  return placesIn(now).flatMap((place) => {
    const was = earlier.get(place.code)
    if (was === undefined) return [`增加“${place.label}”`]
    const changed = [...differencesOf(was, place)]
    const behind = orders.after.get(place.code)
    if (orders.before.get(place.code) !== behind)
      changed.push(behind === undefined ? '恢复原来的次序' : `排到“${labelOf(now, behind)}”之后`)
    return [
      ...(changed.length > 0 ? [`“${was.label}”：${changed.join('；')}`] : []),
      ...(wasOff.has(place.code) === isOff.has(place.code)
        ? []
        : [`${isOff.has(place.code) ? '停用' : '恢复使用'}“${place.label}”`]),
    ]
  })
}

const placesIn = ({ person, organization, outOfUse }: FilingTemplate): Numbered[] => [
  ...person,
  ...organization,
  ...outOfUse,
]

const labelOf = (list: FilingTemplate, code: string): string =>
  placesIn(list).find((it) => it.code === code)?.label ?? code

/** Behind which place each one was put last. */
const ordersOf = ({ added = [], changed = [] }: FilingAdjustment): Map<string, string> =>
  new Map([
    ...added.map(({ code, after }) => [code, after] as const),
    ...changed.flatMap(({ code, after }) => (after === undefined ? [] : [[code, after] as const])),
  ])

function differencesOf(was: Numbered, now: Numbered): string[] {
  const before = said(was)
  return said(now).flatMap(([what, text], at) => {
    const old = before[at]?.[1]
    return old === text ? [] : [`${what}由“${old}”改为“${text}”`]
  })
}

/** Everything that may differ, by its name. */
const said = (it: Numbered): [what: string, text: string][] => [
  ['名称', it.label],
  ['由谁交来', delivererLabels[it.deliveredBy]],
  ['归档要求', requirementLabels[it.requirement]],
  ['何时归档', whenAsked(it)],
  ['原件', paperFormLabels[it.form]],
  ['文件类型', it.contents.map((kind) => contentKindLabels[kind]).join('、')],
  ['可归多份', yes(it.several)],
  ['敏感', yes(it.sensitive)],
  ['不向本人公开', yes(it.closedToPerson)],
  ['保管期限', `${retentionLabels[it.retention.period]}${it.retention.toVerify ? '（待核实）' : ''}`],
]

const yes = (is: boolean): string => (is ? '是' : '否')
