import { expect, test } from 'vitest'
import { type StaffingFacts, staffing } from '../src/index.ts'

const nobody: StaffingFacts = {
  ...{ isUniversity: true, fullTimeStaff: 0, organisers: 0, counsellors: 0, theoryTeachers: 0 },
  ...{ people: null, students: null },
}
const measured = (it: Partial<StaffingFacts>) =>
  staffing({ ...nobody, ...it }, '2026-11-29').map(({ of, wanted, isReached }) => [of, wanted, isReached])

test.each<[why: string, facts: Partial<StaffingFacts>, measures: unknown[]]>([
  [
    'numbers that nobody has entered',
    {},
    [
      ['staff', null, null],
      ['counsellors', null, null],
      ['theoryTeachers', null, null],
    ],
  ],
  [
    'just enough of each',
    { people: 10_000, students: 7000, fullTimeStaff: 100, counsellors: 35, theoryTeachers: 20 },
    [
      ['staff', 100, true],
      ['counsellors', 35, true],
      ['theoryTeachers', 20, true],
    ],
  ],
  [
    'one person, and one student, too many for each',
    { people: 10_001, students: 7001, fullTimeStaff: 100, counsellors: 35, theoryTeachers: 20 },
    [
      ['staff', 101, false],
      ['counsellors', 36, false],
      ['theoryTeachers', 21, false],
    ],
  ],
  [
    'a school without an organiser',
    { isUniversity: false, students: 200, counsellors: 1 },
    [
      ['organisers', 1, false],
      ['counsellors', 1, true],
    ],
  ],
  [
    'a school with one, and one student more',
    { isUniversity: false, students: 201, counsellors: 1, organisers: 1 },
    [
      ['organisers', 1, true],
      ['counsellors', 2, false],
    ],
  ],
])('ratios with %s', (_why, facts, measures) => {
  expect(measured(facts)).toEqual(measures)
})

test('a measure says what is asked for, what there is, and what is still to come', () => {
  const school = { ...nobody, isUniversity: false, students: 401, counsellors: 1 }
  expect(staffing(school, '2026-11-29').map((it) => it.text)).toEqual([
    '每个院（系）至少配备 1 至 2 名专职组织员；现登记 0 名，还差 1 名。',
    '专职辅导员与学生之比不低于 1∶200；按填写的人数至少 3 名，现登记 1 名，还差 2 名。',
  ])
  expect(staffing({ ...school, students: null }, '2026-11-29')[1]?.text).toBe(
    '专职辅导员与学生之比不低于 1∶200；现登记 1 名；还没有填写人数，算不出应有几名。',
  )
})

test('every measure names its article and that its number is to be verified', () => {
  const all = [...staffing(nobody, '2026-11-29'), ...staffing({ ...nobody, isUniversity: false }, '2026-11-29')]
  expect(all.map((it) => [it.basis.regulation, it.basis.toVerify])).toEqual(all.map(() => ['GX-2021', true]))
})
