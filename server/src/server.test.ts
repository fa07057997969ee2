import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../test/directory.ts'
import { isRunningPostgres, readPostmaster } from './platform/postmaster.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
const data = path.join(directory, 'data')

test('starts, refuses a second start, stops cleanly, and starts again after kill -9', async () => {
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
    says: `端口 ${port} 已被其他程序占用。请停止那个程序，或换一个端口再启动，如 PORT=${port + 1}。 (The port is in use: stop the other program, or choose another port.)\n`,
  })
  expect(await ending(start(port, data, { LOG_LEVEL: 'loud' }))).toEqual({
    code: 1,
    says: expect.stringContaining('LOG_LEVEL'),
  })

  expect(await ending(start(await freePort(), path.join(directory, 'other'), { METRICS_PORT: String(port) }))).toEqual({
    code: 1,
    says: expect.stringContaining(`METRICS_PORT=${port + 1}`),
  })
  expect(await ending(start(await freePort(), path.join(directory, 'other'), { HOST: '203.0.113.1' }))).toEqual({
    code: 1,
    says: expect.stringMatching(/^本机没有 203\.0\.113\.1 这个地址.*HOST/),
  })

  const file = path.join(directory, 'file')
  await writeFile(file, '')
  expect(await ending(start(await freePort(), file))).toEqual({
    code: 1,
    says: `无法使用 ${file}：是一个文件，不是目录。请移走这个文件，或用 ZHIBU_DATA 指定另一个目录。 (EEXIST: file already exists, mkdir '${file}')\n`,
  })
  expect(await ending(start(await freePort(), path.join(file, 'data')))).toEqual({
    code: 1,
    says: expect.stringContaining(`无法使用 ${path.join(file, 'data')}：上级是一个文件，不是目录。`),
  })

  expect(await ending(start(await freePort(), '/proc/zhibu'))).toEqual({
    code: 1,
    says: expect.stringContaining('无法使用 /proc/zhibu：这里不能新建目录。'),
  })

  first.kill('SIGTERM')
  expect(await ending(first)).toEqual({
    code: 0,
    says: expect.stringMatching(
      /首次设置码：[A-Z]{4}(-[A-Z]{4}){3}\n系统中还没有学校。请打开 http:\/\/127\.0\.0\.1:\d+\/setup /,
    ),
  })
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

test('a request under way is answered when the server stops, and its connection takes no more', async () => {
  const port = await freePort()
  const server = start(port, path.join(directory, 'stopping'))
  await answering(port)
  const client = connect(port, '127.0.0.1')
  const answers: string[] = []
  client.on('data', (it) => answers.push(it.toString().slice(0, 12))).on('error', () => undefined)
  const closed = once(client, 'close')
  const head = `POST /api/accounts/setup HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-zhibu-csrf: 1\r\ncontent-type: application/json`
  // The server says that it goes on as soon as the request is under way.
  client.write(`${head}\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n{`)
  await expect.poll(() => answers).toEqual(['HTTP/1.1 100'])
  server.kill('SIGTERM')
  const ended = ending(server)
  await expect.poll(() => isOpen(port)).toBe(false)
  client.write('}')
  await expect.poll(() => answers).toEqual(['HTTP/1.1 100', 'HTTP/1.1 400'])
  await Promise.race([closed, sleep(5_000)])
  client.write(`${head}\r\ncontent-length: 2\r\n\r\n{}`)
  await closed
  expect(answers).toEqual(['HTTP/1.1 100', 'HTTP/1.1 400'])
  expect((await ended).code).toBe(0)
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

/** Whether the port takes new connections. */
async function isOpen(port: number): Promise<boolean> {
  const client = connect(port, '127.0.0.1')
  const isConnected = await once(client, 'connect').then(
    () => true,
    () => false,
  )
  client.destroy()
  return isConnected
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
