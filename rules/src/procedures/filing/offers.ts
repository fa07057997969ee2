import { type Day, dayWritten, isDay, type Month } from '../../kernel/day.ts'
import { type Act, type ActKind, type NamedMember, repeatableKinds } from '../development/facts.ts'
import { actLabels } from '../development/labels.ts'
import type { DayOnPaper } from '../paper/days.ts'
import { factsOnPaper, type PaperFact } from '../paper/facts.ts'
import type { NameOnPaper } from '../paper/names.ts'
import type { TextPlace } from '../paper/place.ts'
import { actByLabel } from './offered-labels.ts'
import type { FilingPlace } from './places.ts'
import { daySaidBy, isSameDay } from './read-document.ts'

/** What a fact on a paper would be in the record: the day of an act, one of those named in it, something of the person, the day of the paper. */
export const offeredFields = [
  'actDay',
  'contactPersons',
  'introducers',
  'talkers',
  'name',
  'studentNumber',
  'identityNumber',
  'bornOn',
  'documentOn',
] as const
export type OfferedField = (typeof offeredFields)[number]

/** A line of a paper as it was read. */
export interface ReadLine {
  text: string
  /** False where it was recognised badly. */
  isSure: boolean
}

/** What is recorded, as far as the reader may see it. Of the person: absent where it may not be seen, null where nothing is recorded. */
export interface OfferRecord {
  acts: readonly Act[]
  name?: string
  studentNumber?: string | null
  bornOn?: Day | Month | null
  /** Whether a number is the recorded one, which itself does not enter the rules. */
  isIdentityNumber?: ((number: string) => boolean) | null
  /** The day that is registered for the document. */
  documentOn?: Day | null
}

/** A fact that stands on a paper and could be taken into the record by a person who has looked at it. */
export interface FactOffer extends TextPlace {
  field: OfferedField
  /** The act, where it is about one. */
  kind?: ActKind
  /** What it would mean, in Chinese. */
  label: string
  value: string
  /** Why it has to be compared with the picture, in Chinese. */
  doubt?: string
  state: 'same' | 'unrecorded' | 'different'
  /** What the record says now, where it says anything; never an identity number. */
  recorded?: string
  /** The recorded act in which it would stand. */
  actId?: string
}

/** Acts that are recorded by their day alone; others need names, counts or a result beside it. */
const byDayAlone: readonly ActKind[] = [
  'application',
  'recommendation',
  'activistDecision',
  'activistFiling',
  'review',
  'thoughtReport',
  'prospectProposal',
  'prospectConsent',
  'prospectListing',
  'committeeExamination',
  'admissionForm',
  'admissionFiling',
  'assignment',
  'oath',
  'probationReview',
  'confirmationRequest',
]

/** Whether an act of the kind is recorded by its day alone. */
export const isRecordedByDay = (kind: ActKind): boolean => byDayAlone.includes(kind)

/**
 * What of the text of a paper the record can hold, in reading order, each beside what is recorded: by the place in which the paper
 * lies and the label before the value. Each value is offered once for what it means. Nothing is taken by itself; a day of
 * which only the month is written is offered for a birthday alone.
 */
export function offersOf(
  place: Pick<FilingPlace, 'code' | 'evidences' | 'deliveredBy'>,
  lines: readonly ReadLine[],
  record: OfferRecord,
): FactOffer[] {
  const facts = factsOnPaper(lines.map((it) => it.text))
  const end = endOf(facts, lines)
  const found = facts.flatMap((fact) => meaningsOf(fact, place, fact === end).map((meaning) => ({ fact, meaning })))
  const offers = found.flatMap(({ fact, meaning }) => {
    const standing = compared(meaning, fact.value, record)
    if (standing === undefined) return []
    const doubt = ('doubt' in fact ? fact.doubt : undefined) ?? (lines[fact.line]?.isSure ? undefined : unsure)
    const { line, from, until, value } = fact
    return [
      {
        ...meaning,
        ...{ value, line, from, until, written: fact.written },
        ...(doubt !== undefined && { doubt }),
        ...standing,
      },
    ]
  })
  return clearestOf(offers)
}

const unsure = '这一行识别得不够清楚，请与图片核对'

/** Of those that mean the same the first that stands there plainly; where there is none, the first. */
function clearestOf(offers: readonly FactOffer[]): FactOffer[] {
  const keyOf = ({ field, kind, value }: FactOffer) => [field, kind ?? '', value].join(' ')
  const clearest = new Map<string, FactOffer>()
  for (const it of offers) {
    const before = clearest.get(keyOf(it))
    if (before === undefined || (before.doubt !== undefined && it.doubt === undefined)) clearest.set(keyOf(it), it)
  }
  return offers.filter((it) => clearest.get(keyOf(it)) === it)
}

/** The day with which the paper ends: of a letter its day, of minutes and replies the day on which they were written. */
function endOf(facts: readonly PaperFact[], lines: readonly ReadLine[]): DayOnPaper | undefined {
  const last = facts.findLast((it) => it.kind === 'day')
  if (last === undefined || (lines[last.line]?.text ?? '').slice(last.until).trim() !== '') return undefined
  const isSigned = facts.some((it) => it.kind === 'name' && it.line === last.line && it.value === last.label)
  return last.label === undefined || isSigned || /^(?:落款|签名|签字)?(?:日期|时间)$/.test(last.label)
    ? last
    : undefined
}

type Meaning = Pick<FactOffer, 'field' | 'kind' | 'label'>

