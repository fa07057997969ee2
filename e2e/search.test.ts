import { expect, test } from 'vitest'
import { checkLooks } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import { demonstration } from './site.ts'

/** The search over what is written, in a browser, on the demonstration. */

const { site, browser } = await demonstration()
const page = await signedInAs(browser, site.origin, '计算机学院党委 组织员', { viewport: { width: 1440, height: 900 } })

test('what is recorded can be found by itself before long', async () => {
  await expect.poll(() => count('入党申请'), { timeout: 600_000, interval: 1_000 }).toBeGreaterThan(0)
})

async function count(q: string): Promise<number> {
  const answer = await page.request.get(`${site.origin}/api/search?q=${encodeURIComponent(q)}`)
  return (await answer.json()).items.length
}

test('what is written is found from everywhere, and all of it on a page that can be narrowed and sent on', async () => {
  await page.goto(site.origin)
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '搜索人员、页面、操作' }).fill('党申请')
  await page
    .getByRole('option', { name: /递交入党申请书.*办理事项/ })
    .first()
    .waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('option', { name: /在全文中查找“党申请”/ }).click()
  await page.getByRole('heading', { level: 1, name: '查找' }).waitFor()
  expect(page.url()).toContain(`/search?${new URLSearchParams({ q: '党申请' })}`)
  await page.locator('mark', { hasText: '党申请' }).first().waitFor()
  expect(await checkLooks(page)).toEqual({})

  await page.getByRole('combobox', { name: '种类' }).click()
  await page.getByRole('option', { name: '材料', exact: true }).click()
  await page
    .getByRole('list', { name: '查找结果' })
    .getByRole('link', { name: /入党申请/ })
    .first()
    .waitFor()
  expect(page.url()).toContain('kind=document')
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('combobox', { name: '年份' }).click()
  await page
    .getByRole('option', { name: /^20\d\d/ })
    .last()
    .click()
  await page.getByText('没有找到“党申请”').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '清除筛选条件' }).click()
  await page.getByRole('combobox', { name: '种类' }).click()
  await page.getByRole('option', { name: '办理事项', exact: true }).click()
  await page.waitForURL(/kind=act/)

  const first = page.getByRole('list', { name: '查找结果' }).getByRole('link').first()
  await first.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/development\/[0-9a-f-]{36}/)
})

test('words that mean a person show the person beside the texts', async () => {
  const { items } = await (await page.request.get(`${site.origin}/api/people?limit=1`)).json()
  await page.goto(`${site.origin}/search?${new URLSearchParams({ q: items[0].name })}`)
  await page.getByRole('list', { name: '人员' }).getByRole('link', { name: items[0].name }).first().waitFor()
  await page.goto(`${site.origin}/search`)
  await page.getByText('请填写要查找的字词').waitFor()
  expect(await checkLooks(page)).toEqual({})
})
