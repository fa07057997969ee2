import { sql } from 'drizzle-orm'
import { type Filled, fill } from '../../../bench/filling.ts'
import { asked, type Served } from '../../../bench/processes.ts'
import { joinData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import type { Database } from '../../src/platform/database.ts'
import { sealJournal } from '../../src/platform/seals.ts'
import { dayInChina } from '../../src/platform/today.ts'
import { verifyJournal } from '../../src/platform/verification.ts'
import { killedWhileWriting } from './killed-server.ts'
import { begin, workOff } from './queued.ts'

/** What came of a round in which people were enrolled, trainings closed and certified, posts given, and sums kept when the server was killed. */
export interface TrainingRound {
  /** Enrolments of many, closed programmes, certified ones, and decisions on applications that were acknowledged in this round. */
  enrolled: number
  closed: number
  certified: number
  decided: number
  /** Acknowledged ones that are not there. */
  lost: number
  /** What is there in part: some of the people of a list, a decision without its post, notices that did not come to all, sums without some. */
  half: number
  /** What was done or told more than once. */
  twice: number
  /** Notices without an end, and certificates without a paper, three minutes after the server was started again. */
  left: number
  /** Null where the chain of the journal is whole. */
  problem: string | null
}

/** A university with a college whose organisers train, apply, and decide: those of the first accounts for the whole university. */
export interface TrainingGround extends Filled {
  universityId: string
  skillId: string
  used: number
}

/** So many accounts decide for the whole university; the others belong to the college alone, and may apply to them. */
const deciding = 30

export async function trainingGround(directory: string): Promise<TrainingGround> {
  const filled = await fill(directory, 2_000)
  const { database, close } = await joinData(readConfig({ ZHIBU_DATA: directory }))
  try {
    const { rows } = await database.asKeeper((db) =>
      db.execute<{ id: string }>(sql`select id from organizations where path = '0001.'`),
    )
    const universityId = rows[0]?.id ?? ''
    await database.asKeeper((db) =>
      db.execute(sql`insert into offices (tenant_id, id, organization_id, path, person_id, person_name, office, from_on)
        select tenant_id, gen_random_uuid(), ${universityId}, '0001.', person_id, name, 'orgDepartment', '2025-01-01'
        from accounts where substring(user_id from 5)::int <= ${deciding}`),
    )
    const { rows: skills } = await database.asKeeper((db) =>
      db.execute<{ id: string }>(sql`insert into talent_skills (tenant_id, id, name, "group")
        values (${filled.tenantId}, gen_random_uuid(), '理论宣讲', 'speaking') returning id`),
    )
    return { ...filled, universityId, skillId: skills[0]?.id ?? '', used: 0 }
  } finally {
    await close()
  }
}

/** So many take part in a programme, and apply for a post of which one is chosen. */
const each = 60
const applying = 3

/** What runs by itself at night. */
const nightly = ['reports.keep-month'] as const

/** Kills the server with SIGKILL at a random moment, starts it again, waits until nothing is open, and looks at everything. */
export async function trainingRound(ground: TrainingGround): Promise<TrainingRound> {
  const told: Told = { enrolled: new Set(), closed: new Set(), certified: new Set(), decided: new Map() }
  const open = () => joinData(readConfig({ ZHIBU_DATA: ground.directory }))
  let beside: ReturnType<typeof open> | undefined
  const write = async (server: Served, writer: number) => {
    beside ??= open()
    const { database } = await beside
    const at = ground.used++
    await holdOne(ground, server, { at, writer, told })
    await begin(database, ground.tenantId, nightly)
    await giveOne(ground, server, { at, writer, told })
  }
  const server = await killedWhileWriting(ground.directory, write, () => told.decided.size > 5)
  beside ??= open()
  const { database, close } = await beside
  try {
    await workOff(database, ground.tenantId, nightly, whatWaits)
    const { enrolled, closed, certified, decided } = told
    const counts = { enrolled: enrolled.size, closed: closed.size, certified: certified.size, decided: decided.size }
    return { ...counts, ...(await inspect(database, told)) }
  } finally {
    await close()
    await server.stop()
  }
}

/** Ids of what was acknowledged. */
interface Told {
  enrolled: Set<string>
  closed: Set<string>
  certified: Set<string>
  /** Whether somebody was chosen, by application. */
  decided: Map<string, boolean>
}

interface Turn {
  at: number
  writer: number
  told: Told
}

/** A programme of yesterday with many people, who pass; it is closed, and they are given certificates. */
async function holdOne(
  { cookies, collegeId: organizationId, personIds }: TrainingGround,
  server: Served,
  { at, writer, told }: Turn,
): Promise<void> {
  const who = cookies[deciding + writer + 3 * (at % 50)] ?? ''
  const ask = (method: string, address: string, body?: object, revision?: number) =>
    asked(server, who, method, `/training${address}`, body, revision)
  const idOf = async (response: Response): Promise<string> => (await response.json()).id
  const current = async (address: string) =>
    Number((await ask('GET', address)).headers.get('etag')?.replaceAll('"', ''))
  const yesterday = dayInChina(new Date(Date.now() - 24 * 60 * 60 * 1000))
  const id = await idOf(
    await ask('POST', '', {
      ...{ organizationId, title: `骨干培训班 ${at}`, audience: 'others', year: Number(yesterday.slice(0, 4)) },
      ...{ term: 'autumn', summary: '', requiredHours: null, capacity: null, stages: [] },
      admission: { byNomination: false, bySignUp: false, untilOn: null },
    }),
  )
  const sessionId = await idOf(
    await ask('POST', `/${id}/sessions`, {
      ...{ stageId: null, title: '党章学习', on: yesterday, startMinute: null, endMinute: null, hours: 2 },
      ...{ category: 'theory', form: 'specialStudy', lecturers: [], place: '', link: '', materials: [] },
    }),
  )
  await ask('POST', `/${id}/announcement`, undefined, await current(`/${id}`))
  // The organisers are the last persons of the college: nobody trains themselves.
  const from = (at * each) % 1_200
  const wanted = personIds.slice(from, from + each)
  await ask('POST', `/${id}/participants`, { personIds: wanted, reason: '经研究录取' })
  told.enrolled.add(id)
  const sheet = `/sessions/${sessionId}/attendance`
  await ask('PUT', sheet, { marks: [], restArePresent: true }, await current(sheet))
  const decision = { decision: 'passed', comment: '', missing: '' }
  await ask('POST', `/${id}/acceptance/decisions`, { personIds: wanted, ...decision })
  await ask('POST', `/${id}/closing`, undefined, await current(`/${id}`))
  told.closed.add(id)
  const { proposed } = await (await ask('GET', `/${id}/certificates`)).json()
  await ask('POST', `/${id}/certificates`, proposed)
  told.certified.add(id)
}

/** A post of the university for which some of the college apply; one is chosen, one is not, and the call ends before the others are decided. */
async function giveOne(
  { cookies, universityId: organizationId, skillId }: TrainingGround,
  server: Served,
  { at, writer, told }: Turn,
): Promise<void> {
  const leader = cookies[writer + 3 * (at % 10)] ?? ''
  const from = deciding + applying * (writer + 3 * (at % 15))
  const ask = (who: string, method: string, address: string, body?: object) =>
    asked(server, who, method, `/talent${address}`, body)
  const { id: postId } = await (
    await ask(leader, 'POST', '/posts', {
      ...{ organizationId, title: `宣讲员 ${at}`, duty: 'studentCadre', employment: 'student', places: 1 },
      ...{ skillIds: [skillId], about: '' },
    })
  ).json()
  const untilOn = dayInChina(new Date(Date.now() + 24 * 60 * 60 * 1000))
  const { id } = await (await ask(leader, 'POST', '/calls', { postId, untilOn, text: '' })).json()
  for (const who of cookies.slice(from, from + applying))
    await ask(who, 'PUT', `/calls/${id}/application`, { statement: '讲过两次', answers: [{ skillId, words: '讲过' }] })
  const { applications } = await (await ask(leader, 'GET', `/calls/${id}`)).json()
  for (const [place, isChosen] of [true, false].entries()) {
    const { id: applicationId, appliedAt } = applications[place]
    const said = isChosen
      ? { reason: '讲得清楚', fromOn: dayInChina(new Date()) }
      : { reason: '名额已满', fromOn: null }
    await ask(leader, 'POST', `/calls/${id}/applications/${applicationId}/decision`, {
      ...{ isChosen, ...said, appliedAt },
    })
    told.decided.set(applicationId, isChosen)
  }
  await ask(leader, 'POST', `/calls/${id}/closing`, { reason: '人选已定' })
}

/** Notices that were not delivered, and certificates without a paper. */
const whatWaits = sql<number>`(select count(*) from notices where sent_at is not null and delivered_at is null)
  + (select count(*) from certificates c where not exists (select from certificate_papers p
    where p.certificate_id = c.id and p.content_id is not null))`

interface ProgrammeRow extends Record<string, unknown> {
  id: string
  isClosed: boolean
  people: number
  decided: number
  issued: number
  orders: number
  closings: number
  certifyings: number
  /** How often they were told that they take part, that it was decided, and of the certificates. */
  enrolments: number
  decisions: number
  certificates: number
}

const programmes = sql`
  select p.id, p.closed_at is not null as "isClosed",
    (select count(*)::int from training_participants t where t.programme_id = p.id) as people,
    (select count(*)::int from training_decisions d where d.programme_id = p.id) as decided,
    (select count(*)::int from certificates c where c.source_id = p.id) as issued,
    (select count(distinct c.batch_id)::int from certificates c where c.source_id = p.id) as orders,
    (select count(*)::int from journal j where j.subject_id = p.id::text and j.event = 'training.closed') as closings,
    (select count(*)::int from journal j where j.subject_id = p.id::text and j.event = 'training.certified') as certifyings,
    (select count(*)::int from notices n where n.source_key like 'training:' || p.id || ':enrolled:%') as enrolments,
    (select count(*)::int from notices n where n.source_key like 'training:' || p.id || ':decided:%') as decisions,
    (select count(*)::int from notices n where n.source_key like 'training:' || p.id || ':certified:%') as certificates
  from training_programmes p`

interface ApplicationRow extends Record<string, unknown> {
  id: string
  isChosen: boolean | null
  isEnded: boolean
  holdings: number
  decisions: number
  notices: number
  endings: number
}

const applications = sql`
  select a.id, a.is_chosen as "isChosen", c.closed_at is not null as "isEnded",
    (select count(*)::int from talent_holdings h where h.post_id = c.post_id and h.person_id = a.person_id) as holdings,
    (select count(*)::int from journal j where j.event = 'talent.application-decided' and j.subject_id = c.id::text
      and j.person_id = a.person_id) as decisions,
    (select count(*)::int from notices n where n.source_key = 'talent:application:' || a.id) as notices,
    (select count(*)::int from notices n where n.source_key = 'talent:call-closed:' || c.id) as endings
  from talent_applications a join talent_calls c on c.id = a.call_id`

interface NoticeRow extends Record<string, unknown> {
  audience: string[]
  got: string[]
  isDelivered: boolean
  sendings: number
}

const notices = sql`
  select n.delivered_at is not null as "isDelivered",
    array(select jsonb_array_elements_text(n.audience->'personIds') order by 1) as audience,
    array(select d.person_id::text from notice_deliveries d where d.notice_id = n.id order by 1) as got,
    (select count(*)::int from journal j where j.subject_id = n.id::text and j.event = 'notices.sent') as sendings
  from notices n where n.source in ('training', 'talent')`

/** People of the sums of this month, those who stand somewhere, and numbers of a series that are missing or given twice. */
const sums = sql`
  select (select coalesce(sum(count), 0)::int from report_months) as kept, (select count(distinct month)::int from report_months) as months,
    (select count(*)::int from development_standings where stage is not null) as standing,
    (select count(*)::int from certificate_series s join lateral (select count(*) as given, count(distinct c.serial) as different
      from certificates c where c.organization_id = s.organization_id and c.year = s.year) c on true
      where s.last <> c.given or c.given <> c.different) as gaps,
    (${whatWaits})::int as waiting`

async function inspect(
  database: Database,
  told: Told,
): Promise<Pick<TrainingRound, 'lost' | 'half' | 'twice' | 'left' | 'problem'>> {
  const rowsOf = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    (await database.asKeeper((db) => db.execute<Row>(query))).rows
  const held = await rowsOf<ProgrammeRow>(programmes)
  const sent = await rowsOf<ApplicationRow>(applications)
  const said = await rowsOf<NoticeRow>(notices)
  const [counted = { kept: 0, months: 0, standing: 0, gaps: 0, waiting: 0 }] =
    await rowsOf<Record<'kept' | 'months' | 'standing' | 'gaps' | 'waiting', number>>(sums)
  const ids = (is: (it: ProgrammeRow) => boolean) => new Set(held.filter(is).map((it) => it.id))
  const missing = (acknowledged: ReadonlySet<string>, there: ReadonlySet<string>) =>
    [...acknowledged].filter((id) => !there.has(id)).length
  const chosen = new Map(sent.map((it) => [it.id, it.isChosen]))
  const isWhole = (many: number, of = each) => many === 0 || many === of
  const agrees = (is: boolean, times: number) => times === Number(is)
  await sealJournal(database)
  const { problem } = await verifyJournal(database)
  return {
    lost:
      missing(
        told.enrolled,
        ids((it) => it.people === each),
      ) +
      missing(
        told.closed,
        ids((it) => it.isClosed),
      ) +
      missing(
        told.certified,
        ids((it) => it.issued === each),
      ) +
      [...told.decided].filter(([id, isChosen]) => chosen.get(id) !== isChosen).length,
    half:
      held.filter(
        (it) =>
          ![it.people, it.decided, it.issued].every((many) => isWhole(many)) ||
          (it.isClosed && it.decided === 0) ||
          (it.issued > 0 && !it.isClosed) ||
          it.enrolments < Number(it.people > 0) ||
          it.decisions < Number(it.decided > 0) ||
          it.certificates < Number(it.issued > 0),
      ).length +
      sent.filter((it) => it.holdings < Number(it.isChosen === true) || it.notices < Number(it.isChosen !== null))
        .length +
      sent.filter((it) => it.isEnded && it.endings === 0).length +
      said.filter((it) => it.audience.length === 0 || String(it.audience) !== String(it.got)).length +
      counted.gaps +
      Number(counted.kept !== counted.standing),
    twice:
      held.filter(
        (it) =>
          !agrees(it.isClosed, it.closings) ||
          !agrees(it.issued > 0, it.certifyings) ||
          [it.orders, it.enrolments, it.decisions, it.certificates].some((times) => times > 1),
      ).length +
      sent.filter(
        (it) => it.holdings > 1 || it.notices > 1 || it.endings > 1 || !agrees(it.isChosen !== null, it.decisions),
      ).length +
      said.filter((it) => it.sendings !== 1).length +
      Number(counted.months !== 1),
    left: counted.waiting + said.filter((it) => !it.isDelivered).length,
    problem: problem?.kind ?? null,
  }
}
