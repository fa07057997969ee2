import { type Day, dayWritten } from '../../kernel/day.ts'
import { articleNumber, issued2014, ruleBookOn } from '../../regulations/recruitment-rules.ts'
import { type Dossier, dossierOf } from '../development/dossier.ts'
import type { Act, ActKind, DevelopmentFacts } from '../development/facts.ts'
import { actLabels, outcomeLabels } from '../development/labels.ts'
import type { FactUsed, RuleBook } from '../development/results.ts'
import { nationalSetting, type Setting } from '../development/setting.ts'
import { placeOf as orderOf, type Standing, standingOf } from '../development/standing.ts'
import { way } from '../development/way.ts'
import { factOf } from '../development/wording.ts'
import { delivererLabels, paperFormLabels, whenAsked } from './labels.ts'
import type { Deliverer, PersonPlace } from './places.ts'
import { type Signature, signatureLabels } from './signatures.ts'
import type { FilingTemplate, Numbered } from './template.ts'

/** A document that lies in a person's file today. */
export interface FiledDocument {
  /** The platform's id of the document. */
  id?: string
  /** The code of its place. */
  place: string
  title: string
  /** The day written on it. */
  on?: Day
  /** What was scanned: the original, a copy of it, or nothing on paper. */
  nature: 'original' | 'copy' | 'electronic'
  /** The signatures and seals that somebody who looked did not find; absent where nobody has looked. */
  lacks?: readonly Signature[]
}

/**
 * `missing`: due by now and not there. `notDue`: asked for later. `unexpected`: filed, and nothing recorded that it could prove.
 * `surplus`: more papers than the place takes. `notOriginal`: only a copy where the original is wanted. `unsigned`: somebody who
 * looked found a signature or seal lacking. `outOfUse`: filed in a place that the list in force does not have.
 */
export const remarkStates = [
  'missing',
  'notDue',
  'unexpected',
  'surplus',
  'notOriginal',
  'unsigned',
  'outOfUse',
] as const
export type RemarkState = (typeof remarkStates)[number]

/** What is to be said about a place of the filing list, or about the documents in it. */
export interface PlaceRemark {
  /** Stable over runs: the code of the place and the state, such as "oathRecord.missing". */
  code: string
  /** The code of the place. */
  place: string
  label: string
  state: RemarkState
  /** With whom it lies; nobody's where the place is not in use. */
  deliveredBy?: Deliverer
  ruleBook?: RuleBook
  /** As numbered in that edition; absent where the paper is practice without an article. */
  article?: string
  /** What, why, and how to mend it, in Chinese. */
  message: string
  /** The recorded acts on which it rests. */
  facts: readonly FactUsed[]
  documentIds: readonly string[]
}

/**
 * What a person's file lacks by the filing list on a day, what is not due yet, and what lies where nothing recorded explains it,
 * in the order of the list. An act recorded for a later day says nothing. A paper that only the edition of 2026 asks for is not
 * missed in earlier acts, nor any of acts before 2014 (Art. 36; 2014: Art. 37; the other places are custom).
 */
export function completeness(
  template: FilingTemplate,
  { facts, documents }: { facts: DevelopmentFacts; documents: readonly FiledDocument[] },
  on: Day,
  setting: Setting = nationalSetting,
): readonly PlaceRemark[] {
  const happened = facts.acts.filter((it) => it.on === undefined || it.on <= on)
  const dossier = dossierOf({ ...facts, acts: happened }, on, setting)
  const file = { dossier, standing: standingOf(dossier) }
  const lying = Map.groupBy(documents, (it) => it.place)
  const inUse = new Set(template.person.map((it) => it.code))
  return [
    ...template.person.flatMap((it) => remarksOn(it, lying.get(it.code) ?? [], file)),
    ...documents.filter((it) => !inUse.has(it.place)).map(outOfUse),
  ]
}

interface File {
  dossier: Dossier
  standing: Standing
}

type Place = Numbered<PersonPlace>

function remarksOn(place: Place, lying: readonly FiledDocument[], file: File): PlaceRemark[] {
  const asked = askedBy(place, file)
  if (lying.length === 0) {
    if (place.requirement === 'optional') return []
    if (asked !== undefined) return isAskedOn(place, asked.day) ? [missing(place, asked)] : []
    return place.requirement === 'required' ? [notDue(place)] : []
  }
  const remarks: PlaceRemark[] = []
  if (asked === undefined && !isExplained(place, file)) remarks.push(unexpected(place, lying))
  if (!place.several && lying.length > 1) remarks.push(surplus(place, lying))
  if (place.form === 'original' && !lying.some((it) => it.nature === 'original'))
    remarks.push(notOriginal(place, lying))
  const lacking = lying.filter((it) => (it.lacks ?? []).length > 0)
  if (lacking.length > 0) remarks.push(unsigned(place, lacking, lying.length > 1))
  return remarks
}

/** What makes the paper due: its act, or a later one that shows the way has gone past it. */
interface Asked {
  act: Act | undefined
  /** The day whose edition decides. */
  day: Day
  isPassed: boolean
}

function askedBy(place: Place, { dossier, standing }: File): Asked | undefined {
  const { acts } = dossier.facts
  const act = earliest(acts.filter((it) => it.kind === place.from && isMeant(place, it)))
  if (act !== undefined) return { act, day: act.on ?? dossier.on, isPassed: false }
  const until = place.outcome === undefined && place.requirement === 'required' ? passedAt.get(place.from) : undefined
  if (until === undefined || !standing.isPast(until)) return undefined
  const further = earliest(acts.filter((it) => orderOf(it.kind) >= orderOf(until)))
  return { act: further, day: further?.on ?? dossier.on, isPassed: true }
}

