import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkPage, launchBrowser, openPage } from '../../../e2e/browser.ts'
import { type PagesFromSources, servePages } from '../../../e2e/vite.ts'

let pages: PagesFromSources
let browser: Browser

beforeAll(async () => {
  pages = await servePages('catalogue')
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await pages?.close()
})

const well = { accessibility: [], console: [], external: [] }
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

test.for([
  ['desktop, light', { viewport: desktop, colorScheme: 'light' }],
  ['desktop, dark', { viewport: desktop, colorScheme: 'dark' }],
  ['phone, light', { viewport: phone, colorScheme: 'light' }],
  ['phone, dark', { viewport: phone, colorScheme: 'dark' }],
] as const)('every part is well: %s', async ([, options]) => {
  const page = await openCatalogue(options)
  expect(await checkPage(page)).toEqual(well)

  for (const name of [/周明远/, '从日历中选择', '撤销导入']) {
    await page.getByRole('button', { name }).first().click()
    await page.getByRole('dialog').waitFor()
    expect(await checkPage(page), `after opening ${name}`).toEqual(well)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await page.context().close()
})

test('the keyboard goes from row to row, opens what it is on, and finds a person', async () => {
  const page = await openCatalogue({ viewport: desktop })
  const list = page.getByRole('table', { name: '发展对象名册' })
  await list.getByRole('link', { name: '沈知微' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toBe('顾南乔')
  await page.keyboard.press('End')
  expect(await focused(page)).toBe('林喆')

  const tree = page.getByRole('tree', { name: '组织架构' })
  await tree.getByRole('treeitem', { name: '教工第一党支部' }).focus()
  await page.keyboard.press('ArrowLeft')
  expect(await focused(page)).toBe('文学院党委')
  await page.keyboard.press('ArrowLeft')
  expect(await tree.getByRole('treeitem').count()).toBe(5)

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '搜索人员、页面、操作' }).fill('沈知')
  await page.getByRole('option', { name: /沈知行/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/people/2')
  await page.context().close()
})

test('a typed day is never guessed', async () => {
  const page = await openCatalogue({ viewport: desktop })
  const day = page.getByRole('textbox', { name: '谈话日期' })
  await day.fill('5月11日')
  expect(await page.getByText('缺少年份，请写成 2026-05-11 的样子。').isVisible()).toBe(true)
  await day.fill('2026年5月12日')
  expect(await page.getByText('不能晚于2026年5月11日。').isVisible()).toBe(true)
  await day.fill('20260509')
  await day.blur()
  expect(await day.inputValue()).toBe('2026-05-09')
  await page.context().close()
})

test('a document is gone through by keys, by number and by its small pages', async () => {
  const page = await openCatalogue({ viewport: desktop })
  const sheets = page.getByRole('region', { name: '入党申请书的页面' })
  const number = page.getByRole('textbox', { name: '页码，共 12 页' })
  const small = page.getByRole('navigation', { name: '全部页面' })
  const isAt = async (at: number) => {
    await expect.poll(() => number.inputValue()).toBe(String(at))
    await expect.poll(() => small.locator('[aria-current=page]').textContent()).toBe(String(at))
  }
  await sheets.getByRole('img', { name: '第 1 页' }).waitFor()
  await isAt(1)
  await sheets.focus()
  await page.keyboard.press('End')
  await isAt(12)
  await page.keyboard.press('PageUp')
  await isAt(11)
  await number.fill('99')
  await number.press('Enter')
  await isAt(11)
  await number.fill('5')
  await number.press('Enter')
  await isAt(5)
  await small.getByRole('button', { name: '第 2 页' }).click()
  await isAt(2)
  await page.getByText('第 2 页没有显示出来。').waitFor()

  await sheets.focus()
  await page.keyboard.press('PageDown')
  await isAt(3)
  const shape = () => sheets.getByRole('img', { name: '第 3 页' }).evaluate((it) => it.clientWidth > it.clientHeight)
  expect(await shape()).toBe(false)
  await page.keyboard.press('r')
  await expect.poll(shape).toBe(true)
  await page.keyboard.press('+')
  await page.getByRole('button', { name: '125%' }).waitFor()
  await isAt(3)
  await page.keyboard.press('0')
  await page.getByRole('button', { name: '适合宽度' }).waitFor()

  await page.getByRole('button', { name: '查看落款' }).click()
  await isAt(1)
  expect(await page.frameLocator('iframe').getByRole('heading').textContent()).toBe('谈话记录')
  await page.context().close()
})

test('an article is written by keyboard and by pasting, and read beside it', async () => {
  const page = await openCatalogue({ viewport: desktop })
  const sample = page.getByRole('region', { name: '文章编辑器' })
  const read = page.getByRole('region', { name: 'RichTextView 文章' })
  const text = sample.getByRole('textbox', { name: '正文' })
  await text.waitFor()

  await text.focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('段落')
  for (let at = 0; at < 5; at++) await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('加粗')
  await page.keyboard.press('Enter')
  await page.keyboard.type('加粗的字')
  await read.locator('strong', { hasText: '加粗的字' }).waitFor()

  await sample.getByRole('button', { name: '脚注' }).last().click()
  await page.getByRole('textbox', { name: '脚注内容' }).fill('另一条脚注')
  await page.getByRole('button', { name: '确定' }).click()
  await read.getByRole('listitem').filter({ hasText: '另一条脚注' }).waitFor()

  await sample.getByRole('button', { name: '表格', exact: true }).click()
  await sample.getByRole('button', { name: '删除行' }).click()
  await page.keyboard.type('格')
  await expect.poll(() => read.getByRole('table').last().getByRole('row').count()).toBe(2)
  await sample.getByRole('button', { name: '删除表格' }).click()

  await text.evaluate((it) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData(
      'text/html',
      '<p style="color:red">从网页粘贴</p><img src="https://mmbiz.qpic.cn/a.png"><img src="data:image/png;base64,iVBORw0KGgo=" alt="合影照">',
    )
    it.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await read.getByText('从网页粘贴').waitFor()
  await read.getByRole('img', { name: '合影照' }).waitFor()
  await sample.getByText('https://mmbiz.qpic.cn/a.png').waitFor()

  await sample.locator('figure', { hasText: '主题党日现场' }).getByRole('button', { name: '修改图片' }).click()
  const alt = page.getByRole('textbox', { name: '替代文字' })
  expect(await alt.inputValue()).toBe('支部书记在主题党日上领学')
  await page.getByRole('slider', { name: '右边' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await alt.fill('领学')
  expect(await checkPage(page), 'the form for a picture').toEqual(well)
  await page.getByRole('button', { name: '确定' }).click()
  await read.getByRole('img', { name: '领学' }).waitFor()

  await text.focus()
  await page.keyboard.press('Control+z')
  await read.getByRole('img', { name: '支部书记在主题党日上领学' }).waitFor()
  await page.context().close()
})

test('a post mentions a person by @', async () => {
  const page = await openCatalogue({ viewport: phone })
  const text = page.getByRole('textbox', { name: '发言' })
  await text.click()
  await page.keyboard.type('a@b，@')
  await page.getByRole('textbox', { name: '姓名' }).fill('沈知')
  await page.getByRole('button', { name: /^沈知行/ }).click()
  await page.keyboard.type('请补充')
  await expect
    .poll(() => page.getByRole('region', { name: 'RichTextView 发言' }).locator('p').textContent())
    .toBe('a@b，@沈知行 请补充')
  await page.context().close()
})

async function openCatalogue(options: BrowserContextOptions): Promise<Page> {
  const page = await openPage(browser, pages.origin, options)
  await page.goto(`${pages.origin}/ui-catalogue`)
  await page.getByRole('heading', { name: '界面样例' }).waitFor({ timeout: 600_000 })
  await page.getByRole('textbox', { name: '发言' }).waitFor()
  return page
}

/** The name of what has the focus, without the notes beside it. */
async function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent?.replace('任期将满', ''))
}
