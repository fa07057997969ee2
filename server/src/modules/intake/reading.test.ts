import { describe, expect, test } from 'vitest'
import { inventIdNumber } from '../../demo/names.ts'
import { columnLetter } from '../../platform/spreadsheet/cell-address.ts'
import type { CellValue } from '../../platform/spreadsheet/cell-value.ts'
import { fields } from './fields.ts'
import { cellsOf, type KeptCells, keptOf, readRow } from './reading.ts'
import type { Column } from './recognition.ts'

/** Columns of these fields, in order; a text that is no field code is an unrecognised header. */
const columnsOf = (...codes: string[]): Column[] =>
  codes.map((code, index) => {
    const field = fields.find((it) => it.code === code)
    return { index, letter: columnLetter(index), header: field?.name ?? code, field: field ? code : null }
  })

function read(row: Record<string, CellValue>) {
  return readRow(columnsOf(...Object.keys(row)), Object.values(row), 5)
}

const codesOf = (row: Record<string, CellValue>) => read(row).problems.map((it) => `${it.column} ${it.code}`)

test('a row says who the person is, what happened, and keeps everything else by its header', () => {
  expect(
    read({
      ordinal: 1,
      name: ' 张三 ',
      studentNumber: 20_190_001,
      sex: '女',
      bornOn: '2001.5',
      idNumber: null,
      phone: '13900000000',
      branch: '第一党支部',
      kind: '本科生',
      leavesOn: '2023.6',
      isMobile: '否',
      宿舍楼号: '3 号楼',
      homeAddress: '甘肃临洮',
      application: '2019-09-20',
      contactPersons: '马致远、罗素心',
      review: '2020.9.18、2021.3.18',
      politicalReview: '完成',
      autobiography: '完成',
      admissionForm: '未完成',
      publicNotice: '2026.6.1-6.8',
      intensiveTraining: '2021.4.20-2021.4.25',
      intensiveTrainingHours: '24学时',
      admissionAssembly: '2021-05-28',
      admissionEntitled: 20,
      admissionPresent: 18,
      admissionYes: 18,
      admissionNo: 0,
      admissionAbstain: 0,
      duesStart: '2021.5',
    }),
  ).toEqual({
    row: 5,
    name: '张三',
    branch: '第一党支部',
    person: {
      name: '张三',
      studentNumber: '20190001',
      sex: 'female',
      bornOn: '2001-05',
      phone: '13900000000',
      kind: 'undergraduate',
      isMobile: false,
      details: {
        毕业时间: '2023.6',
        宿舍楼号: '3 号楼',
        家庭住址: '甘肃临洮',
        自传: '完成',
        填写入党志愿书: '未完成',
      },
    },
    facts: {
      bornOn: '2001-05',
      isMobile: false,
      acts: [
        { kind: 'application', on: '2019-09-20' },
        { kind: 'contactPersons', members: [{ name: '马致远' }, { name: '罗素心' }] },
        { kind: 'politicalReview' },
        { kind: 'publicNotice', on: '2026-06-01', endedOn: '2026-06-08' },
        { kind: 'intensiveTraining', on: '2021-04-25', startedOn: '2021-04-20', trainingHours: 24 },
        {
          kind: 'admissionAssembly',
          on: '2021-05-28',
          vote: { entitled: 20, present: 18, yes: 18, no: 0, abstain: 0 },
        },
        { kind: 'duesStart', month: '2021-05' },
        { kind: 'review', on: '2020-09-18' },
        { kind: 'review', on: '2021-03-18' },
      ],
    },
    problems: [],
  })
})

describe('days', () => {
  test('one that does not exist, or only a month, is reported; the act remains without a day', () => {
    expect(read({ name: '张三', application: '2019年2月30日', applicantTalk: '2019.10' })).toMatchObject({
      facts: { acts: [{ kind: 'application' }, { kind: 'applicantTalk' }] },
      problems: [
        {
          row: 5,
          column: 'B',
          code: 'bad-date',
          severity: 'error',
          message: '“递交入党申请书”栏：“2019年2月30日”不是真实存在的日期，请核对原件后按 2019-09-20 的样式填写',
        },
        {
          row: 5,
          column: 'C',
          code: 'bad-date',
          severity: 'error',
          message: '“派人谈话”栏：“2019.10”只有年月，这一栏要具体到日，请核对原件后补上日',
        },
      ],
    })
  })

  test('a month is enough for a birth and for details; texts in details are not complained of', () => {
    expect(
      codesOf({ name: '张三', bornOn: '2001-05', leagueJoinedOn: '2015.5', transferredOutOn: '尚未转出' }),
    ).toEqual([])
  })

  test('a day that does not exist is reported in details too', () => {
    expect(codesOf({ name: '张三', leagueJoinedOn: '2015-02-30' })).toEqual(['B bad-date'])
  })

  test('a day in the future is read as it is: that is for the rules', () => {
    expect(read({ name: '张三', archiving: '2031-07-01' }).facts.acts).toEqual([
      { kind: 'archiving', on: '2031-07-01' },
    ])
  })
})

