import net from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * A process that asks a server on this machine as fast as it answers, over so many connections at a time, and prints how fast that was.
 * Reads its task as JSON from its input.
 */
export interface LoadTask {
  port: number
  connections: number
  seconds: number
  /** Each connection takes every so many-th of them in turn. */
  requests: readonly LoadRequest[]
}

export interface LoadRequest {
  method: 'GET' | 'POST'
  path: string
  cookie?: string
  headers?: Record<string, string>
  body?: string
  /** The revision with which the record begins; each success counts it up. */
  revision?: number
}

export interface LoadResult {
  /** Answers a second. */
  perSecond: number
  p50: number
  p99: number
  /** How many answers had which status. */
  statuses: Record<string, number>
}

const task = JSON.parse(await text(process.stdin)) as LoadTask
const until = performance.now() + task.seconds * 1_000
const times: number[] = []
const statuses: Record<string, number> = {}

const started = performance.now()
await Promise.all(Array.from({ length: task.connections }, (_, at) => connection(at)))
const seconds = (performance.now() - started) / 1_000
times.sort((a, b) => a - b)
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
const result: LoadResult = { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), statuses }
console.log(JSON.stringify(result))

function connection(number: number): Promise<void> {
  const own = task.requests.filter((_, at) => at % task.connections === number).map((it) => ({ ...it }))
  const socket = net.connect({ port: task.port, host: '127.0.0.1', noDelay: true })
  return new Promise((resolve, reject) => {
    let [turn, sent, received] = [0, 0, '']
    const ask = () => {
      const request = own[turn++ % own.length]
      if (!request || performance.now() >= until) {
        socket.end()
        resolve()
        return
      }
      sent = performance.now()
      socket.write(textOf(request))
    }
    socket.setEncoding('latin1')
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('data', (chunk: string) => {
      received += chunk
      if (!isWhole(received)) return
      const status = received.slice(9, 12)
      statuses[status] = (statuses[status] ?? 0) + 1
      times.push(performance.now() - sent)
      const asked = own[(turn - 1) % own.length]
      if (asked?.revision !== undefined && status === '201') asked.revision++
      received = ''
      ask()
    })
  })
}

function textOf({ method, path, cookie, headers = {}, body, revision }: LoadRequest): string {
  const lines = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${task.port}`]
  if (cookie) lines.push(`cookie: ${cookie}`)
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (revision !== undefined) lines.push(`if-match: "${revision}"`)
  if (body !== undefined) {
    lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`)
    lines.push('sec-fetch-site: same-origin', 'x-zhibu-csrf: 1')
  }
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
}

/** Whether an answer has arrived to its end. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, end + 2))?.[1]
  return length === undefined ? answer.endsWith('\r\n0\r\n\r\n') : answer.length >= end + 4 + Number(length)
}
