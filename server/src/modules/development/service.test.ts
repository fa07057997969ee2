import { type Act, actKinds, type Day, type Finding } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { type BuiltPerson, smallUniversity, statementsOf } from '../../../test/factories.ts'
import { waitingForLocks } from '../../../test/locks.ts'
import type { Actor } from '../../platform/context.ts'
import { journal } from '../../platform/journal.ts'
import { persons } from '../people/tables.ts'
import { file } from './answers.ts'
import { development } from './routes.ts'
import type { FileView } from './schema.ts'
import { developmentActs, developmentPlans, developmentStandings } from './tables.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const { secretary, applicant, siblingSecretary, distantSecretary, auditor } = it.actors
const phoneHelper = await it.helper([it.wang], ['phone'])

interface Answer {
  id: string
  reason: string
  detail: string
  findings: Finding[]
  fields: { path: string; message: string }[]
}

describe('recording an act', () => {
  test('the file has it with its author, the person a new revision, the journal a row', async () => {
    const person = await somebody()
    const { status, body } = await send(secretary, 'POST', `/files/${person.id}/acts`, { act: application })
    expect(status).toBe(201)
    const { view, etag } = await read(secretary, person)
    expect(view.acts).toEqual([
      {
        act: { ...application, id: body.id },
        recordedBy: '（账号已不存在）',
        recordedAt: expect.stringMatching(/^2\d{3}-\d{2}-\d{2}T/),
      },
    ])
    expect([etag, view.stage, view.can]).toEqual(['"2"', 'applicant', { record: [...actKinds], plan: true }])
    expect(await eventsOf(person)).toEqual(['development.act-recorded', 'journal.read'])
    expect(await standingOf(person)).toMatchObject({ stage: 'applicant', errorCount: 0, path: person.path })
  })

  test.each<[string, Actor, number]>([
    ['the person concerned', applicant, 403],
    ['the secretary of another branch', siblingSecretary, 404],
    ['the secretary of another college', distantSecretary, 404],
    ['an administrator', auditor, 404],
  ])('%s may not', async (_who, actor, status) => {
    expect((await send(actor, 'POST', `/files/${it.wang.id}/acts`, { act: application })).status).toBe(status)
    expect(await actsOf(it.wang)).toEqual([])
  })

  test('whoever keeps files leaves the own one to the others of the branch and to those above', async () => {
    const holder = await somebody([application])
    const own = it.officer('secretary', it.branch, holder)
    const talk: Act = { kind: 'applicantTalk', on: '2026-01-20' }
    const [act] = await actsOf(holder)
    const target = { target: { kind: 'admissionAssembly', by: '2028-06-30' } }
    const attempts: [method: string, path: string, body: object][] = [
      ['POST', '/check', { act: talk }],
      ['POST', '/acts', { act: talk }],
      ['POST', `/acts/${act?.id}/corrections`, { reason: '录错了' }],
      ['PUT', '/plan', target],
    ]
    for (const [method, path, body] of attempts) {
      const answer = await send(own, method, `/files/${holder.id}${path}`, body)
      expect([answer.status, answer.body.detail]).toEqual([
        403,
        '这是您本人的档案。本人的发展档案由所在党支部或上级党组织的其他同志记录、更正，您可以查看，不能自己改动。',
      ])
    }
    expect((await read(own, holder)).view.can).toEqual({ record: [], plan: false })
    expect((await actsOf(holder)).length).toBe(1)
    for (const other of [it.officer('orgMember', it.branch, it.li), it.actors.organiser]) {
      const report = { kind: 'thoughtReport', on: '2026-02-01' }
      expect((await read(other, holder)).view.can).toEqual({ record: [...actKinds], plan: true })
      expect((await send(other, 'POST', `/files/${holder.id}/acts`, { act: report })).status).toBe(201)
    }
  })

  test('the Party school records trainings only, a helper the delegated kinds only', async () => {
    const person = await somebody()
    const school = it.officer('partySchool', it.university)
    const helper = await it.helper([person], ['applicantTalk'])
    const training = { kind: 'activistTraining', on: '2026-03-01', trainingHours: 24 } as const
    const talk = { kind: 'applicantTalk', on: '2026-02-01' } as const
    const answers = [
      await send(school, 'POST', `/files/${person.id}/acts`, { act: training }, '"1"'),
      await send(school, 'POST', `/files/${person.id}/acts`, { act: talk }, '"2"'),
      await send(helper, 'POST', `/files/${person.id}/acts`, { act: talk }, '"2"'),
      await send(helper, 'POST', `/files/${person.id}/acts`, { act: training }, '"3"'),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([201, 403, 201, 403])
    const { view } = await read(helper, person)
    expect([view.isWhole, view.acts.map((act) => act.act.kind), view.facts, view.missing]).toEqual([
      false,
      ['applicantTalk'],
      {},
      [],
    ])
  })

  test('on an older reading it is refused', async () => {
    const person = await somebody()
    const path = `/files/${person.id}/acts`
    expect((await send(secretary, 'POST', path, { act: application }, '"1"')).status).toBe(201)
    const late = await send(secretary, 'POST', path, { act: { kind: 'thoughtReport', on: '2026-03-01' } }, '"1"')
    expect([late.status, late.body.reason]).toEqual([412, 'changed'])
    const without = await send(secretary, 'POST', path, { act: { kind: 'thoughtReport', on: '2026-03-01' } }, null)
    expect(without.status).toBe(412)
  })

  test('of two at the same moment one is refused', async () => {
    const person = await somebody()
    const both = await Promise.all(
      [1, 2].map(() => send(secretary, 'POST', `/files/${person.id}/acts`, { act: application }, '"1"')),
    )
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 412])
    expect(await actsOf(person)).toHaveLength(1)
  })

  test('one that waits for a change which it cannot have read is refused, even where it guesses the next revision', async () => {
    const person = await somebody()
    const report = { kind: 'thoughtReport', on: '2026-03-01' } as const
    const { answer } = await it.look(async (db) => {
      await db.update(persons).set({ revision: 2 }).where(sql`id = ${person.id}`)
      const guessing = send(secretary, 'POST', `/files/${person.id}/acts`, { act: report }, '"2"')
      await waitingForLocks(database)
      return { answer: guessing }
    })
    expect((await answer).status).toBe(412)
  })

  test.each<[string, Act, string[]]>([
    ['the day of the act', { kind: 'review', on: '2026-11-24' }, ['act.on']],
    [
      'the day of a signature',
      { kind: 'review', on: '2026-11-23', signatures: [{ by: '李晓岚', on: '2026-11-24' }] },
      ['act.signatures.0.on'],
    ],
    ['the reply to a filing', { kind: 'activistFiling', on: '2026-11-23', repliedOn: '2026-11-25' }, ['act.repliedOn']],
  ])('a day that has not come is refused: %s', async (_what, act, paths) => {
    const person = await somebody()
    const { status, body } = await send(secretary, 'POST', `/files/${person.id}/acts`, { act })
    expect([status, body.fields.map((field) => field.path)]).toEqual([422, paths])
  })

  test.each<[string, object]>([
    ['a day that does not exist', { kind: 'review', on: '2026-02-29' }],
    ['a day behind which the rules cannot count', { kind: 'publicNotice', on: '2026-11-01', endedOn: '9999-12-31' }],
    ['an unknown kind', { kind: 'points' }],
    ['a character that cannot be kept', { kind: 'review', on: '2026-11-01', reason: 'a\u0000b' }],
    ['half a character', { kind: 'review', on: '2026-11-01', reason: '\ud800' }],
  ])('%s is malformed', async (_what, act) => {
    const answer = await send(secretary, 'POST', `/files/${it.li.id}/acts`, { act })
    expect([answer.status, answer.body.reason]).toEqual([400, 'malformed'])
  })

  test('today is not the future, and the last day of a notice may lie ahead', async () => {
    const person = await somebody()
    const act = { kind: 'publicNotice', on: '2026-11-23', endedOn: '2026-11-30' }
    const path = `/files/${person.id}/acts`
    const { body } = await send(secretary, 'POST', path, { act })
    const rules = (body.findings ?? []).map((finding) => finding.rule)
    const acknowledged = { rules, reason: '其他材料随后补录' }
    expect((await send(secretary, 'POST', path, { act, acknowledged })).body.fields ?? []).toEqual([])
  })

  test('a second act of a kind that happens once is refused, a second review is not', async () => {
    const person = await somebody([application, { kind: 'review', on: '2026-06-01' }])
    const again = await send(secretary, 'POST', `/files/${person.id}/acts`, {
      act: { ...application, on: '2026-02-01' },
    })
    expect([again.status, again.body.detail]).toEqual([
      409,
      '档案中已有“递交入党申请书”（2026-01-05），一份档案只能有一条。如有出入，请更正原来的一条。',
    ])
    const review = await send(secretary, 'POST', `/files/${person.id}/acts`, {
      act: { kind: 'review', on: '2026-11-20' },
    })
    expect(review.status).toBe(201)
  })

  test('contradictions that it causes are refused until each is acknowledged with a reason', async () => {
    const person = await somebody([application])
    const act = { kind: 'applicantTalk', on: '2026-01-04' }
    const path = `/files/${person.id}/acts`
    const refused = await send(secretary, 'POST', path, { act })
    expect([refused.status, refused.body.reason, refused.body.findings.map((finding) => finding.rule)]).toEqual([
      422,
      'unlawful',
      ['T02'],
    ])
    const other = { rules: ['T03'], reason: '原始材料如此' }
    expect((await send(secretary, 'POST', path, { act, acknowledged: other })).status).toBe(422)
    const acknowledged = { rules: ['T02'], reason: '原始材料如此' }
    expect((await send(secretary, 'POST', path, { act, acknowledged })).status).toBe(201)
    const { view } = await read(secretary, person)
    expect(view.findings.map((finding) => finding.rule)).toEqual(['T02'])
    expect(view.acts.map((recorded) => recorded.acknowledged)).toEqual([acknowledged, undefined])
  })

  test('what was contradictory before does not hinder it', async () => {
    const person = await somebody([application, { kind: 'applicantTalk', on: '2026-01-04' }])
    const act = { kind: 'thoughtReport', on: '2026-06-01' }
    expect((await send(secretary, 'POST', `/files/${person.id}/acts`, { act })).status).toBe(201)
  })

  test.each<[string, Day, number]>([
    ['by the book of 2014 it needs no publicity', '2026-05-10', 201],
    ['by the book of 2026 it needs consent and publicity', '2026-06-01', 422],
  ])('the day of the act chooses the rule book: %s', async (_what, on, status) => {
    const person = await somebody([
      { kind: 'application', on: '2024-01-05' },
      { kind: 'applicantTalk', on: '2024-01-20' },
      { kind: 'activistDecision', on: '2024-09-01' },
      { kind: 'opinions', on: '2026-03-01', from: ['group', 'contactPersons', 'members', 'masses'] },
      { kind: 'prospectProposal', on: '2026-05-08' },
      { kind: 'publicNotice', on: '2026-05-28', endedOn: '2026-06-05' },
    ])
    const answer = await send(secretary, 'POST', `/files/${person.id}/acts`, { act: { kind: 'prospectListing', on } })
    expect(answer.status).toBe(status)
  })
})

