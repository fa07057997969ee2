import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../server/src/platform/database.ts'
import { newId } from '../server/src/platform/ids.ts'
import { readSecrets } from '../server/src/platform/secrets.ts'
import { sessionCookie } from '../server/src/platform/session.ts'

/** Whom many accounts are opened for: the first `count` of the persons that a select of `id` and `n`, counted from 1, gives. */
export interface Admitted {
  tenantId: string
  /** What the users of the accounts are called, with a number behind it. */
  prefix: string
  name: string
  count: number
  persons: SQL
}

/** Opens an account for each of these persons, each with a session; returns their cookies. */
export async function openSessions(
  database: Database,
  directory: string,
  { tenantId, prefix, name, count, persons }: Admitted,
): Promise<string[]> {
  const cookie = sessionCookie((await readSecrets(directory)).session, false)
  const tokens = Array.from({ length: count }, () => newId())
  const user = (n: SQL) => sql`${prefix}::text || ${n}`
  await database.app.execute(sql`insert into sign_in_users (id, name, email, username)
    select ${user(sql`n`)}, ${name}, ${user(sql`n`)}, ${user(sql`n`)} from generate_series(1, ${count}) n`)
  await database.app.execute(sql`insert into sign_in_sessions (id, user_id, token, expires_at)
    select 'session ' || ${user(sql`n`)}, ${user(sql`n`)}, token, now() + interval '7 days'
    from unnest(${sql.param(tokens)}::text[]) with ordinality as t(token, n)`)
  await database.asKeeper((db) =>
    db.execute(sql`insert into accounts (tenant_id, id, user_id, person_id, name)
      select ${tenantId}, gen_random_uuid(), ${user(sql`p.n`)}, p.id, ${name} from (${persons}) p where p.n <= ${count}`),
  )
  return tokens.map((token) => cookie.write(token, 3600).split(';')[0] ?? '')
}
