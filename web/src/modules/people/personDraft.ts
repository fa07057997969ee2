import type { FieldName, PersonChange, PersonFields, PersonPage } from '@zhibu/server/modules/people/schema'

/** What has been typed so far: fields to set, and fields to empty. */
export type PersonDraft = PersonChange

/** Fields as far as they are known. */
export type KnownFields = Partial<PersonFields>

/** A draft in which nothing has been typed. */
export const emptyDraft: PersonDraft = { set: {}, clear: [] }

/** The draft with one more field typed; undefined empties it. */
export function withField<Field extends FieldName>(
  { set: before, clear }: PersonDraft,
  field: Field,
  value: PersonFields[Field] | undefined,
): PersonDraft {
  const set = { ...before }
  delete set[field]
  const others = clear.filter((it) => it !== field)
  if (value !== undefined) return { set: { ...set, [field]: value }, clear: others }
  return { set, clear: isClearable(field) ? [...others, field] : others }
}

/** What a field of the form shows: as typed, else as it is recorded. */
export function shown<Field extends FieldName>(
  { set, clear }: PersonDraft,
  recorded: KnownFields,
  field: Field,
): KnownFields[Field] | undefined {
  const { [field]: typed }: KnownFields = set
  return clear.some((it) => it === field) ? undefined : (typed ?? recorded[field])
}

/** Whether anything would be changed. */
export const isTouched = ({ set, clear }: PersonDraft): boolean => Object.keys(set).length + clear.length > 0

/** What is recorded of a person, without the sealed fields, which are not in the page. */
export function recordedFields(person: PersonPage): KnownFields {
  const { name, isMobile } = person
  return {
    name,
    ...(isMobile !== null && { isMobile }),
    ...(person.kind && { kind: person.kind }),
    ...(person.studentNumber && { studentNumber: person.studentNumber }),
    ...(person.sex && { sex: person.sex }),
    ...(person.ethnicity && { ethnicity: person.ethnicity }),
    ...(person.bornOn && { bornOn: person.bornOn }),
    ...(person.nativePlace && { nativePlace: person.nativePlace }),
    ...(person.education && { education: person.education }),
    ...(person.degree && { degree: person.degree }),
    ...(person.department && { department: person.department }),
    ...(person.major && { major: person.major }),
    ...(person.grade && { grade: person.grade }),
    ...(person.className && { className: person.className }),
    ...(person.enrolledOn && { enrolledOn: person.enrolledOn }),
    ...(person.leavesOn && { leavesOn: person.leavesOn }),
    ...(Object.keys(person.details).length > 0 && { details: person.details }),
  }
}

const isClearable = (field: FieldName): field is Exclude<FieldName, 'name'> => field !== 'name'
