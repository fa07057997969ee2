import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startCluster } from '../src/platform/cluster.ts'
import { addressOf, type DatabaseAddress } from '../src/platform/database.ts'
import { migrate } from '../src/platform/migrate.ts'
import { superuser } from '../src/platform/place.ts'
import { rowRules } from '../src/row-rules.ts'
import { temporaryDirectory } from './directory.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How test files reach the server that the whole run shares. */
    server: ServerAddress
  }
}

export interface ServerAddress {
  /** The same as for a database of this name. */
  template: string
  /** Of a role that may make databases. */
  url: string
  /** Whether the server goes with all its databases when the run ends. */
  isThrownAway: boolean
}

/**
 * One database server for the whole run: the embedded one on data that are thrown away afterwards,
 * or the one of `ZHIBU_TEST_DATABASE_URL` (a role that may make databases and roles, and is no superuser).
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.ZHIBU_TEST_DATABASE_URL
  const place = given ? null : await temporaryDirectory()
  const cluster = place ? await startCluster({ directory: place.directory, isDurable: false }) : null
  const url = given ?? (await ownerOf(cluster?.socketDirectory ?? ''))

  const template = `zhibu_template_${process.pid}`
  await administer(url, `create database ${template}`)
  await migrate(addressIn(url, template), rowRules)
  project.provide('server', { url, template, isThrownAway: cluster !== null })

  return async () => {
    if (!cluster) await dropDatabase(url, template)
    await cluster?.stop()
    await place?.remove()
  }
}

/** A role like the owner of a real database. */
async function ownerOf(socketDirectory: string): Promise<string> {
  const urlOf = (role: string) => `postgresql://${role}@localhost/postgres?host=${encodeURIComponent(socketDirectory)}`
  await administer(urlOf(superuser), 'create role zhibu_owner login createdb createrole')
  return urlOf('zhibu_owner')
}

/** The address of a database of the test server. */
export function addressIn(url: string, database: string): DatabaseAddress {
  const own = new URL(url)
  own.pathname = `/${database}`
  return addressOf(own.href)
}

/** Drops a database with whoever is in it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await administer(url, `drop database if exists ${name} with (force)`)
      return
    } catch (error) {
      // The server's own upkeep is in it, which only a superuser may end; it goes by itself.
      const isUpkeep = error instanceof pg.DatabaseError && error.code === '42501'
      if (!isUpkeep || attempt >= 100) throw error
      await sleep(100)
    }
  }
}

/** Runs one statement on the test server itself. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
