import { setTimeout as sleep } from 'node:timers/promises'
import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { type Filled, fill } from '../../../bench/filling.ts'
import { asked, type Served } from '../../../bench/processes.ts'
import { joinData } from '../../src/data.ts'
import { type ActivityFields, blankPlan } from '../../src/modules/activities/schema.ts'
import { readConfig } from '../../src/platform/config.ts'
import { type Database, wholeUniversity } from '../../src/platform/database.ts'
import { fieldEncryption } from '../../src/platform/encryption.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { dayInChina, instantInChina } from '../../src/platform/today.ts'
import { verifyJournal } from '../../src/platform/verification.ts'
import { bodyOf, startSmtpServer, type TakenMail } from '../smtp-server.ts'
import { killedWhileWriting } from './killed-server.ts'
import { mailAddressOf, wantMails } from './notices.ts'
import { begin, workOff } from './queued.ts'

/** What came of a round in which lectures were changed and cancelled, and people reminded of them, when the server was killed. */
export interface TellingRound {
  /** Changes, places that others left, and cancellations that were acknowledged before the kill. */
  acknowledged: number
  /** Lectures of the round of which people were reminded, and mails that the mail server has taken. */
  reminded: number
  mails: number
  /** Mails of which is not known whether they went out: the server was killed in the middle of them. */
  uncertain: number
  /** Acknowledged changes and lectures to come of which nobody was told, and mails that are said to be sent and are not. */
  lost: number
  /** Mails that somebody got twice, and notices that were sent twice. */
  twice: number
  /** What was done and not told or the other way round; notices that did not come to all whom they concern. */
  half: number
  /** Notices and mails that still wait three minutes after the server was started again. */
  left: number
  /** Null where the chain of the journal is whole. */
  problem: string | null
}

/** A university with a college whose officers hold lectures and go to those of others. */
export interface TellingGround extends Filled {
  /** Who they are, in the order of their cookies. */
  people: readonly string[]
  used: number
}

export async function tellingGround(directory: string): Promise<TellingGround> {
  const filled = await fill(directory, 2_000)
  const encryption = fieldEncryption(await readSecrets(directory))
  const { database, close } = await joinData(readConfig({ ZHIBU_DATA: directory }))
  try {
    const { rows } = await database.asKeeper((db) =>
      db.execute<{ id: string }>(sql`select person_id as id from accounts order by substring(user_id from 5)::int`),
    )
    const people = rows.map((it) => it.id)
    await database.transaction(wholeUniversity(filled.tenantId), (db) =>
      wantMails(db, encryption, filled.tenantId, people),
    )
    return { ...filled, people, used: 0 }
  } finally {
    await close()
  }
}

/** What a minute of the server begins. */
const everyMinute = ['lectures.remind', 'notices.dispatch'] as const

/**
 * Announces lectures that begin within the hour, has people sign up, moves and cancels them, while people are told of all that by mail;
 * kills the server with SIGKILL at a random moment, starts it again, waits until nothing is open, and looks at everything.
 */
export async function tellingRound(ground: TellingGround): Promise<TellingRound> {
  const told: Told[] = []
  const when = await soonToday()
  const since = new Date()
  const mails = await startSmtpServer({ delayMilliseconds: 5 })
  const settings = { SMTP_URL: mails.url, MAIL_FROM: 'zhibu@example.edu.cn' }
  const open = () => joinData(readConfig({ ZHIBU_DATA: ground.directory }))
  let beside: ReturnType<typeof open> | undefined
  try {
    const write = async (server: Served, writer: number) => {
      beside ??= open()
      await holdOne(ground, server, { database: (await beside).database, writer, when, told })
    }
    const isTold = () => told.length > 3 && mails.taken.length > 0
    const server = await killedWhileWriting(ground.directory, write, isTold, settings)
    beside ??= open()
    const { database, close } = await beside
    try {
      const acknowledged = told.length
      await workOff(database, ground.tenantId, everyMinute, whatWaits)
      return { acknowledged, ...(await inspect(database, { since, told, mails: mails.taken })) }
    } finally {
      await close()
      await server.stop()
    }
  } finally {
    await mails.close()
  }
}

