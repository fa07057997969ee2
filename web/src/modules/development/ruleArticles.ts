import {
  type ArticleVersion,
  type FigureName,
  figureNames,
  figureTable,
  isNumberConfirmed,
  type RecruitmentArticleVersion,
  recruitmentRules,
  ruleBookOn,
} from '@zhibu/rules'

/** An article of the detailed rules as a reader compares its two editions. */
export interface ComparedArticle {
  /** The number in the edition of 2026. */
  article: string
  /** The number in the edition of 2014, where it stood there under a known number. */
  number2014?: string
  /** Whether that number was compared with a copy. */
  isNumberConfirmed: boolean
  change: 'same' | 'changed' | 'new'
  /** The oldest first. */
  versions: readonly RecruitmentArticleVersion[]
}

/** The articles in the order of the edition of 2026. */
export const ruleArticles: readonly ComparedArticle[] = Object.entries<readonly RecruitmentArticleVersion[]>(
  recruitmentRules.articles,
)
  .sort(([a], [b]) => Number(a) - Number(b))
  .map(([article, versions]) => {
    const number2014 = versions[0]?.number2014
    return {
      article,
      ...(number2014 !== undefined && { number2014 }),
      isNumberConfirmed: number2014 !== undefined && isNumberConfirmed(number2014, 'XZ-2014'),
      change: versions.length > 1 ? 'changed' : isFirstIn2014(versions) ? 'same' : 'new',
      versions,
    }
  })

/** What a version states in figures, with their names; also those of which it is said, but not yet verified, that it states none. */
export function figuresOf({ figures = {}, figuresToVerify = [] }: ArticleVersion) {
  const unstated = figuresToVerify.filter((it) => !(it in figures)).map((it) => [it, undefined] as const)
  return [...Object.entries(figures), ...unstated].map(([name, value]) => {
    const known = figureNames.find((it): it is FigureName => it === name)
    return {
      name,
      label: known ? figureTable[known].label : name,
      value: value === undefined ? '没有规定' : shown(value),
      isToVerify: figuresToVerify.includes(name),
    }
  })
}

function isFirstIn2014(versions: readonly RecruitmentArticleVersion[]): boolean {
  const [first] = versions
  return first !== undefined && ruleBookOn(first.from) === 'XZ-2014'
}

const shown = (value: number): string => (value === 0.5 ? '二分之一' : String(value))
