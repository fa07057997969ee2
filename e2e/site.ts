import type { Browser, Page } from 'playwright-core'
import { afterAll, inject } from 'vitest'
import { launchBrowser } from './browser.ts'
import { seededData } from './seeded.ts'
import { startServer, type TestServer } from './server.ts'

/** The demonstration and a browser for the tests of a file, both gone behind them. `open` takes a page to a path of it. */
export async function demonstration(): Promise<{
  site: TestServer
  browser: Browser
  open: (page: Page, path: string) => Promise<unknown>
}> {
  const site = await copiedDemonstration()
  afterAll(() => site.stop())
  const browser = await launchBrowser()
  afterAll(() => browser.close())
  return { site, browser, open: (page, path) => page.goto(`${site.origin}${path}`) }
}

/** Starts the demonstration as it stands after its first start, on a copy of the data that is thrown away. `settings` of the environment go with it. */
export async function copiedDemonstration(settings?: Record<string, string>): Promise<TestServer> {
  const copyOf = await seededData(inject('demonstration'))
  return startServer({ isDemo: true, copyOf, ...(settings && { settings }) })
}
