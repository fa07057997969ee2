import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../src/platform/ids.ts'
import type { Browser, TestApp } from '../app.ts'

/** Requests of one session, in their order. */
interface Asking {
  cookie: string
  requests: readonly { address: string; body: unknown }[]
  /** So many are answered, or nearly, before the process may be killed. */
  after: number
}

/** The session of a browser, for a process of its own. */
export const cookieOf = ({ cookies }: Browser): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/**
 * Has a process send requests on the data of an app and kills it with SIGKILL at a random moment. Returns which of them were
 * answered with success.
 */
export async function killedWhileAsking(
  it: TestApp,
  directory: string,
  { cookie, requests, after }: Asking,
): Promise<Set<number>> {
  const order = path.join(directory, `${newId()}.json`)
  const { address } = it.database
  const dataDirectory = path.dirname(path.dirname(path.dirname(it.contents.uploads.fileOf(newId()))))
  await writeFile(order, JSON.stringify({ address, dataDirectory, cookie, at: it.clock.at, requests }))
  const script = path.join(import.meta.dirname, 'request-writer.ts')
  const writer = spawn(process.execPath, [script, order], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => writer.once('exit', resolve))
  const lines = createInterface({ input: writer.stdout })
  const heard = new Promise((resolve) => lines.once('close', resolve))
  const accepted = new Set<number>()
  let begun = -1
  lines.on('line', (line) => {
    const [what, nth] = line.split(' ')
    if (what === 'begun') begun = Number(nth)
    if (what === 'accepted') accepted.add(Number(nth))
  })
  while (begun < Math.min(after, requests.length - 1) && writer.exitCode === null) await sleep(2)
  await sleep(Math.random() * 400)
  if (writer.exitCode !== null) throw new Error(`the writer ended with ${writer.exitCode}`)
  writer.kill('SIGKILL')
  await Promise.all([ended, heard])
  return accepted
}
