import type { Day } from '../../kernel/day.ts'
import { contradictions } from '../development/contradictions.ts'
import type { Act, ActKind, DevelopmentFacts } from '../development/facts.ts'
import type { Finding } from '../development/results.ts'
import { nationalSetting, type Setting } from '../development/setting.ts'
import { otherNamesAndNumbers } from './names-and-numbers.ts'
import { daySaidBy, meetingOf, nearest, type PaperFacts, type ReadDocument, type Recorded } from './read-document.ts'
import type { FilingTemplate } from './template.ts'

/** A contradiction between a paper and what is recorded, or within what the paper says. */
export interface PaperFinding extends Finding {
  /** The code of the place in which the paper lies. */
  place: string
  documentId?: string
}

/**
 * Where papers say something else than the record, document by document: days, names, numbers of the tally (T55), the day of a
 * resolution (T34), the probation counted from another day than that of the assembly (T37, T38), the day of full membership
 * (T46, T47), the birthday (T59). What is not recorded is not compared. What the record contradicts by itself is not repeated
 * here. Both facts stand in the finding.
 */
export function differences(
  template: FilingTemplate,
  { facts, name, documents }: { facts: DevelopmentFacts; name?: string; documents: readonly ReadDocument[] },
  on: Day,
  setting: Setting = nationalSetting,
): readonly PaperFinding[] {
  if (documents.length === 0) return []
  const record = { facts, name, on, setting }
  const known = new Set(contradictions(facts, on, setting).map(signatureOf))
  return documents.flatMap((document) => {
    const label = template.person.find((it) => it.code === document.place)?.label ?? document.title
    const id = document.id === undefined ? {} : { documentId: document.id }
    const found = findingsIn(document, `“${label}”`, record, known)
    return [...found, ...unlooked(document, found, `“${label}”`, record, known)].map(
      (it): PaperFinding => ({ ...it, place: document.place, ...id }),
    )
  })
}

/** What the text alone says otherwise: only a warning, for it may have been read wrongly. */
function unlooked(
  { on: _, says: __, reads, ...document }: ReadDocument,
  found: readonly Finding[],
  source: string,
  record: Recorded,
  known: ReadonlySet<string>,
): Finding[] {
  if (reads === undefined) return []
  const told = new Set(found.map(signatureOf))
  return findingsIn({ ...document, says: reads }, source, record, known)
    .filter((it) => !told.has(signatureOf(it)))
    .map((it) => ({ ...it, severity: 'warning', message: `${it.message}材料上的文字由系统读出，请先与原件核对。` }))
}

/** `known` is what the record contradicts without any paper. */
function findingsIn(document: ReadDocument, source: string, record: Recorded, known: ReadonlySet<string>): Finding[] {
  const told = new Map<string, Finding>()
  for (const { acts, rules } of variantsOf(document, source, record.facts.acts))
    for (const it of contradictions({ ...record.facts, acts }, record.on, record.setting))
      if (rules.includes(it.rule) && !known.has(signatureOf(it))) told.set(signatureOf(it), it)
  return [...told.values(), ...otherNamesAndNumbers(document, source, record)]
}

const signatureOf = ({ rule, facts }: Finding): string => JSON.stringify([rule, facts])

/** The acts with one thing as a paper has it, and the rules that may speak of it. */
interface Variant {
  acts: readonly Act[]
  rules: readonly string[]
}

/** None of a paper that says the same as the record. */
function variantsOf({ place, on, says = {} }: ReadDocument, source: string, acts: readonly Act[]): Variant[] {
  const kind = daySaidBy.get(place)
  const days = [...(kind === undefined || on === undefined ? [] : [{ kind, on }]), ...(says.days ?? [])]
  const resolutionOn = says.resolutionOn ?? (place.endsWith('Resolution') ? on : undefined)
  return [
    ...days.flatMap((it) => withOtherDay(acts, it, source)),
    ...(resolutionOn === undefined ? [] : withResolution(acts, meetingOf(place), resolutionOn)),
    ...withProbation(acts, says),
    ...withFullDay(acts, says),
  ]
}

function withOtherDay(acts: readonly Act[], { kind, on }: { kind: ActKind; on: Day }, source: string): Variant[] {
  const act = nearest(acts, kind, on)
  if (act === undefined || daysOf(act).includes(on)) return []
  return [{ acts: replaced(acts, act, { ...act, alsoDated: [{ source, on }] }), rules: ['T55'] }]
}

/** All days that the record itself has for an act. */
function daysOf(act: Act): (Day | undefined)[] {
  return act.kind === 'application' ? [act.on, act.receivedOn, act.firstSubmittedOn] : [act.on]
}

function withResolution(acts: readonly Act[], kind: 'admissionAssembly' | 'confirmationAssembly', on: Day): Variant[] {
  const act = nearest(acts, kind, on)
  if (act?.kind !== 'admissionAssembly' && act?.kind !== 'confirmationAssembly') return []
  return [{ acts: replaced(acts, act, { ...act, resolution: { ...act.resolution, on } }), rules: ['T34'] }]
}

function withProbation(acts: readonly Act[], { probationFrom, probationUntil }: PaperFacts): Variant[] {
  const act = acts.find((it) => it.kind === 'admissionApproval')
  if (act === undefined || (probationFrom ?? probationUntil) === undefined) return []
  const { probationFrom: _from, probationUntil: _until, ...others } = act
  const said = {
    ...others,
    ...(probationFrom !== undefined && { probationFrom }),
    ...(probationUntil !== undefined && { probationUntil }),
  }
  return [{ acts: replaced(acts, act, said), rules: ['T37', 'T38'] }]
}

function withFullDay(acts: readonly Act[], { fullOn }: PaperFacts): Variant[] {
  const act = acts.findLast((it) => it.kind === 'confirmationApproval')
  if (act === undefined || fullOn === undefined) return []
  return [{ acts: replaced(acts, act, { ...act, fullOn }), rules: ['T46', 'T47'] }]
}

const replaced = (acts: readonly Act[], act: Act, by: Act): readonly Act[] => acts.map((it) => (it === act ? by : it))
