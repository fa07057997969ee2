import type { Logger } from 'pino'
import type { Database } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import type { Outgoing } from '../../platform/outgoing.ts'

/** What is needed to send what waits. */
export interface PostGround {
  database: Database
  encryption: FieldEncryption
  outgoing: Outgoing
  baseUrl: string
  log: Logger
  now?: () => Date
}
