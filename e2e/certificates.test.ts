import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { checkLooks, openPage, phone } from './browser.ts'
import { signedInAs, somebodyWithoutOffice } from './demonstration.ts'
import { button, heading, isWell } from './on-page.ts'
import { demonstration } from './site.ts'

const programme = '第 58 期入党积极分子培训班'

const { site, browser, open } = await demonstration()
const department = await signedInAs(browser, site.origin, '组织部')
const secretary = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 书记')
const student = await somebodyWithoutOffice(secretary, site.origin)
const holder = await signedInAs(browser, site.origin, student.name, phone)

test('certificates are issued to persons of the register, printed in the background, and held by those to whom they were given', async () => {
  await open(department, '/training/certificates')
  await heading(department, '证书')
  await department.getByRole('link', { name: '颁发证书' }).click()
  await heading(department, '颁发证书')
  await department.getByRole('textbox', { name: '参加的培训' }).fill(programme)
  await department.getByRole('textbox', { name: '学时', exact: true }).fill('24 学时')
  await department.getByRole('textbox', { name: '结果' }).fill('考核合格')
  await department.getByText(`参加${programme}，共 24 学时，考核合格。特发此证。`).waitFor()
  await choose(department, student.studentNumber)
  expect(await checkLooks(department)).toEqual({})
  await button(department, '颁发证书').click()
  await button(department, '确认颁发').click()
  await department.getByText('证书已经排好').waitFor({ timeout: 60_000 })
  expect(await checkLooks(department)).toEqual({})

  await open(holder, '/training/certificates')
  const own = holder.getByRole('listitem').filter({ hasText: programme })
  await own.getByRole('link', { name: '下载证书' }).waitFor()
  expect(await checkLooks(holder)).toEqual({})
  const [download] = await Promise.all([
    holder.waitForEvent('download'),
    own.getByRole('link', { name: '下载证书' }).click(),
  ])
  expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-')
  expect(download.suggestedFilename()).toContain(student.name)
})

test('one is replaced with a reason, and its number leads from one to the other', async () => {
  await open(department, `/training/certificates?q=${encodeURIComponent(programme)}`)
  await department.getByRole('link', { name: student.name }).first().click()
  await heading(department, `${student.name}的结业证书`)
  expect(await checkLooks(department)).toEqual({})
  await button(department, '换发').click()
  await department.getByRole('dialog').getByRole('textbox', { name: '学时', exact: true }).fill('28 学时')
  await department.getByRole('textbox', { name: '换发原因' }).fill('学时写错')
  await isWell(department)
  await button(department, '换发证书').click()
  await department.getByText('换发自').waitFor()
  await department.getByText('共 28 学时').waitFor()
  await department.getByRole('definition').getByRole('link').first().click()
  await department.getByText('这份证书已经撤销').waitFor()
  expect(await checkLooks(department)).toEqual({})
})

test('whoever holds a paper in hand confirms it without signing in, on a phone, in light and dark', async () => {
  const visitor = await openPage(browser, site.origin, { ...phone, locale: 'zh-CN' })
  await visitor.goto(`${site.origin}/check`)
  await heading(visitor, '证书核验')
  await visitor.getByRole('textbox', { name: '核验码' }).fill('AAAA BBBB CCCC DDDD EEEE FFFF')
  await button(visitor, '核验').click()
  await visitor.getByRole('alert').filter({ hasText: '没有找到这个核验码对应的证书' }).waitFor()
  expect(new URL(visitor.url()).pathname).toBe('/check')
  expect(await visitor.locator('script').count()).toBe(0)
  for (const colorScheme of ['light', 'dark'] as const) {
    await visitor.emulateMedia({ colorScheme })
    const width = await visitor.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
  }
})

/** Takes somebody into the list of those to whom it is given. */
async function choose(page: Page, number: string): Promise<void> {
  await page.getByText('粘贴学号').click()
  await page.getByRole('textbox', { name: '学号（工号）' }).fill(number)
  await page.getByRole('button', { name: /^查找并选入/ }).click()
  await page.getByText('已选 1 人').waitFor()
}