describe('correcting an act', () => {
  test('by another in its place: the old row stays and shows what became of it', async () => {
    const person = await somebody([application])
    const [old] = await actsOf(person)
    const body = { act: { ...application, on: '2026-01-06' }, reason: '核对原件' }
    const answer = await send(secretary, 'POST', `/files/${person.id}/acts/${old?.id}/corrections`, body)
    expect(answer.status).toBe(201)
    const { view } = await read(secretary, person)
    expect(view.acts).toEqual([
      {
        act: { ...application, id: old?.id },
        recordedBy: expect.any(String),
        recordedAt: expect.any(String),
        correctedBy: {
          id: answer.body.id,
          reason: '核对原件',
          at: expect.any(String),
          by: expect.any(String),
          struckOut: false,
        },
      },
      {
        act: { ...application, on: '2026-01-06', id: answer.body.id },
        recordedBy: expect.any(String),
        recordedAt: expect.any(String),
        corrects: old?.id,
      },
    ])
    const again = await send(secretary, 'POST', `/files/${person.id}/acts/${old?.id}/corrections`, body)
    expect([again.status, again.body.reason]).toEqual([409, 'conflict'])
    expect(await eventsOf(person)).toEqual(['development.act-corrected', 'journal.read'])
  })

  test('by striking it out: the file goes back, and another may be recorded', async () => {
    const person = await somebody([application])
    const [old] = await actsOf(person)
    const path = `/files/${person.id}/acts`
    expect((await send(secretary, 'POST', `${path}/${old?.id}/corrections`, { reason: '录错了人' })).status).toBe(201)
    const { view } = await read(secretary, person)
    expect([view.stage, view.acts.map((act) => act.correctedBy?.struckOut)]).toEqual([null, [true]])
    expect(await standingOf(person)).toBeUndefined()
    expect((await send(secretary, 'POST', path, { act: application })).status).toBe(201)
  })

  test('one that changes nothing is refused, and would otherwise be read as a change', async () => {
    const talk: Act = { kind: 'applicantTalk', on: '2026-01-20', talkers: [{ name: '沈知远' }] }
    const person = await somebody([application, talk])
    const old = (await actsOf(person)).find((act) => act.kind === 'applicantTalk')
    const path = `/files/${person.id}/acts/${old?.id}/corrections`
    const same = await send(secretary, 'POST', path, { act: talk, reason: '核对原件' })
    expect([same.status, same.body.detail]).toEqual([
      400,
      '填写的内容与原来的记录相同，没有可以更正的。请改动有误的内容；原来的记录无误的，不用更正。',
    ])
    const changed = { act: { ...talk, reason: '补谈' }, reason: '核对原件' }
    expect((await send(secretary, 'POST', path, changed)).status).toBe(201)
  })

  test('contradictions that it causes ask for acknowledgement too', async () => {
    const person = await somebody([application, { kind: 'applicantTalk', on: '2026-01-20' }])
    const talk = (await actsOf(person)).find((act) => act.kind === 'applicantTalk')
    const path = `/files/${person.id}/acts/${talk?.id}/corrections`
    const body = { act: { kind: 'applicantTalk', on: '2026-01-04' }, reason: '核对原件' }
    expect((await send(secretary, 'POST', path, body)).status).toBe(422)
    const acknowledged = { rules: ['T02'], reason: '谈话确实在先' }
    expect((await send(secretary, 'POST', path, { ...body, acknowledged })).status).toBe(201)
  })

  test('it may not become a second act of a kind that happens once, nor a kind that the actor may not record', async () => {
    const person = await somebody([application, { kind: 'activistTraining', on: '2026-03-01' }])
    const training = (await actsOf(person)).find((act) => act.kind === 'activistTraining')
    const path = `/files/${person.id}/acts/${training?.id}/corrections`
    const asApplication = { act: { ...application, on: '2026-03-01' }, reason: '类别有误' }
    expect((await send(secretary, 'POST', path, asApplication)).status).toBe(409)
    const school = it.officer('partySchool', it.university)
    expect((await send(school, 'POST', path, asApplication)).status).toBe(403)
  })

  test.each<[string, Actor, string, number]>([
    ['of another file', secretary, it.li.id, 404],
    ['outside the scope', distantSecretary, it.wang.id, 404],
    ['by the person concerned', applicant, it.wang.id, 404],
  ])('%s it is refused', async (_what, actor, personId, status) => {
    const person = await somebody([application])
    const [act] = await actsOf(person)
    const answer = await send(actor, 'POST', `/files/${personId}/acts/${act?.id}/corrections`, { reason: '试一试' })
    expect(answer.status).toBe(status)
  })

  test('the application cannot change or delete an act', async () => {
    const person = await somebody([application])
    const change = (text: string) => it.as(secretary, (ctx) => ctx.db.execute(sql.raw(text)))
    await expect(change(`delete from development_acts where person_id = '${person.id}'`)).rejects.toThrow()
    await expect(change(`update development_acts set kind = 'oath'`)).rejects.toThrow()
    await change(`update development_acts set path = path`)
  })
})

