import type { Day, Month } from './day.ts'

/** What an article said during one period. It holds until its `until`, or until the next version's `from`. */
export interface ArticleVersion {
  /** The first day on which it held; 1 January where only the year is known. */
  from: Day
  /** The last day on which the version held, where it ended without a successor. */
  until?: Day
  /** What the article says, in our own words, in Chinese. */
  summary: string
  /** The numbers the article states, so that no rule ever spells one out. */
  figures?: Readonly<Record<string, number>>
  /** `toVerify`: nobody has yet compared this summary with the official text. */
  checked: 'confirmed' | 'toVerify'
  /** Names of single figures that are still to be compared. One that the version does not state: that it states none. */
  figuresToVerify?: readonly string[]
}

/** One legal source as data. */
export interface Regulation {
  /** Short and stable, such as "XZ-2026"; findings refer to it. */
  id: string
  /** The full official title, in Chinese. */
  title: string
  /** As it is cited, with its marks, such as “《支部工作条例》”. */
  shortTitle: string
  /** As exactly as it is known: a day, a month or a year. */
  issuedOn: Day | Month | `${number}`
  source: {
    /** The official document: who issued it and under which number. */
    document: string
    url?: `https://${string}`
  }
  /** The last day someone compared this file with a text of the source. */
  checkedOn: Day
  /**
   * In the order of the source; of each article the oldest version first. The key is the article's number such as "11";
   * where the number is not known for certain, it is the chapter or the topic in Chinese such as "第六章·任期".
   */
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
  const version = versionOn(regulation.articles[article] ?? [], on)
  if (version === undefined) throw new RangeError(`${regulation.shortTitle}${article} 在 ${on} 不在施行期内`)
  return version as VersionInForce<R['articles'][A][number]>
}

/**
 * Like `inForce`, but for a day on which the article was not in force: its first version.
 * For bodies and habits older than the written rule, where a measure is better than none.
 */
export function inForceOrFirst<R extends Regulation, A extends keyof R['articles'] & string>(
  regulation: R,
  article: A,
  on: Day,
): VersionInForce<R['articles'][A][number]> {
  const versions = regulation.articles[article] ?? []
  return (versionOn(versions, on) ?? versions[0]) as VersionInForce<R['articles'][A][number]>
}

function versionOn(versions: readonly ArticleVersion[], on: Day): ArticleVersion | undefined {
  for (let at = versions.length - 1; at >= 0; at--) {
    const version = versions[at]
    if (version === undefined || version.from > on) continue
    return version.until !== undefined && version.until < on ? undefined : version
  }
  return undefined
}
