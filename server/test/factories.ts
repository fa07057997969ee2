import { checkIdentityNumber, type Day } from '@zhibu/rules'
import { and, eq, isNull } from 'drizzle-orm'
import { Hono } from 'hono'
import pg from 'pg'
import { pino } from 'pino'
import { delegationPersons, delegations } from '../src/modules/accounts/tables.ts'
import { spellPerson, spellText } from '../src/modules/organization/pinyin.ts'
import { rightsOf } from '../src/modules/organization/policy.ts'
import type { OfficeKind } from '../src/modules/organization/schema.ts'
import { offices, organizations, universities } from '../src/modules/organization/tables.ts'
import { persons } from '../src/modules/people/tables.ts'
import { Batch } from '../src/platform/batch.ts'
import { Actor, type AdministratorRole, type Context, type Delegation } from '../src/platform/context.ts'
import type { Database } from '../src/platform/database.ts'
import { fieldEncryption } from '../src/platform/encryption.ts'
import { type Env, onError, scopeOf } from '../src/platform/http.ts'
import { newId } from '../src/platform/ids.ts'
import { childPath } from '../src/platform/org-path.ts'
import type { Secrets } from '../src/platform/secrets.ts'
import { scopeOver } from './database.ts'

/** An organisation as the builders made it. */
export type BuiltOrganization = Pick<typeof organizations.$inferSelect, 'id' | 'path' | 'name' | 'kind'>

/** A person as the builders made them. */
export type BuiltPerson = Pick<typeof persons.$inferSelect, 'id' | 'path' | 'organizationId' | 'name'>

/** The day on which the tests take place. */
export const today: Day = '2026-11-23'

/**
 * A small invented university in the given database, a tenant of its own, so that one database holds as many as a test file wants.
 * The rows are written as they lie in the tables, without the use cases of the modules.
 *
 * university ─┬─ college ──┬─ branch (persons: li, wang)
 *             │            └─ sibling (person: zhao)
 *             └─ other ────── distant (person: sun)
 */
export async function smallUniversity(database: Database) {
  const build = await emptyUniversity(database)
  const { university } = build
  const college = await build.organization(university, { kind: 'partyCommittee', name: '云山学院党委' })
  const branch = await build.organization(college, { kind: 'branch', name: '云山学院本科生第一党支部' })
  const sibling = await build.organization(college, { kind: 'branch', name: '云山学院本科生第二党支部' })
  const other = await build.organization(university, { kind: 'partyCommittee', name: '镜湖学院党委' })
  const distant = await build.organization(other, { kind: 'branch', name: '镜湖学院研究生党支部' })
  const li = await build.person(branch, { name: '李晓岚', studentNumber: '2023010001' })
  const wang = await build.person(branch, { name: '王一舟', studentNumber: '2023010002' })
  const zhao = await build.person(sibling, { name: '赵思远', studentNumber: '2023010003' })
  const sun = await build.person(distant, { name: '孙知微', studentNumber: '2023020001' })
  return {
    ...build,
    college,
    branch,
    sibling,
    other,
    distant,
    li,
    wang,
    zhao,
    sun,
    /** Those who act in most tests. None of them has an account row; the database does not ask for one. */
    actors: {
      secretary: build.officer('secretary', branch, li),
      siblingSecretary: build.officer('secretary', sibling, zhao),
      distantSecretary: build.officer('secretary', distant, sun),
      organiser: build.officer('organiser', college),
      otherOrganiser: build.officer('organiser', other),
      department: build.officer('orgDepartment', university),
      applicant: build.himself(wang),
      stranger: build.himself(sun),
      auditor: build.administrator('auditor'),
    },
  }
}
export type SmallUniversity = Awaited<ReturnType<typeof smallUniversity>>

