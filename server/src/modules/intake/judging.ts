import { setImmediate } from 'node:timers/promises'
import type { DevelopmentFacts } from '@zhibu/rules'
import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { isOwnFile } from '../development/policy.ts'
import { settingOf } from '../development/settings.ts'
import { offices, organizations } from '../organization/tables.ts'
import { judgedFields } from '../people/policy.ts'
import type { StoredPerson } from '../people/sealing.ts'
import { changesOf } from './act-changes.ts'
import type { Ground, GroundFacts, RowToJudge } from './ground.ts'
import { type Judgement, problemOf, undecided } from './judgement.ts'
import { factsOfFields, judgeNewcomer, notesOf, reasonOf, repetitionIn } from './newcomers.ts'
import { personChanges } from './person-changes.ts'
import type { Layout } from './recognition.ts'
import {
  type Around,
  type NumberField,
  numberNames,
  peopleAround,
  type Resemblance,
  resemblancesOf,
} from './surroundings.ts'

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
): Promise<GroundFacts> {
  const { setting } = await settingOf(ctx)
  const below = await ctx.db
    .select({
      id: organizations.id,
      path: organizations.path,
      name: organizations.name,
      shortName: organizations.shortName,
      kind: organizations.kind,
      establishedOn: organizations.establishedOn,
      dissolvedOn: organizations.dissolvedOn,
    })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), within(organizations.path, [it.path])))
    .orderBy(asc(organizations.path))
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
  return {
    tenantId: ctx.tenantId,
    importId: it.id,
    path: it.path,
    fileName: it.fileName,
    columns: it.layout.columns,
    organizations: below,
    branches: it.branches,
    offices: held,
    setting,
    today: ctx.today,
  }
}

/**
 * Judges rows against the register and the rules, in the order given. A handful of statements for any number of rows;
 * between them the server turns to others. Without findings the rules are not asked.
 */
export async function judgeRows(
  ctx: Context,
  ground: Ground,
  rows: readonly RowToJudge[],
  { withFindings = true, resemblances }: { withFindings?: boolean; resemblances?: readonly Resemblance[] } = {},
): Promise<Judgement[]> {
  const people = await peopleAround(
    ctx,
    rows,
    resemblances ??
      (await resemblancesOf(
        ctx,
        ground,
        rows.map((it) => it.reading),
      )),
  )
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
  const organization = 'organization' in place ? place.organization : null
  const problems = reading.problems.map(problemOf)
  const blank = { ...undecided(reading, organization), problems }
  const { fields } = blank.write
  if (decided === 'skip') return { ...blank, effect: 'skipped' }
  const inDoubt = (doubt: string, among: readonly StoredPerson[] = []): Judgement => ({
    ...blank,
    doubt,
    candidates: among.map(({ id }) => id),
  })
  if ('doubt' in identity) return inDoubt(identity.doubt, identity.candidates)
  if ('isNew' in identity) {
    const judgement = judgeNewcomer(ground, reading, place, { isDecided: decided !== null, withFindings })
    if (judgement.effect !== 'new' || elsewhere[0] === undefined) return judgement
    return inDoubt(`该${numberNames[elsewhere[0]]}已属于本人管理范围以外的人员。${askAbove}`)
  }
  const repeated = repetitionIn(blank)
  if (repeated !== undefined && decided === null) return inDoubt(repeated)

  const letterOf = (field: string) => ground.columns.find((it) => it.field === field)?.letter ?? null
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
    findings: withFindings ? notesOf(facts, ground) : [],
    fieldChanges: changes,
    actChanges: acts.changes,
    facts,
    write: { fields, change: changes.length > 0 ? change : null, acts: acts.writes },
  }
}

const askAbove = '请核对号码；如号码无误，请联系上级党组织查找是否重复登记'

/** After so many rows the server turns to others. */
export const rowsBetweenPauses = 100
