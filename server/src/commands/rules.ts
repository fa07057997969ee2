import { parseArgs } from 'node:util'
import {
  actLabels,
  amendedRules,
  citationOf,
  type Day,
  type DueDays,
  type FigureName,
  type Finding,
  figureNames,
  figureOf,
  figureTable,
  isDay,
  nationalSetting,
  type RecruitmentRules,
  type RuleChange,
  recruitmentRules,
  ruleChanges,
  rulesBefore2026,
  severityLabels,
} from '@zhibu/rules'
import { Refusal } from '../platform/refusal.ts'
import { dayInChina } from '../platform/today.ts'
import { openRoster } from './check.ts'

const usage = `用法：zhibu rules figures
      zhibu rules diff 文件 (--set 数字名=值 … [--from 日期] | --since-2014) [--on 日期] [--json]
  figures           列出《发展党员工作细则》的各项数字：名称、含义、条号、现行的值
  diff              规定改变以后，名册中哪些人的疑点和期限会跟着变
  --set activistYears=2   拟改的数字，可以写几项
  --from 2027-01-01 从哪一天起改，默认今天
  --since-2014      只用 2014 年版与现行规定相比，看 2026 年修订带来的变化
  --on 2026-11-20   以哪一天为准，默认今天
  --json            输出 JSON`

/**
 * `zhibu rules figures` and `zhibu rules diff FILE`: what another version of the detailed rules changes in the files of a
 * spreadsheet. Answers 0 where nothing changes, 1 where something does, 2 where it makes no sense or cannot be read.
 */
export async function rules(
  args: string[],
  out: (line: string) => void,
  error: (line: string) => void = console.error,
): Promise<number> {
  try {
    const asked = asks(args)
    if (asked.what === 'figures') {
      for (const it of figureLines()) out(it)
      return 0
    }
    const changes = await changesIn(asked)
    for (const it of asked.json ? [JSON.stringify(changes)] : written(asked, changes)) out(it)
    return changes.length > 0 ? 1 : 0
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    error(cause.message)
    return 2
  }
}

interface AskedDiff {
  what: 'diff'
  file: string
  on: Day
  before: RecruitmentRules
  after: RecruitmentRules
  json: boolean
}

function asks(args: string[]): { what: 'figures' } | AskedDiff {
  const { values, positionals } = parsed(args)
  const [what, file, ...more] = positionals
  if (what === 'figures' && file === undefined) return { what }
  if (what !== 'diff' || file === undefined || more.length > 0) throw new Refusal('malformed', usage)
  const today = dayInChina(new Date())
  const on = dayOf(values.on) ?? today
  const common = { what, file, on, json: values.json } as const
  if (values['since-2014'] && values.set.length === 0)
    return { ...common, before: rulesBefore2026(recruitmentRules), after: recruitmentRules }
  if (values['since-2014'] || values.set.length === 0)
    throw new Refusal('malformed', `请用 --set 写明拟改的数字，或者用 --since-2014，二者选一。\n${usage}`)
  const figures = Object.fromEntries(values.set.map(figureFrom))
  const from = dayOf(values.from) ?? today
  return { ...common, before: recruitmentRules, after: amendedRules(recruitmentRules, from, figures) }
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        set: { type: 'string', multiple: true, default: [] },
        from: { type: 'string' },
        on: { type: 'string' },
        'since-2014': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
  } catch {
    throw new Refusal('malformed', `参数不正确。\n${usage}`)
  }
}

function dayOf(text: string | undefined): Day | undefined {
  if (text === undefined || isDay(text)) return text
  throw new Refusal('malformed', `“${text}”不是日期，请按 2026-11-20 的样式填写。`)
}

function figureFrom(text: string): [FigureName, number] {
  const [typed, value = ''] = text.split('=')
  const name = figureNames.find((it) => it === typed)
  if (name === undefined)
    throw new Refusal('malformed', `没有叫“${typed}”的数字，各项数字的名称见 npx zhibu rules figures。`)
  const number = Number(value)
  if (value.trim() === '' || !(number > 0))
    throw new Refusal('malformed', `“${text}”应写成 ${name}=大于 0 的数，如 ${name}=2。`)
  return [name, number]
}

function* figureLines(): Generator<string> {
  const today = dayInChina(new Date())
  for (const name of figureNames) {
    const { article, label } = figureTable[name]
    yield [name.padEnd(34), `第${article}条`, label, String(figureOf(recruitmentRules, name, today) ?? '—')].join('  ')
  }
}

/** Each person by the row and the name; the order is that of the table. */
async function changesIn({ file, on, before, after }: AskedDiff): Promise<RuleChange[]> {
  const { readings } = await openRoster(file)
  const files = await Array.fromAsync(readings, ({ row, name, facts }) => ({
    id: `第 ${row} 行  ${name ?? '（无姓名）'}`,
    facts,
  }))
  return ruleChanges(files, on, { ...nationalSetting, rules: before }, { ...nationalSetting, rules: after })
}

function* written({ file, on }: AskedDiff, changes: readonly RuleChange[]): Generator<string> {
  for (const { id, added, removed, due } of changes) {
    for (const it of added) yield `${id}  新增  ${findingText(it)}`
    for (const it of removed) yield `${id}  不再有  ${findingText(it)}`
    for (const { kind, before, after } of due)
      yield `${id}  期限  ${actLabels[kind]}：${daysText(before)} → ${daysText(after)}`
  }
  const count = (of: (it: RuleChange) => number) => changes.reduce((sum, it) => sum + of(it), 0)
  const sums = `新增疑点 ${count((it) => it.added.length)} 项，不再有 ${count((it) => it.removed.length)} 项，期限变动 ${count((it) => it.due.length)} 项`
  yield `${file}（以 ${on} 为准）：${changes.length} 人有变化；${sums}。`
  yield '工作参考，不代替组织审核。'
}

const findingText = ({ rule, severity, ruleBook, article, message }: Finding): string =>
  [rule, severityLabels[severity], article && citationOf(article, ruleBook), message]
    .filter((it) => it !== undefined)
    .join('  ')

function daysText(days: DueDays | undefined): string {
  if (days === undefined) return '不需要'
  const { earliestOn, latestOn } = days
  return [earliestOn && `最早 ${earliestOn}`, latestOn && `最迟 ${latestOn}`].filter(Boolean).join('，') || '没有期限'
}
