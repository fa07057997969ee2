import { randomUUID } from 'node:crypto'
import { afterAll, inject, onTestFinished, TestRunner } from 'vitest'
import { type Database, type DatabaseAddress, openDatabase, type Scope, wholeTree } from '../src/platform/database.ts'
import { addressIn, administer, dropDatabase } from './cluster.ts'

/** A database of its own for the calling test, or for the file outside a test: migrated and empty. */
export async function freshDatabase({ connections = 8 } = {}): Promise<Database> {
  const server = inject('server')
  const database = openDatabase(await copyOf(server.template), { connections })
  afterwards(() => database.close())
  return database
}

/** The address of an empty database without any table. */
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
  // To copy the files takes half of what it takes to write them to the log, too, which nothing here needs.
  await administer(server.url, `create database ${name} template ${template} strategy file_copy`)
  // A file system without a journal looks past every file deleted a moment ago before it makes the next one.
  if (!server.isThrownAway) afterwards(() => dropDatabase(server.url, name))
  return addressIn(server.url, name)
}

/** At the end of the running test, so that a file of many databases does not keep the connections of all; else of the file. */
export function afterwards(cleanUp: () => Promise<void>): void {
  if (TestRunner.getCurrentTest()) onTestFinished(cleanUp)
  else afterAll(cleanUp)
}
