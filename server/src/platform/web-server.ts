import { createServer, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import { problemText, problemType, unexpected } from './http.ts'
import { newId } from './ids.ts'
import { Refusal } from './refusal.ts'

/**
 * Longer than a proxy keeps a connection it may send on (nginx 60 s, Caddy 120 s): if the server were the first to close it,
 * a request sent at that moment would be lost.
 */
const idleConnectionMs = 130_000

/** An HTTP server that also answers what never becomes a request for `fetch`, as every other refusal, in Chinese. */
export function webServer(fetch: Parameters<typeof getRequestListener>[0]): Server {
  const listener = getRequestListener(fetch, {
    errorHandler: (error) => {
      const { status, text } = answerOf(error instanceof RequestError ? unreadable : unexpected)
      return new Response(text, { status, headers: { 'content-type': problemType } })
    },
  })
  const options = { requireHostHeader: false, keepAliveTimeout: idleConnectionMs }
  return createServer(options, listener).on('clientError', answerBroken)
}

/** Answers bytes that Node cannot read as a request, and ends the connection: nobody knows where the next one begins. */
function answerBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error)
    return
  }
  const { status, text } = answerOf(problems[error.code ?? ''] ?? unreadable)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}

type Problem = Parameters<typeof problemText>[0]

const answerOf = (problem: Problem) => ({ status: problem.status, text: problemText(problem, newId()) })

const unreadable: Problem = new Refusal('malformed', '无法读懂这个请求。请用浏览器打开本系统的网址重试。')

/** What else is wrong, by the code that Node gives it. */
const problems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: {
    ...{ status: 431, title: '请求头过大', reason: 'too-large', fields: [], findings: [] },
    message: '网址或浏览器为本站保存的 Cookie 太长。请清除本站的 Cookie，再从首页打开。',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    ...{ status: 408, title: '请求超时', reason: 'timeout', fields: [], findings: [] },
    message: '请求没有按时发送完毕，没有处理。请检查网络后重试。',
  },
}
