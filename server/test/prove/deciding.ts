import { sql } from 'drizzle-orm'
import { type Filled, fill } from '../../../bench/filling.ts'
import { asked, type Served } from '../../../bench/processes.ts'
import { joinData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { dayInChina } from '../../src/platform/today.ts'
import { verifyJournal } from '../../src/platform/verification.ts'
import { killedWhileWriting } from './killed-server.ts'

/** What came of a round in which entries were decided, results announced and rooms played when the server was killed. */
export interface DecidingRound {
  /** Decisions, announcements and answers in rooms that were acknowledged in this round. */
  decided: number
  announced: number
  answered: number
  /** Acknowledged ones that are not there. */
  lost: number
  /** Results without all decisions or with another number of journal rows than one; answers that are in a room alone, or counted otherwise than they were given. */
  half: number
  /** Null where the chain of the journal is whole. */
  problem: string | null
}

/** A university with a college whose officers hold activities and take part. */
export interface DecidingGround extends Filled {
  used: number
}

export const decidingGround = async (directory: string): Promise<DecidingGround> => ({
  ...(await fill(directory, 2_000)),
  used: 0,
})

/** Kills the server with SIGKILL at a random moment, starts it again, and looks at everything. */
export async function decidingRound(ground: DecidingGround): Promise<DecidingRound> {
  const told: Told = { decided: new Map(), announced: new Set(), answered: new Map(), shown: new Set() }
  const write = async (server: Served, writer: number) => {
    // Each person only so often, so that no limit of rate is met.
    const from = 4 * (writer + 3 * (ground.used++ % 15))
    const cookies = ground.cookies.slice(from, from + 4)
    await decideOne(ground, server, cookies, told)
    await playOne(ground, server, cookies, told)
  }
  const server = await killedWhileWriting(ground.directory, write, () => told.shown.size > 2)
  try {
    const answered = [...told.answered.values()].reduce((sum, it) => sum + it, 0)
    const counts = { decided: told.decided.size, announced: told.announced.size, answered }
    const found = await inspect(ground.directory, told)
    await endOpenRooms(server, ground.cookies.at(-1) ?? '')
    return { ...counts, ...found }
  } finally {
    await server.stop()
  }
}

interface Told {
  /** By entry. */
  decided: Map<string, string>
  announced: Set<string>
  /** How many answers, by room. */
  answered: Map<string, number>
  shown: Set<string>
}

const level = (name: string) => ({ name, words: '按要求对照' })

/** A call whose three entries are decided one after another, and announced. */
async function decideOne(
  { collegeId }: DecidingGround,
  server: Served,
  [leader = '', ...members]: readonly string[],
  told: Told,
): Promise<void> {
  const ask = (who: string, method: string, address: string, body?: object, revision?: number) =>
    asked(server, who, method, `/calls${address}`, body, revision)
  const idOf = async (response: Response): Promise<string> => (await response.json()).id
  const current = async (who: string, address: string) =>
    Number((await ask(who, 'GET', address)).headers.get('etag')?.replaceAll('"', ''))
  const callId = await idOf(
    await ask(leader, 'POST', '', {
      ...{ organizationId: collegeId, title: '党员故事征集', body: '写下身边党员的故事。', words: [] },
      kinds: [{ key: 'text', name: '文字类', untilOn: dayInChina(new Date()) }],
      fields: [{ key: 'story', label: '故事', kind: 'prose', isRequired: true, most: 200, hint: '' }],
      ...{ teamMost: 1, entriesMost: 1, isBlind: false },
      criteria: [{ key: 'true', name: '真实', levels: ['一般', '较好'].map(level) }],
    }),
  )
  await ask(leader, 'POST', `/${callId}/announcement`, undefined, 1)
  const entryIds: string[] = []
  for (const member of members) {
    const id = await idOf(await ask(member, 'POST', `/${callId}/entries`, { kindKey: 'text' }))
    const entry = `/entries/${id}`
    const answers = { story: { text: '他总是第一个到实验室。', mediaIds: [] } }
    await ask(member, 'PUT', entry, { title: '第一个到的人', kindKey: 'text', answers }, await current(member, entry))
    await ask(member, 'POST', `${entry}/submission`, { hasLookedAt: true }, await current(member, entry))
    entryIds.push(id)
  }
  await ask(leader, 'POST', `/${callId}/closing`, { reason: '作品已经收齐' })
  for (const [at, id] of entryIds.entries()) {
    const decision = at === 0 ? 'accepted' : 'declined'
    await ask(leader, 'PUT', `/${callId}/entries/${id}/decision`, { decision, words: '' })
    told.decided.set(id, decision)
  }
  await ask(leader, 'POST', `/${callId}/results`, undefined, await current(leader, `/${callId}`))
  told.announced.add(callId)
}

/** A room in which three answer at once, and what was right is shown. */
async function playOne(
  { collegeId: organizationId }: DecidingGround,
  server: Served,
  [leader = '', ...players]: readonly string[],
  told: Told,
): Promise<void> {
  const ask = (who: string, method: string, address: string, body?: object) =>
    asked(server, who, method, `/quizzes${address}`, body)
  const { id: quizId } = await (await ask(leader, 'POST', '', { organizationId, title: '党章', summary: '' })).json()
  const question = {
    kind: 'blank',
    text: '预备期为____年。',
    options: [],
    accepted: ['一'],
    explanation: '',
    source: '',
  }
  await ask(leader, 'POST', `/${quizId}/questions`, { questions: [question] })
  const room = await ask(leader, 'POST', '/rooms', { quizId, organizationId, teams: [], seconds: null })
  const { id } = await room.json()
  for (const it of players) await ask(it, 'PUT', `/rooms/${id}/seat`, { team: null })
  await ask(leader, 'POST', `/rooms/${id}/asking`, { position: 0 })
  await Promise.all(
    players.map(async (it) => {
      await ask(it, 'PUT', `/rooms/${id}/answers/0`, { choices: [], text: '一' })
      told.answered.set(id, (told.answered.get(id) ?? 0) + 1)
    }),
  )
  await ask(leader, 'POST', `/rooms/${id}/showing`, { position: 0 })
  told.shown.add(id)
  await ask(leader, 'POST', `/rooms/${id}/ending`)
}

/** What the kill has left open; only so many may be. */
async function endOpenRooms(server: Served, leader: string): Promise<void> {
  const { open } = await (await asked(server, leader, 'GET', '/quizzes/rooms')).json()
  for (const { id } of open) await asked(server, leader, 'POST', `/quizzes/rooms/${id}/ending`)
}

async function inspect(directory: string, told: Told): Promise<Pick<DecidingRound, 'lost' | 'half' | 'problem'>> {
  const { database, close } = await joinData(readConfig({ ZHIBU_DATA: directory }))
  const rowsOf = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    (await database.asKeeper((db) => db.execute<Row>(query))).rows
  try {
    const entries = await rowsOf<{ id: string; decision: string | null }>(sql`select id, decision from call_entries`)
    const calls = await rowsOf<{ id: string; isOut: boolean; undecided: number; written: number }>(sql`
      select c.id, c.results_at is not null as "isOut",
        (select count(*)::int from call_entries e where e.call_id = c.id and e.decision is null) as undecided,
        (select count(*)::int from journal j where j.event = 'calls.results-announced' and j.subject_id = c.id::text) as written
      from calls c`)
    const rooms = await rowsOf<{ id: string; isShown: boolean; counted: number; given: number; kept: number }>(sql`
      select r.id, jsonb_array_length(r.results) > 0 as "isShown", coalesce((r.results->0->>'answers')::int, 0) as counted,
        (select count(*)::int from quiz_room_answers a where a.room_id = r.id) as given,
        (select count(*)::int from quiz_answers a where a.quiz_id = r.quiz_id) as kept
      from quiz_rooms r`)
    const decisionOf = new Map(entries.map((it) => [it.id, it.decision]))
    const out = new Set(calls.filter((it) => it.isOut).map((it) => it.id))
    const given = new Map(rooms.map((it) => [it.id, it.given]))
    const shown = new Set(rooms.filter((it) => it.isShown).map((it) => it.id))
    await sealJournal(database)
    const { problem } = await verifyJournal(database)
    return {
      lost: [
        ...[...told.decided].filter(([id, decision]) => decisionOf.get(id) !== decision),
        ...[...told.announced].filter((id) => !out.has(id)),
        ...[...told.answered].filter(([id, many]) => (given.get(id) ?? 0) < many),
        ...[...told.shown].filter((id) => !shown.has(id)),
      ].length,
      half:
        calls.filter((it) => it.written !== (it.isOut ? 1 : 0) || (it.isOut && it.undecided > 0)).length +
        rooms.filter((it) => it.kept !== it.given || (it.isShown && it.counted !== it.given)).length,
      problem: problem?.kind ?? null,
    }
  } finally {
    await close()
  }
}
