import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Behaviour, fakeClamd } from '../../../test/clamd.ts'
import { temporaryDirectory } from '../../../test/directory.ts'
import { clamdScanner, type Scan, type ScannerAddress } from './scanner.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)

async function* contentOf(text: string, megabytes = 0): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < megabytes; at++) yield Buffer.alloc(1_048_576)
  yield Buffer.alloc(0)
  yield Buffer.from(text.slice(0, 3))
  yield Buffer.from(text.slice(3))
}

const onPort = await fakeClamd('honest')
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

test.each<[Behaviour, Scan['verdict'], string]>([
  ['silent', 'unknown', '规定时间'],
  ['hangs up', 'unknown', '中断了连接'],
  ['small', 'too-large', 'StreamMaxLength'],
  ['talks', 'unknown', '没有给出结论'],
  ['failed', 'unknown', "Can't allocate memory"],
])('one that is %s: %s', async (behaviour, verdict, why) => {
  const scanner = clamdScanner(await fakeClamd(behaviour), { timeoutMs: 500 })
  expect(await scanner.scan(contentOf('EICAR', 4))).toEqual({ verdict, why: expect.stringContaining(why) })
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
