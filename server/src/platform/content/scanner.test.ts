import net from 'node:net'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { clamdScanner, type Scan, type ScannerAddress } from './scanner.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)

/** What a clamd that is not there for real does with a stream. */
type Behaviour = 'honest' | 'silent' | 'hangs up' | 'small' | 'talks' | 'failed'

const servers: net.Server[] = []
afterAll(() => Promise.all(servers.map((it) => new Promise((resolve) => it.close(resolve)))))

/** A small clamd on a real socket, which knows one virus: the word EICAR. */
async function fakeClamd(behaviour: Behaviour, listenOn: { path: string } | { host: string; port: number }) {
  const server = net.createServer((socket) => {
    let held = Buffer.alloc(0)
    let content = Buffer.alloc(0)
    let isBegun = false
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      if (behaviour === 'hangs up') return socket.destroy()
      held = Buffer.concat([held, Buffer.from(bytes)])
      if (!isBegun && held.length >= 10) {
        if (held.toString('latin1', 0, 10) !== 'zINSTREAM\0') return socket.end('UNKNOWN COMMAND\0')
        isBegun = true
        held = held.subarray(10)
      }
      for (;;) {
        if (!isBegun || held.length < 4) return
        const length = held.readUInt32BE(0)
        if (length === 0) break
        if (behaviour === 'small') return socket.end('INSTREAM size limit exceeded. ERROR\0')
        if (held.length < 4 + length) return
        content = Buffer.concat([content, held.subarray(4, 4 + length)])
        held = held.subarray(4 + length)
      }
      if (behaviour === 'silent') return
      if (behaviour === 'talks') return socket.write('x'.repeat(100_000))
      if (behaviour === 'failed') return socket.end("stream: Can't allocate memory ERROR\0")
      socket.end(content.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0')
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(listenOn, resolve))
  const address = server.address()
  const reached: ScannerAddress =
    typeof address === 'object' && address !== null
      ? { host: '127.0.0.1', port: address.port }
      : { path: address ?? '' }
  return reached
}

async function* contentOf(text: string, megabytes = 0): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < megabytes; at++) yield Buffer.alloc(1_048_576)
  yield Buffer.alloc(0)
  yield Buffer.from(text.slice(0, 3))
  yield Buffer.from(text.slice(3))
}

const anyPort = { host: '127.0.0.1', port: 0 }
const onPort = await fakeClamd('honest', anyPort)
const onSocket = await fakeClamd('honest', { path: path.join(directory, 'clamd') })

describe.each([
  ['over a port', onPort],
  ['over a socket', onSocket],
])('%s', (_where, address) => {
  test.each<[what: string, source: AsyncIterable<Uint8Array>, scan: Scan]>([
    ['a clean content', contentOf('入党申请书'), { verdict: 'clean' }],
    ['an empty content', contentOf(''), { verdict: 'clean' }],
    ['malware', contentOf('xEICARx'), { verdict: 'found', name: 'Eicar-Test-Signature' }],
    ['malware at the end of much', contentOf('EICAR', 20), { verdict: 'found', name: 'Eicar-Test-Signature' }],
  ])('%s', async (_what, source, scan) => {
    expect(await clamdScanner(address).scan(source)).toEqual(scan)
  })
})

test.each<[Behaviour, string]>([
  ['silent', '规定时间'],
  ['hangs up', '中断了连接'],
  ['small', 'StreamMaxLength'],
  ['talks', '没有给出结论'],
  ['failed', "Can't allocate memory"],
])('one that is %s gives no verdict', async (behaviour, why) => {
  const scanner = clamdScanner(await fakeClamd(behaviour, anyPort), { timeoutMs: 500 })
  expect(await scanner.scan(contentOf('EICAR', 4))).toEqual({ verdict: 'unknown', why: expect.stringContaining(why) })
})

test.each<[string, ScannerAddress]>([
  ['no socket', { path: path.join(directory, 'none') }],
  ['a port on which nobody listens', { host: '127.0.0.1', port: 1 }],
])('%s gives no verdict', async (_what, address) => {
  const scan = await clamdScanner(address).scan(contentOf('x'))
  expect(scan).toEqual({ verdict: 'unknown', why: expect.stringContaining('连接不上') })
})

test('what breaks off is no verdict but the failure that it is', async () => {
  async function* broken() {
    yield Buffer.from('x')
    throw new Error('the disk has failed')
  }
  await expect(clamdScanner(onPort).scan(broken())).rejects.toThrow('the disk has failed')
})
