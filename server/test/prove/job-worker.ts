import { setTimeout as sleep } from 'node:timers/promises'
import { joinData } from '../../src/data.ts'
import { readConfig } from '../../src/platform/config.ts'
import { startJobs } from '../../src/platform/jobs.ts'

/**
 * A small server that does nothing but work off the queue. It prints what it begins and what it has done, and ends in the middle of
 * each job that is deadly.
 */
const { database } = await joinData(readConfig(process.env))
const say = (line: string) => process.stdout.write(`${line}\n`)
await startJobs(
  database.address,
  {
    'prove.steady': async ({ number }) => {
      say(`begun ${number}`)
      await sleep(3_000)
      say(`done ${number}`)
    },
    'prove.deadly': async () => {
      say('deadly')
      process.kill(process.pid, 'SIGKILL')
      await new Promise(() => undefined)
    },
  },
  {
    watch: {
      failed: (error) => say(`failed ${error instanceof Error ? error.message : error}`),
      interrupted: () => undefined,
      givenUp: (kind, { interruptions }) => say(`given up ${kind} ${interruptions}`),
    },
  },
)
