import type { Context } from '../../platform/context.ts'
import { differencesOf } from '../people/bulk.ts'
import type { Candidate } from '../people/matching.ts'
import type { PersonFields } from '../people/schema.ts'
import type { StoredPerson } from '../people/sealing.ts'

/** Whose row it is: somebody of the register, somebody new, or a doubt that a person has to settle. */
export type Identity =
  | { person: StoredPerson }
  | { isNew: true }
  | { doubt: string; candidates: readonly StoredPerson[] }

/** What is known for telling whose row it is. */
export interface Traces {
  fields: Partial<PersonFields>
  /** Persons of the register who agree in a number, or in name and birth. */
  candidates: readonly Candidate[]
  /** Persons of the same name in the branch of the row. */
  namesakes: readonly StoredPerson[]
  /** What somebody decided: `new`, or the id of a person. */
  decided: string | null
  /** The person decided for, where one is within reach. */
  chosen: StoredPerson | undefined
}

/**
 * Tells whose row it is: by student number or identity number, else by name and birth. The same name alone is not the same
 * person, and a number that stands with another name is not taken for granted.
 */
export function whoIsIt(ctx: Context, { fields, candidates, namesakes, decided, chosen }: Traces): Identity {
  const numbered = candidates.filter(({ by }) => by.some((it) => it !== 'nameAndBirth')).map((it) => it.person)
  if (decided === 'new') {
    const [taken] = numbered
    if (!taken) return { isNew: true }
    return doubt(`学号或身份证号已登记在${taken.name}名下，不能作为新人登记`, numbered)
  }
  if (decided !== null && decided !== 'skip') {
    return chosen ? { person: chosen } : doubt('选定的人员已不在您的权限范围内，请重新选择', [])
  }
  const [first, second] = numbered
  if (first && second) return doubt('学号和身份证号分别属于不同的人员，请核对号码', numbered)
  if (first) {
    if (fields.name === undefined || fields.name === first.name) return { person: first }
    return doubt(`号码与${first.name}的相同，姓名却不同，请核对是否同一人`, [first])
  }
  const alike = candidates.map((it) => it.person).filter((it) => !disagrees(ctx, it, fields))
  const [only, another] = alike
  if (only && another) return doubt('有几位同名且出生日期相同的人员，请选定是哪一位', alike)
  if (only) return { person: only }
  const alsoNamed = namesakes.filter((it) => !disagrees(ctx, it, fields))
  if (alsoNamed.length > 0) return doubt('本支部已有同名人员，没有学号等可以核对，请选定是否同一人', alsoNamed)
  return { isNew: true }
}

const doubt = (text: string, candidates: readonly StoredPerson[]): Identity => ({ doubt: text, candidates })

/** Whether a number or a birth that both have is not the same. */
function disagrees(
  ctx: Context,
  person: StoredPerson,
  { studentNumber, bornOn, idNumber }: Partial<PersonFields>,
): boolean {
  if (studentNumber !== undefined && person.studentNumber !== null && studentNumber !== person.studentNumber)
    return true
  if (bornOn !== undefined && person.bornOn !== null && !agree(bornOn, person.bornOn)) return true
  if (idNumber === undefined || person.idNumberMask === null) return false
  return differencesOf(ctx, person, { set: { idNumber }, clear: [] }).idNumber !== undefined
}

/** A month agrees with every day of it. */
const agree = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one)
