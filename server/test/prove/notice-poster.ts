import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { openData } from '../../src/data.ts'
import { openPostOffice } from '../../src/modules/notices/posting.ts'
import { readConfig } from '../../src/platform/config.ts'
import { fieldEncryption } from '../../src/platform/encryption.ts'
import { openOutgoing } from '../../src/platform/outgoing.ts'
import { readSecrets } from '../../src/platform/secrets.ts'

/**
 * A small server that does nothing but send what waits of notices, over and over again, by a clock that is so many minutes fast as the
 * first argument says. Prints a line after each run without a failure. Ends in good order on SIGTERM.
 */
const config = readConfig(process.env)
const { database, close } = await openData(config)
const ahead = Number(process.argv[2]) * 60_000
const office = openPostOffice({
  database,
  encryption: fieldEncryption(await readSecrets(path.resolve(config.dataDirectory))),
  outgoing: openOutgoing(config.outgoing),
  ...{ baseUrl: 'https://djgz.example.edu.cn', log: pino({ level: 'silent' }) },
  now: () => new Date(Date.now() + ahead),
})
let isStopping = false
process.on('SIGTERM', async () => {
  isStopping = true
  await office.stop()
  await close()
  process.exit(0)
})
while (!isStopping) {
  await office.post().then(
    () => process.stdout.write('posted\n'),
    () => undefined,
  )
  await sleep(50)
}
