import { customType, text, timestamp } from 'drizzle-orm/pg-core'
import type { OrgPath } from './org-path.ts'

/** The university a row belongs to: first column of every tenant table and of each of its keys. */
export const tenantId = () => text('tenant_id').notNull()

/** A moment, whatever the time zone of who asks for it. */
export const instant = (name: string) => timestamp(name, { withTimezone: true })

/** Text that sorts by its bytes, so that a range of it is a subtree whatever the locale of the database. */
export const byteText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

/** Bytes that are sealed: nothing is gained by packing them again. */
export const sealedBytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** A place in the organisation tree. */
export const orgPath = customType<{ data: OrgPath }>({ dataType: () => 'text collate "C"' })
