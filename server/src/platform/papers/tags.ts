import { isDay, isMonth } from '@zhibu/rules'

/** What a form is filled with: texts, numbers, days such as "2026-05-11", groups with fields of their own, lists of groups. */
export interface Values {
  readonly [name: string]: Value
}
export type Value = string | number | boolean | Values | readonly Values[] | null | undefined

/** A tag as it stands between braces: `{入党申请书.日期|年月}`. */
export interface Tag {
  path: string
  filter: string | null
}

/** Reads what stands between the braces, in the signs of either keyboard, with or without blanks. */
export function readTag(text: string): Tag {
  const [path = '', ...filter] = text.replaceAll('｜', '|').split('|')
  return { path: inSigns(path), filter: filter.length === 0 ? null : inSigns(filter.join('|')) }
}

/** The way of a field as it is looked up: without blanks, its dots as on an English keyboard. */
export const inSigns = (path: string): string => path.replace(/\s+/g, '').replaceAll('．', '.').replaceAll('。', '.')

/** What stands at a dotted path: own fields only, so that no word leads into the workings of the language. */
export function valueAt(values: unknown, path: string): unknown {
  let at: unknown = values
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name)) return undefined
    at = Reflect.get(at, name)
  }
  return at
}

/** Whether there is nothing to be written. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** A value as it is written in a paper: days as 2026年5月11日 unless a filter asks for another way. */
export function textOf(value: unknown, filter: string | null): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  const written = filters.get(filter ?? '日期')
  return written ? written(String(value)) : String(value)
}

/**
 * A text with its tags filled, the innermost scope first; for a field without a value `blank` is written. Parts that are repeated have no
 * place in it.
 */
export const fillText = (text: string, scopes: readonly Values[], blank: string): string =>
  text.replace(anyTag, (_, inside: string) => {
    const { path, filter } = readTag(inside)
    const value = scopes.map((it) => valueAt(it, path)).find((it) => !isBlank(it))
    return isBlank(value) ? blank : textOf(value, filter)
  })

/** The tags of a text in their order. */
export const tagsIn = (text: string): Tag[] => [...text.matchAll(anyTag)].map(([, inside = '']) => readTag(inside))

const anyTag = /\{([^{}]*)\}/g

/** Whether a filter is known; none is. */
export const isFilter = (filter: string | null): boolean => filter === null || filters.has(filter)

/** The filters by their names, in the order in which they are told to people. */
export const filterNames = () => [...filters.keys()]

const dated = (write: (year: number, month: number, day: number | undefined) => string) => (text: string) => {
  const [year, month] = [Number(text.slice(0, 4)), Number(text.slice(5, 7))]
  if (isDay(text)) return write(year, month, Number(text.slice(8)))
  return isMonth(text) ? write(year, month, undefined) : text
}

const padded = (number: number) => String(number).padStart(2, '0')
const digits = '〇一二三四五六七八九'
const inCharacters = (year: number) => [...String(year)].map((it) => digits[Number(it)]).join('')
/** 1 to 31 as 一 to 三十一. */
const counted = (number: number) =>
  `${number >= 20 ? digits[Math.floor(number / 10)] : ''}${number >= 10 ? '十' : ''}${number % 10 === 0 ? '' : digits[number % 10]}`

const filters = new Map<string, (text: string) => string>([
  ['日期', dated((year, month, day) => `${year}年${month}月${day === undefined ? '' : `${day}日`}`)],
  [
    '大写日期',
    dated(
      (year, month, day) => `${inCharacters(year)}年${counted(month)}月${day === undefined ? '' : `${counted(day)}日`}`,
    ),
  ],
  [
    '点号日期',
    dated((year, month, day) => [year, padded(month), ...(day === undefined ? [] : [padded(day)])].join('.')),
  ],
  ['短横日期', (text) => text],
  ['年月', dated((year, month) => `${year}年${month}月`)],
  ['年', dated((year) => String(year))],
  ['月', dated((_, month) => String(month))],
  ['日', dated((_year, _month, day) => (day === undefined ? '' : String(day)))],
])
