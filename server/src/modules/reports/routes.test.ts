import { type ActKind, addDays, type Day, type Stage, stages } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { type BuiltOrganization, statementsOf, today } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { blankPlan } from '../activities/schema.ts'
import { activities, activitySignUps } from '../activities/tables.ts'
import { developmentActs, developmentDues, developmentStandings } from '../development/tables.ts'
import { terms } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import {
  trainingAttendances,
  trainingDecisions,
  trainingParticipants,
  trainingProgrammes,
  trainingSessions,
} from '../training/tables.ts'
import { keepMonths } from './jobs.ts'
import { secondsKept } from './kept.ts'
import type { CardKey, Trait } from './names-schema.ts'
import type { BehindRow, Card, Comparison } from './schema.ts'

const app = await testApp()
const { build } = app
const { tenantId, university, college, branch, sibling, other, distant } = build
const as = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
// What is kept for a minute is counted anew for each test, and nobody asks too often.
beforeEach(() => {
  app.clock.at = new Date(app.clock.at.getTime() + (secondsKept + 1) * 1000)
})

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
const read = async (at: BuiltOrganization, card: CardKey, query = '', by = as.department) =>
  json<Card>(await by.get(`/api/reports/${at.id}/${card}${query}`))
const listed = async (at: BuiltOrganization, card: CardKey, row: string, column: string, more = '') =>
  json<{ items: BehindRow[]; next?: string }>(
    await as.department.get(`/api/reports/${at.id}/${card}/rows?row=${row}&column=${column}${more}`),
  )
const shown = ({ columns, rows, total }: Pick<Card, 'columns' | 'rows' | 'total'>) => ({
  columns: columns.map((it) => it.label),
  rows: rows.map((it) => [it.label, ...it.values]),
  total,
})

/** The same numbers in each run. */
let seed = 7
const dice = (sides: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * sides)
}
const oneOf = <Item>(items: readonly Item[]): Item => items[dice(items.length)] as Item

interface Invented {
  id: string
  at: BuiltOrganization
  stage: Stage | null
  sex: 'male' | 'female' | null
  ethnicity: string | null
  bornOn: string | null
  education: string | null
  kind: 'undergraduate' | 'teacher' | null
}
const steps: ActKind[] = [
  'application',
  'activistDecision',
  'prospectListing',
  'admissionApproval',
  'confirmationApproval',
]
const people: Invented[] = []
const acts: {
  id: string
  person: Invented
  kind: ActKind
  on: Day | null
  corrects: string | null
  isStruckOut: boolean
}[] = []
const dues: { person: Invented; kind: ActKind; latestOn: Day | null }[] = []

for (let at = 0; at < 400; at += 1) {
  const person: Invented = {
    id: newId(),
    at: oneOf([branch, sibling, distant, college, branch]),
    stage: oneOf([...stages, null]),
    sex: oneOf(['male', 'female', null]),
    ethnicity: oneOf(['汉族', '汉', '回族', '', null]),
    bornOn: oneOf([
      `${1950 + dice(57)}-0${1 + dice(9)}-1${dice(10)}`,
      `${1950 + dice(57)}-11`,
      '1995-11-23',
      '1995-11-24',
      null,
    ]),
    education: oneOf(['本科', '硕士研究生', null]),
    kind: oneOf(['undergraduate', 'teacher', null]),
  }
  people.push(person)
  for (const kind of steps) {
    if (dice(3) === 0) continue
    const first = {
      id: newId(),
      person,
      kind,
      on: dice(9) === 0 ? null : addDays(today, -dice(1500)),
      corrects: null,
      isStruckOut: false,
    }
    acts.push(first)
    if (dice(6) === 0)
      acts.push({
        ...first,
        id: newId(),
        on: addDays(today, -dice(1500)),
        corrects: first.id,
        isStruckOut: dice(2) === 0,
      })
  }
  if (dice(2) === 0)
    dues.push({
      person,
      kind: oneOf(['review', 'oath']),
      latestOn: oneOf([null, ...[-1, 0, 30, 31].map((days) => addDays(today, days))]),
    })
}
await build.look(async (db) => {
  await db.insert(persons).values(
    people.map(({ id, at, stage: _, bornOn, ...it }) => ({
      ...it,
      ...{
        tenantId,
        id,
        organizationId: at.id,
        path: at.path,
        name: `某某${id.slice(-4)}`,
        pinyin: id,
        initials: 'mm',
      },
      bornOn: bornOn as Day | null,
    })),
  )
  await db.insert(developmentStandings).values(
    people.map(({ id: personId, at, stage }) => ({
      ...{
        tenantId,
        personId,
        path: at.path,
        pinyin: personId,
        stage,
        errorCount: 0,
        warningCount: 0,
        restatedOn: today,
      },
    })),
  )
  await db.insert(developmentActs).values(
    acts.map(({ person, ...it }) => ({
      ...it,
      tenantId,
      personId: person.id,
      path: person.at.path,
      recordedBy: newId(),
    })),
  )
  await db.insert(developmentDues).values(
    dues.map(({ person, ...it }) => ({
      ...it,
      tenantId,
      personId: person.id,
      path: person.at.path,
      step: 1,
      waitingOn: 'branchCommittee',
    })),
  )
})

