import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { ticketHours } from './limits.ts'

/**
 * The part of an address under which a package is found for a few hours: made for one start of it, never to be guessed, and telling nothing
 * of who started it. It stands in place of the session, which a package is not to have.
 */

type Keys = Pick<FieldEncryption, 'keyedHash'>

const pattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-z]{1,10})\.([\w-]{22})\.([\w-]{43})$/

/** A ticket for a package from now on. */
export function ticketFor(encryption: Keys, packageId: string, now: Date): string {
  const until = Math.floor(now.getTime() / 1000) + ticketHours * 3600
  const said = `${packageId}.${until.toString(36)}.${randomBytes(16).toString('base64url')}`
  return `${said}.${signature(encryption, said)}`
}

/** The package that a ticket is for; null where it is none of ours, or not any more. */
export function packageOf(encryption: Keys, ticket: string, now: Date): string | null {
  const [, packageId = '', until = '', nonce = '', signed = ''] = pattern.exec(ticket) ?? []
  if (packageId === '') return null
  const expected = signature(encryption, `${packageId}.${until}.${nonce}`)
  if (!timingSafeEqual(Buffer.from(signed), Buffer.from(expected))) return null
  return Number.parseInt(until, 36) * 1000 > now.getTime() ? packageId : null
}

const signature = ({ keyedHash }: Keys, said: string): string => keyedHash(`courseware ticket ${said}`)
