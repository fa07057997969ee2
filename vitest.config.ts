import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Threads and processes that tests start again and again read there what others have compiled; those of all runs do. */
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/compiled')

const rounds = ['server/test/prove/*.test.ts']

/** Files of minutes, which are begun first: begun late, one of them would run alone at the end. */
const long = [
  'digitization/routes.test.ts',
  'e2e/development.test.ts',
  'e2e/digitization.test.ts',
  'server/test/rights.test.ts',
  'server/test/rights-archive.test.ts',
  'server/test/rights-publicity.test.ts',
  'ui-catalogue/catalogue.test.ts',
]

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => long.some((it) => moduleId.endsWith(it))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((it) => !isLong(it))]
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