const below = (person: Invented, at: BuiltOrganization) => person.at.path.startsWith(at.path)
const among = (at: BuiltOrganization) => people.filter((it) => below(it, at))
const count = <Item>(items: readonly Item[], ...is: ((it: Item) => boolean)[]) =>
  is.map((one) => items.filter(one).length)
const places = { university, college, other, branch }

describe('every figure is what a slow count comes to', () => {
  test.each(Object.entries(places))('the stages of %s', async (_, at) => {
    const card = await read(at, 'stages')
    const columns = [...stages, null]
    const of = (all: readonly Invented[]) => count(all, ...columns.map((stage) => (it: Invented) => it.stage === stage))
    const children = Object.values({ college, other, branch, sibling, distant }).filter(
      (it) => it.path.startsWith(at.path) && it.path.length === at.path.length + 5,
    )
    expect(
      Object.fromEntries(card.rows.map((it) => [it.organizationId === at.id ? '本级' : it.label, it.values])),
    ).toEqual({
      ...Object.fromEntries(children.map((it) => [it.name, of(among(it))])),
      // Nobody belongs to the university itself, or to the other college.
      ...(at === university || at === other ? {} : { 本级: of(among(at).filter((it) => it.at.id === at.id)) }),
    })
    expect(card.total).toEqual(of(among(at)))
  })

  const ageOf = (bornOn: string): number => {
    const day = bornOn.length === 7 ? `${bornOn}-01` : bornOn
    const years = Number(today.slice(0, 4)) - Number(day.slice(0, 4))
    return day.slice(5) > today.slice(5) ? years - 1 : years
  }
  const bandOf = (age: number) => {
    const oldest = [30, 35, 40, 45, 50, 55, 60].find((it) => age <= it)
    if (oldest === undefined) return '61 岁及以上'
    return oldest === 30 ? '30 岁及以下' : `${oldest - 4}—${oldest} 岁`
  }
  const wordOf: Record<Trait, (it: Invented) => string> = {
    sex: ({ sex }) => (sex === null ? '未填写' : { male: '男', female: '女' }[sex]),
    ethnicity: ({ ethnicity }) => (!ethnicity ? '未填写' : ethnicity.startsWith('汉') ? '汉族' : '少数民族'),
    age: ({ bornOn }) => (bornOn === null ? '未填写' : bandOf(ageOf(bornOn))),
    education: ({ education }) => education ?? '未填写',
    kind: ({ kind }) => (kind === null ? '未填写' : { undergraduate: '本科生', teacher: '教师' }[kind]),
  }
  test.each(Object.entries(wordOf))('the members by %s', async (by, word) => {
    for (const at of Object.values(places)) {
      const card = await read(at, 'members', `?by=${by}`)
      for (const { label, values } of card.rows)
        expect([label, ...values]).toEqual([
          label,
          ...count(
            among(at),
            ...['probationary', 'full'].map((stage) => (it: Invented) => it.stage === stage && word(it) === label),
          ),
        ])
      expect(card.total).toEqual(
        count(
          among(at),
          (it) => it.stage === 'probationary',
          (it) => it.stage === 'full',
        ),
      )
    }
  })

  test('a birthday today and one tomorrow lie on both sides of a band', async () => {
    // Born 1995-11-23: 31 today; born a day later: still 30.
    expect([ageOf('1995-11-23'), ageOf('1995-11-24')]).toEqual([31, 30])
    const behind = async (row: string) => {
      const { items } = await listed(university, 'members', row, 'full', '&by=age&limit=100')
      return new Set(items.map((it) => it.id))
    }
    const [young, older] = [await behind('30'), await behind('35')]
    const full = people.filter((it) => it.stage === 'full')
    expect(full.filter((it) => it.bornOn === '1995-11-24').every((it) => young.has(it.id))).toBe(true)
    expect(full.filter((it) => it.bornOn === '1995-11-23').every((it) => older.has(it.id))).toBe(true)
  })

  test('the development of eight half years', async () => {
    const corrected = new Set(acts.flatMap((it) => it.corrects ?? []))
    const valid = acts.filter((it) => !it.isStruckOut && !corrected.has(it.id) && it.on !== null)
    const halves: [string, Day, Day][] = [2023, 2024, 2025, 2026].flatMap((year): [string, Day, Day][] => [
      [`${year}年春季学期`, `${year}-02-01`, `${year}-07-31`],
      [`${year}年秋季学期`, `${year}-08-01`, `${year + 1}-01-31`],
    ])
    for (const at of Object.values(places)) {
      const card = await read(at, 'development')
      expect(card.rows.map((it) => [it.label, ...it.values])).toEqual(
        halves.map(([label, from, until]) => [
          label,
          ...steps.map(
            (kind) =>
              new Set(
                valid
                  .filter(
                    (it) => it.kind === kind && it.on !== null && it.on >= from && it.on <= until && it.on <= today,
                  )
                  .filter((it) => below(it.person, at))
                  .map((it) => it.person.id),
              ).size,
          ),
        ]),
      )
    }
  })

  test('what is due, on both sides of today and of thirty days', async () => {
    for (const at of Object.values(places)) {
      const of = dues.filter((it) => below(it.person, at))
      const days = [
        (it: Day | null) => it !== null && it < today,
        (it: Day | null) => it !== null && it >= today && it <= addDays(today, 30),
      ]
      const card = await read(at, 'dues')
      expect(card.total).toEqual(
        count(
          of,
          ...days.map((is) => (it: (typeof of)[number]) => is(it.latestOn)),
          (it) => it.latestOn !== null && it.latestOn > addDays(today, 30),
          (it) => it.latestOn === null,
        ),
      )
      expect(card.rows.map((it) => it.label).sort()).toEqual(
        [...new Set(of.map((it) => ({ review: '半年考察', oath: '入党宣誓' })[it.kind as 'oath']))].sort(),
      )
    }
  })
})

