import { describe, expect, test } from 'vitest'
import {
  addDays,
  basisOf,
  type Day,
  inForce,
  inForceOrFirst,
  isDay,
  type Regulation,
  regulations,
} from '../src/index.ts'

test('every source has its own id', () => {
  expect(new Set(regulations.map((it) => it.id)).size).toBe(regulations.length)
})

describe.each(regulations)('$id', ({ title, shortTitle, issuedOn, source, checkedOn, articles }) => {
  test('names its source and the day it was compared with it', () => {
    expect(title).toMatch(/\p{Script=Han}/u)
    expect(shortTitle).toMatch(/\p{Script=Han}/u)
    expect(issuedOn).toMatch(/^\d{4}(-\d\d){0,2}$/)
    expect(source.document).toMatch(/\p{Script=Han}/u)
    if (source.url !== undefined) expect(source.url).toMatch(/^https:\/\/\S+$/)
    expect(isDay(checkedOn)).toBe(true)
  })

  test('has its numbered articles in order', () => {
    const numbers = Object.keys(articles)
      .filter((it) => /^\d+$/.test(it))
      .map(Number)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(Object.keys(articles).length).toBeGreaterThan(0)
  })

  test.each(Object.entries(articles))(
    'article %s: versions in order, say something, figures positive',
    (_article, versions) => {
      const days = versions.map((it) => it.from)
      expect(days).toEqual([...new Set(days)].sort())
      versions.forEach((it, at) => {
        expect(isDay(it.from)).toBe(true)
        expect(it.from >= issuedOn.slice(0, 4)).toBe(true)
        if (it.until !== undefined) {
          expect(it.until >= it.from && it.until < (versions[at + 1]?.from ?? '9999-12-31')).toBe(true)
        }
        expect(it.summary).toMatch(/\p{Script=Han}/u)
        expect(it.checked).toMatch(/^(confirmed|toVerify)$/)
        for (const figure of Object.values(it.figures ?? {})) expect(figure > 0 && Number.isFinite(figure)).toBe(true)
        const stated = versions.flatMap((other) => Object.keys(other.figures ?? {}))
        expect(stated).toEqual(expect.arrayContaining([...(it.figuresToVerify ?? [])]))
      })
    },
  )
})

describe('the version in force', () => {
  const rules = {
    id: 'T',
    title: '试验条例',
    shortTitle: '《试验条例》',
    issuedOn: '2014-06-01',
    source: { document: '试验' },
    checkedOn: '2026-11-23',
    articles: {
      '7': [
        { from: '2014-06-01', summary: '一个月', figures: { talkWithinMonths: 1 }, checked: 'confirmed' },
        { from: '2026-03-01', summary: '两个月', figures: { talkWithinMonths: 2, hours: 24 }, checked: 'toVerify' },
      ],
      附则: [{ from: '2014-06-01', until: '2020-12-31', summary: '试行', checked: 'confirmed' }],
    },
  } as const satisfies Regulation

  test.each([
    ['2014-06-01', 1, undefined],
    ['2026-02-28', 1, undefined],
    ['2026-03-01', 2, 24],
    ['2030-01-01', 2, 24],
  ] as [Day, number, number | undefined][])('on %s', (on, months, hours) => {
    const { figures } = inForce(rules, '7', on)
    expect([figures.talkWithinMonths, figures.hours]).toEqual([months, hours])
  })

  test('none before the first or after the last day', () => {
    expect(() => inForce(rules, '7', '2014-05-31')).toThrow('《试验条例》7 在 2014-05-31 不在施行期内')
    expect(inForce(rules, '附则', '2020-12-31').summary).toBe('试行')
    expect(() => inForce(rules, '附则', '2021-01-01')).toThrow(RangeError)
  })

  test('the first, where a measure is wanted for an older day', () => {
    expect(inForceOrFirst(rules, '7', '2000-01-01').figures.talkWithinMonths).toBe(1)
    expect(inForceOrFirst(rules, '附则', addDays('2020-12-31', 1)).summary).toBe('试行')
  })

  test('is cited by number, or by topic where the number is not known', () => {
    expect(basisOf(rules, '7', '2026-03-01')).toEqual({
      regulation: 'T',
      article: '7',
      cited: '《试验条例》第 7 条',
      toVerify: true,
    })
    expect(basisOf(rules, '附则', '2020-01-01')).toEqual({
      regulation: 'T',
      article: '附则',
      cited: '《试验条例》附则（条款号待核实）',
      toVerify: false,
    })
  })
})
