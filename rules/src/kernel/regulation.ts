import type { Day } from './day.ts'

/** What an article said during one period. It holds until its `until`, or until the next version's `from`. */
export interface ArticleVersion {
  from: Day
  /** The last day on which the version held, where it ended without a successor. */
  until?: Day
  /** What the article says, in our own words, in Chinese. */
  summary: string
  /** The numbers the article states, so that no rule ever spells one out. */
  figures?: Readonly<Record<string, number>>
  /** `toVerify`: nobody has yet compared this summary with the official text. */
  checked: 'confirmed' | 'toVerify'
  /** Names of single figures that are still to be compared, where the rest of the article is confirmed. */
  figuresToVerify?: readonly string[]
}

/** One legal source as data. */
export interface Regulation {
  /** Short and stable, such as "XZ-2026"; findings refer to it. */
  id: string
  /** The full official title, in Chinese. */
  title: string
  shortTitle: string
  issuedOn: Day
  source: {
    /** The official document: who issued it and under which number. */
    document: string
    url?: `https://${string}`
  }
  /** The last day someone compared this file with a text of the source. */
  checkedOn: Day
  /** In the order of the source; of each article the oldest version first. The key is the article's number. */
  articles: Readonly<Record<string, readonly [ArticleVersion, ...ArticleVersion[]]>>
}

type FiguresOf<V> = V extends { readonly figures: infer F } ? F : never
type NameOf<F> = F extends unknown ? keyof F : never

/** The figures of whichever version holds. A figure that only some versions state may be undefined. */
type FiguresInForce<V> = {
  readonly [N in NameOf<FiguresOf<V>>]: [FiguresOf<V>] extends [Readonly<Record<N, number>>]
    ? number
    : number | undefined
}

/** A version as `inForce` returns it: its figures can be asked for by the names the regulation itself uses. */
export type VersionInForce<V> = Omit<ArticleVersion, 'figures'> & {
  readonly figures: [V] extends [{ readonly figures: object }] ? FiguresInForce<V> : FiguresInForce<V> | undefined
}

/**
 * The version of an article in force on a day, with its figures:
 * `inForce(recruitmentRules, '7', on).figures.talkWithinMonths`.
 * Throws a RangeError when the article was not in force on that day.
 */
export function inForce<R extends Regulation, A extends keyof R['articles'] & string>(
  regulation: R,
  article: A,
  on: Day,
): VersionInForce<R['articles'][A][number]> {
  const versions = regulation.articles[article] ?? []
  for (let at = versions.length - 1; at >= 0; at--) {
    const version = versions[at]
    if (version === undefined || version.from > on) continue
    if (version.until !== undefined && version.until < on) break
    return version as VersionInForce<R['articles'][A][number]>
  }
  throw new RangeError(`${regulation.shortTitle}第 ${article} 条在 ${on} 不在施行期内`)
}
