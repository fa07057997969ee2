import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import type { Browser, TestApp } from './app.ts'

/** Opens a page that is told what changes of a thing, and waits until the server listens to what is said on the channel. */
export async function listening<Change extends object>(
  { build }: TestApp,
  by: Browser,
  path: string,
  channel: string,
  id: string,
) {
  const answer = await by.get(path)
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let told = ''
  const heard = async (): Promise<Change> => {
    for (;;) {
      const [, data, rest] = /data: (.*)\n\n([\s\S]*)/.exec(told) ?? []
      if (data !== undefined) {
        told = rest ?? ''
        return JSON.parse(data)
      }
      const { value, done } = (await reader?.read()) ?? { done: true }
      if (done) throw new Error('nothing more is told')
      told += value
    }
  }
  // Said again and again until the process listens to the database.
  const probe = setInterval(() => {
    void build.look((db) => db.execute(sql`select pg_notify(${channel}, ${`${build.tenantId} ${id} nothing`})`))
  }, 100)
  while ('anew' in (await heard())) {}
  clearInterval(probe)
  return {
    heard,
    /** The next change that is one of these. */
    async until(of: (it: Change) => boolean): Promise<Change> {
      for (;;) {
        const change = await heard()
        if (!isDeepStrictEqual(change, {}) && of(change)) return change
      }
    },
    leave: () => reader?.cancel(),
  }
}
