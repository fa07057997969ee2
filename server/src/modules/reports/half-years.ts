import type { Day } from '@zhibu/rules'

/** A half year as terms divide it, up to today where it goes on. */
export interface HalfYear {
  key: string
  label: string
  from: Day
  until: Day
}

/** The last half years, the earliest first: from February to July, and from August to January. */
export function halfYearsUntil(today: Day, count: number): HalfYear[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  // Half years since the year 0: an even number for a spring.
  const last = month === 1 ? 2 * year - 1 : 2 * year + (month >= 8 ? 1 : 0)
  return Array.from({ length: count }, (_, at) => {
    const number = last - count + 1 + at
    const isSpring = number % 2 === 0
    const of = Math.floor(number / 2)
    const until: Day = isSpring ? `${of}-07-31` : `${of + 1}-01-31`
    return {
      ...{ key: `${of}-${isSpring ? 'spring' : 'autumn'}`, label: `${of}年${isSpring ? '春季' : '秋季'}学期` },
      from: isSpring ? `${of}-02-01` : `${of}-08-01`,
      until: until < today ? until : today,
    }
  })
}
