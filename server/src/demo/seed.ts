import { addMonths, type Day, type Stage, stageOf, stages } from '@zhibu/rules'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { giveDelegation } from '../modules/accounts/delegations.ts'
import { administratorNames } from '../modules/accounts/names-schema.ts'
import { addAccount } from '../modules/accounts/service.ts'
import { isSetUp } from '../modules/accounts/setup.ts'
import { accounts } from '../modules/accounts/tables.ts'
import { recordActs } from '../modules/development/imported.ts'
import { sendByThemselves } from '../modules/notices/by-themselves.ts'
import { draftFor } from '../modules/notices/drafting.ts'
import { appoint } from '../modules/organization/offices.ts'
import { rightsOf } from '../modules/organization/policy.ts'
import type { OfficeKind } from '../modules/organization/schema.ts'
import { beginTerm, establish, foundUniversity } from '../modules/organization/service.ts'
import { organizations } from '../modules/organization/tables.ts'
import { registerMany } from '../modules/people/bulk.ts'
import { persons } from '../modules/people/tables.ts'
import type { ContentStore } from '../platform/content/content-store.ts'
import { Actor, administratorRoles, type Context, rights } from '../platform/context.ts'
import { type Database, wholeUniversity } from '../platform/database.ts'
import type { FieldEncryption } from '../platform/encryption.ts'
import { newId } from '../platform/ids.ts'
import type { OrgPath } from '../platform/org-path.ts'
import { dayInChina } from '../platform/today.ts'
import { holdActivities } from './activities.ts'
import { callForEntries } from './calls.ts'
import { giveCertificates } from './certificates.ts'
import { keepCourseware } from './courseware.ts'
import { talk } from './discussion.ts'
import { holdExams } from './exams.ts'
import { exchangePractices } from './exchanges.ts'
import { keepExperts } from './experts.ts'
import { guide } from './guidance.ts'
import { holdLectures } from './lectures.ts'
import { type NoticeCast, sendNotices } from './notices.ts'
import { filePapers } from './papers.ts'
import { writeArticles } from './publicity.ts'
import { askQuestions } from './quizzes.ts'
import { keepMonths, reportUpward } from './reports.ts'
import { changeOffices } from './successions.ts'
import { knowStaff } from './talent.ts'
import { train } from './training.ts'
import { committeeName, universityName } from './tree.ts'
import { type DemoOffice, type DemoOrganization, type DemoPerson, inventUniversity } from './university.ts'

/** The tenant of the fictitious university. */
const demoTenant = 'demo'

/**
 * Fills an empty database with the fictitious university, through the same use cases that people use, in one transaction.
 * Does nothing where a university stands already.
 */
export async function seedDemo(
  database: Database,
  encryption: FieldEncryption,
  store: ContentStore,
  today: Day = dayInChina(new Date()),
): Promise<void> {
  if (await isSetUp(database)) return
  const scope = wholeUniversity(demoTenant)
  await database.transaction(scope, async (db) => {
    const founder = { accountId: newId(), personId: null, name: '历史数据导入' }
    const ground = { db, tenantId: demoTenant, today, requestId: 'demo', encryption }
    const root = await foundUniversity({ ...ground, actor: founder }, { name: universityName, committeeName })
    const ctx: Context = { ...ground, actor: new Actor({ ...founder, grants: [{ rights, path: root.path }] }) }
    await openFounder(ctx)
    const { offices, departments, colleges } = inventUniversity(today)
    const settled: Settled[] = []
    for (const plan of [departments, ...colleges]) await settle(ctx, root.organizationId, plan, settled)
    const ids = await enter(ctx, settled)
    for (const { id, plan } of settled) await install(ctx, id, plan, ids)
    await install(ctx, root.organizationId, { offices }, ids)
    await openAccounts(ctx, [{ offices, people: [] }, ...settled.map((it) => it.plan)], ids)
    await delegate(ctx, settled, ids)
    const students = settled.find(({ plan }) => plan.branchType === 'undergraduate')
    await filePapers(ctx, store, students?.plan.people ?? [], ids)
    const university = { path: root.path, offices }
    const cast = await castOf(ctx, university, settled, ids)
    await sendNotices(database, ctx, cast)
    await writeArticles(ctx, store, { ...cast, university: { id: root.organizationId } })
    const department = await officerOf(ctx, university, 'orgDepartment', ids)
    const { publicity, college, branch, readers } = cast
    const members = readers.filter((it) => it.home === branch.secretary.home)
    const all = { university: { id: root.organizationId, department, publicity }, college, branch, members }
    await talk(ctx, all)
    await holdActivities(ctx, store, all)
    await holdLectures(ctx, store, all)
    await askQuestions(ctx, all)
    await keepCourseware(ctx, store, all)
    await holdExams(ctx, all)
    await callForEntries(ctx, all)
    await guide(ctx, all)
    await giveCertificates(ctx, all)
    await exchangePractices(ctx, all)
    await keepExperts(ctx, all)
    await train(ctx, all)
    await knowStaff(ctx, all)
    await changeOffices(ctx, all)
    await keepMonths(ctx)
    await reportUpward(ctx, all)
    // As every night: what has become due waits as a draft.
    await draftFor(ctx, sendByThemselves)
  })
  // The database looks at what lies in it by itself only after minutes; until then it guesses, and to find a name took eight seconds.
  await database.asOwner((db) => db.execute(sql`analyze`))
}

