import { checkIdentityNumber, maskIdentityNumber } from '@zhibu/rules'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { spellPerson } from '../organization/pinyin.ts'
import { maskPhone } from './masks.ts'
import type { FieldName, PersonChange } from './schema.ts'
import type { persons } from './tables.ts'

/** The columns of a person that fields are written to. */
export type PersonColumns = Partial<typeof persons.$inferInsert>
export type StoredPerson = typeof persons.$inferSelect

/** The fields whose text is sealed; everything else is stored as it is. */
export type SealedField = 'idNumber' | 'phone'

/** What is written when fields are set and others emptied: the name spelled, identity number and phone sealed, masked and hashed. */
export function columnsOf(encryption: FieldEncryption, personId: string, { set, clear }: PersonChange): PersonColumns {
  const { idNumber, phone, ...plain } = set
  return {
    ...Object.assign({}, ...clear.map(emptied)),
    ...plain,
    ...(plain.name === undefined ? {} : spellPerson(plain.name)),
    ...(idNumber === undefined ? {} : idNumberColumns(encryption, personId, idNumber)),
    ...(phone === undefined ? {} : phoneColumns(encryption, personId, phone)),
  }
}

/** A sealed field in the clear. Only `readIdentity`, which records the reading, hands it on. */
export function opened(encryption: FieldEncryption, it: StoredPerson, field: SealedField): string | undefined {
  const sealed = field === 'idNumber' ? it.idNumberSealed : it.phoneSealed
  return sealed === null ? undefined : encryption.openField(sealed, placeOf(it.id, field))
}

/** What is different: old and new of each field, identity number and phone by their masks. */
export type Differences = { [field in FieldName]?: { old: unknown; new: unknown } }

/** Compares a stored person with fields to set and to empty. Sealed fields are compared here and leave only as masks. */
export function differences(encryption: FieldEncryption, it: StoredPerson, { set, clear }: PersonChange): Differences {
  const found: Differences = {}
  const note = (field: FieldName, before: unknown, after: unknown) => {
    if (!isSame(before, after)) found[field] = { old: before ?? null, new: after ?? null }
  }
  for (const field of clear) {
    if (field in set) continue
    if (field === 'idNumber') note(field, it.idNumberMask, null)
    else if (field === 'phone') note(field, it.phoneMask, null)
    else note(field, it[field], emptied(field)[field])
  }
  const { idNumber, phone, ...plain } = set
  for (const [field, value] of Object.entries(plain)) if (isField(field)) note(field, it[field], value)
  if (idNumber !== undefined && !isSameIdNumber(encryption, it, idNumber)) {
    found.idNumber = { old: it.idNumberMask, new: maskIdentityNumber(normalised(idNumber)) }
  }
  if (phone !== undefined && opened(encryption, it, 'phone') !== phone) {
    found.phone = { old: it.phoneMask, new: maskPhone(phone) }
  }
  return found
}

/** The hash by which an identity number is found again; none for a number that is not sound. */
export function idNumberHash(encryption: FieldEncryption, idNumber: string): string | null {
  const { number } = checkIdentityNumber(idNumber.trim())
  return number === undefined ? null : encryption.keyedHash(`idNumber:${number}`)
}

function idNumberColumns(encryption: FieldEncryption, personId: string, text: string): PersonColumns {
  const number = normalised(text)
  return {
    idNumberSealed: encryption.sealField(number, placeOf(personId, 'idNumber')),
    idNumberHash: idNumberHash(encryption, number),
    idNumberMask: maskIdentityNumber(number),
    idNumberBornOn: checkIdentityNumber(number).bornOn ?? null,
  }
}

function phoneColumns(encryption: FieldEncryption, personId: string, phone: string): PersonColumns {
  return { phoneSealed: encryption.sealField(phone, placeOf(personId, 'phone')), phoneMask: maskPhone(phone) }
}

const columnOf: Record<SealedField, string> = { idNumber: 'id_number', phone: 'phone' }
const placeOf = (personId: string, field: SealedField) => `persons.${columnOf[field]}:${personId}`

const normalised = (idNumber: string) => idNumber.trim().toUpperCase()

function emptied(field: FieldName): { [column: string]: unknown } {
  switch (field) {
    case 'idNumber':
      return { idNumberSealed: null, idNumberHash: null, idNumberMask: null, idNumberBornOn: null }
    case 'phone':
      return { phoneSealed: null, phoneMask: null }
    case 'isMobile':
      return { isMobile: false }
    case 'details':
      return { details: {} }
    default:
      return { [field]: null }
  }
}

function isSameIdNumber(encryption: FieldEncryption, it: StoredPerson, idNumber: string): boolean {
  const hash = idNumberHash(encryption, idNumber)
  return hash === null ? opened(encryption, it, 'idNumber') === normalised(idNumber) : hash === it.idNumberHash
}

type PlainField = Exclude<FieldName, SealedField>
const isField = (name: string): name is PlainField => name !== 'idNumber' && name !== 'phone'

function isSame(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || typeof after !== 'object') return (before ?? null) === (after ?? null)
  return inOrder(before) === inOrder(after)
}

const inOrder = (it: object | null) => JSON.stringify(it && Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