describe('identity numbers', () => {
  const sound = '110101200105121014'
  test('a sound one gives the birth for comparison', () => {
    expect(read({ name: '张三', idNumber: sound, sex: '男' })).toMatchObject({
      person: { idNumber: sound },
      facts: { bornOnByIdNumber: '2001-05-12' },
      problems: [],
    })
  })

  test('one whose check fails gives nothing', () => {
    const { person, facts, problems } = read({ name: '张三', idNumber: '110101200105121015' })
    expect([person, facts]).toEqual([{ name: '张三' }, { acts: [] }])
    expect(problems.map((it) => it.code)).toEqual(['id-checksum'])
    expect(JSON.stringify(problems)).not.toContain('2001')
  })

  test.each<[CellValue, string]>([
    [110_101_200_105_121_000, 'B id-as-number'],
    ['110101010512101', 'B id-15-digits'],
    ['11010120010512101', 'B id-format'],
    ['护照E12345678', 'B id-format'],
    ['110101200113121012', 'B id-checksum'],
  ])('%s', (idNumber, code) => {
    expect(codesOf({ name: '张三', idNumber })).toEqual([code])
  })

  test('a sex that disagrees with the number is only a hint', () => {
    expect(read({ name: '张三', idNumber: sound, sex: '女' }).problems).toMatchObject([
      { column: 'C', code: 'id-sex', severity: 'info' },
    ])
  })
})

describe('columns that have slipped', () => {
  const columns = [
    'name',
    'bornOn',
    'sex',
    'ethnicity',
    'idNumber',
    'phone',
    'leagueMember',
    'application',
    'applicantTalk',
  ]
  const rowOf = (cells: CellValue[]) => Object.fromEntries(columns.map((code, at) => [code, cells[at] ?? null]))

  test('to the right: one problem, and nothing of the run is taken', () => {
    const { person, facts, problems } = read(
      rowOf(['张三', null, '2001-05-12', '男', '汉族', '110101200105121014', '13900000000', '是', '2019-09-20']),
    )
    expect(problems).toMatchObject([{ column: 'C', code: 'shifted-columns', severity: 'error' }])
    expect(problems[0]?.message).toMatch(/^C 列到 I 列的内容整体向右错了一列/)
    expect([person, facts]).toEqual([{ name: '张三' }, { acts: [] }])
  })

  test('to the left', () => {
    const { problems } = read(
      rowOf(['张三', '男', '汉族', '110101200105121014', '13900000000', '是', '2019-09-20', '2019-10-08', null]),
    )
    expect(problems).toMatchObject([{ column: 'B', code: 'shifted-columns' }])
  })

  test('single mistakes are not taken for a slip', () => {
    expect(
      codesOf(rowOf(['张三', '2001-05-12', '汉族', '男', '110101200105121014', '1390', '是', '9月', '完成'])),
    ).toEqual(['C bad-value', 'H bad-date', 'I bad-date'])
  })
})

test('a column that asks whether something is done takes 是 as well as a day', () => {
  const columns: Column[] = [
    { index: 0, letter: 'A', header: '姓名', field: 'name' },
    { index: 1, letter: 'B', header: '是否参加集中培训', field: 'intensiveTraining' },
    { index: 2, letter: 'C', header: '是否宣誓', field: 'oath' },
    { index: 3, letter: 'D', header: '是否政审（填“完成”“未完成”）', field: 'politicalReview' },
  ]
  expect(readRow(columns, ['张三', '是', '否', '2021-04-02'], 2)).toMatchObject({
    facts: { acts: [{ kind: 'intensiveTraining' }, { kind: 'politicalReview', on: '2021-04-02' }] },
    problems: [],
  })
})

test('a stretch of probation, a first application, and the opinion of the introducers', () => {
  expect(
    read({
      name: '张三',
      probation: '2021.5.28-2022.5.28',
      applicationFirst: '2018-09-01',
      introducersOpinion: '2021-05-20',
    }).facts.acts,
  ).toEqual([
    { kind: 'admissionApproval', probationFrom: '2021-05-28', probationUntil: '2022-05-28' },
    { kind: 'application', firstSubmittedOn: '2018-09-01' },
    { kind: 'admissionForm', introducersOpinionOn: '2021-05-20' },
  ])
})

