import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { damaged } from '../server/test/paper/damage.ts'
import { drawPaper } from '../server/test/paper/paper.ts'
import { checkLooks, looks } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import { scannedStack } from './scanned-stack.ts'
import { demonstration } from './site.ts'

/** What an organiser does with a pile of paper: covers, scanner, a look at each part, the archive, the seal, the package. */

const { site, browser } = await demonstration()
const folder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-stack-'))
afterAll(() => rm(folder, { recursive: true }))

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const read = async (page: Page, address: string) => (await page.request.get(`${site.origin}/api${address}`)).json()

interface Choice {
  id: string
  name: string
  missing: string[]
}

test('a pile of paper becomes a sealed file that can be verified elsewhere', async () => {
  const page = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 书记')
  await page.setViewportSize(looks[0].viewport)

  // Covers for all that one person of the branch lacks.
  await page.goto(`${site.origin}/digitization`)
  await heading(page, '纸质材料整理').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('link', { name: '打印封面' }).click()
  await heading(page, '打印封面').waitFor()
  const persons = page.getByRole('list', { name: '选择人员' })
  await persons.waitFor()
  expect(await checkLooks(page)).toEqual({})
  const { account } = await read(page, '/accounts/session')
  const { items } = await read(page, `/people?limit=1`)
  const choices: { persons: Choice[] } = await read(
    page,
    `/digitization/covers/choices?organizationId=${items[0].organization.id}`,
  )
  const called = (name: string) => choices.persons.filter((it) => it.name.includes(name)).length
  const person = choices.persons.find(
    (it) => it.id !== account.personId && it.missing.length >= 2 && called(it.name) === 1,
  )
  if (!person) throw new Error('演示中没有缺材料的人员')
  await page.getByRole('button', { name: '全不选' }).click()
  // 全选 takes those that are listed, and leaves the others as they were.
  const search = page.getByRole('textbox', { name: '查找姓名' })
  await search.fill(person.name)
  await page.getByRole('button', { name: '全选' }).click()
  await page.getByText(`列出 1 人，选了 1 人；没有列出的 ${choices.persons.length - 1} 人不打印`).waitFor()
  await search.fill('')
  await page.getByText(`列出 ${choices.persons.length} 人，选了 1 人`).waitFor()
  expect(await persons.getByRole('checkbox', { name: new RegExp(`^${person.name}\\s`) }).isChecked()).toBe(true)
  expect(await checkLooks(page)).toEqual({})
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: `生成封面（${person.missing.length} 张）` }).click()
  const download = await saved
  expect(download.suggestedFilename()).toContain(`归档封面 ${person.name}`)

  // The pile as a scanner gives it: two of the covers, each before its paper; the first one's back is blank.
  const stack = await scannedStack(new Uint8Array(await readFile(await download.path())), folder)
  const before = await missingCount(page, person.id)

  await page.goto(`${site.origin}/digitization`)
  await page.getByRole('button', { name: '整理一批材料' }).click()
  await page.getByRole('dialog').getByLabel('名称（可不填）').fill('十一月交来的材料')
  await page.getByRole('dialog').getByRole('button', { name: '开始' }).click()
  await heading(page, '十一月交来的材料').waitFor()
  await page.locator('input[type=file][accept]').setInputFiles(stack)
  await page.getByText('6 页', { exact: true }).waitFor({ timeout: 600_000 })
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '添加完毕，开始识别' }).click()
  await page.getByText('正在识别', { exact: true }).first().waitFor()

  await page.getByRole('button', { name: '归档全部已识别的（2 份）' }).waitFor({ timeout: 600_000 })
  const parts = page.getByRole('navigation', { name: '各份材料' }).getByRole('button')
  await expect
    .poll(() => parts.allTextContents())
    .toEqual([
      expect.stringMatching(new RegExp(`^${person.name}　.*第 3 页$`)),
      expect.stringMatching(new RegExp(`^${person.name}　.*第 5–6 页$`)),
    ])
  await page.getByText('封面二维码').first().waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '放大第 3 页', exact: true }).click()
  await page.getByRole('img', { name: '第 3 页' }).waitFor()
  await page.getByRole('button', { name: '关闭' }).click()

  // Which part is looked at stands in the address, so that it is still there after a reload and on the way back.
  await page.keyboard.press('Alt+KeyN')
  const second = page
    .getByRole('navigation', { name: '各份材料' })
    .locator('button[aria-current=true]', { hasText: '第 5–6 页' })
  await second.waitFor()
  await page.reload()
  await second.waitFor()
  await page.getByRole('link', { name: '纸质材料整理' }).first().click()
  await heading(page, '纸质材料整理').waitFor()
  await page.goBack()
  await second.waitFor()
  await page.keyboard.press('Alt+KeyP')
  await parts.and(page.locator('[aria-current=true]')).getByText('第 3 页').waitFor()

  // The first by the key, the rest at once.
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: '归档全部已识别的（1 份）' }).click()
  await page.getByText('归档了 1 份').waitFor({ timeout: 600_000 })
  await page.getByRole('button', { name: '办结这一批' }).click()
  await page.getByRole('heading', { level: 2, name: '已办结' }).waitFor()
  expect(await checkLooks(page)).toEqual({})

  // Found by its words, and no longer missing.
  await expect
    .poll(
      async () => {
        const answer = await read(page, `/search?q=${encodeURIComponent('正确对待批评')}`)
        return answer.items.some((it: { kind: string }) => it.kind === 'document')
      },
      { timeout: 600_000, interval: 1_000 },
    )
    .toBe(true)
  expect(await missingCount(page, person.id)).toBe(before - 2)

  // Sealed, taken away, verified without the server.
  await page.goto(`${site.origin}/archive/persons/${person.id}`)
  await page
    .getByRole('button', { name: /^打印封面 ?：/ })
    .first()
    .waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '封存档案' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '封存', exact: true }).click()
  await page.getByText('首次封存').waitFor({ timeout: 600_000 })
  const exported = page.waitForEvent('download')
  await page.getByRole('link', { name: '导出档案包' }).click()
  const bag = path.join(folder, 'package.zip')
  await (await exported).saveAs(bag)
  const cli = path.join(import.meta.dirname, '../server/src/cli.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'verify', bag])
  expect(stdout).toMatch(/一致|通过/)
  await page.context().close()
})

