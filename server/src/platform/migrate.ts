import { createHash } from 'node:crypto'
import path from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import pg from 'pg'
import { getConstructionPlans } from 'pg-boss'
import { appRole, type DatabaseAddress, keeperRole } from './database.ts'
import { type RowRule, securityParts, securityStatements, type TableShape } from './policies.ts'
import { searchFunctions } from './search/found-function.ts'
import { marksFunction } from './search/marks.ts'

/** Where the migrations lie: made by `npm run migrations` from the tables, checked in, never changed once released. */
export const migrationsFolder = path.join(import.meta.dirname, '..', '..', 'migrations')

/** The schema of the job queue. */
export const jobsSchema = 'jobs'

/** The one queue; the kind of a job stands in its data. */
export const jobsQueue = 'work'

/**
 * Brings the database to the state this program knows: roles, tables, row-level security and rights, the job queue.
 * Several processes may do so at once: they wait for one another. Refuses a database newer than the program,
 * and a PostgreSQL older than 15. `upTo` stops at an older version of the tables, to take in a backup of that time.
 */
export async function migrate(
  address: DatabaseAddress,
  rules: Readonly<Record<string, RowRule>>,
  upTo = schemaVersion(),
): Promise<void> {
  const client = new pg.Client(address.owner)
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(${lockKey})`)
    await refuseUnknown(client)
    await ensureRoles(client)
    await client.query(marksFunction)
    await applyMigrations(client, upTo)
    await ensureJobs(client)
    await secure(client, rules)
  } finally {
    await client.end()
  }
}

/** The version of the tables: the moment of the last migration, in milliseconds. */
export function schemaVersion(): number {
  return Math.max(0, ...readMigrationFiles({ migrationsFolder }).map((it) => it.folderMillis))
}

/** An arbitrary number, the same in every version. */
const lockKey = 7_240_922

async function refuseUnknown(client: pg.Client): Promise<void> {
  const version = Number(
    (await client.query<{ v: string }>(`select current_setting('server_version_num') v`)).rows[0]?.v,
  )
  if (version < 150_000) {
    throw new Error(`需要 PostgreSQL 15 以上版本，现为 ${version / 10_000}。 (PostgreSQL 15 or later is needed.)`)
  }
  if ((await schemaVersionOf(client)) > schemaVersion()) {
    throw new Error(
      '数据库由更新版本的程序建立，请升级程序后再启动。 (The database was made by a newer version of this program: upgrade the program.)',
    )
  }
}

/** The version of the tables in a database; 0 for an empty one. */
export async function schemaVersionOf(client: pg.Client): Promise<number> {
  const exists = await client.query(`select 1 where to_regclass('drizzle.__drizzle_migrations') is not null`)
  if (exists.rowCount === 0) return 0
  const { rows } = await client.query<{ at: string | null }>(
    'select max(created_at) as at from drizzle.__drizzle_migrations',
  )
  return Number(rows[0]?.at ?? 0)
}

/** Applies what is missing, each migration in a transaction, in the bookkeeping of Drizzle. */
async function applyMigrations(client: pg.Client, upTo: number): Promise<void> {
  await client.query(`create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
    grant usage on schema drizzle to ${keeperRole}; grant select on drizzle.__drizzle_migrations to ${keeperRole}`)
  const applied = await schemaVersionOf(client)
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder })) {
    if (folderMillis <= applied || folderMillis > upTo) continue
    const done = `insert into drizzle.__drizzle_migrations (hash, created_at) values ('${hash}', ${folderMillis})`
    await client.query(['begin', ...sql, done, 'commit'].join(';'))
  }
}

/**
 * Roles belong to the whole server, so another database of it may make them at the same moment.
 * Refuses an owner who may not make roles, unless an administrator has made them.
 */
async function ensureRoles(client: pg.Client): Promise<void> {
  try {
    await ensureRole(client, appRole, 'login')
    await ensureRole(client, keeperRole, 'nologin')
  } catch (cause) {
    const byHand = `create role ${appRole} login; create role ${keeperRole}; grant ${appRole}, ${keeperRole} to <DATABASE_URL 中的用户>;`
    throw new Error(`无法建立数据库角色，请让数据库管理员执行： (have an administrator run:)\n  ${byHand}`, { cause })
  }
}

async function ensureRole(client: pg.Client, role: string, mayLogIn: string): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role ${role} ${mayLogIn}; end if;
  exception when duplicate_object or unique_violation then null; end $$`)
  const { rows } = await client.query<{ is: boolean }>(`select pg_has_role(current_user, '${role}', 'usage') as is`)
  if (!rows[0]?.is) await client.query(`grant ${role} to current_user`)
}

/** The job queue. Its worker runs as the owner; the application may only add jobs. */
async function ensureJobs(client: pg.Client): Promise<void> {
  const exists = await client.query(`select 1 where to_regclass('${jobsSchema}.version') is not null`)
  if (exists.rowCount === 0) await client.query(getConstructionPlans(jobsSchema))
  await client.query(`select ${jobsSchema}.create_queue('${jobsQueue}', '{"policy":"standard"}')`)
  await client.query(`grant usage on schema ${jobsSchema} to ${appRole}`)
  await client.query(`grant select, insert on all tables in schema ${jobsSchema} to ${appRole}`)
}

/** Writes policies and rights anew where they differ from what was written last. */
async function secure(client: pg.Client, rules: Readonly<Record<string, RowRule>>): Promise<void> {
  const tables = await tablesOf(client)
  const strangers = Object.keys(rules).filter((name) => !tables.some((table) => table.name === name))
  if (strangers.length > 0) throw new Error(`row rules for tables that do not exist: ${strangers.join(', ')}`)
  const statements = [
    `grant usage on schema public to ${appRole}, ${keeperRole}`,
    ...securityParts,
    ...tables.flatMap((table) => securityStatements(table, rules[table.name])),
    ...searchFunctions,
    ...Object.values(rules).flatMap((rule) => rule.searchedBy ?? []),
  ]
  const fingerprint = createHash('sha256').update(statements.join(';')).digest('hex')
  const { rows } = await client.query<{ comment: string | null }>(
    `select obj_description('public'::regnamespace, 'pg_namespace') as comment`,
  )
  if (rows[0]?.comment === fingerprint) return
  await client.query(`begin;${statements.join(';')};comment on schema public is '${fingerprint}';commit`)
}

/** All tables of the application with their columns, by name. */
export async function tablesOf(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.relname order by c.relname`)
  return rows
}
