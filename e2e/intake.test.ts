import { readFile } from 'node:fs/promises'
import { read as readWithComments } from '@e965/xlsx'
import type { Download, Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { textOf } from '../server/src/platform/spreadsheet/cell-value.ts'
import { writeTable } from '../server/src/platform/spreadsheet/export-table.ts'
import { packageOf, readWhole, workbookParts } from '../server/test/workbooks.ts'
import { checkLooks, isAskedBeforeLeaving } from './browser.ts'
import { signedInAs } from './demonstration.ts'
import { demonstration } from './site.ts'

/** The wizard of the import in a browser, on the demonstration: every way that a spreadsheet can take. */

const branch = '软件工程本科生第一党支部'
const headers = ['姓名', '学号', '所在党支部', '递交入党申请书时间', '首次谈心', '兴趣特长']
const chen = ['陈知微', '2029010001', branch, '2025-09-20', '2025-10-08', '书法']
const he = ['何不言', '2029010002', branch, '2025年2月30日', null, '篮球']
const lin = ['林见鹿', '2029010003', branch, '2025-09-22', '2025-10-09', null]

const { site, browser } = await demonstration()
const page = await signedInAs(browser, site.origin, '计算机学院党委 组织员', { viewport: { width: 1440, height: 900 } })

describe('a file that cannot be read is refused with the reason', () => {
  const bomb = packageOf(
    workbookParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>${'0'.repeat(20_000_000)}</t></is></c></row>`),
  )
  test.each([
    ['of another kind', '说明.txt', Buffer.from('姓名'), '“说明.txt”的类型不能使用，请上传 .xlsx、.xls、.csv 文件。'],
    ['empty', '名单.xlsx', Buffer.from(''), '“名单.xlsx”是空文件。'],
    ['a PDF under another name', '名单.xlsx', Buffer.from('%PDF-1.7\n'), '这不是电子表格，而是PDF 文件'],
    ['damaged', '名单.xlsx', packageOf(workbookParts('')).subarray(0, 700), '文件已损坏，或者不是规范的 Excel 工作簿'],
    ['a bomb', '名单.xlsx', bomb, '可能是恶意构造的压缩包，没有打开'],
  ])('%s', async (_what, name, buffer, reason) => {
    await page.goto(`${site.origin}/intake`)
    await choose(page, name, buffer)
    await page.getByRole('alert').filter({ hasText: reason }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/intake')
  })

  test('and the page stays well', async () => {
    expect(await checkLooks(page)).toEqual({})
  })
})

test('a template is offered, which the import itself can read', async () => {
  await page.goto(`${site.origin}/intake`)
  const file = await saved(page, () => page.getByRole('link', { name: '下载空白模板' }).click())
  expect(file.name).toMatch(/\.xlsx$/)
  await choose(page, file.name, file.bytes)
  await page.getByText(/^读取工作表“.+”，表头在第 1 行，共 0 行$/).waitFor()
  await page.getByRole('button', { name: '放弃导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '放弃导入' }).click()
  await page.getByRole('heading', { level: 1, name: '导入' }).waitFor()
})

test('where no header is found, the sheet and the line are asked for', async () => {
  await page.goto(`${site.origin}/intake`)
  await choose(page, '无表头.xlsx', await writeTable([{ header: '甲' }, { header: '乙' }], [['1', '2']]))
  await page.getByText('没有找到写着姓名、学号等的表头').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '放弃导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '放弃导入' }).click()
  await page.getByRole('heading', { level: 1, name: '导入' }).waitFor()
})

test('the list of imports follows the work that goes on while its reader waits there', async () => {
  await page.goto(`${site.origin}/intake`)
  await choose(page, '慢慢读.xlsx', await table([chen]))
  await page.getByText('共 6 列').waitFor()
  // As the list is while the rows are still being read.
  const list = /\/api\/intake\/imports\?/
  await page.route(
    list,
    async (route) => {
      const response = await route.fetch()
      const answer = await response.json()
      await route.fulfill({ response, json: { ...answer, items: [{ ...answer.items[0], state: 'reading' }] } })
    },
    { times: 1 },
  )
  await page.goto(`${site.origin}/intake`)
  const records = page.getByRole('region', { name: '导入记录' })
  await records.getByText('正在读取').waitFor()
  await records.getByText('待提交').first().waitFor()
  await page.getByRole('link', { name: '慢慢读.xlsx' }).click()
  await page.getByRole('button', { name: '放弃导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '放弃导入' }).click()
  await page.getByRole('heading', { level: 1, name: '导入' }).waitFor()
})

test('columns are mapped by hand, cells mended on the spot or in the file, rows left out, and all is written at once', async () => {
  await page.goto(`${site.origin}/intake`)
  await choose(page, '新生.xlsx', await table([chen, he, lin]))
  await page.getByText('共 6 列，其中 2 列没有对应的字段').waitFor()

  await page.getByRole('button', { name: '核对或调整各列' }).click()
  await page.getByRole('combobox', { name: 'E 列“首次谈心”对应的字段' }).click()
  await page.getByRole('option', { name: '派人谈话', exact: true }).click()
  expect(await checkLooks(page)).toEqual({})
  await page.getByRole('button', { name: '按此重新核对' }).click()
  await page.getByText('共 6 列，其中 1 列没有对应的字段').waitFor()

  // A cell that cannot be read, mended on the spot; a row left out, and taken again.
  const wrong = row(page, '何不言')
  await wrong.getByText('“2025年2月30日”不是真实存在的日期').waitFor()
  const marked = await saved(page, () => page.getByRole('link', { name: '下载标注了问题的文件' }).click())
  const [comment] = readWithComments(marked.bytes).Sheets.名册?.D3.c ?? []
  expect(comment?.t).toContain('“2025年2月30日”不是真实存在的日期')
  await wrong.getByRole('textbox', { name: 'D 列 递交入党申请书时间' }).fill('2025-02-28')
  await wrong.getByRole('button', { name: '改为此值' }).click()
  await page.getByRole('tab', { name: '有问题 0' }).waitFor()
  await page.getByRole('tab', { name: '新增 3' }).click()
  await row(page, '林见鹿').getByRole('button', { name: '不导入这一行' }).click()
  await page.getByRole('tab', { name: '跳过 1' }).click()
  await row(page, '林见鹿').getByRole('button', { name: '恢复这一行' }).click()
  await page.getByRole('tab', { name: '新增 3' }).click()
  await row(page, '林见鹿').getByRole('button', { name: '不导入这一行' }).click()
  await page.getByRole('tab', { name: '跳过 1' }).waitFor()

  // A corrected file in its place: what was decided here stays.
  await page.getByText('重新上传改好的文件').click()
  await choose(page, '新生（改）.xlsx', await table([[...chen.slice(0, 5), '书法、围棋'], he, lin]))
  await page.getByRole('heading', { level: 1, name: '新生（改）.xlsx' }).waitFor()
  await page.getByRole('tab', { name: '新增 2' }).waitFor()
  await page.getByRole('tab', { name: '跳过 1' }).waitFor()
  await page.getByRole('tab', { name: '有问题 0' }).waitFor()

  await page.getByRole('button', { name: '确认写入 2 行' }).click()
  await page.getByText('新增 2 人，变更 0 人，记录发展过程 3 条').waitFor()
  await page.getByRole('link', { name: '查看新登记的 2 人' }).click()
  await page
    .getByRole('row', { name: /陈知微/ })
    .getByRole('link')
    .click()
  const room = page.locator('dl > div').filter({ hasText: '兴趣特长' })
  await expect.poll(() => room.textContent()).toBe('兴趣特长书法、围棋')
})

test('what was typed into a cell and not applied stays on the page and is not passed over; rows left out are told as such', async () => {
  await page.goto(`${site.origin}/intake`)
  const first = ['白鹿鸣', '2029030001', branch, '2025-09-20', '2025-10-08', null]
  const second = ['白鹿洞', '2029030002', branch, '2025年2月30日', null, null]
  await choose(page, '两人.xlsx', await table([first, second]))
  const cell = row(page, '白鹿洞').getByRole('textbox', { name: 'D 列 递交入党申请书时间' })
  await cell.fill('2025-02-27')
  await page.getByRole('tab', { name: '新增 2' }).click()
  await page.getByRole('tab', { name: '有问题 1' }).click()
  await expect.poll(() => cell.inputValue()).toBe('2025-02-27')
  expect(await isAskedBeforeLeaving(page)).toBe(true)
  await page.getByRole('button', { name: '确认写入 1 行' }).click()
  await page.getByRole('alert').filter({ hasText: '还有填了没有保存的内容，没有写入' }).waitFor()
  expect(await checkLooks(page)).toEqual({})

  await cell.fill('2025年2月30日')
  expect(await isAskedBeforeLeaving(page)).toBe(false)
  await page.getByRole('button', { name: '确认写入 1 行' }).click()
  await page.getByText('新增 1 人，变更 0 人，记录发展过程 2 条；另有 1 行没有写入，列在下面').waitFor()
  await page.getByRole('tab', { name: '没有写入 1' }).waitFor()
  await expect.poll(() => page.getByRole('tab').allTextContents()).toEqual(['没有写入 1', '已变更 0', '跳过 0'])
  const left = row(page, '白鹿洞')
  await left.getByText('有读不出的单元格，没有写入这一行，请改好后重新导入。').waitFor()
  await left.getByText('“2025年2月30日”不是真实存在的日期').waitFor()
  expect(await left.getByRole('button').count()).toBe(0)
  expect(await checkLooks(page)).toEqual({})
})

test('the mapping is remembered; what is the same stays, what is new shows old and new, and all of it is taken back', async () => {
  await page.goto(`${site.origin}/intake`)
  await choose(page, '新生之二.xlsx', await table([chen, [...lin.slice(0, 3), '2025-09-23', null, null]]))
  await page.getByText('共 6 列，其中 1 列没有对应的字段').waitFor()
  await page.getByRole('tab', { name: '变更 1' }).click()
  const changes = row(page, '陈知微').getByRole('list', { name: '将作的改动' })
  await expect.poll(() => changes.textContent()).toBe('兴趣特长：书法、围棋 → 书法')
  await page.getByRole('button', { name: '确认写入 2 行' }).click()
  await page.getByText('新增 1 人，变更 1 人').waitFor()

  // Somebody works on with a person of the import: it can no longer be taken back as a whole.
  const importPath = new URL(page.url()).pathname
  await page.getByRole('link', { name: '查看新登记的 1 人' }).click()
  await page
    .getByRole('row', { name: /林见鹿/ })
    .getByRole('link')
    .click()
  await page.getByRole('link', { name: '修改信息' }).click()
  await page.getByRole('textbox', { name: '专业' }).fill('软件工程')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { level: 1, name: '林见鹿' }).waitFor()
  await page.goto(`${site.origin}${importPath}`)
  await page
    .getByText('有 1 处后来的记录依赖这次导入，不能整体撤销。需要改回的，请打开下列人员，逐项修改或更正。')
    .waitFor()
  const conflicts = page.getByRole('list', { name: '依赖这次导入的记录' })
  await expect.poll(() => conflicts.textContent()).toContain('林见鹿 资料后来被修改')
  expect(await checkLooks(page)).toEqual({})
})

test('an import on which nothing depends is taken back as a whole', async () => {
  await page.goto(`${site.origin}/intake`)
  await choose(page, '误传.xlsx', await table([['沈误传', '2029010009', branch, '2025-09-20', null, null]]))
  await page.getByRole('button', { name: '确认写入 1 行' }).click()
  await page.getByText('新增 1 人').waitFor()
  await page.getByRole('button', { name: '撤销导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销导入' }).click()
  await page.getByText('这次导入写入的内容已经全部退回。').waitFor()
  expect(await checkLooks(page)).toEqual({})
  await page.goto(`${site.origin}/people?q=2029010009`)
  await page.getByText('没有符合条件的人员').waitFor()
})

test('what is exported, changed and imported again shows only the change', async () => {
  await page.goto(`${site.origin}/people?q=2029010001`)
  await page.getByText('共 1 条').waitFor()
  const file = await saved(page, () => page.getByRole('button', { name: '导出表格' }).click())
  await page.getByRole('button', { name: '显示列' }).click()
  const few = await saved(page, () => page.getByRole('button', { name: '只导出这些列' }).click())
  const [short] = (await readWhole(few.bytes)).sheets
  expect(short?.rows[0]?.map(textOf)).not.toContain('兴趣特长')
  expect(short?.rows[0]?.map(textOf)).toContain('姓名')
  const [sheet] = (await readWhole(file.bytes)).sheets
  const [head = [], line = []] = sheet?.rows.map((cells) => cells.map(textOf)) ?? []
  const at = head.indexOf('兴趣特长')
  const changed = line.map((text, column) => (column === at ? '书法、合唱' : text))
  await page.goto(`${site.origin}/intake`)
  const columns = head.map((header) => ({ header }))
  await choose(page, '改特长.xlsx', await writeTable(columns, [changed]))
  await page.getByRole('tab', { name: '变更 1' }).click()
  const changes = row(page, '陈知微').getByRole('list', { name: '将作的改动' })
  await changes.getByRole('listitem').first().waitFor()
  await expect.poll(() => changes.getByRole('listitem').allTextContents()).toEqual(['兴趣特长：书法 → 书法、合唱'])
})

test('all of it by the keyboard alone: the focus is always seen, and never lost', async () => {
  const press = (key: string) => page.keyboard.press(key)
  const fresh = ['2029020001', '2029020002', '2029020003'].map((number, at) =>
    [...([chen, he, lin][at] ?? [])].with(1, number),
  )
  const spoken = headers.with(4, '头次谈心').map((header) => ({ header }))
  await page.goto(`${site.origin}/intake`)
  await page.getByRole('heading', { level: 2, name: '导入记录' }).waitFor()

  // Past the navigation, to the input that takes the file.
  await reach(page, page.getByRole('link', { name: '跳到正文' }))
  await press('Enter')
  const choosing = page.waitForEvent('filechooser')
  await reach(page, page.locator('input[type=file]'))
  await press('Space')
  const bytes = await writeTable(spoken, fresh)
  await (await choosing).setFiles({
    name: '键盘.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  })
  await page.getByText('共 6 列，其中 2 列没有对应的字段').waitFor()
  await expectFocusWithin(page, '#content')

  // A column by hand: the form that opens in place of the button has the focus, and gives it back.
  await reach(page, page.getByRole('button', { name: '核对或调整各列' }))
  await press('Enter')
  await page.getByRole('button', { name: '按此重新核对' }).waitFor()
  await expectFocusWithin(page, 'section:has(> header h2:text-is("表头和各列"))')
  await reach(page, page.getByRole('combobox', { name: 'E 列“头次谈心”对应的字段' }))
  await page.keyboard.type('派人谈话')
  await page.getByRole('option', { name: '派人谈话', exact: true }).waitFor()
  await press('ArrowDown')
  await press('Enter')
  await reach(page, page.getByRole('button', { name: '按此重新核对' }))
  await press('Enter')
  await page.getByText('共 6 列，其中 1 列没有对应的字段').waitFor()
  await expectFocusWithin(page, '#content article')

  // A cell mended; another row left out.
  await row(page, '何不言').getByText('不是真实存在的日期').waitFor()
  await reach(page, page.getByRole('textbox', { name: 'D 列 递交入党申请书时间' }))
  await press('Control+A')
  await page.keyboard.type('2025-02-28')
  await press('Enter')
  await page.getByRole('tab', { name: '有问题 0' }).waitFor()
  await expectFocusWithin(page, '#content article')
  await reach(page, page.getByRole('tab', { selected: true }), 'Shift+Tab')
  await press('ArrowRight')
  await page.getByRole('tab', { name: '变更 0', selected: true }).waitFor()
  await press('ArrowLeft')
  await page.getByRole('tab', { name: '新增 3', selected: true }).waitFor()
  await row(page, '林见鹿').waitFor()
  await reach(page, row(page, '林见鹿').getByRole('button', { name: '不导入这一行' }))
  await press('Enter')
  await page.getByRole('tab', { name: '跳过 1' }).waitFor()
  await row(page, '林见鹿').waitFor({ state: 'detached' })
  await expectFocusWithin(page, '[aria-label=表中的行], [role=tabpanel]')

  // Written; the question before taking it back takes the focus, gives it back, and is answered.
  await reach(page, page.getByRole('button', { name: '确认写入 2 行' }))
  await press('Enter')
  await page.getByText('新增 2 人，变更 0 人，记录发展过程').waitFor()
  await expectFocusWithin(page, '#content article')
  const undo = page.getByRole('button', { name: '撤销导入' })
  await reach(page, undo)
  await press('Enter')
  await page.getByRole('dialog').waitFor()
  await expectFocusWithin(page, '[role=dialog]')
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await reach(page, undo, 'Tab', 0)
  await press('Enter')
  await reach(page, page.getByRole('dialog').getByRole('button', { name: '撤销导入' }))
  await press('Enter')
  await page.getByText('这次导入写入的内容已经全部退回。').waitFor()
  await expectFocusWithin(page, '#content article')
})

/** Goes on with a key until the element has the focus, which is to be seen at every stop. */
async function reach(on: Page, element: Locator, key = 'Tab', most = 60): Promise<void> {
  for (let pressed = 0; ; pressed++) {
    if (await element.evaluateAll((found) => found.some((it) => it === document.activeElement))) break
    if (pressed === most) throw new Error(`${element} was not reached; the focus is on ${await focused(on)}`)
    await on.keyboard.press(key)
  }
  expect(await isFocusSeen(on), `the focus on ${await focused(on)} is seen`).toBe(true)
}

/** An outline or a border in the colour of the accent, on the element or on what is drawn around it. */
const isFocusSeen = (on: Page): Promise<boolean> =>
  on.evaluate(() => {
    const around = [
      document.activeElement,
      document.activeElement?.parentElement,
      document.activeElement?.closest('label'),
    ]
    return around.some((it) => {
      if (!it) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(it)
      return (
        (outlineStyle !== 'none' && outlineWidth !== '0px') ||
        (it instanceof HTMLInputElement && it.matches(':focus-visible'))
      )
    })
  })

const focused = (on: Page): Promise<string> =>
  on.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? 'nothing')

async function expectFocusWithin(on: Page, selector: string): Promise<void> {
  const inside = on.locator(selector).and(on.locator(':focus, :focus-within'))
  await inside
    .first()
    .waitFor({ state: 'attached' })
    .catch(async () => {
      throw new Error(`the focus is not within ${selector} but on ${await focused(on)}`)
    })
}

const choose = (on: Page, name: string, bytes: Uint8Array) =>
  on
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })

const table = (rows: readonly (readonly (string | null)[])[]): Promise<Uint8Array> =>
  writeTable(
    headers.map((header) => ({ header })),
    rows,
  )

/** A row of the preview. */
const row = (on: Page, name: string) =>
  on.getByRole('list', { name: '表中的行' }).locator(':scope > li').filter({ hasText: name })

/** The file that a click saves. */
async function saved(on: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Uint8Array }> {
  const download = on.waitForEvent('download')
  await click()
  const file: Download = await download
  return { name: file.suggestedFilename(), bytes: new Uint8Array(await readFile(await file.path())) }
}