test('whoever keeps the papers of many organisations says for which they print covers', async () => {
  const page = await signedInAs(browser, site.origin, '学院党委 组织员')
  await page.goto(`${site.origin}/digitization/covers`)
  await page.getByText('还没有选择组织').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

test('photographs of a phone go into a stack at once, and can be taken again', async () => {
  const page = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 书记')
  await page.setViewportSize(looks[1].viewport)
  await page.goto(`${site.origin}/digitization`)
  await page.getByRole('button', { name: '整理一批材料' }).click()
  await page.getByRole('dialog').getByText('手机拍照').click()
  await page.getByRole('dialog').getByRole('button', { name: '开始' }).click()
  await page.getByRole('link', { name: '在本机拍照' }).click()
  await heading(page, '拍照').waitFor()
  const photo = path.join(folder, 'image.jpg')
  await writeFile(photo, await damaged((await drawPaper('letter', 5, 100)).picture, 'photo', 5))
  const camera = page.locator('input[capture=environment]')
  await camera.setInputFiles(photo)
  await page.getByRole('list', { name: '已拍 1 页' }).waitFor()
  await camera.setInputFiles(photo)
  await page.getByRole('list', { name: '已拍 2 页' }).waitFor()
  await page.getByRole('button', { name: /^删去 ?第 1 页$/ }).click()
  await page.getByRole('button', { name: '删去', exact: true }).click()
  await page.getByRole('list', { name: '已拍 1 页' }).waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.setViewportSize(looks[1].viewport)
  await page.getByRole('button', { name: '拍完了，开始识别' }).click()
  const person = page.getByRole('combobox', { name: '查找人员' })
  await person.waitFor({ timeout: 600_000 })

  // Nobody is named by a cover: a person says whose it is and what.
  const { account } = await read(page, '/accounts/session')
  const { items } = await read(page, '/people?limit=50')
  const other = items.find((it: Choice) => it.id !== account.personId)
  await person.fill(other.studentNumber)
  await page.getByRole('option', { name: new RegExp(other.name) }).click()
  await page.getByRole('group', { name: '谁的材料' }).getByText(other.organization.name).waitFor()
  await page.getByRole('combobox', { name: '类别' }).click()
  await page.getByRole('option', { name: /思想汇报/ }).click()
  await page.getByRole('button', { name: '归档这一份' }).click()
  await page.getByRole('button', { name: '办结这一批' }).waitFor({ timeout: 600_000 })
  expect(await checkLooks(page)).toEqual({})
  await page.context().close()
})

test('a photograph that was taken without a network goes into the stack once it is back', async () => {
  const page = await signedInAs(browser, site.origin, '软件工程本科生第一党支部 书记')
  await page.goto(`${site.origin}/digitization`)
  await page.getByRole('button', { name: '整理一批材料' }).click()
  await page.getByRole('dialog').getByText('手机拍照').click()
  await page.getByRole('dialog').getByRole('button', { name: '开始' }).click()
  await page.getByRole('link', { name: '在本机拍照' }).click()
  await heading(page, '拍照').waitFor()
  const photo = path.join(folder, 'offline.jpg')
  await writeFile(photo, await damaged((await drawPaper('letter', 5, 100)).picture, 'photo', 6))
  await page.context().setOffline(true)
  await page.locator('input[capture=environment]').setInputFiles(photo)
  await page.getByRole('list', { name: '没有传成的文件' }).waitFor()
  await page.context().setOffline(false)
  await page.getByRole('list', { name: '已拍 1 页' }).waitFor()
  await page.getByRole('list', { name: '没有传成的文件' }).waitFor({ state: 'detached' })
  await page.context().close()
})

/** How many kinds of papers a person lacks, as their archive says. */
async function missingCount(page: Page, personId: string): Promise<number> {
  await page.goto(`${site.origin}/archive/persons/${personId}`)
  const title = page.getByRole('heading', { level: 2, name: /^材料核对/ })
  await title.waitFor()
  return Number(/\d+/.exec((await title.textContent()) ?? '')?.[0] ?? 0)
}
