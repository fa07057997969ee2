import type { FieldEncryption } from '../../platform/encryption.ts'
import { maskPhone } from '../people/masks.ts'
import type { Contact } from './names-schema.ts'
import type { experts } from './tables.ts'

/** Telephone number and address of an expert: sealed, and shown as masks. */

type StoredExpert = typeof experts.$inferSelect
type Columns = Partial<Pick<StoredExpert, 'phoneSealed' | 'phoneMask' | 'emailSealed' | 'emailMask'>>

/** The columns for contacts that are given; an empty one removes what stood there, one that is left out leaves it. */
export function contactColumns(
  encryption: FieldEncryption,
  expertId: string,
  { phone, email }: { phone?: string; email?: string },
): Columns {
  const sealed = (field: Contact, text: string) =>
    text === '' ? null : encryption.sealField(text, placeOf(expertId, field))
  return {
    ...(phone !== undefined && {
      phoneSealed: sealed('phone', phone),
      phoneMask: phone === '' ? null : maskPhone(phone),
    }),
    ...(email !== undefined && {
      emailSealed: sealed('email', email),
      emailMask: email === '' ? null : maskEmail(email),
    }),
  }
}

/** A contact in the clear, or undefined where none is kept. Only `readContact`, which records the reading, hands it on. */
export function openedContact(encryption: FieldEncryption, it: StoredExpert, field: Contact): string | undefined {
  const sealed = field === 'phone' ? it.phoneSealed : it.emailSealed
  return sealed === null ? undefined : encryption.openField(sealed, placeOf(it.id, field))
}

/** The first letter and the domain. */
function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}***${email.slice(at)}`
}

const placeOf = (expertId: string, field: Contact): string => `experts.${field}:${expertId}`
