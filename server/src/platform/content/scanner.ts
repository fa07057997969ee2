import net from 'node:net'
import { isCode } from '../binaries.ts'
import { Refusal } from '../refusal.ts'

/**
 * What a scanner for malware says. `unknown` is no answer, and another time there may be one; what is `too-large` for it will be so
 * again. Whether such a file is taken is decided by whoever asked.
 */
export type Scan =
  | { verdict: 'clean' }
  /** `name` is what the scanner calls it, such as `Win.Test.EICAR_HDB-1`. */
  | { verdict: 'found'; name: string }
  /** `why` is a sentence in Chinese. */
  | { verdict: 'too-large' | 'unknown'; why: string }

export interface Scanner {
  /** Sends a content through the scanner as it comes. Throws only what the source throws. */
  scan(source: AsyncIterable<Uint8Array>): Promise<Scan>
}

/**
 * Refuses what a scanner has found something in, and what it could not look at: that is not taken either. Where it gave no answer, the
 * same file may be taken a little later. `done` is what would have been done with the file, such as `归档`.
 */
export function refuseInfected(fileName: string, scan: Scan, done: string): void {
  if (scan.verdict === 'found')
    throw new Refusal(
      'unreadable',
      `“${fileName}”中发现恶意程序（${scan.name}），没有${done}。请先查杀病毒，再重新扫描或导出。`,
    )
  if (scan.verdict === 'too-large') throw new Refusal('unreadable', `“${fileName}”没有${done}：${scan.why}`)
  if (scan.verdict === 'unknown')
    throw new Refusal('too-many', `“${fileName}”还没有${done}：${scan.why}文件本身不用改动，请稍后再试。`)
}

/** Where clamd listens: a socket on this machine, or a host and a port. */
export type ScannerAddress = { path: string } | { host: string; port: number }

/** How long a scan may take from the first byte to the answer. */
const patienceMs = 120_000

/** Asks a clamd, with its command INSTREAM; every file by a connection of its own. */
export function clamdScanner(address: ScannerAddress, { timeoutMs = patienceMs } = {}): Scanner {
  return {
    async scan(source) {
      const socket = net.connect(address)
      const { promise: ended, resolve: end } = Promise.withResolvers<void>()
      const heard: { reply: string; failure: Error | null } = { reply: '', failure: null }
      socket.setEncoding('utf8')
      socket.on('error', (error) => {
        heard.failure = error
      })
      socket.on('close', () => end())
      socket.on('data', (text) => {
        heard.reply += text
        // An answer ends with a zero byte; nothing that is longer than any answer is waited for.
        if (heard.reply.includes('\0') || heard.reply.length > longestReply) socket.destroy()
      })
      const timer = setTimeout(() => socket.destroy(new Error(tooSlow)), timeoutMs)
      try {
        await write(socket, Buffer.from('zINSTREAM\0'))
        for await (const bytes of source) {
          // It may have answered already, such as that the file is too large for it.
          if (socket.destroyed) break
          if (bytes.length === 0) continue
          await write(socket, lengthOf(bytes.length))
          await write(socket, bytes)
        }
        await write(socket, lengthOf(0))
        await ended
      } finally {
        clearTimeout(timer)
        socket.destroy()
      }
      return verdictOf(heard.reply, heard.failure)
    },
  }
}

const longestReply = 4_096
const tooSlow = 'too slow'

/** Waits until the system has taken the bytes; where the connection has ended it does not matter any more. */
const write = (socket: net.Socket, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve()
    else socket.write(bytes, () => resolve())
  })

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

function verdictOf(reply: string, failure: Error | null): Scan {
  const [text = ''] = reply.split('\0')
  if (/^stream: OK$/.test(text)) return { verdict: 'clean' }
  const [, name] = /^stream: (.+) FOUND$/.exec(text) ?? []
  if (name !== undefined) return { verdict: 'found', name }
  if (/size limit exceeded/i.test(text)) {
    return { verdict: 'too-large', why: '文件超过了杀毒服务允许的大小。请系统管理员调大 clamd 的 StreamMaxLength。' }
  }
  return { verdict: 'unknown', why: whyOf(text, failure) }
}

function whyOf(text: string, failure: Error | null): string {
  if (text !== '') return `杀毒服务没有给出结论：${text.slice(0, 200)}。请系统管理员查看 clamd 的日志。`
  if (failure?.message === tooSlow) return '杀毒服务没有在规定时间内应答。请系统管理员检查 clamd 是否正常。'
  if (isCode(failure, 'ECONNREFUSED', 'ENOENT', 'EACCES', 'ENOTFOUND', 'EHOSTUNREACH')) {
    return '连接不上杀毒服务。请系统管理员检查 clamd 是否在运行，以及 CLAMD 的设置。'
  }
  return '杀毒服务中断了连接，没有给出结论。请系统管理员查看 clamd 的日志。'
}
