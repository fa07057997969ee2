import type { ContentFinding, Examined } from './examined-file.ts'
import type { CheckResult } from './four-property-names.ts'
import type { PackageProblem } from './package-entries.ts'
import type { SealedFile, SealedItem } from './sealed-file.ts'

/** What a check says, and on what it rests, in Chinese. */
export type Verdict = readonly [result: CheckResult, evidence: string]

/** A check, asked of a file. */
export type Asking = (it: Examined) => Verdict

/** A question to the metadata of the file. */
export function ofFile(check: (file: SealedFile) => Verdict): Asking {
  return ({ file }) => (file === null ? ['unchecked', '元数据无法读取，未能检查。'] : check(file))
}

interface Wording {
  met: (count: number) => string
  unmet: string
  unchecked: string
}

/** A question to each content: true, false, or null where nobody can say. One bad content decides, else one that is open. */
export function ofContents(ask: (item: SealedItem, found: ContentFinding) => boolean | null, wording: Wording): Asking {
  return ({ file, contents }) => {
    if (file === null) return ['unchecked', '元数据无法读取，未能检查。']
    const answers = file.items.map((item) => {
      const found = contents.get(item.number)
      return { item, answer: found === undefined ? null : ask(item, found) }
    })
    const wrong = answers.filter((it) => it.answer === false).map((it) => named(it.item))
    if (wrong.length > 0) return ['unmet', `${wording.unmet}：${listed(wrong)}`]
    const open = answers.filter((it) => it.answer === null)
    if (open.length === answers.length) return ['unchecked', `${wording.unchecked}。`]
    if (open.length > 0) return ['unchecked', `${wording.unchecked}：${listed(open.map((it) => named(it.item)))}`]
    return ['met', wording.met(answers.length)]
  }
}

/** A question to what was wrong with the package: unmet where it had one of these kinds. */
export function ofPackage(kinds: readonly PackageProblem['kind'][], met: string): Asking {
  return ({ packageProblems }) => {
    if (packageProblems === null) return ['notApplicable', '没有封装成包。']
    const wrong = packageProblems.filter((it) => kinds.includes(it.kind))
    return wrong.length > 0 ? ['unmet', listed(wrong.map(told))] : ['met', met]
  }
}

/** An item as the report names it. */
export const named = (item: SealedItem) => `第 ${item.number} 件《${item.title}》`

/** What is wrong, with where. */
export const told = ({ path, message }: PackageProblem) => (path === null ? message : `${path}${message}`)

/** A few of many: a report is read by people. */
export function listed(all: readonly string[]): string {
  const shown = all.slice(0, 5).map((it) => it.replace(/。$/, ''))
  return `${shown.join('；')}${all.length > 5 ? `；等 ${all.length} 处` : ''}。`
}