test('formulas and error values are reported, not taken', () => {
  expect(codesOf({ name: '张三', application: '=公式', 备注栏: '=HYPERLINK("x")', oath: '#REF!' })).toEqual([
    'B formula',
    'C formula',
    'D cell-error',
  ])
})

test('a row without a name is reported', () => {
  expect(codesOf({ name: null, studentNumber: '20190001', application: '2019-09-20' })).toEqual(['null no-name'])
})

test('two details of the same header are both kept', () => {
  const columns: Column[] = [
    { index: 0, letter: 'A', header: '姓名', field: 'name' },
    { index: 1, letter: 'B', header: '备注', field: 'remark' },
    { index: 2, letter: 'C', header: '备注', field: null },
  ]
  expect(readRow(columns, ['张三', '甲', '乙'], 2).person.details).toEqual({ 备注: '甲', '备注（C列）': '乙' })
})

test.each(['1900', '1904'] as const)('a row read again from what is kept says the same (%s)', (dateSystem) => {
  const columns = columnsOf(
    'name',
    'application',
    'idNumber',
    'schoolingYears',
    'review',
    'bornOn',
    'oath',
    'recommendation',
  )
  const cells: CellValue[] = [
    '张三',
    new Date('2019-09-20T00:00:00Z'),
    110_101_200_105_121_000,
    4,
    '2020.3.1',
    '2001-05',
    '=公式',
    43_728,
  ]
  const kept: KeptCells = JSON.parse(JSON.stringify(keptOf(columns, cells)))
  const again = readRow(columns, cellsOf(columns, kept), 5, dateSystem)
  expect(again).toEqual(readRow(columns, cells, 5, dateSystem))
  const recommended = again.facts.acts.find((it) => it.kind === 'recommendation')?.on
  expect(recommended).toBe(dateSystem === '1904' ? '2023-09-21' : '2019-09-20')
})

test('a number that must not lie open is not taken over where no field is for it, and a mask between other words', () => {
  const columns: Column[] = [
    ...columnsOf('name', 'remark'),
    { index: 2, letter: 'C', header: '证件', field: null },
    { index: 3, letter: 'D', header: '紧急联系', field: null },
  ]
  const id = inventIdNumber('2001-05-12', 3, true)
  const old = `110101${'010512'}104`
  const cases: [CellValue, string][] = [
    [id, '身份证号'],
    [` ${id.slice(0, 6)} ${id.slice(6)} `, '身份证号'],
    [id.replace(/\d/g, (it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0)), '身份证号'],
    [old, '身份证号'],
    [Number(id.slice(0, 17)) * 10, '身份证号'],
    ['13912345678', '手机号'],
    ['139-1234-5678', '手机号'],
    [13_912_345_678, '手机号'],
  ]
  for (const [cell, name] of cases) {
    const { person, problems } = readRow(columns, ['张三', null, cell, cell], 2)
    expect([person, problems.map((it) => [it.column, it.code, it.message.includes(name)])]).toEqual([
      { name: '张三' },
      [
        ['C', 'private-number', true],
        ['D', 'private-number', true],
      ],
    ])
  }
  expect(
    readRow(columns, ['张三', `母亲13912345678，号码${id}`, '20190001234567', '12345678901'], 2).person.details,
  ).toEqual({
    备注: `母亲139****5678，号码999*************${id.slice(-2)}`,
    证件: '20190001234567',
    紧急联系: '12345678901',
  })
})

test('no message repeats a number, and neither name nor branch may be one', () => {
  const id = inventIdNumber('2001-05-12', 3, true)
  const read = readRow(columnsOf('branch', 'name', 'application', 'sex', 'studentNumber'), [id, id, id, id, id], 2)
  expect(JSON.stringify(read)).not.toContain(id)
  expect(read.person).toEqual({})
  expect(readRow(columnsOf('name', 'studentNumber'), ['张三', '13912345678'], 2).person.studentNumber).toBe(
    '13912345678',
  )
})

test('every field can be mapped to and read', () => {
  for (const field of fields) {
    const columns = [...columnsOf('name'), { index: 1, letter: 'B', header: field.name, field: field.code }]
    expect(() => readRow(columns, ['张三', '2019-09-20'], 2)).not.toThrow()
  }
  expect(new Set(fields.map((it) => it.code)).size).toBe(fields.length)
})
