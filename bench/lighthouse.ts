import lighthouse, { type Result } from 'lighthouse'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../e2e/browser.ts'
import { signedInAs, startDemonstration } from '../e2e/demonstration.ts'
import { atLeast, type Measure, median } from './measure.ts'
import { freePort } from './processes.ts'

/** How often each page is opened; the run in the middle counts, as the speed varies by some points. */
const runs = 5

/** The points that are asked for, of 100. */
const least = { performance: 90, accessibility: 95, 'best-practices': 95 } as const

/**
 * What Lighthouse says of the first pages of the demonstration on a phone (its own simulation: a slow processor, 1.6 Mbit/s,
 * 150 ms there and back): the sign-in page, and the desk of an organiser. Wants a machine that does nothing else.
 */
export async function measureLighthouse(): Promise<Measure[]> {
  const site = await startDemonstration()
  try {
    const port = await freePort()
    const browser = await launchBrowser([`--remote-debugging-port=${port}`])
    try {
      const signIn = await pointsOf('sign-in page', `${site.origin}/sign-in`, port)
      await signInEverywhere(browser, site.origin)
      return [...signIn, ...(await pointsOf('desk', `${site.origin}/`, port))]
    } finally {
      await browser.close()
    }
  } finally {
    await site.stop()
  }
}

/** The points of a page, the one in the middle of some runs, of which so many are asked for. */
export async function pointsOf(
  name: string,
  address: string,
  port: number,
  asked: Readonly<Record<string, number>> = least,
): Promise<Measure[]> {
  const categories = Object.keys(asked)
  const reports: Result[] = []
  for (let run = 0; run < runs; run++) {
    const { lhr } = (await lighthouse(address, { port, logLevel: 'error', onlyCategories: categories })) ?? {}
    if (lhr?.finalDisplayedUrl !== address) throw new Error(`Lighthouse: ${address} did not open`)
    reports.push(lhr)
  }
  return categories.map((it) => {
    const points = reports.map(({ categories }) => (categories[it]?.score ?? 0) * 100)
    return atLeast(`web: Lighthouse ${it} of the ${name}`, median(points), asked[it] ?? 0)
  })
}

/** Signs in for the pages that Lighthouse opens by itself, which belong to no context of ours. */
async function signInEverywhere(browser: Browser, origin: string): Promise<void> {
  const page = await signedInAs(browser, origin, '学院党委 组织员')
  const cookies = (await page.context().cookies()).map(({ name, value }) => ({ name, value, url: origin }))
  await page.context().close()
  const session = await browser.newBrowserCDPSession()
  await session.send('Storage.setCookies', { cookies })
}
