import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type pg from 'pg'
import type { LoadResult, LoadTask } from './load.ts'

/** A running server of either kind. */
export interface Served {
  port: number
  process: ChildProcess
  /** From the start of the process to the first page, in milliseconds. */
  startMs: number
  stop(): Promise<void>
}

const root = path.join(import.meta.dirname, '..')

/** Starts the real server on a data directory, as `npm start` does, with further settings where given. */
export async function startServer(dataDirectory: string, settings: Record<string, string> = {}): Promise<Served> {
  const port = await freePort()
  const started = performance.now()
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ZHIBU_DATA: dataDirectory,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    ...settings,
  }
  const child = spawn(process.execPath, await startCommand(), {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    await sleep(10)
  }
  return { port, process: child, startMs: performance.now() - started, stop: () => ended(child) }
}

/** What `npm start` gives to Node. */
async function startCommand(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
  return scripts.start.split(' ').slice(1)
}

/** Starts the bare server on a connection. */
export async function startBare(connection: pg.ClientConfig): Promise<Served> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--max-semi-space-size=16', 'bench/bare.ts', JSON.stringify(connection)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve))
  return { port: Number(line), process: child, startMs: performance.now() - started, stop: () => ended(child) }
}

/** Runs the load generator in a process of its own. */
export async function load(task: LoadTask): Promise<LoadResult> {
  const running = promisify(execFile)(process.execPath, ['bench/load.ts'], { cwd: root })
  running.child.stdin?.end(JSON.stringify(task))
  return JSON.parse((await running).stdout)
}

/** Asks a server as its page does, with JSON or with the bytes of a file, over what was read at a revision; throws what is refused. */
export async function asked(
  { port }: Served,
  cookie: string,
  method: string,
  address: string,
  body?: Uint8Array | object,
  revision?: number,
): Promise<Response> {
  const isPiece = body instanceof Uint8Array
  const response = await fetch(`http://127.0.0.1:${port}/api${address}`, {
    method,
    headers: {
      cookie,
      'sec-fetch-site': 'same-origin',
      'x-zhibu-csrf': '1',
      ...(isPiece ? {} : { 'content-type': 'application/json' }),
      ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
    },
    ...(body === undefined ? {} : { body: isPiece ? Buffer.from(body) : JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`)
  return response
}

/** The memory that a process occupies, in MB; the most that it ever did where asked for. */
export async function memoryOf({ process: { pid } }: Served, line: 'VmRSS' | 'VmHWM' = 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    async (response) => response.ok && (await response.text()) !== '',
    () => false,
  )
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const end = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await end
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
