import { type Day, isDay } from '@zhibu/rules'
import { Refusal } from '../refusal.ts'
import type { XmlElement } from './metadata-xml.ts'

/** How a value stands in the metadata: which element it becomes, and how it comes back. */
export interface Shape<T> {
  name: string
  write: (value: T) => XmlElement | null
  /** Refuses an element that is missing or says something else. */
  read: (element: XmlElement | undefined) => T
}

const leaf = (name: string, value: string): XmlElement => ({ name, children: [], text: value })

/** A text, as it is. */
export const text = (name: string): Shape<string> => ({
  name,
  write: (value) => leaf(name, value),
  read: (element) => {
    if (element === undefined || element.children.length > 0) throw wrong(name, element ? '不是文字' : '缺少')
    return element.text
  },
})

/** A day such as 2026-05-11. */
export const day = (name: string): Shape<Day> => ({
  name,
  write: (value) => leaf(name, value),
  read: (element) => {
    const written = text(name).read(element)
    if (!isDay(written)) throw wrong(name, `不是日期（${written.slice(0, 20)}）`)
    return written
  },
})

/** A whole number from zero. */
export const count = (name: string): Shape<number> => ({
  name,
  write: (value) => leaf(name, String(value)),
  read: (element) => {
    const written = text(name).read(element)
    if (!/^(0|[1-9]\d{0,15})$/.test(written)) throw wrong(name, `不是数（${written.slice(0, 20)}）`)
    return Number(written)
  },
})

/** One of a few words, which stand in the metadata in Chinese. */
export const oneOf = <Code extends string>(name: string, words: Readonly<Record<Code, string>>): Shape<Code> => ({
  name,
  write: (value) => leaf(name, words[value]),
  read: (element) => {
    const written = text(name).read(element)
    for (const code in words) if (words[code] === written) return code
    throw wrong(name, `不认识（${written.slice(0, 20)}）`)
  },
})

/** What may be absent: no element. */
export const optional = <T>(shape: Shape<T>): Shape<T | null> => ({
  name: shape.name,
  write: (value) => (value === null ? null : shape.write(value)),
  read: (element) => (element === undefined ? null : shape.read(element)),
})

/** Any number of the same, in their order, in an element of their own. */
export const list = <T>(name: string, item: Shape<T>): Shape<T[]> => ({
  name,
  write: (values) => ({ name, children: values.flatMap((it) => item.write(it) ?? []), text: '' }),
  read: (element) => {
    if (element === undefined) throw wrong(name, '缺少')
    if (element.text.trim() !== '') throw wrong(name, '不是清单')
    return element.children.map((it) => {
      if (it.name !== item.name) throw wrong(name, `有不认识的“${it.name}”`)
      return item.read(it)
    })
  },
})

/** The fields of a thing, each once, in this order. */
export function group<T extends object>(name: string, fields: { [Field in keyof T]: Shape<T[Field]> }): Shape<T> {
  const keys = Object.keys(fields).filter((it): it is Extract<keyof T, string> => it in fields)
  return {
    name,
    write: (value) => ({ name, children: keys.flatMap((it) => fields[it].write(value[it]) ?? []), text: '' }),
    read: (element) => {
      if (element === undefined) throw wrong(name, '缺少')
      const known = new Map(keys.map((it) => [fields[it].name, it]))
      const seen = new Set<string>()
      for (const it of element.children) {
        if (!known.has(it.name) || seen.has(it.name)) throw wrong(name, `的“${it.name}”不认识或重复`)
        seen.add(it.name)
      }
      const entries = keys.map((it) => [
        it,
        fields[it].read(element.children.find((at) => at.name === fields[it].name)),
      ])
      return Object.fromEntries(entries)
    },
  }
}

const wrong = (name: string, what: string) => new Refusal('unreadable', `元数据中“${name}”${what}，没有采用。`)
