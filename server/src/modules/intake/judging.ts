import { setImmediate } from 'node:timers/promises'
import { contradictions, type DevelopmentFacts, type Setting } from '@zhibu/rules'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { factsOf, fileFrom, type OfficeRow } from '../development/facts.ts'
import { settingOf } from '../development/settings.ts'
import { offices } from '../organization/tables.ts'
import { findCandidates } from '../people/bulk.ts'
import type { PersonChange, PersonFields } from '../people/schema.ts'
import type { StoredPerson } from '../people/sealing.ts'
import { persons } from '../people/tables.ts'
import { type ActToWrite, changesOf } from './act-changes.ts'
import { type BranchNames, branchNames, type NamedOrganization } from './branch-names.ts'
import { personChanges, withoutMasks } from './person-changes.ts'
import type { RowReading } from './reading.ts'
import type { Column } from './recognition.ts'
import type { ActChange, FieldChange, RowEffect, RowNote, RowProblem } from './schema.ts'
import { whoIsIt } from './who-is-it.ts'

/** A row on which something is to be decided. */
export interface RowToJudge {
  reading: RowReading
  /** Its cells in the clear, by column letter. */
  texts: Readonly<Record<string, string>>
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
  /** What is written where the row is taken. */
  write: { fields: Partial<PersonFields>; change: PersonChange | null; acts: readonly ActToWrite[] }
}

/** What rows are judged against. */
export interface Ground {
  path: OrgPath
  fileName: string
  columns: readonly Column[]
  names: BranchNames
  setting: Setting
  officesAt: ReadonlyMap<string, readonly OfficeRow[]>
}

/** Loads what rows of an import are judged against: three statements. */
export async function groundOf(
  ctx: Context,
  it: { path: OrgPath; fileName: string; columns: readonly Column[]; branches: Readonly<Record<string, string>> },
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
  return { path: it.path, fileName: it.fileName, columns: it.columns, names, setting, officesAt }
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
  const read = rows.map(({ reading, texts }) => withoutMasks(ground.columns, reading, texts))
  const candidates = await findCandidates(
    ctx,
    read.map(({ fields }) => fields),
  )
  const places = read.map(({ branch }) => ground.names.read(branch))
  const namesakes = await namesakesOf(
    ctx,
    read.map(({ fields }) => fields.name),
    places.map((it) => ('organization' in it ? it.organization.id : undefined)),
  )
  const chosen = await chosenPersons(ctx, rows)
  const identities = rows.map(({ decided }, at) => {
    const place = places[at]
    const fields = read[at]?.fields ?? {}
    const placeId = place && 'organization' in place ? place.organization.id : ''
    return whoIsIt(ctx, {
      fields,
      candidates: candidates[at] ?? [],
      namesakes: namesakes.get(`${placeId} ${fields.name}`) ?? [],
      decided,
      chosen: chosen.get(decided ?? ''),
    })
  })
  const known = identities.flatMap((it) => ('person' in it ? it.person.id : []))
  const files = new Map((await factsOf(ctx, [...new Set(known)])).map((it) => [it.person.id, it]))

  const judged: Judgement[] = []
  const judge = ({ decided, reading }: RowToJudge, at: number): Judgement => {
    const it = read[at]
    const place = places[at]
    const identity = identities[at]
    if (!it || !place || !identity) throw new Error('a row was lost while judging')
    const organization = 'organization' in place ? place.organization : null
    const blank: Judgement = {
      effect: 'doubt',
      organization,
      person: null,
      doubt: null,
      candidates: [],
      problems: it.problems,
      findings: [],
      fieldChanges: [],
      actChanges: [],
      write: { fields: it.fields, change: null, acts: [] },
    }
    if (decided === 'skip') return { ...blank, effect: 'skipped' }
    const inDoubt = (doubt: string, among: readonly StoredPerson[] = []): Judgement => ({
      ...blank,
      doubt,
      candidates: among.map(({ id }) => id),
    })
    if ('doubt' in identity) return inDoubt(identity.doubt, identity.candidates)
    const repeated = it.problems.find(({ code, severity }) => code === 'duplicate-person' && severity === 'warning')
    if (repeated && decided === null) return inDoubt(`${repeated.message}；同一人只能写入一行，请跳过其中一行`)

    if ('isNew' in identity) {
      if ('fault' in place) return inDoubt(place.fault)
      if (it.fields.name === undefined) return inDoubt('没有姓名，不能登记')
      const acts = changesOf([], reading.facts.acts, reasonOf(ground))
      const facts = factsAfter(ground, place.organization, reading.facts, acts.after)
      return {
        ...blank,
        effect: 'new',
        findings: withFindings ? notesOf(facts, ctx, ground.setting) : [],
        actChanges: acts.changes,
        write: { fields: it.fields, change: null, acts: acts.writes },
      }
    }

    const { person } = identity
    if (!isWithin(person.path, ground.path)) return inDoubt('这位人员不在本次导入的组织范围内，不能由本次导入修改')
    const file = files.get(person.id)
    const { change, changes } = personChanges(ctx, person, it.fields)
    const acts = changesOf(file?.facts.acts ?? [], reading.facts.acts, reasonOf(ground))
    const problems = [...it.problems]
    if (it.branch !== undefined && organization?.id !== person.organizationId) {
      const now = ground.names.byId.get(person.organizationId)?.name ?? '另一个支部'
      problems.push({
        column: ground.columns.find(({ field }) => field === 'branch')?.letter ?? null,
        code: 'other-branch',
        severity: 'warning',
        message: `系统中此人在“${now}”，表中写的是“${it.branch}”。导入不转移组织关系，如已转接请在人员页办理`,
      })
    }
    const after: DevelopmentFacts = {
      ...file?.facts,
      ...factsOfFields(reading.facts),
      acts: acts.after,
    }
    return {
      ...blank,
      effect: changes.length > 0 || acts.changes.length > 0 ? 'changed' : 'unchanged',
      organization: ground.names.byId.get(person.organizationId) ?? null,
      person,
      problems,
      findings: withFindings ? notesOf(after, ctx, ground.setting) : [],
      fieldChanges: changes,
      actChanges: acts.changes,
      write: { fields: it.fields, change: changes.length > 0 ? change : null, acts: acts.writes },
    }
  }
  for (const [at, row] of rows.entries()) {
    judged.push(judge(row, at))
    if (at % rowsBetweenPauses === rowsBetweenPauses - 1) await setImmediate()
  }
  return judged
}

/** After so many rows the server turns to others. */
const rowsBetweenPauses = 200

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

/** Persons of the same name in the same organisation, by organisation and name. */
async function namesakesOf(
  { db, tenantId }: Context,
  names: readonly (string | undefined)[],
  organizationIds: readonly (string | undefined)[],
): Promise<Map<string, StoredPerson[]>> {
  const ids = [...new Set(organizationIds.filter((it) => it !== undefined))]
  const wanted = [...new Set(names.filter((it) => it !== undefined))]
  if (ids.length === 0 || wanted.length === 0) return new Map()
  const rows = await db
    .select()
    .from(persons)
    .where(
      and(
        eq(persons.tenantId, tenantId),
        sql`${persons.organizationId} = any(${sql.param(ids)}::uuid[])`,
        sql`${persons.name} = any(${sql.param(wanted)}::text[])`,
      ),
    )
  return Map.groupBy(rows, (it) => `${it.organizationId} ${it.name}`)
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
