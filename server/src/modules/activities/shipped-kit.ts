import type { ShippedKit } from './kit-shape.ts'
import type { KitLength } from './names-schema.ts'

/** A kit as it is written down: the minutes stand in the order of the steps, the notice has its places already. */
export interface WrittenKit {
  kind: ShippedKit['kind']
  title: string
  aim: string
  minutes: readonly number[]
  steps: readonly string[]
  materials: readonly string[]
  notice: string
}

/** What is written by hand about a theme. A `notice` of these goes on after unit, time and place. */
export interface ThemeTexts {
  code: string
  /** Something told, something talked about, a word at the end; the notice names the title unless one is written. */
  tenMinutes: {
    title: string
    aim: string
    tell: string
    talk: string
    end: string
    materials?: readonly string[]
    notice?: string
  }
  /** Something read or looked at, a talk in small groups, a conclusion. */
  halfHour: {
    title: string
    aim: string
    look: string
    talk: string
    end: string
    minutes?: readonly [number, number, number]
    materials: readonly string[]
    notice: string
  }
}

/** What is written by hand about a memorial day, by its code in the rules. */
export interface DayTexts extends ThemeTexts {
  /** Something done, or somewhere gone to. */
  halfDay: WrittenKit
}

/** The three kits of a memorial day. */
export function kitsOfDay(texts: DayTexts): ShippedKit[] {
  const dayKey = `memorial-${texts.code}`
  return [...shortKits(texts, 'memorial', dayKey), kitOf(`${texts.code}-halfDay`, dayKey, 'halfDay', texts.halfDay)]
}

/** The two kits of a theme class meeting. */
export function kitsOfTheme(texts: ThemeTexts): ShippedKit[] {
  return shortKits(texts, 'themeClass', null)
}

/** One kit out of what is written down. */
export function kitOf(key: string, dayKey: string | null, length: KitLength, written: WrittenKit): ShippedKit {
  const { kind, title, aim, minutes, steps, materials, notice } = written
  return {
    key,
    title,
    kind,
    dayKey,
    length,
    plan: {
      aim,
      steps: steps.map((what, at) => ({ minutes: minutes[at] ?? null, what })),
      materials: [...materials],
      noticeText: notice,
    },
  }
}

const head = '{单位}定于{时间}在{地点}'

function shortKits({ code, tenMinutes, halfHour }: ThemeTexts, kind: ShippedKit['kind'], dayKey: string | null) {
  return [
    kitOf(`${code}-tenMinutes`, dayKey, 'tenMinutes', {
      kind,
      title: tenMinutes.title,
      aim: tenMinutes.aim,
      minutes: [4, 5, 1],
      steps: [tenMinutes.tell, tenMinutes.talk, tenMinutes.end],
      materials: tenMinutes.materials ?? [],
      notice: `${head}${tenMinutes.notice ?? `开会，开场用十分钟谈一个话题：${tenMinutes.title}。不用准备发言稿，想到什么说什么。`}`,
    }),
    kitOf(`${code}-halfHour`, dayKey, 'halfHour', {
      kind,
      title: halfHour.title,
      aim: halfHour.aim,
      minutes: halfHour.minutes ?? [10, 13, 7],
      steps: [halfHour.look, halfHour.talk, halfHour.end],
      materials: halfHour.materials,
      notice: `${head}${halfHour.notice}`,
    }),
  ]
}