test('trainings and activities of a year, as a slow count has them', async () => {
  const at = [university, college, branch, other]
  const lists = Array.from({ length: 40 }, (_, number) => ({
    ...{ id: newId(), at: oneOf(at), year: oneOf([2025, 2026]), audience: oneOf(['activists', 'members'] as const) },
    ...{ isAnnounced: dice(5) > 0, isCancelled: dice(6) === 0, capacity: oneOf([null, 2, 5]), number },
    sessions: Array.from({ length: dice(4) }, () => ({
      ...{ id: newId(), on: addDays(today, dice(40) - 30), hours: oneOf([1, 1.5, 2]), isCancelled: dice(5) === 0 },
    })),
    listed: people.slice(number * 5, number * 5 + (dice(2) === 0 ? 5 + dice(2) : dice(5))).map((person) => ({
      ...{
        person,
        decisions: Array.from({ length: dice(3) }, () => oneOf(['passed', 'again', 'unfinished'] as const)),
      },
      attendance: oneOf(['present', 'madeUp', 'leave', 'absent'] as const),
    })),
  }))
  const held = Array.from({ length: 60 }, () => ({
    ...{ id: newId(), at: oneOf(at), kind: oneOf(['visit', 'lecture'] as const), isAnnounced: dice(5) > 0 },
    ...{
      isCancelled: dice(6) === 0,
      on: addDays(today, dice(700) - 650),
      days: dice(3),
      headcount: oneOf([null, 7, 20]),
    },
    signedUp: people.slice(0, dice(4)),
  }))
  const instant = new Date('2026-01-05T00:00:00Z')
  await build.look(async (db) => {
    for (const it of lists) {
      const of = { tenantId, path: it.at.path }
      await db.insert(trainingProgrammes).values({
        ...{
          ...of,
          id: it.id,
          organizationId: it.at.id,
          title: '培训班',
          audience: it.audience,
          year: it.year,
          term: 'year',
        },
        ...{ summary: '', capacity: it.capacity, admission: { byNomination: false, bySignUp: false, untilOn: null } },
        ...{ stages: [], folded: '', createdBy: '某', lastSeq: it.listed.length },
        ...(it.isAnnounced && { announcedAt: instant }),
        ...(it.isCancelled && { cancelledAt: instant }),
      })
      for (const { id, on, hours, isCancelled } of it.sessions)
        await db.insert(trainingSessions).values({
          ...{ ...of, id, programmeId: it.id, title: '课', on, hours, category: 'theory', form: 'partyLecture' },
          ...{ lecturers: [], place: '', link: '', materials: [], ...(isCancelled && { cancelledAt: instant }) },
        })
      for (const [seq, { person, decisions, attendance }] of it.listed.entries()) {
        const who = { ...of, programmeId: it.id, personId: person.id }
        await db.insert(trainingParticipants).values({ ...who, seq: seq + 1, source: 'list', enrolledBy: '某' })
        for (const [number, decision] of decisions.entries())
          await db.insert(trainingDecisions).values({
            ...{ ...who, number, decision, missing: '', comment: '', decidedBy: '某', decidedOn: today },
          })
        for (const session of it.sessions)
          await db.insert(trainingAttendances).values({
            ...{
              ...of,
              sessionId: session.id,
              programmeId: it.id,
              personId: person.id,
              attendance,
              recordedBy: '某',
              note: '',
            },
          })
      }
    }
    for (const it of held) {
      await db.insert(activities).values({
        ...{
          tenantId,
          id: it.id,
          organizationId: it.at.id,
          path: it.at.path,
          kind: it.kind,
          title: '活动',
          summary: '',
        },
        ...{
          fromOn: it.on,
          untilOn: addDays(it.on, it.days),
          place: '',
          link: '',
          speaker: '',
          aboutSpeaker: '',
          folded: '',
        },
        ...{ plan: blankPlan, attachments: [], createdBy: '某' },
        ...(it.headcount !== null && {
          record: { happened: '', summary: '', headcount: it.headcount, pictureIds: [] },
        }),
        ...(it.isAnnounced && { announcedAt: instant }),
        ...(it.isCancelled && { cancelledAt: instant }),
      })
      for (const [seq, person] of it.signedUp.entries())
        await db
          .insert(activitySignUps)
          .values({ tenantId, activityId: it.id, personId: person.id, path: person.at.path, seq })
    }
  })
  const sum = <Item>(items: readonly Item[], of: (it: Item) => number) => items.reduce((total, it) => total + of(it), 0)
  for (const place of Object.values(places))
    for (const year of [2025, 2026]) {
      const there = lists.filter((it) => it.at.path.startsWith(place.path) && it.isAnnounced && !it.isCancelled)
      const training = await read(place, 'training', `?year=${year}`)
      expect(Object.fromEntries(training.rows.map((it) => [it.key, it.values]))).toEqual(
        Object.fromEntries(
          [
            ...Map.groupBy(
              there.filter((it) => it.year === year),
              (it) => it.audience,
            ),
          ].map(([audience, of]) => {
            const tells = (it: { listed: unknown[]; capacity: number | null }) =>
              Math.min(it.listed.length, it.capacity ?? 99) >= 5
            const sessions = of.flatMap((it) =>
              it.sessions
                .filter((one) => !one.isCancelled && one.on <= today)
                .map((one) => ({ ...one, listed: it.listed, tells: tells(it) })),
            )
            const last = of
              .filter(tells)
              .flatMap((it) => it.listed.slice(0, it.capacity ?? 99).map((one) => one.decisions.at(-1)))
            const heard = (one: (typeof sessions)[number]) =>
              (one.tells ? one.listed : []).filter((it) => ['present', 'madeUp'].includes(it.attendance)).length
            const [passed = 0, unfinished = 0] = count(
              last,
              (it) => it === 'passed',
              (it) => it === 'unfinished',
            )
            return [
              audience,
              [
                of.length,
                sessions.length,
                sum(sessions, (it) => it.hours),
                sum(sessions, heard),
                passed,
                unfinished,
                last.length - passed - unfinished,
              ],
            ]
          }),
        ),
      )
      const done = held.filter(
        (it) =>
          it.at.path.startsWith(place.path) && it.isAnnounced && !it.isCancelled && it.on.startsWith(String(year)),
      )
      const card = await read(place, 'activities', `?year=${year}`)
      expect(Object.fromEntries(card.rows.map((it) => [it.key, it.values]))).toEqual(
        Object.fromEntries(
          [...Map.groupBy(done, (it) => it.kind)].map(([kind, of]) => [
            kind,
            [
              ...count(
                of,
                (it) => addDays(it.on, it.days) < today,
                (it) => addDays(it.on, it.days) >= today,
              ),
              ...[sum(of, (it) => it.headcount ?? 0), sum(of, (it) => it.signedUp.length)],
            ],
          ]),
        ),
      )
    }
})

