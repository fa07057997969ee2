import { mkdir } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { openData } from '../server/src/data.ts'
import { restate } from '../server/src/modules/development/standings.ts'
import { developmentActs } from '../server/src/modules/development/tables.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { type Database, wholeTree } from '../server/src/platform/database.ts'
import { newId } from '../server/src/platform/ids.ts'
import { dayInChina } from '../server/src/platform/today.ts'
import { inventFiles } from './files.ts'
import { openSessions } from './sessions.ts'

/** What a filled database offers to be asked for. */
export interface Filled {
  directory: string
  persons: number
  tenantId: string
  /** The college whose pages are measured: the same number of persons in each database. */
  collegeId: string
  /** Persons of the college with complete files. */
  personIds: readonly string[]
  /** Cookies of organisers of that college, each an account of its own, so that no limit of rate is met. */
  cookies: readonly string[]
}

/** A college has so many persons in branches of 50. */
const collegeSize = 2_000
const branchSize = 50
const organisers = 200
const tenantId = 'bench'

/** All of the first college. */
const hasCompleteFile = sql`path >= '0001.0001.' and path < '0001.0001/'`

/**
 * Fills an empty data directory with a university of so many persons, by sets: each with five acts, a standing, two dues and a
 * row of the journal; those of the first college with complete files of 25 acts.
 */
export async function fill(directory: string, persons: number): Promise<Filled> {
  await mkdir(directory, { recursive: true })
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  try {
    await fillTree(database, persons)
    await fillPersons(database)
    const [college] = await rowsOf<{ id: string }>(
      database,
      sql`select id from organizations where path = '0001.0001.'`,
    )
    const collegeId = college?.id ?? ''
    const personIds = await completeSome(database)
    const cookies = await openAccounts(database, directory, collegeId)
    await vacuum(database)
    return { directory, persons, tenantId, collegeId, personIds, cookies }
  } finally {
    await close()
  }
}

/** Does at once what the database does by itself within minutes: statistics, and which pages everybody may see. */
async function vacuum({ address }: Database): Promise<void> {
  const client = new pg.Client(address.owner)
  await client.connect()
  await client.query('vacuum analyze').finally(() => client.end())
}

/** Statements one after the other, as upkeep, which may add rows everywhere. */
async function run(database: Database, ...statements: ReturnType<typeof sql>[]): Promise<void> {
  await database.asKeeper(async (db) => {
    for (const statement of statements) await db.execute(statement)
  })
}

async function rowsOf<Row extends Record<string, unknown>>(database: Database, query: ReturnType<typeof sql>) {
  return (await database.asKeeper((db) => db.execute<Row>(query))).rows
}

async function fillTree(database: Database, persons: number): Promise<void> {
  const organization = sql`insert into organizations (tenant_id, id, parent_id, path, kind, name, pinyin, initials,
    can_approve_probationary)`
  await database.app.execute(sql`insert into universities (id, name) values (${tenantId}, '临江大学')`)
  await run(
    database,
    sql`${organization} values (${tenantId}, gen_random_uuid(), null, '0001.', 'universityCommittee', '临江大学党委', 'linjiang', 'lj', true)`,
    sql`${organization} select ${tenantId}, gen_random_uuid(), (select id from organizations where path = '0001.'),
      '0001.' || lpad(n::text, 4, '0') || '.', 'partyCommittee', '第' || n || '学院党委', 'xueyuan' || n, 'xy', true
      from generate_series(1, ${Math.ceil(persons / collegeSize)}) n`,
    sql`${organization} select ${tenantId}, gen_random_uuid(), c.id, c.path || lpad(n::text, 4, '0') || '.', 'branch',
      '第' || n || '党支部', 'zhibu' || n, 'zb', false from organizations c, generate_series(1, ${collegeSize / branchSize}) n
      where c.kind = 'partyCommittee'`,
  )
}

