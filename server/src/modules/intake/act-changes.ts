import {
  type Act,
  type ActKind,
  actLabels,
  conclusionLabels,
  opinionGiverLabels,
  outcomeLabels,
  recommenderLabels,
  repeatableKinds,
} from '@zhibu/rules'
import type { ActChange } from './schema.ts'

/** An act to be recorded, in place of one of the file where it names one. */
export interface ActToWrite {
  act: Act
  corrects?: { id: string; kind: ActKind; reason: string }
}

/** What the acts of a row change in a file. */
export interface ActChanges {
  writes: ActToWrite[]
  changes: ActChange[]
  /** The acts of the file as they would be afterwards. */
  after: Act[]
}

/** The file of somebody who is not registered yet: everything in it is new, and no change is told. */
export const nothing: readonly Act[] = []

/** Reports that are collected one after another: another day is another report, never a correction. */
const collected: readonly ActKind[] = ['review', 'thoughtReport']

/**
 * Compares the acts of a row with those of the file. What the row does not say stays as it is; what differs becomes a
 * correction for the given reason. A kind that happens once is never recorded twice.
 */
export function changesOf(recorded: readonly Act[], imported: readonly Act[], reason: string): ActChanges {
  const writes: ActToWrite[] = []
  const changes: ActChange[] = []
  const after = [...recorded]
  const met = new Set<Act>()
  const kinds = new Set(recorded.map((it) => it.kind))
  for (const act of imported) {
    if (recorded === nothing && !kinds.has(act.kind)) {
      // Almost every act of a large import: the first of its kind.
      kinds.add(act.kind)
      writes.push({ act })
      after.push(act)
      met.add(act)
      continue
    }
    const same = counterpart(after, act, met, imported)
    if (!same) {
      const alike = after.filter((it) => it.kind === act.kind)
      if (alike.length > 0 && alike.some((it) => textOfAct(it) === textOfAct(act))) continue
      writes.push({ act })
      if (recorded !== nothing) changes.push({ kind: act.kind, old: null, new: textOfAct(act) })
      after.push(act)
      met.add(act)
      continue
    }
    met.add(same)
    const merged = mergedAct(same, act)
    if (isSame(same, merged)) continue
    if (same.id === undefined) {
      // Said twice in one row: the later column adds to the earlier one.
      const write = writes.find((it) => it.act === same)
      if (write) write.act = merged
    } else {
      writes.push({ act: merged, corrects: { id: same.id, kind: same.kind, reason } })
      changes.push({ kind: act.kind, old: textOfAct(same), new: textOfAct(merged) })
    }
    after[after.indexOf(same)] = merged
    met.add(merged)
  }
  return { writes, changes, after }
}

/** The act in a few words: its day, who took part, how long, with which result. */
function textOfAct(act: Act): string {
  const { kind: _, id: __, on, ...rest } = act
  const parts = Object.entries(rest).flatMap(([key, value]) => partText(key, value))
  return [on ?? '日期未填', ...parts].join('，')
}

/** The name of a kind of act. */
export const actName = (kind: string): string => Object.entries(actLabels).find(([code]) => code === kind)?.[1] ?? kind

/** The act of the file that the row speaks of. */
function counterpart(
  recorded: readonly Act[],
  act: Act,
  met: ReadonlySet<Act>,
  imported: readonly Act[],
): Act | undefined {
  const ofKind = recorded.filter((it) => it.kind === act.kind)
  if (!repeatableKinds.some((it) => it === act.kind)) return ofKind[0]
  const free = ofKind.filter((it) => !met.has(it))
  const sameDay = free.find((it) => it.on === act.on)
  if (sameDay) return sameDay
  if (act.on === undefined) return free.at(-1)
  if (collected.includes(act.kind)) return undefined
  const [only, another] = free
  return only && !another && imported.filter((it) => it.kind === act.kind).length === 1 ? only : undefined
}

/** The recorded act with what the row says of it; the same names leave what else is known of these members alone. */
function mergedAct(recorded: Act, imported: Act): Act {
  const { id: _, ...kept } = recorded
  const said = Object.fromEntries(
    Object.entries(imported).filter(([key, value]) => {
      const before: unknown = Reflect.get(recorded, key)
      return !(Array.isArray(value) && Array.isArray(before) && namesOf(value) === namesOf(before))
    }),
  )
  return Object.assign(kept, said)
}

const isSame = ({ id: _, ...one }: Act, { id: __, ...other }: Act): boolean => inOrder(one) === inOrder(other)

const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, it: unknown) =>
    typeof it === 'object' && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  )

const namesOf = (members: readonly unknown[]): string => members.map(nameOf).join('、')

/** A member, or a paper or a signature with its day. */
function nameOf(it: unknown): string {
  if (typeof it !== 'object' || it === null) return String(it)
  if ('name' in it) return String(it.name)
  if ('source' in it && 'on' in it) return `${it.source} ${it.on}`
  return 'by' in it && 'on' in it ? `${it.by}签名 ${it.on}` : ''
}

function partText(key: string, value: unknown): string[] {
  const codes = codeLabels[key]
  if (codes) return [...(Array.isArray(value) ? value : [value])].map((code) => codes[String(code)] ?? String(code))
  if (Array.isArray(value)) return key === 'attendees' ? [`到会 ${namesOf(value)}`] : [namesOf(value)]
  if (key === 'trainingHours') return [`${value} 学时`]
  if (key === 'trainingDays') return [`${value} 天`]
  if (key === 'passed') return [value === true ? '通过' : '未通过']
  if (key === 'vote' && typeof value === 'object' && value !== null && 'yes' in value && 'entitled' in value) {
    return [`赞成 ${String(value.yes)} 票，应到 ${String(value.entitled)} 人`]
  }
  const label = partLabels[key]
  return label !== undefined && (typeof value === 'string' || typeof value === 'number') ? [`${label} ${value}`] : []
}

/** What stands in these fields is a code, or several. */
const codeLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  by: recommenderLabels,
  from: opinionGiverLabels,
  conclusion: conclusionLabels,
  outcome: outcomeLabels,
}

const partLabels: Readonly<Record<string, string>> = {
  receivedOn: '收到',
  firstSubmittedOn: '首次提交',
  introducersOpinionOn: '介绍人意见',
  repliedOn: '批复',
  submittedOn: '报送',
  startedOn: '开始',
  endedOn: '结束',
  month: '月份',
  probationFrom: '预备期自',
  probationUntil: '预备期至',
  fullOn: '转正',
  lastReplyOn: '最后回复',
  until: '截至',
  reason: '说明',
}
