import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { launchBrowser } from './browser.ts'
import { startDemonstration } from './demonstration.ts'
import type { TestServer } from './server.ts'

/** The demonstration and a browser for the tests of a file, both gone behind them. */
export async function demonstration(): Promise<{ site: TestServer; browser: Browser }> {
  const site = await startDemonstration()
  afterAll(() => site.stop())
  const browser = await launchBrowser()
  afterAll(() => browser.close())
  return { site, browser }
}