/** A meeting that only put the discussion off leaves none of the papers of a confirmation. */
function isMeant({ outcome }: Place, act: Act): boolean {
  if (act.kind !== 'confirmationAssembly') return true
  return outcome === undefined ? act.outcome !== 'postpone' : act.outcome === outcome
}

/** By which later act a kind of the line is past; kinds that run beside it are never. */
const passedAt: ReadonlyMap<ActKind, ActKind> = new Map(
  way.flatMap(({ kind, until }) => {
    const past = until ?? (kind === 'confirmationAssembly' ? 'confirmationApproval' : 'archiving')
    return kind === 'archiving' ? [] : [[kind, past]]
  }),
)

function earliest(acts: readonly Act[]): Act | undefined {
  let first: Act | undefined
  for (const act of acts) if (first === undefined || (act.on ?? '9999') < (first.on ?? '9999')) first = act
  return first
}

const isAskedOn = ({ since }: Place, day: Day): boolean => day >= issued2014 && (since === undefined || day >= since)

/** Whether a recorded act could have left the paper; of local practice and of papers that prove no act nothing is expected. */
function isExplained({ origin, outcome, evidences }: Place, { dossier, standing }: File): boolean {
  if (outcome !== undefined) return false
  return origin === 'local' || evidences.length === 0 || evidences.some(standing.has) || dossier.facts.acts.length === 0
}

function missing(place: Place, { act, day, isPassed }: Asked): PlaceRemark {
  const when = act?.on === undefined ? '' : `（${dayWritten(act.on)}）`
  const why =
    act === undefined
      ? ''
      : isPassed
        ? `已有“${actLabels[act.kind]}”${when}，`
        : `“${actLabels[act.kind]}”${when}已登记，`
  return {
    ...remark(place, 'missing', day),
    message: `${why}缺“${place.label}”。请${delivererLabels[place.deliveredBy]}交来${paperFormLabels[place.form]}归档；确实没有形成的写明情况，不得补造材料。`,
    facts: act === undefined ? [] : [factOf(act)],
  }
}

const notDue = (place: Place): PlaceRemark => ({
  ...remark(place, 'notDue'),
  message: `“${place.label}”在${whenAsked(place)}归档，现在还不需要。`,
})

function unexpected(place: Place, lying: readonly FiledDocument[]): PlaceRemark {
  const act = place.outcome === undefined ? `“${actLabels[place.from]}”` : `${outcomeLabels[place.outcome]}的决定`
  return {
    ...remark(place, 'unexpected', undefined, lying),
    message: `“${place.label}”中已有材料，但没有登记${act}。请核对：放错的移到相应位置；确已办理的，对照原件补录。`,
  }
}

const surplus = (place: Place, lying: readonly FiledDocument[]): PlaceRemark => ({
  ...remark(place, 'surplus', undefined, lying),
  message: `“${place.label}”只归一份，现有${lying.length}份。请核对：同一材料的新扫描件用“替换”办理，放错的移到相应位置。`,
})

function notOriginal(place: Place, lying: readonly FiledDocument[]): PlaceRemark {
  const what = lying.some((it) => it.nature === 'copy') ? '复印件' : '电子文件'
  return {
    ...remark(place, 'notOriginal', undefined, lying),
    message: `“${place.label}”应归原件，现在只有${what}。请${delivererLabels[place.deliveredBy]}交来原件；原件存放在别处的，写明存放地点。`,
  }
}

function unsigned(place: Place, lacking: readonly FiledDocument[], areNamed: boolean): PlaceRemark {
  const lacks = lacking
    .map(
      ({ title, lacks = [] }) =>
        `${areNamed ? `“${title}”` : ''}缺${lacks.map((it) => signatureLabels[it]).join('、')}`,
    )
    .join('；')
  return {
    ...remark(place, 'unsigned', undefined, lacking),
    message: `“${place.label}”未签字、盖章：${lacks}。请${delivererLabels[place.deliveredBy]}补办，写补办当天的日期，不得倒签；补办后重新扫描，用“更换文件”归档。`,
  }
}

const outOfUse = ({ id, place, title }: FiledDocument): PlaceRemark => ({
  code: `${place}.outOfUse`,
  place,
  label: title,
  state: 'outOfUse',
  message: `“${title}”所在的位置不在现行归档清单中。请移到清单中相应的位置。`,
  facts: [],
  documentIds: id === undefined ? [] : [id],
})

/** What every remark on a place has in common. Without a day of an act the current edition is cited. */
function remark(
  place: Place,
  state: RemarkState,
  day?: Day,
  lying: readonly FiledDocument[] = [],
): Omit<PlaceRemark, 'message'> {
  const [article] = place.articles
  const ruleBook = day === undefined ? 'XZ-2026' : ruleBookOn(day)
  const number = article && articleNumber(article, ruleBook)
  return {
    code: `${place.code}.${state}`,
    place: place.code,
    label: place.label,
    state,
    deliveredBy: place.deliveredBy,
    ...(number !== undefined && { ruleBook, article: number }),
    facts: [],
    documentIds: lying.flatMap((it) => it.id ?? []),
  }
}
