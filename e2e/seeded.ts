import type { TestProject } from 'vitest/node'
import { startDemonstration } from './demonstration.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the data lie that the demonstration has after its first start. */
    demonstration: string
  }
}

/** The demonstration is started for the first time once in a run; each test file goes on with a copy of its data. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const site = await startDemonstration()
  await site.end()
  project.provide('demonstration', site.data)
  return site.stop
}