test('where terms stand, on both sides of their end', async () => {
  const held = (at: BuiltOrganization, from: Day, more = {}) => ({
    tenantId,
    id: newId(),
    organizationId: at.id,
    path: at.path,
    from,
    until: addDays(from, 900),
    ...more,
  })
  await build.look((db) =>
    // A branch is elected for three years, the committee of a college for five.
    db
      .insert(terms)
      .values([
        held(branch, '2023-11-23'),
        held(sibling, '2023-11-22'),
        held(college, '2021-11-23', { delayedUntil: '2027-05-01' }),
      ]),
  )
  expect(shown(await read(college, 'terms'))).toEqual({
    columns: ['已届满，还没有换届', '三个月内届满，或者在延期', '六个月内届满', '任期内', '没有登记任期'],
    rows: [
      [branch.name, 0, 1, 0, 0, 0],
      [sibling.name, 1, 0, 0, 0, 0],
      ['本级', 0, 1, 0, 0, 0],
    ],
    total: [1, 2, 0, 0, 0],
  })
  const own = await listed(college, 'terms', 'self', 'request')
  expect(own.items).toEqual([
    { id: college.id, kind: 'organization', name: college.name, organization: university.name, on: null },
  ])
  expect((await listed(university, 'terms', college.id, 'overdue')).items.map((it) => it.id)).toEqual([sibling.id])
  expect((await listed(university, 'terms', 'self', 'none')).items.map((it) => it.id)).toEqual([university.id])
})

