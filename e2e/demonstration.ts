import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { temporaryDirectory } from '../server/test/directory.ts'
import { watchPage } from './browser.ts'

/** A running demonstration on data of its own. */
export interface Demonstration {
  origin: string
  /** Ends the server and throws its data away. */
  stop: () => Promise<void>
}

/** Starts the demonstration as `npm run demo` does, on a free port and on data that are thrown away. */
export async function startDemonstration(): Promise<Demonstration> {
  const { directory, remove } = await temporaryDirectory()
  const port = await freePort()
  const server = spawn(process.execPath, [path.join(import.meta.dirname, '../server/src/main.ts'), '--demo'], {
    env: { PATH: process.env.PATH, ZHIBU_DATA: path.join(directory, 'data'), PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const origin = `http://127.0.0.1:${port}`
  await answering(origin, server)
  return {
    origin,
    stop: async () => {
      server.kill('SIGTERM')
      await once(server, 'exit')
      await remove()
    },
  }
}

/** A page of the first person of the demonstration whose title contains the words, such as “学院党委 组织员”. */
export async function signedInAs(
  browser: Browser,
  origin: string,
  title: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  watchPage(page, origin)
  const people = await (await context.request.get(`${origin}/api/accounts/demo/people`)).json()
  const person = people.items.find((it: { title: string }) => it.title.includes(title))
  if (person === undefined) throw new Error(`演示中没有职务包含“${title}”的人员`)
  await context.request.post(`${origin}/api/accounts/demo/sign-in`, {
    data: { accountId: person.accountId },
    headers: { 'x-zhibu-csrf': '1', 'sec-fetch-site': 'same-origin' },
  })
  return page
}

async function answering(origin: string, server: ChildProcess): Promise<void> {
  for (let round = 0; round < 600; round++) {
    if (server.exitCode !== null) throw new Error(`演示没有启动，退出码 ${server.exitCode}`)
    const isReady = await fetch(`${origin}/readyz`).then(
      (it) => it.ok,
      () => false,
    )
    if (isReady) return
    await sleep(250)
  }
  throw new Error('演示没有在 150 秒内启动')
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