/** Whoever reads who has recorded something reads that it was brought in. Nobody signs in as this account. */
async function openFounder(ctx: Context): Promise<void> {
  const { accountId: id, name } = ctx.actor
  await addAccount(ctx, { id, userName: 'lishi', name })
  await ctx.db
    .update(accounts)
    .set({ isLocked: true })
    .where(and(eq(accounts.tenantId, ctx.tenantId), eq(accounts.id, id)))
}

/** An organisation that has been established, with its plan. */
interface Settled {
  id: string
  plan: DemoOrganization
}

/** What the accounts depend on. */
type Staffed = Pick<DemoOrganization, 'offices' | 'people' | 'branchType'>

type PersonIds = ReadonlyMap<DemoPerson, string>

/** Establishes an organisation and all below it. */
async function settle(ctx: Context, parentId: string, plan: DemoOrganization, settled: Settled[]): Promise<void> {
  const { name, kind, branchType, establishedOn } = plan
  const id = await establish(ctx, {
    parentId,
    kind,
    name,
    establishedOn,
    ...(branchType ? { branchType } : {}),
    ...(kind === 'partyCommittee' ? { canApproveProbationary: true } : {}),
  })
  settled.push({ id, plan })
  for (const child of plan.children) await settle(ctx, id, child, settled)
}

/** Enters the persons with their acts. */
async function enter(ctx: Context, settled: readonly Settled[]): Promise<PersonIds> {
  const importId = newId()
  const people = settled.flatMap(({ id, plan }) => plan.people.map((person) => ({ organizationId: id, person })))
  const registrations = people.map(({ organizationId, person }) => ({ organizationId, fields: person.fields }))
  const ids = await registerMany(ctx, registrations, importId)
  const paths = await pathsOf(ctx)
  const acts = people.flatMap(({ organizationId, person }, at) => {
    const file = { personId: ids[at] ?? '', path: paths.get(organizationId) ?? '' }
    return person.acts.map((act) => ({ ...file, act }))
  })
  await recordActs(ctx, importId, acts)
  return new Map(people.map(({ person }, at) => [person, ids[at] ?? '']))
}

/** Begins the term of an organisation and gives its offices. */
async function install(
  ctx: Context,
  organizationId: string,
  { term, offices }: Pick<DemoOrganization, 'term' | 'offices'>,
  ids: PersonIds,
): Promise<void> {
  if (term) await beginTerm(ctx, organizationId, term)
  for (const { office, holder, from } of offices) {
    await appoint(ctx, organizationId, { personId: ids.get(holder) ?? '', office, from })
  }
}

/** The people whom a visitor may be: the three administrators, all officers, and one person at each standing. */
async function openAccounts(ctx: Context, plans: readonly Staffed[], ids: PersonIds): Promise<void> {
  for (const role of administratorRoles) {
    await addAccount(ctx, { userName: role, name: administratorNames[role], administrator: role })
  }
  const officers = plans.flatMap((plan) => plan.offices.map((it) => it.holder))
  const students = plans.find((plan) => plan.branchType === 'undergraduate')
  const onTheWay = stages.flatMap((stage) => (students && withoutOffice(students, stage)[0]) ?? [])
  for (const person of new Set([...officers, ...onTheWay])) await openAccount(ctx, person, ids)
}

