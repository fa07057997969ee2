import { expect, test } from 'vitest'
import { checkLooks, phone } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import { heading } from './on-page.ts'
import { demonstration } from './site.ts'

const { site, browser, open } = await demonstration()

test('the organisation department looks at its colleges, one of them, and who stands behind a figure; a table goes upward', async () => {
  const page = await signedInAs(browser, site.origin, '组织部')
  await open(page, '/')
  await page.getByRole('navigation').getByRole('link', { name: '统计', exact: true }).click()
  await heading(page, '统计')
  const stages = page.getByRole('region', { name: '队伍构成', exact: true })
  await stages.locator('canvas').waitFor()
  await page
    .getByRole('region', { name: /年活动$/ })
    .getByRole('table')
    .waitFor()
  await page.getByRole('region', { name: '前后对比', exact: true }).getByText('增减').waitFor()
  expect(await checkLooks(page)).toEqual({})

  await page.getByRole('region', { name: '党员构成', exact: true }).getByText('年龄', { exact: true }).click()
  await page.waitForURL(/by=age/)
  await page.getByRole('rowheader', { name: '30 岁及以下' }).waitFor()
  await stages.getByText('这些数字怎么来的').click()
  await stages.getByText('直接登记在本组织的人').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出统计表' }).click()
  expect((await download).suggestedFilename()).toMatch(/^中共青禾大学委员会统计\d{4}-\d\d-\d\d\.xlsx$/)

  await stages.getByRole('link', { name: '计算机学院党委', exact: true }).click()
  await page.waitForURL(/organization=/)
  const figure = stages.getByRole('link', { name: /^软件工程本科生第一党支部，入党积极分子：/ })
  const count = Number(await figure.textContent())
  expect(count).toBeGreaterThan(0)
  await figure.click()
  await heading(page, '入党积极分子：软件工程本科生第一党支部')
  const list = page.getByRole('list', { name: '名单' })
  await list.waitFor()
  expect(await list.getByRole('listitem').count()).toBe(count)
  expect(await checkLooks(page)).toEqual({})
  await list.getByRole('link').first().click()
  await page.waitForURL(/\/development\//)
  await page.goBack()
  await page.goBack()
  await heading(page, '统计')
  await page.getByRole('link', { name: '上一级：中共青禾大学委员会' }).click()
  await stages.getByRole('link', { name: '计算机学院党委', exact: true }).waitFor()
})

test('a secretary sees the own branch on a phone, and what is due leads to the desk', async () => {
  const page = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 书记', phone)
  await open(page, '/reports')
  await page.getByRole('region', { name: '待办事项', exact: true }).locator('canvas').waitFor()
  expect(await page.getByRole('link', { name: /^上一级/ }).count()).toBe(0)
  expect(await checkLooks(page)).toEqual({})
  await page
    .getByRole('link', { name: /^半年考察，/ })
    .first()
    .click()
  await heading(page, '工作台')
  await page.waitForURL(/kind=review/)
})
