import net from 'node:net'
import { onTestFinished } from 'vitest'
import type { Contents } from '../src/platform/content/content.ts'
import { clamdScanner, type ScannerAddress } from '../src/platform/content/scanner.ts'
import { afterwards } from './database.ts'

/** What a clamd that is not there for real does with a stream. */
export type Behaviour = 'honest' | 'silent' | 'hangs up' | 'small' | 'talks' | 'failed'

/** A small clamd on a real socket, which knows one virus: the word EICAR. */
export async function fakeClamd(
  behaviour: Behaviour,
  listenOn: ScannerAddress = { host: '127.0.0.1', port: 0 },
): Promise<ScannerAddress> {
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
  afterwards(() => new Promise((resolve) => server.close(() => resolve())))
  await new Promise<void>((resolve) => server.listen(listenOn, resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null
    ? { host: '127.0.0.1', port: address.port }
    : { path: address ?? '' }
}

/** Has a clamd that behaves like this look at every file, until the running test ends. */
export async function scanWith(contents: Contents, behaviour: Behaviour): Promise<void> {
  contents.scanner = clamdScanner(await fakeClamd(behaviour), { timeoutMs: 500 })
  onTestFinished(() => {
    contents.scanner = null
  })
}
