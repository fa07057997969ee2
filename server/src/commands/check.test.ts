import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check } from './check.ts'

const samples = path.join(import.meta.dirname, '../../test/samples')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhibu-check-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(...args: string[]) {
  const out: string[] = []
  const error: string[] = []
  const code = await check(
    args,
    (line) => out.push(line),
    (line) => error.push(line),
  )
  return { code, out: out.join('\n'), error: error.join('\n') }
}

async function fileOf(name: string, content: string): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return file
}

interface Report {
  columns: { letter: string; header: string; field: string | null }[]
  rows: { row: number; name: string; findings: { rule: string; severity: string }[]; due: unknown[] }[]
  problems: unknown[]
}

const complaints = ({ rows }: Report) =>
  rows.map(({ name, findings }) => ({
    name,
    findings: findings.filter((it) => it.severity !== 'info').map((it) => it.rule),
  }))

test('the dynamic information table gives exactly the expected rules', async () => {
  const expected = JSON.parse(await readFile(path.join(samples, '动态信息表.expected.json'), 'utf8'))
  const { code, out } = await run(path.join(samples, '动态信息表.xlsx'), '--on', expected.on, '--json')
  expect(code).toBe(1)
  expect(complaints(JSON.parse(out))).toEqual(expected.rows)
})

test.each(['积极分子培训报名表.xlsx', '可转正预备党员名单.xlsx'])('%s gives no complaint', async (name) => {
  const { code, out } = await run(path.join(samples, name), '--on', '2026-11-20', '--json')
  const report: Report = JSON.parse(out)
  expect(code).toBe(0)
  expect(complaints(report).flatMap((it) => it.findings)).toEqual([])
  expect(report.columns.filter((it) => it.field === null)).toEqual([])
})

const roster = '姓名,身份证号,递交入党申请书时间,首次谈话时间,爱好\n'

describe('what is printed', () => {
  test('as JSON: columns, rows with findings and what is due, and problems of cells', async () => {
    const file = await fileOf('a.csv', `${roster}张三,110101200105121015,2019.9.20,2019-10-8,篮球\n`)
    const { code, out } = await run(file, '--on', '2019-10-20', '--json')
    expect(code).toBe(1)
    const message = '“身份证号”栏：身份证号校验码不符，至少有一位写错，请核对原件'
    expect(JSON.parse(out)).toEqual({
      file: 'a.csv',
      sheet: 'CSV',
      headerRow: 1,
      columns: [
        { letter: 'A', header: '姓名', field: 'name' },
        { letter: 'B', header: '身份证号', field: 'idNumber' },
        { letter: 'C', header: '递交入党申请书时间', field: 'application' },
        { letter: 'D', header: '首次谈话时间', field: 'applicantTalk' },
        { letter: 'E', header: '爱好', field: null },
      ],
      rows: [
        {
          row: 2,
          name: '张三',
          findings: [{ rule: 'id-checksum', severity: 'error', ruleBook: null, article: null, message }],
          due: expect.arrayContaining([expect.objectContaining({ kind: 'recommendation' })]),
        },
      ],
      problems: [{ row: 2, column: 'B', code: 'id-checksum', message }],
    })
  })

  test('as text: a finding a line, what was not recognised, counts, and the notice', async () => {
    const file = await fileOf('b.csv', `${roster}张三,,2019.9.20,2019-10-21,篮球\n李四,,2019.2.30,,\n`)
    const { code, out } = await run(file, '--on', '2020-01-01')
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^第 2 行 {2}张三 {2}T03 {2}矛盾 {2}《发展党员工作细则》（2014年）第7条（条号待核实） {2}/),
      '第 3 行  李四  bad-date  错误  “递交入党申请书时间”栏：“2019.2.30”不是真实存在的日期，请核对原件后按 2019-09-20 的样式填写',
      '没有识别、未参与检查的列：E 列“爱好”',
      'b.csv（工作表“CSV”，以 2020-01-01 为准）：共 2 人，2 人有问题；矛盾或错误 2 项，提醒 0 项，提示 0 项。',
      '工作参考，不代替组织审核。',
    ])
  })

  test('a table in the encoding of older office programs is read as well', async () => {
    const file = path.join(folder, 'gbk.csv')
    // 姓名,递交入党申请书时间,首次谈话时间 / 张三 in GBK.
    const header = 'd0d5c3fb2cb5ddbdbbc8ebb5b3c9eac7ebcae9cab1bce42ccad7b4ceccb8bbb0cab1bce40a'
    await writeFile(
      file,
      Buffer.concat([Buffer.from(`${header}d5c5c8fd`, 'hex'), Buffer.from(',2019-09-20,2019-11-08\n')]),
    )
    const { code, out } = await run(file, '--on', '2020-01-01')
    expect(code).toBe(1)
    expect(out).toContain('第 2 行  张三  T03  矛盾')
  })

  test('nothing to complain of', async () => {
    const file = await fileOf('c.csv', `${roster}张三,,2019.9.20,2019-10-20,\n`)
    expect((await run(file, '--on', '2019-10-20')).code).toBe(0)
  })

  test('today is meant where no day is given', async () => {
    const file = await fileOf('d.csv', `${roster}张三,,2019.9.20,2019-10-20,\n`)
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    expect((await run(file)).out).toContain(`以 ${today} 为准`)
  })
})

describe('what cannot be read answers 2 and says why', () => {
  test('a file that is not there', async () => {
    const file = path.join(folder, 'none.xlsx')
    expect(await run(file)).toEqual({
      code: 2,
      out: '',
      error: `无法读取“${file}”：文件不存在，或者没有读取的权限。`,
    })
  })

  test('a folder', async () => {
    const { code, error } = await run(folder)
    expect([code, error]).toEqual([2, `无法读取“${folder}”：这是文件夹，请给出其中的一个文件。`])
  })

  test('with --json the reason is in the answer too', async () => {
    const file = await fileOf('not.xlsx', '%PDF-1.7')
    const { code, out, error } = await run(file, '--json')
    const reason = '这不是电子表格，而是PDF 文件。请用 Excel 或 WPS 打开后另存为 .xlsx 再试。'
    expect([code, JSON.parse(out), error]).toEqual([2, { error: reason }, `无法读取“${file}”：${reason}`])
  })

  test('a table without a header of persons', async () => {
    const file = await fileOf('e.csv', '项目,金额\n办公用品,20\n')
    expect((await run(file)).error).toMatch(/没有找到名册的表头/)
  })

  test.each([[[]], [['a.csv', 'b.csv']], [['a.csv', '--on', '2026-02-30']], [['a.csv', '--colour']]])(
    '%j',
    async (args) => {
      const { code, error } = await run(...args)
      expect(code).toBe(2)
      expect(error).toMatch(/用法：zhibu check/)
    },
  )
})
