import { Readable } from 'node:stream'
import type { Day } from '@zhibu/rules'
import type { ContentStore } from '../../platform/content/content-store.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import type { Certificate } from '../../platform/papers/certificate.ts'
import { grouped, sealedAt } from './codes.ts'
import { dateInWords, sentenceOf, signatoryOf } from './names-schema.ts'
import type { certificates } from './tables.ts'

/** Where certificates are confirmed, below the address of the server. */
export const checkPath = '/check'

/** What stands on the paper of a certificate; `baseUrl` is where it will be looked for. With `revokedOn` it says across the sheet that it holds no more. */
export function paperOf(
  { encryption, baseUrl }: { encryption: FieldEncryption; baseUrl: string },
  { id, facts, codeSealed }: Pick<typeof certificates.$inferSelect, 'id' | 'facts' | 'codeSealed'>,
  revokedOn: Day | null = null,
): Certificate {
  const code = encryption.openField(codeSealed, sealedAt(id))
  const place = `${baseUrl}${checkPath}`
  return {
    ...{ title: facts.title, name: facts.name, body: sentenceOf(facts), issuer: facts.issuer },
    ...{ signatory: signatoryOf(facts), issuedOn: dateInWords(facts.issuedOn), number: facts.number },
    ...{ replaces: facts.replaces, address: `${place}/${code}`, place, code: grouped(code), madeOn: facts.issuedOn },
    ...(revokedOn !== null && { revokedOn: dateInWords(revokedOn) }),
  }
}

/** Puts a paper into the store. */
export const storedPaper = (store: ContentStore, file: Uint8Array) =>
  store.put(Readable.from([file]), { maxBytes: file.length })
