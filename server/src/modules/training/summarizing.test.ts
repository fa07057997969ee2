import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import PizZip from 'pizzip'
import { beforeEach, describe, expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { type BuiltPerson, statementsOf, today } from '../../../test/factories.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { trainings } from '../../../test/trainings.ts'
import { newId } from '../../platform/ids.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { plainText } from '../../platform/rich-text/reading-schema.ts'
import type { Figures, SummaryView } from './summary-schema.ts'
import {
  trainingAssessments,
  trainingDecisions,
  trainingProgrammes,
  trainingQuotations,
  trainingRequests,
  trainingRounds,
  trainingRubrics,
  trainingSessions,
} from './tables.ts'

const app = await testApp()
const { build } = app
const { tenantId, look, wang, zhao } = build
const { as, at, json, tagged, programme, decide, close, closed } = await trainings(app)
beforeEach(() => {
  app.clock.at = new Date(app.clock.at.getTime() + 60_000)
})

const people: BuiltPerson[] = []
for (let n = 0; n < 9; n++)
  people.push(await build.person(n % 3 === 0 ? build.sibling : build.branch, { name: `学员${n}` }))
const textOf = (text: string): RichText => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const view = async (id: string, by = as.partySchool) => json<SummaryView>(await by.get(`${at}/${id}/summary`))
const write = (id: string, text: RichText, by = as.partySchool) =>
  tagged(by, 'PUT', `${at}/${id}/summary`, `${at}/${id}/summary`, { text })
const sign = (id: string, by = as.partySchool) =>
  tagged(by, 'POST', `${at}/${id}/summary/signature`, `${at}/${id}/summary`)
const levels = ['未达到', '达到', '突出'].map((name) => ({ name, words: name }))
const criteria = [
  { key: 'c1', name: '理论学习', levels },
  { key: 'c2', name: '实践锻炼', levels },
]
type Chosen = { c1: number; c2: number }

/** What was decided of people, each with what their assessors chose, laid down as it would lie there. */
async function laidDown(id: string, said: readonly (readonly Chosen[])[], decisions: readonly string[] = []) {
  const path = build.college.path
  await look(async (db) => {
    await db
      .insert(trainingRubrics)
      .values({ tenantId, programmeId: id, path, criteria, changedBy: '某' })
      .onConflictDoNothing()
    for (const [n, of] of said.entries()) {
      const [person, roundId] = [people[n], newId()]
      if (!person) continue
      const self = { levels: {}, notes: {}, evidence: [], words: '' }
      const row = { tenantId, programmeId: id, personId: person.id, path }
      await db.insert(trainingRounds).values({ ...row, id: roundId, number: 1, self, handedInAt: new Date() })
      for (const [seat, chosen] of of.entries())
        await db.insert(trainingAssessments).values({
          ...{
            tenantId,
            roundId,
            assessorId: newId(),
            path,
            seat: seat + 1,
            levels: chosen,
            words: '好',
            isSigned: false,
          },
        })
      await db.insert(trainingDecisions).values({
        ...{ ...row, number: 1, roundId, missing: '', comment: '', decidedOn: today, decidedBy: '某' },
        decision: decisions[n] === 'unfinished' ? 'unfinished' : 'passed',
      })
    }
    await db
      .update(trainingProgrammes)
      .set({ closedAt: new Date(), closedBy: '某' })
      .where(eq(trainingProgrammes.id, id))
  })
}

describe('the figures', () => {
  test('are those of a slow, obvious count, on many made-up cohorts', async () => {
    const place = fc.integer({ min: 0, max: 2 })
    const one = fc.record(
      {
        said: fc.array(fc.record({ c1: place, c2: place }, { noNullPrototype: true }), { maxLength: 2 }),
        decision: fc.constantFrom('passed', 'unfinished'),
      },
      { noNullPrototype: true },
    )
    const request = fc.record(
      { kind: fc.constantFrom('leave' as const, 'claim' as const), isGranted: fc.constantFrom(true, false, null) },
      { noNullPrototype: true },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(one, { minLength: 1, maxLength: 9 }),
        fc.array(request, { maxLength: 4 }),
        async (cohort, requests) => {
          const who = people.slice(0, cohort.length)
          const id = await programme(who)
          await laidDown(
            id,
            cohort.map((it) => it.said),
            cohort.map((it) => it.decision),
          )
          const [session] = await look((db) =>
            db.select().from(trainingSessions).where(eq(trainingSessions.programmeId, id)),
          )
          for (const it of requests)
            await look((db) =>
              db.insert(trainingRequests).values({
                ...{ ...it, tenantId, id: newId(), sessionId: session?.id ?? '', personId: people[0]?.id ?? '' },
                ...{ path: build.college.path, text: '有事' },
              }),
            )
          expect((await view(id)).figures).toEqual(slowly(cohort, requests))
        },
      ),
      { numRuns: 12 },
    )
  })

  interface One {
    said: Chosen[]
    decision: string
  }
  function slowly(cohort: One[], requests: { kind: string; isGranted: boolean | null }[]): Figures {
    let [passed, unfinished] = [0, 0]
    const branches = new Map<string, { participants: number; passed: number }>()
    for (const [n, it] of cohort.entries()) {
      const name = n % 3 === 0 ? build.sibling.name : build.branch.name
      const branch = branches.get(name) ?? { participants: 0, passed: 0 }
      branch.participants += 1
      if (it.decision === 'passed') passed += 1
      if (it.decision === 'passed') branch.passed += 1
      if (it.decision === 'unfinished') unfinished += 1
      branches.set(name, branch)
    }
    const assessed = cohort.filter((it) => it.said.length === 2)
    const count = (kind: string) => ({
      asked: requests.filter((it) => it.kind === kind).length,
      granted: requests.filter((it) => it.kind === kind && it.isGranted === true).length,
    })
    const inOrder = [build.branch.name, build.sibling.name]
    const tells = passed === cohort.length || [...branches.values()].every((it) => it.participants >= 5)
    return {
      ...{
        sessions: 2,
        hours: 4,
        fromOn: '2026-11-02',
        untilOn: '2026-11-03',
        participants: cohort.length,
        passed,
        unfinished,
      },
      byOrganization: inOrder.flatMap((organization) => {
        const it = branches.get(organization)
        return it ? [{ organization, participants: it.participants, passed: tells ? it.passed : null }] : []
      }),
      assessed: assessed.length >= 5 ? assessed.length : null,
      criteria:
        assessed.length >= 5
          ? (['c1', 'c2'] as const).map((key, at) => ({
              name: criteria[at]?.name ?? '',
              levels: levels.map(({ name }, level) => {
                let people = 0
                for (const { said } of assessed) if (said[0]?.[key] === level && said[1]?.[key] === level) people += 1
                return { name, people }
              }),
              differing: assessed.filter(({ said }) => said[0]?.[key] !== said[1]?.[key]).length,
            }))
          : [],
      ...{ leaves: { ...count('leave'), kinds: [] }, claims: count('claim') },
    }
  }

  test.each([
    ['one of three in a branch did not', [6, 3], 8, false],
    ['one of five in each did not', [5, 5], 9, true],
    ['all of three in a branch did', [6, 3], 9, true],
  ])(
    'tells by organisation how many passed, as long as it names nobody: %s',
    async (_, [branch, sibling], many, tells) => {
      const at = (home: typeof build.branch, count = 0) =>
        Promise.all(Array.from({ length: count }, (_, n) => build.person(home, { name: `录取${n}` })))
      const who = [...(await at(build.sibling, sibling)), ...(await at(build.branch, branch))]
      const id = await programme(who)
      await decide(id, who.slice(who.length - Math.min(many, who.length)))
      const rest = who.slice(0, who.length - Math.min(many, who.length))
      if (rest.length > 0) await decide(id, rest, 'unfinished')
      await close(id)
      const { figures, proposed } = await view(id)
      expect(figures.byOrganization.map((it) => it.passed)).toEqual(
        tells ? [branch, (sibling ?? 0) - rest.length] : [null, null],
      )
      expect(plainText(proposed).includes(tells ? '各组织参加和通过的人数' : '各组织参加的人数')).toBe(true)
    },
  )

  test.each([
    [4, false],
    [5, true],
  ])('of %i who were assessed tell levels: %s', async (many, tells) => {
    const id = await programme(people.slice(0, 6))
    await laidDown(id, [
      ...Array.from({ length: many }, () => [
        { c1: 2, c2: 1 },
        { c1: 2, c2: 1 },
      ]),
      [{ c1: 0, c2: 0 }],
    ])
    const { figures, proposed } = await view(id)
    expect([figures.assessed, figures.criteria.length]).toEqual(tells ? [5, 2] : [null, 0])
    expect(plainText(proposed).includes('突出')).toBe(tells)
    expect(plainText(proposed).includes('验收标准：理论学习、实践锻炼。两位评议人都评议过的学员不到 5 位')).toBe(!tells)
  })

  test.each<[many: number, told: { name: string; asked: number }[], says: string]>([
    [4, [], '请假 6 人次，同意 1 人次；说明到课未登记 1 人次，更正 0 人次。'],
    [
      5,
      [
        { name: '病假', asked: 2 },
        { name: '公假', asked: 5 },
      ],
      '请假 7 人次（病假 2 人次、公假 5 人次），同意 1 人次；说明到课未登记 1 人次，更正 0 人次。',
    ],
  ])('of %i who asked for leave tell its kinds or not', async (many, told, says) => {
    const who = people.slice(0, 6)
    const id = await programme(who)
    const other = await programme(who)
    await laidDown(id, [])
    const [own, foreign] = await Promise.all(
      [id, other].map(async (it) => {
        const [session] = await look((db) =>
          db.select().from(trainingSessions).where(eq(trainingSessions.programmeId, it)),
        )
        return session?.id ?? ''
      }),
    )
    const asked = (sessionId = '', n: number, more: Partial<typeof trainingRequests.$inferInsert>) => ({
      ...{ tenantId, id: newId(), sessionId, personId: who[n]?.id ?? '', path: build.college.path, text: '有事' },
      ...{ kind: 'leave' as const, leaveKind: 'official' as const, isGranted: null },
      ...more,
    })
    await look((db) =>
      db
        .insert(trainingRequests)
        .values([
          ...Array.from({ length: many }, (_, n) => asked(own, n, {})),
          asked(own, 0, { leaveKind: 'sick', isGranted: true }),
          asked(own, 0, { leaveKind: 'sick', isGranted: false }),
          asked(own, 5, { kind: 'claim', leaveKind: null }),
          asked(foreign, 5, { leaveKind: 'personal' }),
        ]),
    )
    const { figures, proposed } = await view(id)
    expect(figures.leaves).toEqual({ asked: many + 2, granted: 1, kinds: told })
    expect(plainText(proposed)).toContain(says)
  })

  test('are read in as many statements for one as for many', async () => {
    const [one, many] = [await closed([wang]), await closed([wang, zhao])]
    const ask = (id: string) => statementsOf(() => as.partySchool.get(`${at}/${id}/summary`))
    expect(await ask(many)).toBe(await ask(one))
  })
})