/** A university with its committee only, and the builders that add to it. */
export async function emptyUniversity(database: Database) {
  const tenantId = `u-${newId()}`
  const whole = scopeOver(tenantId)

  const university = await organizationAt(null, { kind: 'universityCommittee', name: '临江大学党委' })
  await database.app.insert(universities).values({ id: tenantId, name: '临江大学' })

  async function organizationAt(
    parent: BuiltOrganization | null,
    fields: Partial<typeof organizations.$inferInsert> & Pick<BuiltOrganization, 'kind' | 'name'>,
  ): Promise<BuiltOrganization> {
    const row = await database.transaction(whole, async (db) => {
      const siblings = parent ? eq(organizations.parentId, parent.id) : isNull(organizations.parentId)
      const number = 1 + (await db.$count(organizations, and(eq(organizations.tenantId, tenantId), siblings)))
      const row = { id: newId(), path: childPath(parent?.path ?? '', number), ...fields }
      await db.insert(organizations).values({ ...spellText(row.name), ...row, tenantId, parentId: parent?.id ?? null })
      return row
    })
    return row
  }

  /** Adds an organisation below another. */
  function organization(
    parent: BuiltOrganization,
    fields: Partial<typeof organizations.$inferInsert> & Pick<BuiltOrganization, 'kind' | 'name'>,
  ): Promise<BuiltOrganization> {
    return organizationAt(parent, fields)
  }

  /** Adds a person to the register. */
  async function person(
    at: BuiltOrganization,
    fields: Partial<typeof persons.$inferInsert> & { name: string },
  ): Promise<BuiltPerson> {
    const row = { id: newId(), organizationId: at.id, path: at.path, ...fields }
    await database.transaction(whole, (db) => db.insert(persons).values({ ...spellPerson(row.name), ...row, tenantId }))
    return row
  }

  /** Adds an office held, from `from` on, without an end unless one is given. */
  async function office(
    holder: BuiltPerson,
    at: BuiltOrganization,
    kind: OfficeKind,
    period: { from: Day; until?: Day } = { from: '2025-01-01' },
  ): Promise<string> {
    const id = newId()
    await database.transaction(whole, (db) =>
      db.insert(offices).values({
        tenantId,
        id,
        organizationId: at.id,
        path: at.path,
        personId: holder.id,
        personName: holder.name,
        office: kind,
        ...period,
      }),
    )
    return id
  }

  /** Somebody signed in with an office today. The office is not written to the database: see `office`. */
  function officer(kind: OfficeKind, at: BuiltOrganization, holder?: BuiltPerson): Actor {
    return new Actor({
      accountId: newId(),
      personId: holder?.id ?? null,
      name: holder?.name ?? `${at.name}（${kind}）`,
      grants: [{ rights: rightsOf[kind], path: at.path }],
    })
  }

  /** The person concerned, signed in, without any office. */
  function himself(person: BuiltPerson): Actor {
    return new Actor({ accountId: newId(), personId: person.id, name: person.name })
  }

  /** One of the three administrators. */
  function administrator(role: AdministratorRole): Actor {
    return new Actor({ accountId: newId(), personId: null, name: role, administrator: role })
  }

  /** A helper to whom these persons and fields are handed until a day; the delegation is written to the database. */
  async function helper(
    covered: readonly BuiltPerson[],
    fields: readonly string[],
    until: Day = '2999-12-31',
  ): Promise<Actor> {
    const accountId = newId()
    const id = newId()
    await database.transaction(whole, async (db) => {
      await db.insert(delegations).values({
        tenantId,
        id,
        path: university.path,
        giverAccountId: newId(),
        helperAccountId: accountId,
        purpose: '协助整理材料',
        fields: [...fields],
        from: '2026-01-01',
        until,
      })
      await db
        .insert(delegationPersons)
        .values(
          covered.map((it) => ({ tenantId, delegationId: id, personId: it.id, helperAccountId: accountId, until })),
        )
    })
    const delegation: Delegation = {
      id,
      personIds: new Set(covered.map((it) => it.id)),
      fields: new Set(fields),
      untilOn: until,
    }
    return new Actor({ accountId, personId: null, name: '协助人', delegations: [delegation] })
  }

  /** Runs a use case as an actor in one transaction with the scope of that actor, as the server does. */
  function as<T>(actor: Actor, useCase: (ctx: Context) => Promise<T>, on: Day = today): Promise<T> {
    return database.transaction(scopeOf(tenantId, actor), (db) =>
      useCase({ db, tenantId, actor, today: on, requestId: newId(), encryption }),
    )
  }

  /** Runs a query that sees everything of this university, to look at what was written. */
  function look<T>(query: (db: Context['db']) => Promise<T>): Promise<T> {
    return database.transaction(whole, query)
  }

  /** The routes of a module as the server answers them to an actor; null is somebody not signed in. */
  function served<Routes extends Hono<Env>>(routes: Routes, actor: Actor | null, on: Day = today) {
    const app = new Hono<Env>().use(async (c, next) => {
      c.set('database', database)
      c.set('tenantId', tenantId)
      c.set('actor', actor)
      c.set('today', on)
      c.set('requestId', newId())
      c.set('encryption', encryption)
      c.set('log', silent)
      await next()
    })
    app.route('/', routes)
    app.onError(onError)
    return app
  }

  return {
    tenantId,
    database,
    university,
    organization,
    person,
    office,
    officer,
    himself,
    administrator,
    helper,
    as,
    look,
    served,
  }
}

