import { setImmediate } from 'node:timers/promises'
import { contradictions, type DevelopmentFacts, type Setting } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { fileFrom, type OfficeRow } from '../development/facts.ts'
import { isOwnFile } from '../development/policy.ts'
import { settingOf } from '../development/settings.ts'
import { offices } from '../organization/tables.ts'
import type { Likeness, RegisteredNumbers } from '../people/matching.ts'
import { judgedFields } from '../people/policy.ts'
import type { PersonChange, PersonFields } from '../people/schema.ts'
import type { StoredPerson } from '../people/sealing.ts'
import { type ActToWrite, changesOf, nothing } from './act-changes.ts'
import { type BranchNames, branchNames, type NamedOrganization } from './branch-names.ts'
import { personChanges } from './person-changes.ts'
import type { RowReading } from './reading.ts'
import type { Column, Layout } from './recognition.ts'
import type { ActChange, FieldChange, RowEffect, RowNote, RowProblem } from './schema.ts'
import { type Around, type NumberField, numberNames, peopleAround } from './surroundings.ts'

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
  const isOwn = isOwnFile(ctx.actor, { personId: person.id })
  if (isOwn) {
    const { set } = personChanges(ctx, person, fields).change
    for (const field of judgedFields.filter((it) => it in set)) {
      delete fields[field]
      const message =
        '这一行是您本人。这一项关系到本人发展档案的核对结果，由所在党支部或上级党组织的其他同志修改，没有采用'
      problems.push({ column: letterOf(field), code: 'own-entry', severity: 'warning', message })
    }
  }
  const { change, changes } = personChanges(ctx, person, fields)
  const recorded = file?.facts.acts ?? []
  const acts = changesOf(recorded, isOwn ? [] : reading.facts.acts, reasonOf(ground))
  if (isOwn && changesOf(recorded, reading.facts.acts, '').writes.length > 0) {
    const message = '这一行是您本人。本人的发展过程由所在党支部或上级党组织的其他同志记录、更正，没有采用'
    problems.push({ column: null, code: 'own-file', severity: 'warning', message })
  }
  if (reading.branch !== undefined && organization?.id !== person.organizationId) {
    const now = ground.names.byId.get(person.organizationId)?.name ?? '另一个支部'
    problems.push({
      column: letterOf('branch'),
      code: 'other-branch',
      severity: 'warning',
      message: `系统中此人在“${now}”，表中写的是“${reading.branch}”。导入不转移组织关系，如已转接请在人员页办理`,
    })
  }
  const facts: DevelopmentFacts = { ...file?.facts, ...(isOwn ? {} : factsOfFields(reading.facts)), acts: acts.after }
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
    studentNumber: null,
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
