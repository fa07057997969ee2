import http from 'node:http'
import { createInterface } from 'node:readline'

/**
 * A process with many pages of a thing, one for each cookie. Says `open` when all of them are told something, and for each line of its
 * input, a text, when the first, the middle and the last page were told it: milliseconds since the epoch.
 */
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const next = async (): Promise<string> => String((await lines.next()).value ?? '')

const { port, path, cookies }: { port: number; path: string; cookies: string[] } = JSON.parse(await next())

let awaited: string | undefined
let round = 0
let told: number[] = []
let done: (() => void) | undefined
let openPages = 0

/** Opened some at a time, as people come. */
const atATime = 50
for (let at = 0; at < cookies.length; at += atATime)
  await Promise.all(cookies.slice(at, at + atATime).map((cookie) => openPage(cookie)))
console.log('open')

for (let text = await next(); text !== ''; text = await next()) {
  awaited = text
  round++
  told = []
  await new Promise<void>((resolve) => {
    done = resolve
  })
  const sorted = told.toSorted((a, b) => a - b)
  console.log(JSON.stringify([sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]))
}
process.exit()

function openPage(cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = http.get({ port, host: '127.0.0.1', path, headers: { cookie }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`a page was answered ${answer.statusCode}`))
      let isOpen = false
      let rest = ''
      let lastRound = 0
      answer.setEncoding('utf8')
      answer.on('data', (piece: string) => {
        if (!isOpen) {
          isOpen = true
          openPages++
          resolve()
        }
        if (awaited === undefined || lastRound === round) return
        rest = (rest + piece).slice(-4_000)
        if (!rest.includes(awaited)) return
        rest = ''
        lastRound = round
        told.push(Date.now())
        if (told.length === openPages) done?.()
      })
    })
    asked.on('error', reject)
  })
}