/** The keys of the tests, the same every time. */
export const secrets: Secrets = {
  session: 'a session secret of the tests, not one of a server',
  fieldKeys: [{ id: 'k1', key: Buffer.alloc(32, 1).toString('base64') }],
  hashKey: Buffer.alloc(32, 2).toString('base64'),
}
export const encryption = fieldEncryption(secrets)

const silent = pino({ level: 'silent' })

/** How many statements something sends to the database, without begin and commit. Nothing else may run meanwhile. */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const original = pg.Client.prototype.query
  let count = 0
  const counting = function (this: pg.Client, ...args: unknown[]) {
    count += statementsIn(args[0])
    return Reflect.apply(original, this, args)
  }
  Object.assign(pg.Client.prototype, { query: counting })
  try {
    await work()
  } finally {
    Object.assign(pg.Client.prototype, { query: original })
  }
  return count
}

/** The most rows that any one statement of something brings from the database. Nothing else may run meanwhile. */
export async function mostRowsOf(work: () => Promise<unknown>): Promise<number> {
  const original = pg.Client.prototype.query
  let most = 0
  const counting = function (this: pg.Client, ...args: unknown[]) {
    const answer: unknown = Reflect.apply(original, this, args)
    if (answer instanceof Promise)
      void answer.then(
        (it) => {
          most = Math.max(most, ...[it].flat().map((one) => one?.rows?.length ?? 0))
        },
        () => undefined,
      )
    return answer
  }
  Object.assign(pg.Client.prototype, { query: counting })
  try {
    await work()
  } finally {
    Object.assign(pg.Client.prototype, { query: original })
  }
  return most
}

/** Several statements travel as one batch, with what begins and ends their transaction. */
function statementsIn(asked: unknown): number {
  const texts = asked instanceof Batch ? asked.statements.map((it) => it.text) : [textOf(asked)]
  return texts.filter((it) => !/^(begin|set local|select set_config|commit|rollback)/i.test(it)).length
}

const textOf = (asked: unknown): string =>
  typeof asked === 'object' && asked && 'text' in asked ? String(asked.text) : String(asked)

/** A sound invented identity number: no district has the code 990000, the order number chooses the person. */
export function identityNumber(bornOn: Day, order: number): string {
  const first = `990000${bornOn.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  const sound = [...'0123456789X']
    .map((last) => first + last)
    .find((it) => checkIdentityNumber(it).problems.length === 0)
  if (!sound) throw new RangeError(`no identity number can be made of ${bornOn} and ${order}`)
  return sound
}
