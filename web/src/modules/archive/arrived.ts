import type { ReceptionCheck } from '@zhibu/server/modules/archive/reception-schema'
import { parseResponse } from 'hono/client'
import { archiveClient, type Owner } from './api.ts'

/** A package that lies at the server, and what was found in it. */
export interface Arrived {
  file: File
  uploadId: string
  found: ReceptionCheck
}

/** Has a package verified and looks at what is in it; `chosen` is into whose file it may go, where the number and the name do not say. */
export const checkPackage = (uploadId: string, chosen?: Owner): Promise<ReceptionCheck> =>
  parseResponse(archiveClient.receptions.checks.$post({ json: { uploadId, ...chosen } }))

/** The owner of a file of the kind of which a package is. */
export const ownerOf = ({ subject }: ReceptionCheck, id: string): Owner =>
  subject.kind === 'person' ? { personId: id } : { organizationId: id }
