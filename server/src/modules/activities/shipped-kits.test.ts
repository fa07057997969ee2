import { memorialDaysOf } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import type { ShippedKit } from './kit-shape.ts'
import type { KitLength } from './names-schema.ts'
import { shippedKits } from './shipped-kits.ts'

const lengths: readonly KitLength[] = ['tenMinutes', 'halfHour', 'halfDay']
const minutesOf: Record<KitLength, { least: number; most: number }> = {
  tenMinutes: { least: 8, most: 12 },
  halfHour: { least: 25, most: 35 },
  halfDay: { least: 150, most: 260 },
}
const codes = memorialDaysOf(2026).map((it) => it.code)
const solemn = ['qingming', 'resistance', 'september18', 'martyrs', 'mourning'].map((it) => `memorial-${it}`)

/** All that a reader sees of a kit. */
const textsOf = ({ title, plan }: ShippedKit): string[] => [
  title,
  plan.aim,
  ...plan.steps.map((it) => it.what),
  ...plan.materials,
  plan.noticeText,
]
const duplicatesOf = (texts: readonly string[]): string[] => texts.filter((it, place) => texts.indexOf(it) !== place)

describe('the kits as a whole', () => {
  test('no key twice, and each key ends with its length', () => {
    expect(duplicatesOf(shippedKits.map((it) => it.key))).toEqual([])
    expect(shippedKits.filter((it) => !it.key.endsWith(`-${it.length}`))).toEqual([])
  })

  test('the year of the test has all the memorial days of the rules', () => {
    const years = Array.from({ length: 11 }, (_, at) => 2026 + at)
    expect(new Set(years.flatMap(memorialDaysOf).map((it) => it.code))).toEqual(new Set(codes))
  })

  test.each(codes)('%s has a kit of each length', (code) => {
    const ofDay = shippedKits.filter((it) => it.dayKey === `memorial-${code}`)
    expect(ofDay.map((it) => it.key)).toEqual(lengths.map((it) => `${code}-${it}`))
  })

  test('no kit is for a day that the rules do not know', () => {
    const days = new Set(codes.map((it) => `memorial-${it}`))
    expect(shippedKits.filter((it) => it.dayKey !== null && !days.has(it.dayKey))).toEqual([])
  })

  test('at least ten themes of class meetings, each in ten minutes and in half an hour', () => {
    const ofLength = (length: KitLength) =>
      shippedKits
        .filter((it) => it.kind === 'themeClass' && it.dayKey === null && it.length === length)
        .map((it) => it.key.slice(0, it.key.indexOf('-')))
    expect(ofLength('tenMinutes').length).toBeGreaterThanOrEqual(10)
    expect(ofLength('halfHour')).toEqual(ofLength('tenMinutes'))
  })

  test.each<[string, (kit: ShippedKit) => string[]]>([
    ['title', (it) => [it.title]],
    ['aim', (it) => [it.plan.aim]],
    ['step', (it) => it.plan.steps.map((step) => step.what)],
    ['notice', (it) => [it.plan.noticeText]],
  ])('no %s twice', (_, of) => {
    expect(duplicatesOf(shippedKits.flatMap(of))).toEqual([])
  })

  test('no two steps begin alike', () => {
    const beginnings = shippedKits.flatMap((it) => it.plan.steps.map((step) => step.what.slice(0, 12)))
    expect(duplicatesOf(beginnings)).toEqual([])
  })
})

describe('in no kit', () => {
  const keysWhere = (isWrong: (kit: ShippedKit) => boolean) => shippedKits.filter(isWrong).map((it) => it.key)

  test('do the minutes miss the length', () => {
    const wrong = keysWhere(({ length, plan }) => {
      const sum = plan.steps.reduce((all, it) => all + (it.minutes ?? Number.NaN), 0)
      return !(sum >= minutesOf[length].least && sum <= minutesOf[length].most)
    })
    expect(wrong).toEqual([])
  })

  test('is a text empty', () => {
    expect(keysWhere((it) => textsOf(it).some((text) => text.trim() === ''))).toEqual([])
  })

  test('is a text longer than its place', () => {
    const wrong = keysWhere(
      ({ plan }) =>
        plan.aim.length > 500 ||
        plan.noticeText.length > 1000 ||
        plan.steps.some((it) => it.what.length > 300) ||
        plan.materials.some((it) => it.length > 100),
    )
    expect(wrong).toEqual([])
  })

  test('has the notice other places than unit, time and place, or one of them missing or twice', () => {
    const placesOf = (text: string) => (text.match(/\{[^{}]*\}|[{}]/g) ?? []).sort().join('')
    expect(keysWhere((it) => placesOf(it.plan.noticeText) !== '{单位}{地点}{时间}')).toEqual([])
    expect(keysWhere((it) => textsOf(it).some((text) => text !== it.plan.noticeText && /[{}]/.test(text)))).toEqual([])
  })

  test('is formalism asked for', () => {
    const words = /打卡|签到|积分|排名|截图|心得体会|必须参加/
    expect(keysWhere((it) => textsOf(it).some((text) => words.test(text)))).toEqual([])
  })

  test('is a solemn day festive', () => {
    const words = /庆祝|欢度|喜迎|快乐|热闹|掌声|联欢|比赛|点心|话题/
    const isSolemn = ({ dayKey }: ShippedKit) => dayKey !== null && solemn.includes(dayKey)
    expect(keysWhere((it) => isSolemn(it) && textsOf(it).some((text) => words.test(text)))).toEqual([])
  })
})
