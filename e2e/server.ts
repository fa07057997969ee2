import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { temporaryDirectory } from '../server/test/directory.ts'

/** A running server on data of its own. */
export interface TestServer {
  origin: string
  /** What it has printed on standard error, where it speaks to who has started it. */
  said: () => string
  /** Ends the server and throws its data away. */
  stop: () => Promise<void>
}

/** Starts the server as `npm start` does, with `--demo` as `npm run demo` does, on a free port and on data that are thrown away. */
export async function startServer(...flags: readonly '--demo'[]): Promise<TestServer> {
  const { directory, remove } = await temporaryDirectory()
  const port = await freePort()
  const server = spawn(process.execPath, [path.join(import.meta.dirname, '../server/src/main.ts'), ...flags], {
    env: { PATH: process.env.PATH, ZHIBU_DATA: path.join(directory, 'data'), PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const origin = `http://127.0.0.1:${port}`
  await answering(origin, server, () => said)
  return {
    origin,
    said: () => said,
    stop: async () => {
      server.kill('SIGTERM')
      await once(server, 'exit')
      await remove()
    },
  }
}

async function answering(origin: string, server: ChildProcess, said: () => string): Promise<void> {
  for (let round = 0; round < 600; round++) {
    if (server.exitCode !== null) throw new Error(`服务没有启动，退出码 ${server.exitCode}\n${said()}`)
    const isReady = await fetch(`${origin}/readyz`).then(
      (it) => it.ok,
      () => false,
    )
    if (isReady) return
    await sleep(250)
  }
  throw new Error(`服务没有在 150 秒内启动\n${said()}`)
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
