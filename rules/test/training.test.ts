import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Day, type HeardSession, heardIn, prospectTraining, yearOfStudy } from '../src/index.ts'

const at = (on: Day, hours: number): HeardSession => ({ on, hours })

test.each<[why: string, sessions: HeardSession[], hours: number, days: number]>([
  ['nothing', [], 0, 0],
  ['two sessions of a day', [at('2026-03-02', 1.5), at('2026-03-02', 2)], 3.5, 1],
  ['the same hours on two days', [at('2026-03-02', 1.5), at('2026-03-03', 1.5)], 3, 2],
  ['many halves without a breath too much', Array.from({ length: 64 }, () => at('2026-03-02', 0.5)), 32, 1],
])('heard: %s', (_why, sessions, hours, days) => {
  expect(heardIn(sessions)).toEqual({ hours, days })
})

test('what is heard in two halves of a year is what is heard in the year', () => {
  const session = fc.record({
    on: fc.constantFrom<Day>('2026-01-05', '2026-03-02', '2026-06-30', '2026-09-01'),
    hours: fc.integer({ min: 1, max: 24 }).map((it) => it / 2),
  })
  fc.assert(
    fc.property(fc.array(session), fc.array(session), (one, other) => {
      const [a, b, both] = [heardIn(one), heardIn(other), heardIn([...one, ...other])]
      expect(both.hours).toBe(a.hours + b.hours)
      expect(both.days).toBe(new Set([...one, ...other].map((it) => it.on)).size)
    }),
  )
})

const member = { isMember: true, isOfficer: false }
const officer = { isMember: true, isOfficer: true }
const applicant = { isMember: false, isOfficer: false }

test.each<[why: string, who: typeof member, hours: number, year: number, reached: [number, boolean, number][]]>([
  ['a member half an hour short', member, 31.5, 2026, [[32, false, 0.5]]],
  ['a member who has them', member, 32, 2026, [[32, true, 0]]],
  [
    'an officer with a member’s hours',
    officer,
    32,
    2026,
    [
      [32, true, 0],
      [56, false, 24],
    ],
  ],
  [
    'an officer half an hour short',
    officer,
    55.5,
    2026,
    [
      [32, true, 0],
      [56, false, 0.5],
    ],
  ],
  [
    'an officer who has them',
    officer,
    56,
    2026,
    [
      [32, true, 0],
      [56, true, 0],
    ],
  ],
  ['an applicant, of whom nothing is asked', applicant, 12, 2026, []],
  ['the year in which the regulation was issued', member, 0, 2019, [[32, false, 32]]],
  ['a year before the regulation', member, 0, 2018, []],
  [
    'an officer after the end of the plan',
    officer,
    56,
    2029,
    [
      [32, true, 0],
      [56, true, 0],
    ],
  ],
])('a year of study: %s', (_why, who, hours, year, reached) => {
  const measures = yearOfStudy(who, { hours }, year)
  expect(measures.map((it) => [it.hours, it.isReached, it.hoursToCome])).toEqual(reached)
})

test('a year names its articles, and which of them is to be verified', () => {
  expect(yearOfStudy(officer, { hours: 40 }, 2026)).toEqual([
    {
      ...{ hours: 32, isReached: true, hoursToCome: 0 },
      text: '党员每年集中学习培训一般不少于32学时；已有40学时。',
      basis: { regulation: 'JY-2019', article: '20', cited: '《党员教育管理工作条例》第 20 条', toVerify: false },
    },
    {
      ...{ hours: 56, isReached: false, hoursToCome: 16 },
      text: '基层党组织书记和班子成员每年集中学习培训不少于56学时；已有40学时，还差16学时。',
      basis: {
        regulation: 'PX-GH',
        article: '基层党组织班子成员',
        cited: '《党员教育培训规划》基层党组织班子成员（条款号待核实）',
        toVerify: true,
      },
    },
  ])
  expect(yearOfStudy(officer, { hours: 0 }, 2023).map((it) => it.basis.toVerify)).toEqual([false, false])
  expect(yearOfStudy(officer, { hours: 0 }, 2029).map((it) => it.basis.toVerify)).toEqual([false, true])
})

test.each<[why: string, hours: number, days: number, least: object, isReached: boolean, toCome: number]>([
  ['half an hour and a day short', 23.5, 2, {}, false, 0.5],
  ['24 class hours on two days', 24, 2, {}, true, 0],
  ['three days of few hours', 6, 3, {}, true, 0],
  ['nothing', 0, 0, {}, false, 24],
  ['what a university asks for beyond', 24, 3, { trainingHours: 40, trainingDays: 5 }, false, 16],
  ['a university cannot ask for less', 23.5, 2, { trainingHours: 8, trainingDays: 1 }, false, 0.5],
  ['the days a university asks for', 24, 5, { trainingHours: 40, trainingDays: 5 }, true, 0],
])('the training of prospects: %s', (_why, hours, days, least, isReached, toCome) => {
  const measure = prospectTraining({ hours, days }, '2026-06-01', least)
  expect([measure.isReached, measure.hoursToCome]).toEqual([isReached, toCome])
})

test.each<[on: Day, cited: string, toVerify: boolean]>([
  ['2026-05-10', '《发展党员工作细则》（2014年）第17条（条号待核实）', true],
  ['2026-05-11', '《发展党员工作细则》（2026年修订）第17条', false],
])('the training of prospects on %s is judged by its edition', (on, cited, toVerify) => {
  const { basis, text } = prospectTraining({ hours: 8, days: 1 }, on)
  expect([basis.cited, basis.toVerify]).toEqual([cited, toVerify])
  expect(text).toBe('发展对象集中培训一般不少于3天或者24学时；已有1天、8学时。')
})