type Beginning = { fromOn: Day; startMinute: number }

/** When a lecture begins of which people are reminded now. In the last minutes of a day there is none: the next day is waited for. */
async function soonToday(): Promise<Beginning> {
  for (;;) {
    const at = new Date()
    const [hour = 0, minute = 0] = instantInChina(at).slice(11).split(':').map(Number)
    const now = 60 * hour + minute
    if (now < lastMinute - 9) return { fromOn: dayInChina(at), startMinute: Math.min(now + 50, lastMinute) }
    await sleep(10_000)
  }
}

const lastMinute = 24 * 60 - 1

/** What was acknowledged: the beginning of the key of what is told of it, and whom it concerns. */
interface Told {
  key: string
  persons: string[]
}

/** A lecture with places for three of four: it is moved, one leaves, and every second is cancelled. */
async function holdOne(
  ground: TellingGround,
  server: Served,
  { database, writer, when, told }: { database: Database; writer: number; when: Beginning; told: Told[] },
): Promise<void> {
  const { collegeId: organizationId, tenantId, cookies, people } = ground
  const at = ground.used++
  // Each person only so often, so that no limit of rate is met.
  const from = 5 * (writer + 3 * (at % 13))
  const [leader = '', ...members] = cookies.slice(from, from + 5)
  const persons = people.slice(from + 1, from + 5)
  const ask = (who: string, method: string, address: string, body?: object, revision?: number) =>
    asked(server, who, method, `/activities${address}`, body, revision)
  const fields: ActivityFields = {
    ...{ kind: 'lecture', title: `专题讲座 ${at}`, summary: '', dayKey: null, ...when, untilOn: null, endMinute: null },
    ...{ place: '三教 201', link: '', speaker: '', aboutSpeaker: '', plan: blankPlan, attachments: [] },
    signUp: { capacity: 3, untilOn: null },
  }
  const { id } = await (await ask(leader, 'POST', '', { organizationId, ...fields })).json()
  await ask(leader, 'POST', `/${id}/announcement`, undefined, 1)
  for (const it of members) await ask(it, 'PUT', `/${id}/sign-ups/own`, {})
  await begin(database, tenantId, everyMinute)
  await ask(leader, 'PUT', `/${id}`, { ...fields, place: '三教 305' }, 2)
  told.push({ key: `activity:${id}:changed:`, persons })
  await begin(database, tenantId, everyMinute)
  await ask(members[0] ?? '', 'DELETE', `/${id}/sign-ups/own`)
  told.push({ key: `activity:${id}:place:`, persons: persons.slice(3) })
  if (at % 2 === 1) {
    await ask(leader, 'POST', `/${id}/cancellation`, { reason: '主讲人临时有事' })
    told.push({ key: `activity:${id}:cancelled`, persons: persons.slice(1) })
  }
  await begin(database, tenantId, everyMinute)
}

/** How many notices and mails wait. */
const whatWaits = sql<number>`(select count(*) from notices where sent_at is not null and delivered_at is null)
  + (select count(*) from notice_dispatches where claimed_at is null and failed_at is null)`

/** Of each lecture with people who come, what was done and how often they were told; the reminder of one that was cancelled may be missing. */
const lecturesSince = (since: Date) => sql`
  with written as (select split_part(source_key, ':', 2)::uuid as id, source || ' ' || split_part(source_key, ':', 3) as what from notices
    where source in ('activity', 'lecture')),
  counted as (select a.id, a.cancelled_at is not null as off, a.place = '三教 305' as moved,
      (select count(*) from journal j where j.subject_id = a.id::text and j.event = 'activities.sign-up-withdrawn') as gone,
      (select count(*) from written w where w.id = a.id and w.what = 'activity changed') as changes,
      (select count(*) from written w where w.id = a.id and w.what = 'activity place') as places,
      (select count(*) from written w where w.id = a.id and w.what = 'activity cancelled') as cancellations,
      (select count(*) from written w where w.id = a.id and w.what like 'lecture %') as reminders
    from activities a where a.announced_at >= ${since}
      and exists (select from activity_sign_ups s where s.activity_id = a.id))
  select count(*) filter (where not (changes = moved::int and places = gone and cancellations = off::int))::int as half,
    count(*) filter (where reminders = 0 and not off)::int as lost, count(*) filter (where reminders > 1)::int as twice,
    count(*) filter (where reminders = 1)::int as reminded
  from counted`

