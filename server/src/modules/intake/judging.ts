import { setImmediate } from 'node:timers/promises'
import { contradictions, type DevelopmentFacts, type Setting } from '@zhibu/rules'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { mayMakeAccountOf } from '../accounts/policy.ts'
import { accounts } from '../accounts/tables.ts'
import { type FileFacts, factsOf, fileFrom, type OfficeRow } from '../development/facts.ts'
import { settingOf } from '../development/settings.ts'
import { offices } from '../organization/tables.ts'
import {
  type Candidate,
  findCandidates,
  findNamesakes,
  type Likeness,
  namesakeKey,
  type RegisteredNumbers,
} from '../people/bulk.ts'
import type { PersonChange, PersonFields } from '../people/schema.ts'
import type { StoredPerson } from '../people/sealing.ts'
import { persons } from '../people/tables.ts'
import { type ActToWrite, changesOf, nothing } from './act-changes.ts'
import { type BranchNames, type BranchReading, branchNames, type NamedOrganization } from './branch-names.ts'
import { personChanges } from './person-changes.ts'
import type { RowReading } from './reading.ts'
import type { Column, Layout } from './recognition.ts'
import type { ActChange, FieldChange, RowEffect, RowNote, RowProblem } from './schema.ts'
import { type Identity, whoIsIt } from './who-is-it.ts'

/** A row on which something is to be decided. */
export interface RowToJudge {
  reading: RowReading
  decided: string | null
}

/** What an import would do with a row. */
export interface Judgement {
  effect: RowEffect
  organization: NamedOrganization | null
  person: StoredPerson | null
  doubt: string | null
  candidates: readonly string[]
  problems: readonly RowProblem[]
  findings: readonly RowNote[]
  fieldChanges: readonly FieldChange[]
  actChanges: readonly ActChange[]
  /** What the rules are asked about: the file as it would be afterwards. */
  facts: DevelopmentFacts
  /** What is written where the row is taken. */
  write: { fields: Partial<PersonFields>; change: PersonChange | null; acts: readonly ActToWrite[] }
}

/** What rows are judged against. */
export interface Ground {
  importId: string
  path: OrgPath
  fileName: string
  columns: readonly Column[]
  names: BranchNames
  setting: Setting
  officesAt: ReadonlyMap<string, readonly OfficeRow[]>
  /** Tells which numbers are registered out of the actor's sight. Not asked at the commit, where the database refuses them. */
  registered?: (likenesses: readonly Likeness[]) => Promise<RegisteredNumbers>
}

/** Loads what rows of an import are judged against: three statements. */
export async function groundOf(
  ctx: Context,
  it: {
    id: string
    path: OrgPath
    fileName: string
    layout: Pick<Layout, 'columns'>
    branches: Readonly<Record<string, string>>
  },
): Promise<Ground> {
  const names = await branchNames(ctx, it.path, it.branches)
  const { setting } = await settingOf(ctx)
  const held = await ctx.db
    .select({
      organizationId: offices.organizationId,
      personName: offices.personName,
      office: offices.office,
      from: offices.from,
      until: offices.until,
    })
    .from(offices)
    .where(and(eq(offices.tenantId, ctx.tenantId), within(offices.path, [it.path])))
  const officesAt = Map.groupBy(held, (office) => office.organizationId)
  const { columns } = it.layout
  return { importId: it.id, path: it.path, fileName: it.fileName, columns, names, setting, officesAt }
}

/**
 * Judges rows against the register and the rules, in the order given. A handful of statements for any number of rows;
 * between them the server turns to others. Without findings the rules are not asked.
 */
export async function judgeRows(
  ctx: Context,
  ground: Ground,
  rows: readonly RowToJudge[],
  { withFindings = true } = {},
): Promise<Judgement[]> {
  const people = await peopleAround(ctx, ground, rows)
  const judged: Judgement[] = []
  for (const [at, row] of rows.entries()) {
    const around = people[at]
    if (!around) throw new Error('a row was lost while judging')
    judged.push(judgeRow(ctx, ground, row, around, withFindings))
    if (at % rowsBetweenPauses === rowsBetweenPauses - 1) await setImmediate()
  }
  return judged
}

/** What the register says around a row. */
interface Around {
  place: BranchReading
  identity: Identity
  file: FileFacts | undefined
  /** Numbers of the row that belong to somebody out of sight. */
  elsewhere: readonly NumberField[]
  /** Whether the person has an account that is known by the student number, and the actor may not make such accounts. */
  isNumberFixed: boolean
}

