import { openData } from '../server/src/data.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { fill } from './filling.ts'
import { admit, openListening } from './listening.ts'
import { aside, atMost, type Measure, median } from './measure.ts'
import { asked, startServer } from './processes.ts'

const rounds = 10

/**
 * A room of so many players on phones at one process: how long it takes until the last phone is told that a question is asked, until all who answer
 * at the same moment are answered and counted on the projector, and until the last phone is told what was right.
 */
export async function measureRoom(directory: string, players: number): Promise<Measure[]> {
  const { tenantId, collegeId, cookies: officers } = await fill(directory, 10_000)
  const { database, close } = await openData(readConfig({ ZHIBU_DATA: directory }))
  const cookies = await admit(database, directory, tenantId, players)
  await close()
  const server = await startServer(directory)
  const leader = officers[0] ?? ''
  const post = async <T>(cookie: string, address: string, body?: object, method = 'POST'): Promise<T> => {
    const response = await asked(server, cookie, method, address, body)
    return response.status === 204 ? (undefined as T) : await response.json()
  }
  const text = { organizationId: collegeId, title: '现场答题', summary: '' }
  const { id: quizId } = await post<{ id: string }>(leader, '/quizzes', text)
  await post(leader, `/quizzes/${quizId}/questions`, { questions: Array.from({ length: rounds + 1 }, question) })
  const wanted = { quizId, organizationId: collegeId, teams: ['红队', '蓝队'], seconds: null }
  const { id } = await post<{ id: string }>(leader, '/quizzes/rooms', wanted)
  const address = `/quizzes/rooms/${id}`
  await Promise.all(cookies.map((it, at) => post(it, `${address}/seat`, { team: at % 2 }, 'PUT')))

  const pages = await openListening(server, address, cookies)
  try {
    const asking: number[] = []
    const counted: number[] = []
    const shown: number[] = []
    // The first round warms up.
    for (let position = 0; position <= rounds; position++) {
      const step = { position }
      const ask = await pages.told(`"position":${position},`, () => post(leader, `${address}/asking`, step))
      const count = await pages.told(`"answered":${players},`, () =>
        Promise.all(cookies.map((it, at) => post(it, `${address}/answers/${position}`, answerOf(at), 'PUT'))),
      )
      const show = await pages.told('"phase":"shown"', () => post(leader, `${address}/showing`, step))
      if (position === 0) continue
      asking.push(ask.last)
      counted.push(count.last)
      shown.push(show.last)
    }
    return [
      atMost(
        `room: the last of ${players} phones is told a question, slowest of ${rounds}`,
        Math.max(...asking),
        1_000,
        'ms',
      ),
      atMost('     all answer at once and are counted, slowest', Math.max(...counted), 2_000, 'ms'),
      atMost('     the last phone is told what was right, slowest', Math.max(...shown), 1_000, 'ms'),
      aside(atMost('     a question, median', median(asking), 1_000, 'ms')),
      aside(atMost('     all are counted, median', median(counted), 2_000, 'ms')),
      aside(atMost('     what was right, median', median(shown), 1_000, 'ms')),
    ]
  } finally {
    pages.close()
    await server.stop()
  }
}

const question = (_: unknown, at: number) => ({
  ...{ kind: 'single', text: `第${at + 1}个问题是什么？`, accepted: [], explanation: '', source: '章程第一条' },
  options: ['甲', '乙', '丙', '丁'].map((it, n) => ({ text: it, isRight: n === 0 })),
})

const answerOf = (at: number) => ({ choices: [at % 4], text: '' })