test('behind each figure stand as many rows as it says, page by page', async () => {
  for (const [key, query] of [
    ['stages', ''],
    ['members', '?by=ethnicity'],
    ['members', '?by=education'],
    ['development', ''],
  ] as const) {
    const card = await read(college, key, query)
    expect(card.hasList).toBe(true)
    for (const [row, column] of [
      [0, 0],
      [0, 1],
      [1, 1],
      [card.rows.length - 1, 1],
    ] as const) {
      const [line, heading] = [card.rows[row], card.columns[column]]
      const found = new Set<string>()
      let cursor = ''
      for (;;) {
        const { items, next } = await listed(
          college,
          key,
          encodeURIComponent(line?.key ?? ''),
          heading?.key ?? '',
          `${query.replace('?', '&')}&limit=7${cursor}`,
        )
        for (const it of items) found.add(it.id)
        if (next === undefined) break
        cursor = `&cursor=${encodeURIComponent(next)}`
      }
      expect([key, line?.label, heading?.label, found.size]).toEqual([
        key,
        line?.label,
        heading?.label,
        line?.values[column],
      ])
    }
  }
  for (const address of [
    'stages/rows?row=nowhere&column=full',
    'stages/rows?row=self&column=nowhere',
    'members/rows?row=male&column=activist',
    'development/rows?row=1999-spring&column=application',
    'dues/rows?row=review&column=overdue',
  ])
    expect((await as.department.get(`/api/reports/${college.id}/${address}`)).status).toBe(404)
})

