import { setTimeout as sleep } from 'node:timers/promises'
import { openData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import { wholeTree } from '../../src/platform/database.ts'
import { record } from '../../src/platform/journal.ts'
import { keepSealing } from '../../src/platform/seals.ts'

/**
 * A small server that does nothing but write journal rows, numbered from the first argument on, several at a time,
 * and prints each number once its transaction has committed. Ends in good order on SIGTERM.
 */
const { database, close } = await openData(readConfig(process.env))
const stopSealing = keepSealing(database, () => undefined, 0.2)
const scope = { tenantId: 'u1', accountId: null, personId: null, ranges: [wholeTree], helper: false }
let next = Number(process.argv[2])
let isStopping = false

async function write(): Promise<void> {
  while (!isStopping) {
    const number = next++
    try {
      await database.transaction(scope, (db) =>
        record({ db, tenantId: 'u1', actor: { accountId: null, name: '李四' }, requestId: 'r' }, 'prove.written', {
          kind: 'number',
          id: String(number),
        }),
      )
      process.stdout.write(`${number}\n`)
    } catch {
      await sleep(20)
    }
  }
}

const writers = Promise.all(Array.from({ length: 6 }, write))
process.on('SIGTERM', async () => {
  isStopping = true
  await writers
  await stopSealing()
  await close()
  process.exit(0)
})
