import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { temporaryDirectory } from '../server/test/directory.ts'

/** A running server on data of its own. */
export interface TestServer {
  origin: string
  /** What it has printed on standard error, where it speaks to who has started it. */
  said: () => string
  /** Where its data lie. */
  data: string
  /** Ends the server and leaves its data. */
  end: () => Promise<void>
  /** Ends the server and throws its data away. */
  stop: () => Promise<void>
}

/**
 * Starts the server as `npm start` does, or with `isDemo` as `npm run demo` does, on a free port and on data that are
 * thrown away: empty ones, or a copy of those that an ended server has left. `settings` of the environment go with it.
 */
export async function startServer({
  isDemo = false,
  copyOf,
  settings = {},
}: {
  isDemo?: boolean
  copyOf?: string
  settings?: Record<string, string>
} = {}): Promise<TestServer> {
  const { directory, remove } = await temporaryDirectory()
  if (copyOf !== undefined) await copyData(copyOf, directory)
  const port = await freePort()
  const main = path.join(import.meta.dirname, '../server/src/main.ts')
  const server = spawn(process.execPath, [main, ...(isDemo ? ['--demo'] : [])], {
    env: { PATH: process.env.PATH, ZHIBU_DATA: directory, PORT: String(port), LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const origin = `http://127.0.0.1:${port}`
  await answering(origin, server, () => said)
  const end = async () => {
    if (server.exitCode !== null) return
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  return {
    origin,
    said: () => said,
    data: directory,
    end,
    stop: async () => {
      await end()
      await remove()
    },
  }
}

/** With the owners, and with what root keeps elsewhere, which the copy keeps in a place of its own. */
async function copyData(from: string, to: string): Promise<void> {
  const copy = (source: string, target: string) => promisify(execFile)('cp', ['-a', `${source}/.`, target])
  await copy(from, to)
  for await (const note of glob('{,*/}postgres.location', { cwd: to })) {
    const place = (await readFile(path.join(to, note), 'utf8')).trim()
    const own = path.join(path.dirname(place), path.basename(to))
    await mkdir(own)
    await copy(place, own)
    await writeFile(path.join(to, note), `${own}\n`)
  }
}

async function answering(origin: string, server: ChildProcess, said: () => string): Promise<void> {
  for (let round = 0; round < 2_400; round++) {
    if (server.exitCode !== null) throw new Error(`服务没有启动，退出码 ${server.exitCode}\n${said()}`)
    const isReady = await fetch(`${origin}/readyz`).then(
      (it) => it.ok,
      () => false,
    )
    if (isReady) return
    await sleep(250)
  }
  throw new Error(`服务没有在 10 分钟内启动\n${said()}`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('没有空闲的端口')
  return address.port
}