interface NoticeRow extends Record<string, unknown> {
  id: string
  key: string
  audience: string[]
  got: string[]
  /** Who is told by mail, and of whom it is said that they were. */
  dispatched: string[]
  sent: string[]
  /** Begun, and without an end. */
  begun: number
  waiting: number
  isDelivered: boolean
  sendings: number
}

const noticesSince = (since: Date) => sql`
  select n.id, n.source_key as key, n.delivered_at is not null as "isDelivered",
    array(select jsonb_array_elements_text(n.audience->'personIds') order by 1) as audience,
    array(select d.person_id::text from notice_deliveries d where d.notice_id = n.id order by 1) as got,
    array(select t.person_id::text from notice_dispatches t where t.notice_id = n.id order by 1) as dispatched,
    array(select t.person_id::text from notice_dispatches t where t.notice_id = n.id and t.sent_at is not null) as sent,
    (select count(*)::int from notice_dispatches t where t.notice_id = n.id and t.claimed_at is not null and t.sent_at is null) as begun,
    (select count(*)::int from notice_dispatches t where t.notice_id = n.id and t.claimed_at is null) as waiting,
    (select count(*)::int from journal j where j.subject_id = n.id::text and j.event = 'notices.sent') as sendings
  from notices n where n.source in ('activity', 'lecture') and n.created_at >= ${since}`

async function inspect(
  database: Database,
  { since, told, mails }: { since: Date; told: readonly Told[]; mails: readonly TakenMail[] },
): Promise<Omit<TellingRound, 'acknowledged'>> {
  const rowsOf = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    (await database.asKeeper((db) => db.execute<Row>(query))).rows
  const [lectures = { half: 0, lost: 0, twice: 0, reminded: 0 }] = await rowsOf<
    Record<'half' | 'lost' | 'twice' | 'reminded', number>
  >(lecturesSince(since))
  const notices = await rowsOf<NoticeRow>(noticesSince(since))
  const got = Map.groupBy(mails, (it) => `${it.to} ${/\/n\/([\da-f-]{36})/.exec(bodyOf(it))?.[1]}`)
  const isTold = ({ key, persons }: Told) =>
    notices.some((it) => it.key.startsWith(key) && String(it.got) === String([...persons].sort()))
  const isHalf = ({ audience, got: copies, dispatched }: NoticeRow) =>
    audience.length === 0 || String(audience) !== String(copies) || String(copies) !== String(dispatched)
  const untaken = notices.flatMap(({ id, sent }) => sent.filter((it) => !got.has(`${mailAddressOf(it)} ${id}`)))
  await sealJournal(database)
  const { problem } = await verifyJournal(database)
  const sum = (of: (it: NoticeRow) => number) => notices.reduce((total, it) => total + of(it), 0)
  return {
    ...{ reminded: lectures.reminded, mails: mails.length, uncertain: sum((it) => it.begun) },
    lost: lectures.lost + told.filter((it) => !isTold(it)).length + untaken.length,
    twice:
      lectures.twice +
      [...got.values()].filter((it) => it.length > 1).length +
      notices.filter((it) => it.sendings !== 1).length,
    half: lectures.half + notices.filter(isHalf).length,
    left: notices.filter((it) => !it.isDelivered).length + sum((it) => it.waiting),
    problem: problem?.kind ?? null,
  }
}
