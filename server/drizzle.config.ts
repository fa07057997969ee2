import { defineConfig } from 'drizzle-kit'

/** `npm run migrations` compares the tables with the last snapshot and writes the difference as SQL. */
export default defineConfig({
  dialect: 'postgresql',
  schema: [
    'server/src/platform/{journal,seals,session,sign-in}.ts',
    'server/src/platform/search/entries.ts',
    'server/src/modules/*/tables.ts',
  ],
  out: 'server/migrations',
})
