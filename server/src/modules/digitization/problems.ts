import type { FilingPlace } from '@zhibu/rules'
import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { may } from '../archive/policy.ts'
import { type FilingList, placesOf } from '../archive/template.ts'
import type { digitizationParts } from './tables.ts'

export type StoredPart = typeof digitizationParts.$inferSelect

/** A person whose paper a part may be, as the reader sees them. */
export interface SeenPerson {
  id: string
  name: string
  studentNumber: string | null
  organization: string
  path: OrgPath
}

/** An organisation whose paper a part may be. */
export interface SeenOrganization {
  id: string
  name: string
  path: OrgPath
  dissolvedOn: string | null
}

/** What a reader knows of those whose the parts of a stack may be. */
export interface Surroundings {
  persons: ReadonlyMap<string, SeenPerson>
  organizations: ReadonlyMap<string, SeenOrganization>
  list: FilingList
}

/** The place of the filing list that a part is to go to, also one out of use; undefined where there is none of this code. */
export const placeOfPart = (list: FilingList, { place }: Pick<StoredPart, 'place'>): FilingPlace | undefined =>
  placesOf(list).find((it) => it.code === place)

/** Whether a part is a paper that its reader does not see, because it is about them. */
export const isClosedTo = (
  actor: Actor,
  { ownerPersonId }: Pick<StoredPart, 'ownerPersonId'>,
  place: FilingPlace | undefined,
): place is FilingPlace => place?.closedToPerson === true && ownerPersonId !== null && ownerPersonId === actor.personId

/** Why the actor cannot file a part as it is, in Chinese; null where it can be filed. */
export function problemOf(
  actor: Actor,
  part: StoredPart,
  { persons, organizations, list }: Surroundings,
): string | null {
  if (part.pages.length === 0) return '封面后面没有材料，请核对是否漏扫；确实没有的，选“不归档”。'
  const person = part.ownerPersonId === null ? undefined : persons.get(part.ownerPersonId)
  const organization = part.ownerOrganizationId === null ? undefined : organizations.get(part.ownerOrganizationId)
  const owner = person
    ? { path: person.path, personId: person.id }
    : organization && { path: organization.path, personId: null }
  if (owner === undefined) return withoutOwner(part)
  if (organization?.dissolvedOn) return `${organization.name}已于 ${organization.dissolvedOn} 撤销，不能再归档。`
  if (part.place === null) return '没有识别出材料的类别，请选择。'
  const place = placeOfPart(list, part)
  if (place === undefined) return '归档清单中没有封面上的这一类材料，请重新选择类别。'
  if (list.outOfUse.some((it) => it.code === place.code)) return `“${place.label}”已停用，请重新选择类别。`
  const subject = person ? 'person' : 'organization'
  if (place.subject !== subject)
    return `“${place.label}”不归入${person ? '个人' : '组织'}档案，请重新选择类别，或改选${person ? '组织' : '人员'}。`
  if (owner.personId !== null && owner.personId === actor.personId)
    return '这是您本人的材料，请由所在党支部或上级党组织的其他同志归档。'
  return may(actor, owner, place).file ? null : `您的职务或授权不包括把材料归入“${place.label}”。`
}

function withoutOwner({ ownerPersonId, ownerOrganizationId, candidateIds, basis }: StoredPart): string {
  if (ownerPersonId !== null || ownerOrganizationId !== null)
    return '所属的人员或组织不在您的权限范围内，或者已不在登记中。请核对，或交有权限的同志归档。'
  if (candidateIds.length > 0 && (basis === 'code' || basis === 'codeOnPaper'))
    return '封面上的人与材料上写的不是同一个人。请核对：混入的页拆成另一份，再选择是哪一位的材料。'
  return candidateIds.length > 0
    ? '材料上的姓名或号码对应多位人员，请选择是哪一位。'
    : '没有识别出是谁的材料，请选择人员或组织。'
}