/** The secretary of the first branch of students hands a task to a probationary member of it. */
async function delegate(ctx: Context, settled: readonly Settled[], ids: PersonIds): Promise<void> {
  const branch = settled.find(({ plan }) => plan.branchType === 'undergraduate')
  if (!branch) return
  const helper = withoutOffice(branch.plan, 'probationary')[1]
  const activists = withoutOffice(branch.plan, 'activist').slice(0, 6)
  const path = (await pathsOf(ctx)).get(branch.id)
  if (!helper || activists.length === 0 || path === undefined) return
  const actor = await officerOf(ctx, { path, offices: branch.plan.offices }, 'secretary', ids)
  const helperAccountId = await openAccount(ctx, helper, ids)
  await giveDelegation(
    { ...ctx, actor },
    {
      helperAccountId,
      personIds: activists.map((it) => ids.get(it) ?? ''),
      fields: ['thoughtReport', 'activistTraining'],
      purpose: '协助登记思想汇报和培训',
      until: addMonths(ctx.today, 2),
    },
  )
}

async function openAccount(ctx: Context, person: DemoPerson, ids: PersonIds): Promise<string> {
  const { name, studentNumber = '' } = person.fields
  const { id } = await addAccount(ctx, { userName: studentNumber, name, personId: ids.get(person) ?? '' })
  return id
}

function withoutOffice({ offices, people }: Staffed, stage: Stage): DemoPerson[] {
  return people.filter((it) => !offices.some(({ holder }) => holder === it) && stageOf(it) === stage)
}

/** The publicity department, a college and its first branch of students, as they send and read notices. */
async function castOf(
  ctx: Context,
  university: Officered,
  settled: readonly Settled[],
  ids: PersonIds,
): Promise<NoticeCast> {
  const branch = settled.find(({ plan }) => plan.branchType === 'undergraduate')
  const college = settled.find(({ plan }) => branch && plan.children.includes(branch.plan))
  if (!branch || !college) throw new Error('the fictitious university has a branch of students')
  const paths = await pathsOf(ctx)
  const at = ({ id, plan }: Settled): Officered => ({ path: paths.get(id) ?? '', offices: plan.offices })
  const secretary = await officerOf(ctx, at(branch), 'secretary', ids)
  const people = branch.plan.people.flatMap((it) => ids.get(it) ?? [])
  const found = await accountsOf(ctx, people)
  const readers = people.flatMap((id) => found.filter((it) => it.personId === id && id !== secretary.personId))
  return {
    college: { id: college.id, organiser: await officerOf(ctx, at(college), 'organiser', ids) },
    branch: { id: branch.id, secretary },
    publicity: await officerOf(ctx, university, 'publicityDepartment', ids),
    readers,
  }
}

/** Where an organisation stands, and who holds which office in it. */
interface Officered {
  path: OrgPath
  offices: readonly DemoOffice[]
}

/** An officer as they act when they have signed in. */
async function officerOf(
  ctx: Context,
  { path, offices }: Officered,
  office: OfficeKind,
  ids: PersonIds,
): Promise<Actor> {
  const holder = offices.find((it) => it.office === office)?.holder
  const [account] = await accountsOf(ctx, holder ? [ids.get(holder) ?? ''] : [])
  if (!account) throw new Error(`the fictitious university has somebody as ${office}`)
  return new Actor({ ...account, grants: [{ rights: rightsOf[office], path }] })
}

/** The accounts of persons, as they act without an office. */
async function accountsOf({ db, tenantId }: Context, personIds: readonly string[]): Promise<Actor[]> {
  const rows = await db
    .select({ id: accounts.id, personId: accounts.personId, name: accounts.name, home: persons.path })
    .from(accounts)
    .innerJoin(persons, and(eq(persons.tenantId, accounts.tenantId), eq(persons.id, accounts.personId)))
    .where(and(eq(accounts.tenantId, tenantId), inArray(accounts.personId, [...personIds])))
  return rows.map(({ id, ...account }) => new Actor({ accountId: id, ...account }))
}

async function pathsOf({ db, tenantId }: Context): Promise<Map<string, OrgPath>> {
  const rows = await db
    .select({ id: organizations.id, path: organizations.path })
    .from(organizations)
    .where(eq(organizations.tenantId, tenantId))
  return new Map(rows.map((it) => [it.id, it.path]))
}