describe('a helper learns of the task only', () => {
  const early: Act = { kind: 'applicantTalk', on: '2026-01-01' }
  const twofold: Act = { kind: 'applicantTalk', on: '2026-02-01', alsoDated: [{ source: '登记表', on: '2026-02-03' }] }
  const inFile: Act[] = [{ kind: 'application', on: '2026-01-05' }]

  test.each<[what: string, act: Act, secretarySees: string[][], helperSees: string[][]]>([
    ['what contradicts an act beyond it', early, [['applicantTalk', 'application']], []],
    ['what contradicts itself', twofold, [['applicantTalk', 'applicantTalk']], [['applicantTalk', 'applicantTalk']]],
    ['what contradicts nothing', { ...early, on: '2026-01-20' }, [], []],
  ])('%s', async (_what, act, secretarySees, helperSees) => {
    const person = await somebody(inFile)
    const helper = await it.helper([person], ['applicantTalk'])
    const kindsIn = async (actor: Actor) => {
      const { body } = await send(actor, 'POST', `/files/${person.id}/check`, { act })
      expect(JSON.stringify(body.findings).includes('2026-01-05')).toBe(actor === secretary && act === early)
      return body.findings.map((finding) => finding.facts.map((fact) => fact.kind).sort())
    }
    expect([await kindsIn(secretary), await kindsIn(helper)]).toEqual([secretarySees, helperSees])
  })

  test('what contradicts an act beyond it is recorded, and stands before those who keep the file', async () => {
    const person = await somebody(inFile)
    const helper = await it.helper([person], ['applicantTalk'])
    const path = `/files/${person.id}/acts`
    expect((await send(helper, 'POST', path, { act: twofold }, '"1"')).status).toBe(422)
    expect((await send(helper, 'POST', path, { act: early }, '"1"')).status).toBe(201)
    const rulesFor = async (actor: Actor) => (await read(actor, person)).view.findings.map((finding) => finding.rule)
    expect([await rulesFor(secretary), await rulesFor(helper)]).toEqual([['T02'], []])
    expect(await standingOf(person)).toMatchObject({ errorCount: 1 })
  })

  /** Born eighteen years before the first of the days on which an application is tried, or one day later. */
  test.each<[path: string, attempt: (act: Act) => object, success: number]>([
    ['check', (act) => ({ act }), 200],
    ['acts', (act) => ({ act }), 201],
  ])('nor can a birthday be found by trying days: %s', async (path, attempt, success) => {
    const days = ['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03'] as const
    const answersFor = async (bornOn: Day) => {
      const answers: unknown[] = []
      for (const on of days) {
        const person = await it.person(it.branch, { name: '周可新', bornOn, idNumberBornOn: bornOn })
        const helper = await it.helper([person], ['application'])
        const body = attempt({ kind: 'application', on })
        const { status, body: told } = await send(helper, 'POST', `/files/${person.id}/${path}`, body)
        const { view } = await read(helper, person)
        answers.push([status, told.findings ?? told.detail, view.findings, view.due, view.missing, view.facts])
      }
      return answers
    }
    const answers = await answersFor('2008-03-01')
    expect(answers).toEqual(await answersFor('2008-03-03'))
    expect(answers.map((it) => Array.isArray(it) && it[0])).toEqual(days.map(() => success))
    const person = await it.person(it.branch, { name: '周可新', bornOn: '2008-03-01' })
    const act = { kind: 'application', on: '2026-02-28' }
    const { body } = await send(secretary, 'POST', `/files/${person.id}/check`, { act })
    expect(body.findings.map((finding) => finding.rule)).toEqual(['T01'])
  })

  test('nor the day on which somebody leaves, from the reasons of a date', async () => {
    const person = await it.person(it.branch, { name: '周可新', leavesOn: '2027-06-30' })
    await it.look((db) =>
      db.insert(developmentActs).values(
        completeUntilPreReview.map(({ kind, on, ...details }) => ({
          ...{ tenantId: it.tenantId, id: crypto.randomUUID(), personId: person.id, path: person.path },
          ...{ kind, on: on ?? null, details, recordedBy: secretary.accountId },
        })),
      ),
    )
    const helper = await it.helper([person], ['preReview'])
    const reasons = async (actor: Actor) => {
      const { view } = await read(actor, person)
      return JSON.stringify(view.due.filter((act) => act.kind === 'preReview')).includes('2027-06-30')
    }
    expect([await reasons(secretary), await reasons(helper)]).toEqual([true, false])
  })
})

