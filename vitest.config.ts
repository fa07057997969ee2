import { defineConfig } from 'vitest/config'

const rounds = ['server/test/prove/*.test.ts']

/**
 * `npm test` runs everything but the rounds in which servers are killed, which `npm run prove` runs. One part of it:
 * `npx vitest run --project rules`.
 */
export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      { test: { name: 'rules', include: ['rules/**/*.test.ts'], isolate: false, testTimeout: 30_000 } },
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          exclude: rounds,
          // To load the whole server takes longer than most files.
          isolate: false,
          setupFiles: 'server/test/whole-app.ts',
          globalSetup: 'server/test/cluster.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'prove',
          include: rounds,
          globalSetup: 'server/test/cluster.ts',
        },
      },
      { test: { name: 'web', include: ['web/**/*.test.ts'], isolate: false, testTimeout: 30_000 } },
      { test: { name: 'tidy', include: ['*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: 'e2e/seeded.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
