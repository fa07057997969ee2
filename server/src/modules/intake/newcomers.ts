import { contradictions, type DevelopmentFacts } from '@zhibu/rules'
import { branchFrom } from '../development/branch-facts.ts'
import { changesOf, nothing } from './act-changes.ts'
import type { BranchReading, NamedOrganization } from './branch-names.ts'
import type { Ground } from './ground.ts'
import { type Judgement, undecided } from './judgement.ts'
import type { RowReading } from './reading.ts'
import type { RowNote } from './schema.ts'

/** Judges the row of somebody whom the register does not know. `isDecided`: somebody looked at the row. */
export function judgeNewcomer(
  ground: Ground,
  reading: RowReading,
  place: BranchReading,
  { isDecided = false, withFindings = true } = {},
): Judgement {
  const organization = 'organization' in place ? place.organization : null
  const blank = undecided(reading, organization)
  const repeated = isDecided ? undefined : repetitionIn(blank)
  if (repeated !== undefined) return { ...blank, doubt: repeated }
  if ('fault' in place) return { ...blank, doubt: place.fault }
  if (reading.person.name === undefined) return { ...blank, doubt: '没有姓名，不能登记' }
  const { writes, after } = changesOf(nothing, reading.facts.acts, reasonOf(ground))
  const facts = factsAfter(ground, place.organization, reading.facts, after)
  return {
    ...blank,
    effect: 'new',
    findings: withFindings ? notesOf(facts, ground) : [],
    facts,
    write: { ...blank.write, acts: writes },
  }
}

/** Why a row that repeats another one is in doubt. */
export function repetitionIn({ problems }: Pick<Judgement, 'problems'>): string | undefined {
  const repeated = problems.find(({ code, severity }) => code === 'duplicate-person' && severity === 'warning')
  return repeated && `${repeated.message}；同一人只能写入一行，请跳过其中一行`
}

/** Why an act of a file is corrected. */
export const reasonOf = ({ fileName }: Pick<Ground, 'fileName'>): string => `导入“${fileName}”`

/** What the rules find in a file that needs a look. */
export const notesOf = (facts: DevelopmentFacts, { today, setting }: Pick<Ground, 'today' | 'setting'>): RowNote[] =>
  contradictions(facts, today, setting)
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, severity, ruleBook, article, message }) => ({
      rule,
      severity,
      ruleBook,
      article: article ?? null,
      message,
    }))

/** What a row says beside its acts. */
export const factsOfFields = ({ acts: _, branch: __, ...fields }: DevelopmentFacts) => fields

function factsAfter(
  ground: Ground,
  { id, name }: NamedOrganization,
  facts: DevelopmentFacts,
  acts: DevelopmentFacts['acts'],
): DevelopmentFacts {
  return { branch: branchFrom(name, ground.officesAt.get(id) ?? []), acts: [...acts], ...factsOfFields(facts) }
}
