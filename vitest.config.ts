import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Threads and processes that tests start again and again read there what others have compiled; those of all runs do. */
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/compiled')

const rounds = ['server/test/prove/*.test.ts']

/**
 * Files of minutes, which are begun first: begun late, one of them would run alone at the end. Those in a browser come after the others,
 * since the demonstration is filled meanwhile.
 */
const long = [
  'server/test/rights.test.ts',
  'server/test/rights-exchanges.test.ts',
  'ui-catalogue/catalogue.test.ts',
  'digitization/routes.test.ts',
  'server/test/rights-publicity.test.ts',
  'server/test/fuzz.test.ts',
  'e2e/digitization.test.ts',
  'e2e/archive.test.ts',
  'e2e/notices.test.ts',
  'e2e/accounts.test.ts',
  'e2e/development.test.ts',
]

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = long.findIndex((it) => moduleId.endsWith(it))
      return place === -1 ? long.length : place
    }
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other))
  }
}

/** As `server/src/main.ts` sets it, and why. */
const asServed = ['--wasm-wrapper-tiering-budget=2147483647']

/** What is polled for may come late, since other files run beside; nothing here is timed, only stopped when it hangs. */
const patience = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 300_000 } } }

/**
 * `npm test` runs everything but the rounds in which servers are killed, which `npm run prove` runs. One part of it:
 * `npx vitest run --project rules`.
 */
export default defineConfig({
  test: {
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    projects: [
      { test: { name: 'rules', include: ['rules/**/*.test.ts'], isolate: false, ...patience } },
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          exclude: rounds,
          // To load the whole server takes longer than most files.
          isolate: false,
          setupFiles: 'server/test/whole-app.ts',
          globalSetup: 'server/test/cluster.ts',
          execArgv: asServed,
          ...patience,
        },
      },
      {
        test: {
          name: 'prove',
          include: rounds,
          globalSetup: 'server/test/cluster.ts',
          execArgv: asServed,
          ...patience,
        },
      },
      { test: { name: 'web', include: ['web/**/*.test.ts'], isolate: false, ...patience } },
      { test: { name: 'tidy', include: ['*.test.ts'], ...patience } },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: 'e2e/seeded.ts',
          ...patience,
        },
      },
    ],
  },
})
