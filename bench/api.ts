import { joinCluster } from '../server/src/platform/cluster.ts'
import { superuser } from '../server/src/platform/place.ts'
import type { Filled } from './filling.ts'
import type { LoadRequest, LoadResult } from './load.ts'
import { aside, atMost, type Measure, median, speed } from './measure.ts'
import { load, memoryOf, type Served, startBare, startServer } from './processes.ts'

const connections = 8
const seconds = 3
const rounds = 5
const warmUpSeconds = 8
/** Short, so that a file gets few more acts than it had. */
const recordingSeconds = 1.5

/** Starting warm, reading and recording with rights and row-level security, in terms of the bare server on the same database. */
export async function measureApi(filled: Filled): Promise<Measure[]> {
  await (await startServer(filled.directory)).stop()
  const server = await startServer(filled.directory)
  const cluster = await joinCluster(filled.directory)
  const bare = await startBare(cluster.connection(superuser, 'zhibu'))
  try {
    const barePage: LoadRequest = { method: 'GET', path: `/files?organizationId=${filled.collegeId}` }
    const both = { server, bare }
    const page = await compared(both, always(pages(filled)), { limit: always([barePage]) })
    const file = await compared(both, always(filesOf(filled)), {
      limit: always(ofEach(filled, '/ruled')),
      beside: always(ofEach(filled, '/files')),
    })
    const memory = await memoryOf(server, 'VmHWM')
    const record = await compared(
      both,
      recordings(filled),
      { limit: bareRecordings(filled, '/ruled'), beside: bareRecordings(filled, '/files') },
      recordingSeconds,
    )
    return [
      atMost('start: warm, to the first page', server.startMs, 2_000, 'ms'),
      speed('API: page of 50 files below a college', page.ours, page.limit, 0.5),
      speed('API: one person with 25 acts and what the rules say', file.ours, file.limit, 0.5),
      aside(speed('     against a limit that sends only what is stored', file.ours, file.beside, 0.5)),
      speed('API: record an act that the rules let pass, with its journal row', record.ours, record.limit, 0.35),
      aside(speed('     against a limit that takes any act', record.ours, record.beside, 0.35)),
      atMost('memory of the server under load', Math.max(memory, await memoryOf(server, 'VmHWM')), 250, 'MB'),
    ]
  } finally {
    await bare.stop()
    await server.stop()
    await cluster.stop()
  }
}

/** How the slowest answer of a hundred grows with the database, for a scope of the same size. */
export async function measureGrowth(small: Filled, large: Filled): Promise<Measure[]> {
  const servers = [await startServer(small.directory), await startServer(large.directory)] as const
  try {
    const measures: Measure[] = []
    for (const [name, requests] of [
      ['page of 50', pages],
      ['one person', filesOf],
    ] as const) {
      const p99: [number[], number[]] = [[], []]
      for (let round = 0; round <= rounds; round++) {
        for (const at of [0, 1] as const) {
          const filled = at === 0 ? small : large
          const result = await load({ port: servers[at].port, connections: 2, seconds, requests: requests(filled) })
          refuseFailures(result)
          if (round > 0) p99[at].push(result.p99)
        }
      }
      const [before, after] = [median(p99[0]), median(p99[1])]
      const persons = `${small.persons.toLocaleString('en')} to ${large.persons.toLocaleString('en')}`
      measures.push({
        name: `API: p99 of ${name}, ${persons} persons`,
        ours: `${after.toFixed(1)} ms`,
        limit: `${before.toFixed(1)} ms`,
        ratio: after / before,
        target: '< 1.5',
        isMet: after / before < 1.5,
      })
    }
    return measures
  } finally {
    for (const server of servers) await server.stop()
  }
}

/** The requests of each round. */
type Requests = (round: number) => readonly LoadRequest[]

const always =
  (requests: readonly LoadRequest[]): Requests =>
  () =>
    requests

/** Answers a second of the server, of the limit and of another one beside it, in turn, after warming up. */
async function compared(
  { server, bare }: { server: Served; bare: Served },
  ours: Requests,
  { limit, beside }: { limit: Requests; beside?: Requests },
  lasting = seconds,
): Promise<{ ours: number; limit: number; beside: number }> {
  const speedOf = async ({ port }: Served, requests: readonly LoadRequest[]) => {
    const result = await load({ port, connections, seconds: lasting, requests })
    refuseFailures(result)
    return result.perSecond
  }
  // Until the compiler has seen it often.
  await load({ port: server.port, connections, seconds: warmUpSeconds, requests: ours(0) })
  const speeds: { ours: number[]; limit: number[]; beside: number[] } = { ours: [], limit: [], beside: [] }
  for (let round = 1; round <= rounds; round++) {
    speeds.ours.push(await speedOf(server, ours(round)))
    speeds.limit.push(await speedOf(bare, limit(round)))
    if (beside) speeds.beside.push(await speedOf(bare, beside(round)))
  }
  return { ours: median(speeds.ours), limit: median(speeds.limit), beside: median(speeds.beside) }
}

function refuseFailures({ statuses }: LoadResult): void {
  if (Object.keys(statuses).some((status) => !status.startsWith('2'))) {
    throw new Error(`not every request was answered: ${JSON.stringify(statuses)}`)
  }
}

const pages = ({ collegeId, cookies }: Filled): LoadRequest[] =>
  cookies.map((cookie) => ({ method: 'GET', path: `/api/development/files?organizationId=${collegeId}`, cookie }))

/** Each organiser opens the file of one person, so that only the first opening is written down. */
const filesOf = ({ personIds, cookies }: Filled): LoadRequest[] =>
  cookies.map((cookie, at) => ({ method: 'GET', path: `/api/development/files/${personIds[at]}`, cookie }))

const ofEach = ({ personIds, cookies }: Filled, path: string): LoadRequest[] =>
  cookies.map((_, at) => ({ method: 'GET', path: `${path}/${personIds[at]}` }))

const report = JSON.stringify({ act: { kind: 'thoughtReport', on: '2023-03-02' } })

/** How many persons get acts in a round. */
const recordedIn = 330

/** Other persons in each round, whose revisions nobody has counted up yet; for the limit the same after us. */
const recordings =
  ({ personIds, cookies }: Filled): Requests =>
  (round) =>
    ofRound(personIds, round).map((personId, at) => ({
      method: 'POST',
      path: `/api/development/files/${personId}/acts`,
      cookie: cookies[at % cookies.length] ?? '',
      body: report,
      revision: 1,
    }))

const bareRecordings =
  ({ personIds }: Filled, path: string): Requests =>
  (round) =>
    ofRound(personIds, round).map((personId) => ({ method: 'POST', path: `${path}/${personId}/acts`, body: report }))

const ofRound = (personIds: readonly string[], round: number): readonly string[] =>
  personIds.slice(round * recordedIn, (round + 1) * recordedIn)