describe('opening a file', () => {
  test.each<[string, Actor, number]>([
    ['the person concerned', applicant, 200],
    ['another person', it.actors.stranger, 404],
    ['the publicity department, which reads no files', it.officer('publicityDepartment', it.university), 404],
    ['the publicity member', it.officer('publicityMember', it.branch), 200],
    ['an administrator', auditor, 404],
    ['a helper whose task names no acts', phoneHelper, 403],
  ])('%s', async (_who, actor, status) => {
    expect((await send(actor, 'GET', `/files/${it.wang.id}`)).status).toBe(status)
  })

  test('the first reading of a day is recorded for the person concerned, the own one is not', async () => {
    const person = await somebody([application])
    await read(secretary, person)
    await read(secretary, person)
    await read(it.actors.organiser, person)
    await read(it.himself(person), person)
    expect(await eventsOf(person)).toEqual(['journal.read', 'journal.read'])
  })

  test('takes one statement, and recording an act three, or four where it changes what is due, however many acts there are', async () => {
    const person = await somebody([application, ...reviews(24)])
    await read(secretary, person)
    expect(await statementsOf(() => read(secretary, person))).toBe(1)
    const record = (act: object, etag: string) =>
      statementsOf(() => send(secretary, 'POST', `/files/${person.id}/acts`, { act }, etag))
    const report = { kind: 'thoughtReport', on: '2026-03-01' }
    const talk = { kind: 'applicantTalk', on: '2026-01-10' }
    expect([await record(report, '"1"'), await record(talk, '"2"')]).toEqual([3, 4])
  })

  test('has what the browser needs for the same rules', async () => {
    const person = await it.person(it.branch, {
      name: '何清远',
      bornOn: '2005-02',
      idNumberBornOn: '2005-02-28',
      leavesOn: '2027-06-30',
      isMobile: true,
    })
    await it.office(it.li, it.branch, 'secretary', { from: '2025-01-01', until: '2027-12-31' })
    const { view } = await read(secretary, person)
    expect(view.facts).toEqual({
      bornOn: '2005-02',
      bornOnByIdNumber: '2005-02-28',
      leavesOn: '2027-06-30',
      isMobile: true,
      branch: {
        committeeApproves: false,
        name: it.branch.name,
        offices: [{ name: it.li.name, office: '支部书记', from: '2025-01-01', until: '2027-12-31' }],
      },
    })
    expect([view.on, view.isWhole, view.setting.workingYears]).toEqual(['2026-11-23', true, []])
  })
})

