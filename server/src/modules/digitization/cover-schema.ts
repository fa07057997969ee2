/** What stands in the code of a cover sheet: whose paper lies behind it, and in which place of the filing list. */
export type CoverSubject = { personId: string; place: string } | { organizationId: string; place: string }

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const written = new RegExp(`^ZB1:([PO]):(${id}):([a-z][A-Za-z0-9]{1,60})$`)

/**
 * The text of the code on a cover sheet: `ZB1:P:<personId>:<place>`, with O for the paper of an organisation. It names nobody
 * and gives no right: who may file there is asked when the paper is filed.
 */
export const coverCodeOf = (it: CoverSubject): string =>
  'personId' in it ? `ZB1:P:${it.personId}:${it.place}` : `ZB1:O:${it.organizationId}:${it.place}`

/** What a code says; undefined where it is the code of something else. */
export function readCoverCode(text: string): CoverSubject | undefined {
  const [, whose, subject, place] = written.exec(text) ?? []
  if (subject === undefined || place === undefined) return undefined
  return whose === 'P' ? { personId: subject, place } : { organizationId: subject, place }
}
