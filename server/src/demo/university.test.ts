import { checkIdentityNumber } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import { inventUniversity } from './university.ts'

const university = inventUniversity('2026-11-23')
const branches = university.colleges.flatMap((college) => college.children)
const people = [...university.departments.people, ...branches.flatMap((branch) => branch.people)]

describe('the fictitious university', () => {
  test('has eight colleges, sixty branches and three thousand persons', () => {
    expect([university.colleges.length, branches.length, people.length]).toEqual([8, 60, 3000])
  })

  test('is the same for the same day', () => {
    expect(inventUniversity('2026-11-23')).toEqual(university)
  })

  test('gives no branch a name twice', () => {
    expect(new Set(branches.map((it) => it.name)).size).toBe(60)
  })

  test('gives each person a sound identity number of nowhere, and no number twice', () => {
    const numbers = people.map((it) => it.fields.idNumber ?? '')
    expect(numbers.filter((it) => !it.startsWith('999999') || checkIdentityNumber(it).problems.length > 0)).toEqual([])
    expect(new Set(numbers).size).toBe(3000)
  })

  test('holds nothing that has not happened yet, on any day of the year', () => {
    for (const today of ['2026-11-23', '2028-02-29', '2027-08-31'] as const) {
      const later = inventUniversity(today)
        .colleges.flatMap((college) => college.children.flatMap((branch) => branch.people))
        .filter((person) => person.acts.length === 0 || person.acts.some((act) => (act.on ?? today) > today))
      expect(later).toEqual([])
    }
  })
})
