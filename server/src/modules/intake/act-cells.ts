import { type Day, isDay, isMonth, type Month } from '@zhibu/rules'
import type { DateSystem } from '../../platform/spreadsheet/cell-value.ts'
import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { type ActDraft, actOf } from './acts.ts'
import { type Reading, readCount, readDone, readNames } from './cells.ts'
import { monthOnly, readDay, readDays, readStretch } from './days.ts'
import type { Feeds, Field } from './fields.ts'
import type { Column } from './recognition.ts'
import { type Draft, keep, report, valueOr } from './row-draft.ts'

/** Takes a cell of a column that tells a part of an act. */
export function takeAct(
  draft: Draft,
  column: Column,
  field: Field,
  feeds: Extract<Feeds, { to: 'act' }>,
  cell: CellValue,
  dateSystem: DateSystem,
): void {
  const { kind, part } = feeds
  if (part in votePlaces) {
    takeVote(draft, column, feeds, cell)
    return
  }
  const act = () => {
    const known = draft.acts.get(kind)
    if (known) return known
    const fresh: ActDraft = {}
    draft.acts.set(kind, fresh)
    return fresh
  }
  switch ((field.type === 'day' || field.type === 'stretch') && asksWhetherDone(column) ? 'dayOrDone' : field.type) {
    case 'names': {
      const names = valueOr(draft, column, readNames(cell))
      if (names === undefined || (part !== 'members' && part !== 'talkers')) return
      const it = act()
      it[part] = [...(it[part] ?? []), ...names.map((name) => ({ name }))]
      return
    }
    case 'days': {
      const days = valueOr(draft, column, readDays(cell, dateSystem)) ?? []
      for (const on of days) draft.more.push(actOf(kind, { on }))
      return
    }
    case 'stretch': {
      const read = readStretch(cell, dateSystem)
      if (read === undefined) return
      const it = act()
      if ('fault' in read) {
        report(draft, column, read.fault)
        return
      }
      const { from, until } = read.value
      if (kind === 'admissionApproval') {
        if (from) it.probationFrom = from
        it.probationUntil = until
      } else if (kind === 'publicNotice') {
        it.on = from ?? until
        if (from) it.endedOn = until
      } else {
        it.on = until
        if (from && kind === 'intensiveTraining') it.startedOn = from
      }
      return
    }
    case 'dayOrDone': {
      const done = readDone(cell)
      if (done === undefined) return
      if ('value' in done) {
        if (kind === 'politicalReview' && /合格/.test(textOf(cell)))
          act().conclusion = done.value ? 'qualified' : 'unqualified'
        else if (done.value) act()
        else keep(draft, column, cell)
        return
      }
      takeDay(draft, column, act(), isDayPart(part) ? part : 'on', readDay(cell, dateSystem), cell)
      return
    }
    case 'month': {
      const read = valueOr(draft, column, readDay(cell, dateSystem))
      const month: Month | undefined = read === undefined ? undefined : isMonth(read) ? read : monthPart(read)
      if (month) act().month = month
      return
    }
    case 'count': {
      const count = valueOr(draft, column, readCount(cell))
      if (count !== undefined && (part === 'trainingHours' || part === 'trainingDays')) act()[part] = count
      return
    }
    case 'result':
    case 'conclusion': {
      const passed = valueOr(draft, column, readDone(cell))
      if (passed !== undefined && part === 'passed') act().passed = passed
      return
    }
    default:
      if (isDayPart(part)) {
        const read = readDay(cell, dateSystem)
        if (read !== undefined) takeDay(draft, column, act(), part, read, cell)
      }
  }
}

/** Whether the header asks for 是 or 完成 rather than for a day. */
function asksWhetherDone(column: Column): boolean {
  let asks = asking.get(column)
  if (asks === undefined) {
    asks = column.header.includes('是否') || column.header.includes('未完成')
    asking.set(column, asks)
  }
  return asks
}
const asking = new WeakMap<Column, boolean>()

const dayParts = [
  'on',
  'receivedOn',
  'firstSubmittedOn',
  'introducersOpinionOn',
  'repliedOn',
  'submittedOn',
  'startedOn',
  'endedOn',
  'probationFrom',
  'probationUntil',
  'fullOn',
] as const

const dayPartSet: ReadonlySet<string> = new Set(dayParts)
const isDayPart = (part: string): part is (typeof dayParts)[number] => dayPartSet.has(part)

function takeDay(
  draft: Draft,
  column: Column,
  act: ActDraft,
  part: (typeof dayParts)[number],
  read: Reading<Day | Month>,
  cell: CellValue,
): void {
  if (read === undefined) return
  if ('fault' in read) report(draft, column, read.fault)
  else if (isDay(read.value)) act[part] = read.value
  else report(draft, column, monthOnly(cell).fault)
}

const monthPart = (day: Day): Month | undefined => {
  const month = day.slice(0, 7)
  return isMonth(month) ? month : undefined
}

const votePlaces: Readonly<Record<string, true>> = {
  entitled: true,
  present: true,
  yes: true,
  no: true,
  abstain: true,
  writtenOpinions: true,
}

function takeVote(draft: Draft, column: Column, feeds: Extract<Feeds, { to: 'act' }>, cell: CellValue): void {
  if (feeds.kind !== 'admissionAssembly' && feeds.kind !== 'confirmationAssembly') return
  const count = valueOr(draft, column, readCount(cell))
  if (count === undefined) return
  const vote = draft.votes.get(feeds.kind) ?? { counts: {}, details: [] }
  vote.counts[feeds.part] = count
  draft.votes.set(feeds.kind, vote)
  const detail = keep(draft, column, cell)
  if (detail !== undefined) vote.details.push(detail)
}