/** Looks up whose rows they are, and all that is needed for judging them. */
async function peopleAround(ctx: Context, ground: Ground, rows: readonly RowToJudge[]): Promise<Around[]> {
  const likenesses = rows.map(({ reading: { person } }) => person)
  // Of persons whom this very import has entered already, another row of the file is the reason.
  const others = (found: readonly Candidate[]) => found.filter(({ person }) => person.importId !== ground.importId)
  const candidates = await findCandidates(ctx, likenesses)
  const places = rows.map(({ reading }) => ground.names.read(reading.branch))
  const namesakes = await findNamesakes(
    ctx,
    rows.flatMap(({ reading: { person } }, at) => {
      const place = places[at]
      return place && 'organization' in place && person.name !== undefined
        ? { organizationId: place.organization.id, name: person.name }
        : []
    }),
  )
  const chosen = await chosenPersons(ctx, rows)
  const identities = rows.map(({ reading: { person: fields }, decided }, at): Identity => {
    const place = places[at]
    const organizationId = place && 'organization' in place ? place.organization.id : ''
    return whoIsIt(ctx, {
      fields,
      candidates: others(candidates[at] ?? []),
      namesakes: (namesakes.get(namesakeKey({ organizationId, name: fields.name ?? '' })) ?? []).filter(
        (it) => it.importId !== ground.importId,
      ),
      decided,
      chosen: chosen.get(decided ?? ''),
    })
  })
  const known = [...new Set(identities.flatMap((it) => ('person' in it ? it.person.id : [])))]
  const files = new Map((await factsOf(ctx, known)).map((it) => [it.person.id, it]))
  const renumbered = identities.flatMap((it, at) =>
    'person' in it && (likenesses[at]?.studentNumber ?? it.person.studentNumber) !== it.person.studentNumber
      ? it.person
      : [],
  )
  const fixed = await withFixedNumber(ctx, renumbered)
  const unseen = likenesses.map((it, at) => numbersOutOfSight(it, candidates[at] ?? []))
  const registered = await ground.registered?.(unseen)
  return identities.map((identity, at) => ({
    place: places[at] ?? { fault: '' },
    identity,
    file: 'person' in identity ? files.get(identity.person.id) : undefined,
    elsewhere: numberFields.filter((field) => {
      const number = unseen[at]?.[field]
      return number !== undefined && registered?.has(field, number) === true
    }),
    isNumberFixed: 'person' in identity && fixed.has(identity.person.id),
  }))
}

/** The numbers of a row that nobody in sight has. */
function numbersOutOfSight({ studentNumber, idNumber }: Likeness, candidates: readonly Candidate[]) {
  const isSeen = (field: NumberField) => candidates.some(({ by }) => by.includes(field))
  return {
    ...(studentNumber === undefined || isSeen('studentNumber') ? {} : { studentNumber }),
    ...(idNumber === undefined || isSeen('idNumber') ? {} : { idNumber }),
  }
}

const numberFields = ['studentNumber', 'idNumber'] as const
type NumberField = (typeof numberFields)[number]
const numberNames: Readonly<Record<NumberField, string>> = { studentNumber: '学号', idNumber: '身份证号' }