test('a card takes one statement for its figures, and none where it was counted within the last minute', async () => {
  // Whoever asks for the first time in a minute has their session looked at besides.
  await as.department.get('/api/organization/tree')
  const counts: Record<string, number[]> = {}
  for (const key of ['stages', 'members', 'development', 'dues', 'terms', 'training', 'activities'] as const)
    counts[key] = [await statementsOf(() => read(university, key)), await statementsOf(() => read(university, key))]
  const [first] = Object.values(counts)
  expect(new Set(Object.values(counts).map(([cold = 0, warm = 0]) => cold - warm))).toEqual(new Set([1]))
  expect(counts).toEqual(Object.fromEntries(Object.keys(counts).map((key) => [key, first])))
})

test('what was counted is shown for a minute, and to nobody who may not read it', async () => {
  const before = (await read(branch, 'stages')).total
  await build.look((db) =>
    db.execute(
      sql`update development_standings set stage = 'full' where person_id = (select person_id from development_standings where path = ${branch.path} and stage = 'applicant' limit 1)`,
    ),
  )
  expect((await read(branch, 'stages')).total).toEqual(before)
  expect((await as.siblingSecretary.get(`/api/reports/${branch.id}/stages`)).status).toBe(403)
  app.clock.at = new Date(app.clock.at.getTime() + secondsKept * 1000)
  const after = (await read(branch, 'stages')).total
  expect([after?.[0], after?.[4]]).toEqual([(before?.[0] ?? 0) - 1, (before?.[4] ?? 0) + 1])
})

test('months are kept as they were, and compared with one another and with today', async () => {
  const months = async () => json<{ items: unknown[] }>(await as.organiser.get(`/api/reports/${college.id}/months`))
  expect(await months()).toEqual({ items: [] })
  await keepMonths(app.database, new Date('2026-10-20T15:40:00Z'))
  await keepMonths(app.database, new Date('2026-10-31T15:40:00Z'))
  const kept = (await read(college, 'stages')).total ?? []
  await build.look((db) =>
    db.execute(
      sql`update development_standings set stage = 'full' where person_id in (select person_id from development_standings where path = ${sibling.path} and stage = 'probationary')`,
    ),
  )
  const moved = among(sibling).filter((it) => it.stage === 'probationary').length
  expect(moved).toBeGreaterThan(0)
  expect(await months()).toEqual({ items: [{ month: '2026-10', on: '2026-10-31' }] })
  const it = await json<Comparison>(await as.organiser.get(`/api/reports/${college.id}/comparison?from=2026-10`))
  expect([it.fromOn, it.untilOn]).toEqual(['2026-10-31', today])
  expect(it.rows.map((row) => row.from)).toEqual(kept.slice(0, 5))
  expect(it.rows.map((row) => row.until - row.from)).toEqual([0, 0, 0, -moved, moved])
  await keepMonths(app.database, new Date('2026-11-22T15:40:00Z'))
  const two = await json<Comparison>(
    await as.organiser.get(`/api/reports/${college.id}/comparison?from=2026-10&until=2026-11`),
  )
  expect([two.untilOn, two.rows.map((row) => row.until - row.from)]).toEqual(['2026-11-22', [0, 0, 0, -moved, moved]])
  expect((await as.organiser.get(`/api/reports/${college.id}/comparison?from=2025-01`)).status).toBe(404)
})

test('all cards are written out with what they count, and it is recorded', async () => {
  const response = await as.organiser.post(`/api/reports/${college.id}/exports`, {})
  expect(response.status).toBe(200)
  const { sheets } = await openWorkbook(new Uint8Array(await response.arrayBuffer()))
  expect(sheets.map((it) => it.name)).toEqual([
    '队伍构成',
    '党员构成（性别）',
    '党员构成（民族）',
    '党员构成（年龄）',
    '党员构成（学历）',
    '党员构成（人员类别）',
    '发展情况',
    '待办事项',
    '任期',
    '培训',
    '活动',
  ])
  const entries = await build.look((db) => db.select().from(journal))
  expect(entries.filter((it) => it.event === 'reports.exported')).toMatchObject([
    { subjectId: college.id, orgPath: college.path, details: { count: 11 } },
  ])
})
