import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../test/directory.ts'
import { isRunningPostgres, readPostmaster } from './platform/postmaster.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
const data = path.join(directory, 'data')

test('starts, refuses a second start, stops cleanly, and starts again after kill -9', {
  timeout: 180_000,
}, async () => {
  const port = await freePort()
  const first = start(port)
  await answering(port)
  expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toEqual({ status: 'ok' })
  const postmaster = await readPostmaster(path.join(data, 'postgres'))

  expect(await ending(start(await freePort()))).toEqual({
    code: 1,
    says: expect.stringContaining('正由另一个进程使用'),
  })
  expect(await ending(start(port, path.join(directory, 'other')))).toEqual({
    code: 1,
    says: expect.stringContaining('EADDRINUSE'),
  })
  expect(await ending(start(port, data, { LOG_LEVEL: 'loud' }))).toEqual({
    code: 1,
    says: expect.stringContaining('LOG_LEVEL'),
  })

  first.kill('SIGTERM')
  expect(await ending(first)).toMatchObject({ code: 0 })
  expect(await isRunningPostgres(postmaster?.pid ?? 0)).toBe(false)

  const killed = start(port)
  await answering(port)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const again = start(port)
  await answering(port)
  again.kill('SIGINT')
  expect(await ending(again)).toMatchObject({ code: 0 })
  expect(await readPostmaster(path.join(data, 'postgres'))).toBeNull()
})

function start(port: number, dataDirectory = data, more: Record<string, string> = {}): ChildProcess {
  const env = { PATH: process.env.PATH, ZHIBU_DATA: dataDirectory, PORT: String(port), LOG_LEVEL: 'error', ...more }
  return spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function ending(server: ChildProcess): Promise<{ code: number | null; says: string }> {
  const [says] = await Promise.all([server.stderr ? text(server.stderr) : '', once(server, 'exit')])
  return { code: server.exitCode, says }
}

async function answering(port: number): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (response?.ok) return
    await sleep(100)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