describe('checking an act without recording it', () => {
  test('says what it would cause and writes nothing', async () => {
    const person = await somebody([application])
    const act = { kind: 'applicantTalk', on: '2026-01-04' }
    const { status, body } = await send(secretary, 'POST', `/files/${person.id}/check`, { act })
    expect([status, body.findings.map((finding) => finding.rule)]).toEqual([200, ['T02']])
    expect([await eventsOf(person), (await actsOf(person)).length]).toEqual([[], 1])
  })

  test.each<[string, Actor, number]>([
    ['the person concerned', applicant, 403],
    ['the secretary of another branch', siblingSecretary, 404],
  ])('%s may not', async (_who, actor, status) => {
    expect((await send(actor, 'POST', `/files/${it.wang.id}/check`, { act: application })).status).toBe(status)
  })
})

describe('planning', () => {
  const constraints = { target: { kind: 'admissionAssembly', by: '2027-05-31' }, assemblyDays: ['2027-05-12'] }

  test('the constraints are kept, the newest count, and the journal has both', async () => {
    const person = await somebody([application])
    const path = `/files/${person.id}/plan`
    expect((await send(secretary, 'PUT', path, constraints, '"1"')).status).toBe(204)
    const { target } = constraints
    expect((await send(secretary, 'PUT', path, { target }, '"2"')).status).toBe(204)
    expect((await send(secretary, 'PUT', path, { target }, '"2"')).status).toBe(412)
    expect((await read(secretary, person)).view.constraints).toEqual({ target })
    expect(await it.look((db) => db.$count(developmentPlans))).toBe(1)
    expect(await eventsOf(person)).toEqual(['development.way-planned', 'development.way-planned', 'journal.read'])
  })

  test.each<[string, Actor, number]>([
    ['the person concerned', applicant, 403],
    ['the Party school', it.officer('partySchool', it.university), 403],
    ['the secretary of another college', distantSecretary, 404],
  ])('%s may not', async (_who, actor, status) => {
    expect((await send(actor, 'PUT', `/files/${it.wang.id}/plan`, constraints)).status).toBe(status)
  })
})

