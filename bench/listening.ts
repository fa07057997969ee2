import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '../server/src/platform/database.ts'
import type { Served } from './processes.ts'
import { openSessions } from './sessions.ts'

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
export const admit = (database: Database, directory: string, tenantId: string, readers: number): Promise<string[]> =>
  openSessions(database, directory, {
    ...{ tenantId, prefix: 'reader', name: '听众', count: readers },
    persons: sql`select id, row_number() over (order by id) as n from persons where tenant_id = ${tenantId}
      and id not in (select person_id from accounts where person_id is not null)`,
  })
