import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { checkPage } from './browser.ts'

/** Waits for the page of this name. */
export const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name }).waitFor()

/** The button with just this word. */
export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })

/** Expects that nothing is wrong with the page as it is. */
export const isWell = async (page: Page): Promise<void> =>
  expect(await checkPage(page)).toMatchObject({ accessibility: [], console: [], external: [] })