const application = { kind: 'application', on: '2026-01-05' } as const

const members = [
  { name: '马致远', fullOn: '2012-06-10' },
  { name: '罗素心', fullOn: '2014-05-20' },
] as const
const completeUntilPreReview: readonly Act[] = [
  { kind: 'application', on: '2024-05-20' },
  { kind: 'applicantTalk', on: '2024-06-10' },
  { kind: 'recommendation', on: '2024-06-20', by: 'league' },
  { kind: 'activistDecision', on: '2024-06-25' },
  { kind: 'activistFiling', on: '2024-07-01' },
  { kind: 'contactPersons', on: '2024-06-26', members },
  { kind: 'opinions', on: '2025-06-28', from: ['group', 'contactPersons', 'members', 'masses'] },
  { kind: 'prospectProposal', on: '2025-07-01' },
  { kind: 'prospectListing', on: '2025-07-14' },
  { kind: 'introducers', on: '2025-07-15', members },
  { kind: 'politicalReview', on: '2025-08-20', lastReplyOn: '2025-08-10', conclusion: 'qualified' },
  { kind: 'intensiveTraining', on: '2025-08-28', startedOn: '2025-08-26', trainingDays: 3, trainingHours: 24 },
  { kind: 'committeeExamination', on: '2025-09-01' },
]

