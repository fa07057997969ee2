import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '../server/src/platform/database.ts'
import { newId } from '../server/src/platform/ids.ts'
import { readSecrets } from '../server/src/platform/secrets.ts'
import { sessionCookie } from '../server/src/platform/session.ts'
import type { Served } from './processes.ts'

const pauseMs = 300

/** Pages that are told what changes, in a process of their own. */
export interface ListeningPages {
  /** Does something; answers how long after its beginning the middle and the last page were told a text, in milliseconds. */
  told(text: string, act: () => Promise<unknown>): Promise<{ middle: number; last: number }>
  close(): void
}

/** Opens a page for each cookie, and waits until all are told something. */
export async function openListening(
  { port }: Served,
  address: string,
  cookies: readonly string[],
): Promise<ListeningPages> {
  const pages = spawn(process.execPath, [path.join(import.meta.dirname, 'listeners.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said = createInterface({ input: pages.stdout })[Symbol.asyncIterator]()
  pages.stdin.write(`${JSON.stringify({ port, path: `/api${address}/live`, cookies })}\n`)
  await said.next()
  return {
    async told(text, act) {
      pages.stdin.write(`${text}\n`)
      await sleep(pauseMs)
      const from = Date.now()
      await act()
      const [, middle = 0, last = 0]: number[] = JSON.parse(String((await said.next()).value))
      return { middle: middle - from, last: last - from }
    },
    close: () => void pages.kill(),
  }
}

/** Signs so many persons in, each with an account and without an office. */
export async function admit(
  database: Database,
  directory: string,
  tenantId: string,
  readers: number,
): Promise<string[]> {
  const cookie = sessionCookie((await readSecrets(directory)).session, false)
  const tokens = Array.from({ length: readers }, () => newId())
  await database.app.execute(sql`insert into sign_in_users (id, name, email, username)
    select 'reader' || n, '听众', 'reader' || n, 'reader' || n from generate_series(1, ${readers}) n`)
  await database.app.execute(sql`insert into sign_in_sessions (id, user_id, token, expires_at)
    select 'listening' || n, 'reader' || n, token, now() + interval '7 days'
    from unnest(${sql.param(tokens)}::text[]) with ordinality as t(token, n)`)
  await database.asKeeper((db) =>
    db.execute(sql`insert into accounts (tenant_id, id, user_id, person_id, name)
      select ${tenantId}, gen_random_uuid(), 'reader' || n, id, '听众' from
        (select id, row_number() over (order by id) as n from persons where tenant_id = ${tenantId}
          and id not in (select person_id from accounts where person_id is not null)) p
      where n <= ${readers}`),
  )
  return tokens.map((token) => cookie.write(token, 3600).split(';')[0] ?? '')
}
