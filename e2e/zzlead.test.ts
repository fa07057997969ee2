import { mkdirSync } from 'node:fs'
import { test } from 'vitest'
import { demonstration } from './site.ts'
import { signedInAs } from './demonstration.ts'
import { checkLooks, phone } from './browser.ts'

const { site, browser, open } = await demonstration()
mkdirSync('/tmp/look', { recursive: true })
test('look', async () => {
  const a = await signedInAs(browser, site.origin, '姚思微')
  await open(a, '/reports')
  await a.locator('[data-chart] canvas').first().waitFor()
  await a.getByText('年活动').waitFor()
  await a.waitForTimeout(2500)
  await a.screenshot({ path: '/tmp/look/rep-0.png', fullPage: true })
  console.log(JSON.stringify(await checkLooks(a)).slice(0, 3000))
  await a.getByRole('link', { name: '计算机学院党委', exact: true }).first().click()
  await a.waitForTimeout(2500)
  await a.screenshot({ path: '/tmp/look/rep-1.png', fullPage: true })
  await a.getByRole('link', { name: /^软件工程本科生第一党支部，入党积极分子：/ }).click()
  await a.waitForTimeout(1500)
  await a.screenshot({ path: '/tmp/look/rep-2.png', fullPage: true })
  console.log(JSON.stringify(await checkLooks(a)).slice(0, 1500))
  const b = await signedInAs(browser, site.origin, '田宇霖', phone)
  await open(b, '/reports')
  await b.locator('[data-chart] canvas').first().waitFor()
  await b.waitForTimeout(2500)
  await b.screenshot({ path: '/tmp/look/rep-3.png', fullPage: true })
}, 300000)
