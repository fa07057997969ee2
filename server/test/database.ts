import { randomUUID } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { type Database, type DatabaseAddress, openDatabase, type Scope, wholeTree } from '../src/platform/database.ts'
import { addressIn, administer } from './cluster.ts'

/** A database of its own for the calling test file: migrated, empty, gone after the file. */
export async function freshDatabase({ connections = 8 } = {}): Promise<Database> {
  const server = inject('server')
  const database = openDatabase(await copyOf(server.template), { connections })
  afterAll(() => database.close())
  return database
}

/** The address of an empty database without any table, gone after the file. */
export function blankDatabase(): Promise<DatabaseAddress> {
  return copyOf('template0')
}

/** The scope of somebody who sees a whole university. */
export function scopeOver(tenantId: string): Scope {
  return { tenantId, accountId: null, personId: null, ranges: [wholeTree], helper: false }
}

async function copyOf(template: string): Promise<DatabaseAddress> {
  const server = inject('server')
  const name = `zhibu_test_${randomUUID().replaceAll('-', '')}`
  await administer(server.url, `create database ${name} template ${template}`)
  afterAll(() => administer(server.url, `drop database if exists ${name} with (force)`))
  return addressIn(server, name)
}
