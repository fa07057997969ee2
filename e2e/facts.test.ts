import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks, checkPage } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import { demonstration } from './site.ts'

const { site, browser } = await demonstration()

const looksWell = { accessibility: [], console: [], external: [] }

/** A paper of the demonstration on which something else stands than is recorded, once its text has been read. */
async function differingPaper(page: Page): Promise<string> {
  for (;;) {
    const { items } = await (await page.request.get(`${site.origin}/api/archive/documents?limit=100`)).json()
    for (const { id, person } of items.filter((it: { person: unknown }) => it.person !== null)) {
      const answer = await page.request.get(`${site.origin}/api/development/documents/${id}/offers`)
      const { offers } = await answer.json()
      if (person && offers.some((it: { state: string }) => it.state === 'different')) return id
    }
    await page.waitForTimeout(500)
  }
}

test('what stands on a paper is looked at, left, offered again, and taken through the form of the correction', async () => {
  const page = await signedInAs(browser, site.origin, '组织员')
  const id = await differingPaper(page)
  await page.goto(`${site.origin}/archive/documents/${id}`)
  const open = page.getByRole('list', { name: '可以采用的内容' })
  const day = (await open.locator('strong').textContent()) ?? ''
  // That it does not fit is told once on the page: with the record, not again with what was read.
  await page
    .getByText(/前后不一/)
    .first()
    .waitFor()
  await expect.poll(() => page.getByText(/前后不一/).count()).toBe(1)
  expect(await open.getByText(/前后不一/).count()).toBe(0)
  await open.getByText('与记录不一致', { exact: true }).waitFor()
  await expect.poll(() => open.getByText(/^已有记录：\d+年\d+月\d+日。$/).count()).toBe(1)
  const picture = open.getByRole('img')
  const isShown = () => picture.evaluate((it: HTMLImageElement) => it.complete && it.naturalWidth > 0)
  await expect.poll(isShown).toBe(true)
  expect(await checkLooks(page)).toEqual({})

  await open.getByRole('button', { name: /^不采用/ }).press('Enter')
  await page.getByLabel('原因（可不填）').fill('是誊写的日期')
  await page.getByRole('button', { name: '确定不采用' }).press('Enter')
  await page.getByText('已处理（1 项）').press('Enter')
  await page.getByText('决定不采用：是誊写的日期').waitFor()
  expect(await checkPage(page)).toEqual(looksWell)
  await page.getByRole('button', { name: /^恢复/ }).press('Enter')

  await open.getByRole('link', { name: /^采用/ }).press('Enter')
  const form = page.getByRole('dialog')
  await expect.poll(() => form.getByLabel('更正原因').inputValue()).toBe('以材料为准')
  await expect.poll(() => form.getByLabel('申请书落款日期').inputValue()).toContain(/(\d+)日$/.exec(day)?.[1] ?? '日')
  expect(await checkPage(page)).toEqual(looksWell)
  await form.getByRole('button', { name: '更正', exact: true }).click()
  await page.waitForURL(`**/archive/documents/${id}`)
  await page.getByText('读到的内容都已核对。').waitFor()
  await page.getByText('与记录一致（3 项）').press('Enter')
  expect(await checkPage(page)).toEqual(looksWell)
  await page.context().close()
})