function judgeRow(
  ctx: Context,
  ground: Ground,
  { reading, decided }: RowToJudge,
  { place, identity, file, elsewhere, isNumberFixed }: Around,
  withFindings: boolean,
): Judgement {
  const fields = { ...reading.person }
  const organization = 'organization' in place ? place.organization : null
  const problems = reading.problems.map(
    ({ column, code, severity, message }): RowProblem => ({
      ...{ column, code, severity, message },
    }),
  )
  const blank: Judgement = {
    effect: 'doubt',
    organization,
    person: null,
    doubt: null,
    candidates: [],
    problems,
    findings: [],
    fieldChanges: [],
    actChanges: [],
    facts: reading.facts,
    write: { fields, change: null, acts: [] },
  }
  if (decided === 'skip') return { ...blank, effect: 'skipped' }
  const inDoubt = (doubt: string, among: readonly StoredPerson[] = []): Judgement => ({
    ...blank,
    doubt,
    candidates: among.map(({ id }) => id),
  })
  if ('doubt' in identity) return inDoubt(identity.doubt, identity.candidates)
  const repeated = problems.find(({ code, severity }) => code === 'duplicate-person' && severity === 'warning')
  if (repeated && decided === null) return inDoubt(`${repeated.message}；同一人只能写入一行，请跳过其中一行`)

  const letterOf = (field: string) => ground.columns.find((it) => it.field === field)?.letter ?? null
  if ('isNew' in identity) {
    if ('fault' in place) return inDoubt(place.fault)
    if (fields.name === undefined) return inDoubt('没有姓名，不能登记')
    if (elsewhere[0]) return inDoubt(`该${numberNames[elsewhere[0]]}已属于本人管理范围以外的人员。${askAbove}`)
    const acts = changesOf(nothing, reading.facts.acts, reasonOf(ground))
    const facts = factsAfter(ground, place.organization, reading.facts, acts.after)
    return {
      ...blank,
      effect: 'new',
      findings: withFindings ? notesOf(facts, ctx, ground.setting) : [],
      facts,
      write: { fields, change: null, acts: acts.writes },
    }
  }

  const { person } = identity
  if (!isWithin(person.path, ground.path)) return inDoubt('这位人员不在本次导入的组织范围内，不能由本次导入修改')
  const leaveOut = (field: NumberField, code: string, message: string) => {
    delete fields[field]
    problems.push({ column: letterOf(field), code, severity: 'error', message })
  }
  for (const field of elsewhere) {
    leaveOut(field, 'number-elsewhere', `该${numberNames[field]}已属于本人管理范围以外的人员，没有采用。${askAbove}`)
  }
  if (isNumberFixed && fields.studentNumber !== undefined) {
    const message = `${person.name}已有账号，学号（工号）关系到统一身份认证登录，只能由组织部修改，没有采用。请核对后报组织部办理`
    leaveOut('studentNumber', 'number-of-account', message)
  }
  const { change, changes } = personChanges(ctx, person, fields)
  const acts = changesOf(file?.facts.acts ?? [], reading.facts.acts, reasonOf(ground))
  if (reading.branch !== undefined && organization?.id !== person.organizationId) {
    const now = ground.names.byId.get(person.organizationId)?.name ?? '另一个支部'
    problems.push({
      column: letterOf('branch'),
      code: 'other-branch',
      severity: 'warning',
      message: `系统中此人在“${now}”，表中写的是“${reading.branch}”。导入不转移组织关系，如已转接请在人员页办理`,
    })
  }
  const facts: DevelopmentFacts = { ...file?.facts, ...factsOfFields(reading.facts), acts: acts.after }
  return {
    ...blank,
    effect: changes.length > 0 || acts.changes.length > 0 ? 'changed' : 'unchanged',
    organization: ground.names.byId.get(person.organizationId) ?? null,
    person,
    findings: withFindings ? notesOf(facts, ctx, ground.setting) : [],
    fieldChanges: changes,
    actChanges: acts.changes,
    facts,
    write: { fields, change: changes.length > 0 ? change : null, acts: acts.writes },
  }
}

const askAbove = '请核对号码；如号码无误，请联系上级党组织查找是否重复登记'

/** After so many rows the server turns to others. */
const rowsBetweenPauses = 100

const reasonOf = ({ fileName }: Ground): string => `导入“${fileName}”`

const factsOfFields = ({ acts: _, branch: __, ...fields }: DevelopmentFacts) => fields

function factsAfter(
  ground: Ground,
  organization: NamedOrganization,
  facts: DevelopmentFacts,
  acts: DevelopmentFacts['acts'],
): DevelopmentFacts {
  const { id, name, path, establishedOn, dissolvedOn } = organization
  const person = {
    id: '',
    name: '',
    pinyin: '',
    path,
    organizationId: id,
    bornOn: null,
    idNumberBornOn: null,
    leavesOn: null,
    isMobile: false,
    organization: name,
    establishedOn,
    dissolvedOn,
  }
  const file = fileFrom(person, [...acts], ground.officesAt.get(id) ?? [])
  return { ...file.facts, ...factsOfFields(facts) }
}

const notesOf = (facts: DevelopmentFacts, { today }: Context, setting: Setting): RowNote[] =>
  contradictions(facts, today, setting)
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, severity, ruleBook, article, message }) => ({
      rule,
      severity,
      ruleBook,
      article: article ?? null,
      message,
    }))

/** Those of the persons who have an account, where the actor may not make accounts: their numbers stay as they are. */
async function withFixedNumber(ctx: Context, people: readonly StoredPerson[]): Promise<ReadonlySet<string>> {
  const ids = people.filter((it) => !mayMakeAccountOf(ctx.actor, it)).map(({ id }) => id)
  if (ids.length === 0) return new Set()
  const rows = await ctx.db
    .select({ id: accounts.personId })
    .from(accounts)
    .where(and(eq(accounts.tenantId, ctx.tenantId), inArray(accounts.personId, ids)))
  return new Set(rows.flatMap(({ id }) => id ?? []))
}

async function chosenPersons(
  { db, tenantId, actor }: Context,
  rows: readonly RowToJudge[],
): Promise<Map<string, StoredPerson>> {
  const ids = rows.flatMap(({ decided }) =>
    decided === null || decided === 'new' || decided === 'skip' ? [] : decided,
  )
  if (ids.length === 0) return new Map()
  const found = await db
    .select()
    .from(persons)
    .where(
      and(
        eq(persons.tenantId, tenantId),
        within(persons.path, actor.rootsOf('read-files')),
        inArray(persons.id, [...new Set(ids)]),
      ),
    )
  return new Map(found.map((it) => [it.id, it]))
}