function reviews(count: number): Act[] {
  return Array.from({ length: count }, (_, at) => ({
    kind: 'review',
    on: `2026-02-${String(at + 1).padStart(2, '0')}` as Day,
  }))
}

/** A new person of the branch with these acts in the file, as if they had been there for long. */
async function somebody(acts: readonly Act[] = []): Promise<BuiltPerson> {
  const person = await it.person(it.branch, { name: '周可新', bornOn: '2004-03-01' })
  if (acts.length === 0) return person
  await it.look((db) =>
    db.insert(developmentActs).values(
      acts.map(({ kind, on, ...details }) => ({
        tenantId: it.tenantId,
        id: crypto.randomUUID(),
        personId: person.id,
        path: person.path,
        kind,
        on: on ?? null,
        details,
        recordedBy: secretary.accountId,
      })),
    ),
  )
  return person
}

/** Sends a request as an actor. `etag` is the current one unless another is given. */
async function send(actor: Actor, method: string, path: string, body?: object, etag?: string | null) {
  const ifMatch = etag === undefined ? await currentEtag(path) : etag
  const headers = { 'content-type': 'application/json', ...(ifMatch && { 'if-match': ifMatch }) }
  const answer = await it
    .served(development, actor)
    .request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const text = await answer.text()
  const parsed: Answer = text ? JSON.parse(text) : {}
  return { status: answer.status, headers: answer.headers, body: parsed }
}

async function currentEtag(path: string): Promise<string | null> {
  const [row] = await it.look((db) =>
    db
      .select({ revision: persons.revision })
      .from(persons)
      .where(sql`id::text = ${path.split('/')[2]}`),
  )
  return row ? `"${row.revision}"` : null
}

async function read(actor: Actor, person: BuiltPerson): Promise<{ view: FileView; etag: string | null }> {
  const answer = await it.served(development, actor).request(`/files/${person.id}`)
  expect(answer.status).toBe(200)
  const view = await answer.json()
  file.parse(view)
  return { view, etag: answer.headers.get('etag') }
}

const actsOf = (person: BuiltPerson) =>
  it.look((db) => db.select().from(developmentActs).where(sql`person_id = ${person.id}`))

async function standingOf(person: BuiltPerson) {
  const [row] = await it.look((db) => db.select().from(developmentStandings).where(sql`person_id = ${person.id}`))
  return row
}

async function eventsOf(person: BuiltPerson): Promise<string[]> {
  const rows = await it.look((db) =>
    db.select({ event: journal.event }).from(journal).where(sql`person_id = ${person.id}`),
  )
  return rows.map((row) => row.event).sort()
}
