import { addDays, type Day } from '@zhibu/rules'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { demoCast } from '../../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../../test/factories.ts'
import type { Actor, Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { decide } from './accepting.ts'
import { assess } from './assessing.ts'
import { readSheet, recordAttendance } from './attendance.ts'
import { trainingEntries } from './calendar.ts'
import { readDesk } from './desk.ts'
import { enrol } from './participants.ts'
import { raiseRequest } from './requests.ts'
import { roundsOf } from './rounds.ts'
import { appointAssessors, setRubric } from './rubric.ts'
import { handInSelf, writeSelf } from './self-assessing.ts'
import { announceProgramme, planProgramme } from './service.ts'
import { addSession } from './sessions.ts'
import { openProgramme } from './stored.ts'

const build = await smallUniversity(await freshDatabase())
const { tenantId, look } = build
const { college, branch, members, university } = await demoCast(build)
const { organiser } = college
const told = { base: 'https://zhibu.example' }
const on = (days: number): Day => addDays(today, days)

const as = <T>(actor: Actor | undefined, work: (ctx: Context) => Promise<T>, day = today): Promise<T> => {
  if (!actor) throw new Error('nobody')
  return look((db) => work({ db, tenantId, actor, today: day, requestId: newId(), encryption }))
}
const toDo = async (actor: Actor | undefined, day = today) =>
  (await as(actor, readDesk, day)).toDo.map((it) => [it.kind, it.session, it.on, it.count])
const coming = async (actor: Actor | undefined) =>
  (await as(actor, readDesk)).coming.map((it) => [it.title, it.on, it.startMinute, it.place])

const level = (name: string) => ({ name, words: name })
const criteria = [{ key: 'work', name: '实践', levels: [level('未达到'), level('达到')] }]
const self = { levels: { work: 1 }, notes: { work: '做了三次' }, evidence: [], words: '' }

test('each finds on the desk what waits for them, until it is done', async () => {
  const [first, waiting, one, other] = members
  const programmeId = await as(organiser, (ctx) =>
    planProgramme(ctx, {
      ...{
        organizationId: college.id,
        title: '秋季培训班',
        audience: 'others',
        year: 2026,
        term: 'autumn',
        summary: '',
      },
      ...{ requiredHours: null, capacity: 1, stages: [] },
      admission: { byNomination: false, bySignUp: false, untilOn: null },
    }),
  )
  const add = (title: string, day: Day) =>
    as(organiser, (ctx) =>
      addSession(
        ctx,
        programmeId,
        {
          ...{ stageId: null, title, on: day, startMinute: 600, endMinute: null, hours: 2, category: 'theory' },
          ...{ form: 'specialStudy', lecturers: [], place: '三教 101', link: '', materials: [] },
        },
        told,
      ),
    )
  const [early, late, next] = [await add('一', on(-3)), await add('二', on(-1)), await add('三', on(2))]
  await add('四', on(15))
  await as(organiser, (ctx) =>
    enrol(ctx, programmeId, { personIds: [first, waiting].flatMap((it) => it?.personId ?? []), reason: '' }, told),
  )
  // Nobody waits for anything in what is not announced.
  expect([await toDo(organiser), await coming(first)]).toEqual([[], []])
  await as(organiser, async (ctx) => {
    const { revision } = await openProgramme(ctx, programmeId)
    await announceProgramme(ctx, programmeId, { ...told, revision })
  })
  expect(await toDo(organiser)).toEqual([
    ['unrecorded', '一', on(-3), 1],
    ['unrecorded', '二', on(-1), 1],
  ])
  for (const stranger of [branch.secretary, university.publicity, one]) expect(await toDo(stranger)).toEqual([])
  expect(await coming(first)).toEqual([['三', on(2), 600, '三教 101']])
  expect([await coming(waiting), await toDo(first)]).toEqual([[], []])

  await as(organiser, (ctx) => setRubric(ctx, programmeId, { criteria }, 0))
  expect([await toDo(first), await toDo(waiting)]).toEqual([[['writing', null, null, 1]], []])
  await as(first, (ctx) => raiseRequest(ctx, next, { kind: 'leave', leaveKind: 'sick', text: '' }))
  for (const session of [early, late])
    await as(organiser, async (ctx) => {
      const { revision } = await readSheet(ctx, session)
      await recordAttendance(ctx, session, { marks: [], restArePresent: true }, revision)
    })
  expect(await toDo(organiser)).toEqual([['requests', '三', on(2), 1]])

  await as(organiser, (ctx) =>
    appointAssessors(
      ctx,
      programmeId,
      [one, other].flatMap((it) => it?.personId ?? []),
      told,
    ),
  )
  await as(first, async (ctx) => {
    await writeSelf(ctx, programmeId, self, 0)
    expect((await readDesk(ctx)).toDo).toHaveLength(1)
    await handInSelf(ctx, programmeId, 1)
  })
  expect([await toDo(first), await toDo(one), await toDo(other)]).toEqual([
    [],
    [['assessing', null, null, 1]],
    [['assessing', null, null, 1]],
  ])
  const said = { levels: { work: 1 }, words: '做得细', isSigned: false }
  const [round] = await as(organiser, (ctx) => roundsOf(ctx, programmeId, first?.personId ?? ''))
  await as(one, (ctx) => assess(ctx, round?.id ?? '', said))
  expect([await toDo(one), await toDo(other)]).toEqual([[], [['assessing', null, null, 1]]])
  expect(await toDo(organiser)).toEqual([['requests', '三', on(2), 1]])
  await as(other, (ctx) => assess(ctx, round?.id ?? '', said))
  expect(await toDo(organiser)).toEqual([
    ['requests', '三', on(2), 1],
    ['deciding', null, null, 1],
  ])
  const personIds = [first?.personId ?? '']
  await as(organiser, (ctx) =>
    decide(ctx, programmeId, { personIds, decision: 'again', missing: '再写两句', comment: '' }, told),
  )
  expect([await toDo(organiser), await toDo(first)]).toEqual([
    [['requests', '三', on(2), 1]],
    [['writing', null, null, 1]],
  ])
  // What was decided without both waits for no assessor, and the last decision says whether it waits for its author.
  const again = { personIds, decision: 'again' as const, missing: '再写两句', comment: '' }
  const unfinished = { ...again, decision: 'unfinished' as const, missing: '没有来' }
  await as(first, async (ctx) => {
    const [open] = await roundsOf(ctx, programmeId, first?.personId ?? '')
    await handInSelf(ctx, programmeId, open?.revision ?? 0)
  })
  expect([await toDo(one), await toDo(other)]).toEqual([[['assessing', null, null, 1]], [['assessing', null, null, 1]]])
  await as(organiser, (ctx) => decide(ctx, programmeId, unfinished, told))
  expect([await toDo(first), await toDo(one), await toDo(other)]).toEqual([[], [], []])
  await as(organiser, (ctx) => decide(ctx, programmeId, again, told))
  expect([await toDo(first), await toDo(one)]).toEqual([[['writing', null, null, 1]], []])
  expect(await toDo(organiser, on(15))).toEqual([
    ['requests', '三', on(2), 1],
    ['unrecorded', '三', on(2), 1],
  ])
  expect((await toDo(organiser, on(16))).map(([kind]) => kind)).toEqual([
    'requests',
    'unrecorded',
    'unrecorded',
    'over',
  ])

  const entries = await as(first, (ctx) => trainingEntries(ctx, first?.personId ?? '', told.base))
  expect(entries.map((it) => [it.on, it.title, it.url])).toEqual(
    [
      [-3, '一'],
      [-1, '二'],
      [2, '三'],
      [15, '四'],
    ].map(([days, title]) => [on(Number(days)), `10:00 ${title}`, `${told.base}/training/${programmeId}`]),
  )
  expect(entries[0]?.description).toBe(
    '培训班“秋季培训班”的课程，在您的日历里，因为您在名单上。\n地点：三教 101\n详情请登录后查看。',
  )
  expect(await as(one, (ctx) => trainingEntries(ctx, one?.personId ?? '', told.base))).toEqual([])
})