async function fillPersons(database: Database): Promise<void> {
  await run(
    database,
    sql`insert into persons (tenant_id, id, organization_id, path, name, pinyin, initials, kind, student_number, sex, major,
        grade, class_name, born_on, id_number_mask, phone_mask)
      select b.tenant_id, gen_random_uuid(), b.id, b.path, f[1 + k % 20] || g[1 + k % 19] || g[1 + k % 17],
        p[1 + k % 20] || q[1 + k % 19] || q[1 + k % 17], left(p[1 + k % 20], 1) || left(q[1 + k % 19], 1), 'undergraduate',
        '2023' || row_number() over (), 'female', '数学与应用数学', '2023', '2301', '2004-05-11', '110***********11', '138****0000'
      from organizations b, generate_series(1, ${branchSize}) n,
        lateral (select abs(hashtext(b.path || n)) as k) key,
        (select '{王,李,张,刘,陈,杨,赵,黄,周,吴,徐,孙,胡,朱,高,林,何,郭,马,罗}'::text[] as f,
          '{晓,一,思,知,远,清,景,书,行,南,初,星,舟,岚,微,和,白,云,帆}'::text[] as g,
          '{wang,li,zhang,liu,chen,yang,zhao,huang,zhou,wu,xu,sun,hu,zhu,gao,lin,he,guo,ma,luo}'::text[] as p,
          '{xiao,yi,si,zhi,yuan,qing,jing,shu,xing,nan,chu,xing,zhou,lan,wei,he,bai,yun,fan}'::text[] as q) names
      where b.kind = 'branch'`,
    sql`insert into development_acts (tenant_id, id, person_id, path, kind, "on", details, recorded_by)
      select p.tenant_id, gen_random_uuid(), p.id, p.path, a.kind, '2024-03-01'::date + a.days, '{}', gen_random_uuid()
      from persons p, (values ('application', 0), ('applicantTalk', 12), ('recommendation', 130), ('activistDecision', 140),
        ('contactPersons', 145)) a(kind, days)
      where not (${hasCompleteFile})`,
    sql`insert into development_standings (tenant_id, person_id, path, pinyin, stage, next_kind, next_earliest_on,
        next_latest_on, error_count, warning_count, restated_on)
      select tenant_id, id, path, pinyin, 'activist', 'review', '2026-06-01', '2026-06-01'::date + abs(hashtext(id::text)) % 700,
        0, 0, '2026-11-23' from persons`,
    sql`insert into development_dues (tenant_id, person_id, kind, path, step, earliest_on, latest_on, waiting_on)
      select s.tenant_id, s.person_id, d.kind, s.path, d.step, s.next_earliest_on, s.next_latest_on + d.step, 'branchCommittee'
      from development_standings s, (values ('review', 8), ('activistTraining', 9)) d(kind, step)`,
    sql`insert into journal (tenant_id, id, at, account_id, actor_name, event, subject_kind, subject_id, org_path, person_id,
        details, request_id)
      select tenant_id, gen_random_uuid(), '2024-09-01', gen_random_uuid(), '组织员', 'people.person-registered', 'person', id::text,
        path, id, '{}', 'filling' from persons`,
  )
}

/** Gives the persons of the first branches complete files, as the use cases would have left them. */
async function completeSome(database: Database): Promise<string[]> {
  const people = await rowsOf<{ id: string; path: string }>(
    database,
    sql`select id, path from persons where ${hasCompleteFile} order by id`,
  )
  const files = inventFiles(people.length, 2)
  const scope = { tenantId, accountId: null, personId: null, ranges: [wholeTree], helper: false }
  await database.transaction(scope, async (db) => {
    const recordedBy = newId()
    for (const [at, { id: personId, path }] of people.entries()) {
      const rows = (files[at]?.acts ?? []).map(({ id: _, kind, on = null, ...details }) => ({
        ...{ tenantId, id: newId(), personId, path, kind, on, details, recordedBy },
      }))
      await db.insert(developmentActs).values(rows)
    }
    const ids = people.map((it) => it.id)
    await restate({ db, tenantId, today: dayInChina(new Date()) }, ids)
  })
  return people.map((it) => it.id)
}

/** Accounts of organisers of the college, each with a session. */
async function openAccounts(database: Database, directory: string, collegeId: string): Promise<string[]> {
  const cookies = await openSessions(database, directory, {
    ...{ tenantId, prefix: 'user', name: '组织员', count: organisers },
    persons: sql`select id, row_number() over (order by id desc) as n from persons where ${hasCompleteFile}`,
  })
  await run(
    database,
    sql`insert into offices (tenant_id, id, organization_id, path, person_id, person_name, office, from_on)
      select tenant_id, gen_random_uuid(), ${collegeId}, '0001.0001.', person_id, name, 'organiser', '2025-01-01' from accounts`,
  )
  return cookies
}
