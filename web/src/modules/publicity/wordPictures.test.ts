import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../../../e2e/browser.ts'
import { bundled } from '../../../../e2e/vite.ts'
import type { wordPictures } from './wordPictures.ts'

let browser: Browser
let page: Page

/** The function as it is shipped, in a browser: how HTML is read is the browser's to say. */
beforeAll(async () => {
  const at = JSON.stringify(path.join(import.meta.dirname, 'wordPictures.ts'))
  const code = await bundled('word', `export * from ${at}`)
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.addScriptTag({ content: code })
})

afterAll(async () => {
  await browser?.close()
})

declare const word: { wordPictures: typeof wordPictures }

const picture = '<img data-picture="0" alt="合影">'

test.each([
  ['takes the place of its paragraph', `<p>前</p><p> ${picture}</p>`, ['m'], `<p>前</p>${picture}`, ['m']],
  ['stays in a paragraph with words', `<p>前${picture}</p>`, ['m'], `<p>前${picture}</p>`, ['m']],
  ['is left out where it could not be taken', `<p>前</p><p>${picture}</p>`, [null], '<p>前</p>', []],
  ['is left out where nobody knows of it', `<p>${picture}</p>`, [], '', []],
])('a picture %s', async (_, html, pictures, expected, ids) => {
  const found = await page.evaluate(
    (it) => {
      const { source, placed } = word.wordPictures(it)
      return [source.body.innerHTML, placed.map(({ mediaId }) => mediaId)]
    },
    { html, pictures },
  )
  expect(found).toEqual([expected, ids])
})
