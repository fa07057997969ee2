import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Act, type ActKind, addDays, type Day } from '@zhibu/rules'
import { type Dice, diceOf } from '../server/src/demo/dice.ts'
import { inventEthnicity, inventIdNumber, inventName, nativePlaces } from '../server/src/demo/names.ts'
import { wayFrom } from '../server/src/demo/way.ts'
import type { CellValue } from '../server/src/platform/spreadsheet/cell-value.ts'
import { writeLines } from '../server/src/platform/spreadsheet/export-table.ts'
import { openWorkbook } from '../server/src/platform/spreadsheet/workbook.ts'
import { measuredOn } from './files.ts'

const sample = path.join(import.meta.dirname, '../server/test/samples/动态信息表.xlsx')

/** The line of the sample under which its rows begin. */
const headerLines = 4

/** A workbook of so many invented persons in the 43 columns of the sample, in branches of these names, each day in one of six ways. */
export async function inventRoster(count: number, branches: readonly string[]): Promise<Uint8Array> {
  const { sheets } = await openWorkbook(await readFile(sample))
  const head = (sheets[0]?.head ?? []).slice(0, headerLines)
  return writeLines(lines(head, count, branches), 'Sheet1')
}

function* lines(
  head: readonly (readonly CellValue[])[],
  count: number,
  branches: readonly string[],
): Generator<readonly CellValue[]> {
  yield* head
  const dice = diceOf(7)
  for (let at = 0; at < count; at++) yield line(at, branches[at % branches.length] ?? '', dice)
}

function line(at: number, branch: string, dice: Dice): CellValue[] {
  const bornOn = addDays('1996-01-01', at % 3_000)
  const isMale = dice.percent(50)
  const appliedOn = addDays('2018-03-01', dice.between(0, 2_400))
  const contacts = [inventName(dice), inventName(dice)]
  const talker = inventName(dice)
  const acts = new Map(
    wayFrom(appliedOn, measuredOn, dice, { contacts, talker, members: 20 }).map((it) => [it.kind, it]),
  )
  const day = (kind: ActKind): CellValue => written(acts.get(kind)?.on, dice.between(0, 5))
  const done = (kind: ActKind): CellValue => (acts.has(kind) ? '完成' : null)
  const named = (kind: Act['kind'], text: string): CellValue => (acts.has(kind) ? text : null)
  return [
    branch,
    `B${String(at).padStart(9, '0')}`,
    inventName(dice),
    written(bornOn, dice.between(0, 5)),
    isMale ? '男' : '女',
    inventEthnicity(dice),
    dice.pick(nativePlaces),
    '学生公寓',
    `139${String(at).padStart(8, '0')}`,
    inventIdNumber(bornOn, Math.floor(at / 3_000), isMale),
    '软件工程',
    4,
    '是',
    null,
    '是',
    day('application'),
    day('applicantTalk'),
    day('activistDecision'),
    day('review'),
    day('recommendation'),
    day('prospectProposal'),
    day('prospectConsent'),
    done('politicalReview'),
    day('intensiveTraining'),
    day('preReview'),
    day('introducers'),
    named('introducers', contacts.join('、')),
    done('politicalReview'),
    done('admissionForm'),
    day('admissionAssembly'),
    day('admissionTalk'),
    named('admissionTalk', talker),
    day('admissionApproval'),
    day('oath'),
    day('confirmationRequest'),
    day('confirmationAssembly'),
    day('confirmationApproval'),
    day('archiving'),
    null,
    null,
    null,
    null,
    at % 10 === 0 ? '无' : null,
  ]
}

/** A day in one of the ways in which people write it. */
function written(day: Day | undefined, way: number): CellValue {
  if (day === undefined) return null
  const [year = '', month = '', date = ''] = day.split('-')
  switch (way) {
    case 0:
      return new Date(`${day}T00:00:00Z`)
    case 1:
      return `${year}.${Number(month)}.${Number(date)}`
    case 2:
      return `${year}${month}${date}`
    case 3:
      return `${year}年${Number(month)}月${Number(date)}日`
    case 4:
      return `${year}/${month}/${date}`
    default:
      return day
  }
}