function meaningsOf(
  fact: PaperFact,
  { code, evidences, deliveredBy }: Parameters<typeof offersOf>[0],
  isEnd: boolean,
): Meaning[] {
  if (fact.kind === 'day') return daysMeant(fact, code, evidences, isEnd)
  if (fact.kind === 'name') return namesMeant(fact, evidences, deliveredBy)
  if (fact.kind === 'studentNumber') return [{ field: 'studentNumber', label: '学号' }]
  return fact.kind === 'identityNumber' ? [{ field: 'identityNumber', label: '身份证号' }] : []
}

function daysMeant(
  { value, label }: DayOnPaper,
  code: string,
  evidences: readonly ActKind[],
  isEnd: boolean,
): Meaning[] {
  if (label !== undefined && /^出生/.test(label)) return [{ field: 'bornOn', label: '出生日期' }]
  if (!isDay(value)) return []
  const kind =
    (label === undefined ? undefined : actByLabel(label, evidences)) ?? (isEnd ? daySaidBy.get(code) : undefined)
  return [
    ...(kind === undefined ? [] : [{ field: 'actDay', kind, label: `${actLabels[kind]}的日期` } as const]),
    ...(isEnd ? [{ field: 'documentOn', label: '材料日期' } as const] : []),
  ]
}

function namesMeant(
  { as, label }: NameOnPaper,
  evidences: readonly ActKind[],
  deliveredBy: FilingPlace['deliveredBy'],
): Meaning[] {
  if (as === 'contactPerson') return [{ field: 'contactPersons', kind: 'contactPersons', label: '培养联系人' }]
  if (as === 'introducer') return [{ field: 'introducers', kind: 'introducers', label: '入党介绍人' }]
  if (as === 'talker') {
    const talks = evidences.filter((it) => it === 'applicantTalk' || it === 'admissionTalk')
    const [kind] = talks
    return kind !== undefined && talks.length === 1 ? [{ field: 'talkers', kind, label: '谈话人' }] : []
  }
  if (as !== 'holder') return []
  // Below minutes and replies somebody of the organisation signs.
  if (label === '落款') return deliveredBy === 'person' ? [{ field: 'name', label: '落款人' }] : []
  return [{ field: 'name', label: '姓名' }]
}

type Standing = Pick<FactOffer, 'state' | 'recorded' | 'actId'>

/** How a value stands to the record; undefined where the reader may not see that part of the record. */
function compared({ field, kind }: Meaning, value: string, record: OfferRecord): Standing | undefined {
  switch (field) {
    case 'actDay':
      return kind && dayCompared(kind, value, record.acts)
    case 'contactPersons':
    case 'introducers':
    case 'talkers':
      return kind && nameCompared(kind, value, record.acts)
    case 'identityNumber': {
      const { isIdentityNumber } = record
      if (isIdentityNumber === undefined || isIdentityNumber === null) return valueCompared(value, isIdentityNumber)
      return { state: isIdentityNumber(value) ? 'same' : 'different' }
    }
    default:
      return valueCompared(value, record[field])
  }
}

function valueCompared(value: string, recorded: string | null | undefined): Standing | undefined {
  if (recorded === undefined) return undefined
  if (recorded === null) return { state: 'unrecorded' }
  return { state: isSameDay(recorded, value) ? 'same' : 'different', recorded }
}

/** An act that may stand several times is another one on another day. */
function dayCompared(kind: ActKind, value: string, acts: readonly Act[]): Standing {
  const of = acts.filter((it) => it.kind === kind)
  const days = of.flatMap((it) => (it.on === undefined ? [] : [it.on]))
  const shown = days.length === 0 ? {} : { recorded: days.join('、') }
  if (of.some((it) => daysOf(it).includes(value))) return { state: 'same', ...shown }
  const repeatable: readonly ActKind[] = repeatableKinds
  const act = of.at(0)
  if (act === undefined || (repeatable.includes(kind) && act.on !== undefined)) return { state: 'unrecorded', ...shown }
  const at = act.id === undefined ? {} : { actId: act.id }
  return { state: act.on === undefined ? 'unrecorded' : 'different', ...shown, ...at }
}

const daysOf = (act: Act): (string | undefined)[] =>
  act.kind === 'application' ? [act.on, act.receivedOn, act.firstSubmittedOn] : [act.on]

function nameCompared(kind: ActKind, value: string, acts: readonly Act[]): Standing {
  const act = acts.find((it) => it.kind === kind)
  const names = act === undefined ? [] : namedIn(act).map((it) => it.name)
  const at = act?.id === undefined ? {} : { actId: act.id }
  if (names.length === 0) return { state: 'unrecorded', ...at }
  return { state: names.includes(value) ? 'same' : 'different', recorded: names.join('、'), ...at }
}

function namedIn(act: Act): readonly NamedMember[] {
  if (act.kind === 'contactPersons' || act.kind === 'introducers') return act.members ?? []
  return act.kind === 'applicantTalk' || act.kind === 'admissionTalk' ? (act.talkers ?? []) : []
}

/** What does not fit, in Chinese; undefined where it does. */
export function findingIn({ label, value, state, recorded, field }: FactOffer): string | undefined {
  if (state !== 'different') return undefined
  if (field === 'identityNumber') return '与登记的身份证号不一致。请对照证件核对，以证件为准。'
  const shown = (it: string) => (isDay(it) ? dayWritten(it) : it)
  const mend =
    field === 'name'
      ? '请核对材料是否放错了人；写错或者用过曾用名的，由本人说明。'
      : '请对照原始材料，以原件为准统一更正。'
  return `${label}前后不一：登记的是${shown(recorded ?? '')}，材料上是${shown(value)}。${mend}`
}
