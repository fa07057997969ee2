import type { BranchChoice } from '@zhibu/server/modules/intake/schema'
import type { BranchType } from '@zhibu/server/modules/organization/schema'

/** What is to become of a name of a branch that stands for nothing yet: undecided where it has neither. */
export interface NameChoice {
  /** The id of an organisation, `setUp` or `leftOut`. */
  to?: string | undefined
  newName?: string | undefined
  parentId?: string | undefined
  /** As proposed, unless chosen; null is none. */
  branchType?: BranchType | null | undefined
}

/** The choice of a branch to be set up. */
export const setUp = 'new'

/** The choice not to import the rows of a name. */
export const leftOut = 'skip'

/** What is sent for the names that are decided; a new branch without a parent is not. */
export function choicesIn(names: readonly string[], chosen: Readonly<Record<string, NameChoice>>): BranchChoice[] {
  return names.flatMap((name): BranchChoice[] => {
    const { to, newName, parentId, branchType = proposedType(newName ?? name) } = chosen[name] ?? {}
    if (to === undefined) return []
    if (to === leftOut) return [{ name, skip: true }]
    if (to !== setUp) return [{ name, organizationId: to }]
    const called = newName?.trim() ?? name
    if (parentId === undefined || name === '' || called === '') return []
    return [{ name, parentId, ...(called !== name && { newName: called }), ...(branchType && { branchType }) }]
  })
}

/** Of whom a branch probably consists, by its name. */
export function proposedType(name: string): BranchType | undefined {
  const found = typeWords.filter(({ words }) => words.test(name)).map(({ type }) => type)
  const isStudents = found.some((it) => it === 'undergraduate' || it === 'postgraduate')
  if (/师生/.test(name) || (isStudents && found.includes('teacher'))) return 'mixed'
  return found.length === 1 ? found[0] : undefined
}

const typeWords: readonly { words: RegExp; type: BranchType }[] = [
  { words: /本科/, type: 'undergraduate' },
  { words: /研究生|硕士|博士/, type: 'postgraduate' },
  { words: /教师|教工|教研/, type: 'teacher' },
  { words: /机关|行政|管理/, type: 'administration' },
  { words: /后勤/, type: 'logistics' },
  { words: /课题组|科研|团队|实验室/, type: 'researchTeam' },
  { words: /离退休|退休|离休/, type: 'retired' },
]