describe('a summary', () => {
  test('is proposed from the records, written over, signed with name and day, and stays as it was signed', async () => {
    const id = await closed([wang, zhao])
    const before = await view(id)
    expect(before).toMatchObject({ isWritten: false, signed: null, can: { write: true, sign: false }, revision: 0 })
    expect(plainText(before.text)).toContain(
      `${build.college.name}于2026年11月2日至3日举办“秋季培训班”，培训对象为其他人员，共 2 次课、4 学时。录取学员 2 人，通过 2 人。`,
    )
    expect(plainText(before.text)).toContain('没有另定验收标准，由组织培训的人逐人决定是否通过。')
    expect((await sign(id)).status).toBe(409)
    await json(await write(id, textOf('这一期办得扎实。')), 204)
    expect(await view(id)).toMatchObject({ isWritten: true, writtenBy: '褚知行', can: { write: true, sign: true } })
    await json(await sign(id), 204)
    const signed = await view(id)
    expect(signed).toMatchObject({ signed: { by: '褚知行', on: today }, can: { write: false, sign: false } })
    await look((db) => db.update(trainingSessions).set({ hours: 9 }).where(eq(trainingSessions.programmeId, id)))
    expect((await view(id)).figures).toEqual(signed.figures)
    expect((await write(id, textOf('改了'))).status).toBe(409)
    expect((await sign(id)).status).toBe(409)
  })

  test('is for whoever runs the programme, once it is closed', async () => {
    const id = await programme([wang])
    expect((await as.partySchool.get(`${at}/${id}/summary`)).status).toBe(409)
    await decide(id, [wang])
    await close(id)
    expect((await as.applicant.get(`${at}/${id}/summary`)).status).toBe(403)
    expect((await as.stranger.get(`${at}/${id}/summary`)).status).toBe(404)
    const put = (revision: number) =>
      as.partySchool.request('PUT', `${at}/${id}/summary`, { text: textOf('甲') }, { 'if-match': `"${revision}"` })
    const both = await Promise.all([put(0), put(0)])
    expect(both.map((it) => it.status).sort()).toEqual([204, 412])
    const media = { type: 'doc', content: [{ type: 'picture', attrs: { mediaId: newId() } }] } as unknown as RichText
    expect((await write(id, media)).status).toBe(400)
  })

  test('has only words to which their authors consent, and is not signed with others', async () => {
    const id = await closed([wang])
    const quote = '把学到的用在服务同学的小事上'
    const quoted = {
      ...{ tenantId, programmeId: id, reflectionId: newId(), personId: wang.id, path: build.college.path },
      ...{ signature: '', consentedOn: today },
    }
    const shown = newId()
    await look((db) =>
      db.insert(trainingQuotations).values([
        { ...quoted, id: shown, quote, shownSince: today, shownBy: '某' },
        { ...quoted, id: newId(), quote: '同意了但是没有选来展示的话' },
      ]),
    )
    const { proposed } = await view(id)
    expect([plainText(proposed).includes(quote), plainText(proposed).includes('没有选来展示')]).toEqual([true, false])
    await json(await write(id, proposed), 204)
    await look((db) =>
      db.update(trainingQuotations).set({ withdrawnOn: today }).where(eq(trainingQuotations.id, shown)),
    )
    expect(plainText((await view(id)).proposed)).not.toContain(quote)
    const refused = await sign(id)
    expect([refused.status, (await refused.json()).detail]).toEqual([409, expect.stringContaining('本人已经收回同意')])
    // Nor is it taken away on paper.
    expect((await as.partySchool.get(`${at}/${id}/summary/paper.docx`)).status).toBe(409)
    // Shown again, but with no name under it: the name goes.
    await look((db) =>
      db.insert(trainingQuotations).values([
        { ...quoted, id: newId(), quote, shownSince: today, shownBy: '某' },
        { ...quoted, id: newId(), quote, signature: wang.name, withdrawnOn: today },
      ]),
    )
    await json(await write(id, textOf(`“${quote}——${wang.name}”`)), 204)
    expect((await sign(id)).status).toBe(409)
    await json(await write(id, textOf(`有学员说：${quote}。`)), 204)
    await json(await sign(id), 204)
  })

  test('is taken away as PDF and Word with charts; one that is not signed says so', async () => {
    const id = await programme(people.slice(0, 5))
    await laidDown(
      id,
      Array.from({ length: 5 }, () => [
        { c1: 1, c2: 1 },
        { c1: 1, c2: 1 },
      ]),
    )
    expect((await as.partySchool.get(`${at}/${id}/summary/paper.pdf`)).status).toBe(409)
    await json(await write(id, textOf('这一期办得扎实。')), 204)
    const pdf = async () => {
      const answer = await as.partySchool.get(`${at}/${id}/summary/paper.pdf`)
      expect(answer.status).toBe(200)
      return textOfPages(new Uint8Array(await answer.arrayBuffer())).join('\n')
    }
    const draft = await pdf()
    for (const words of ['这一期办得扎实', '草稿', '各组织参加和通过的人数', '理论学习', '达到'])
      expect(draft.replace(/\s/g, '')).toContain(words)
    await json(await sign(id), 204)
    const signed = (await pdf()).replace(/\s/g, '')
    expect([signed.includes('草稿'), signed.includes('褚知行')]).toEqual([false, true])
    const word = await as.partySchool.get(`${at}/${id}/summary/paper.docx`)
    expect([word.status, decodeURIComponent(word.headers.get('content-disposition') ?? '')]).toEqual([
      200,
      expect.stringContaining('秋季培训班总结.docx'),
    ])
    const xml = new PizZip(await word.arrayBuffer()).file('word/document.xml')?.asText() ?? ''
    const bars = [...xml.matchAll(/<wp:docPr id="(\d+)"/g)].map(([, number]) => number)
    // Two branches with those there and those who passed, and of each criterion the one level at which anybody was seen.
    expect([bars, /ltUpDiag/.test(xml), /pct25/.test(xml)]).toEqual([['1', '2', '3', '4', '5', '6'], true, true])
  })
})
