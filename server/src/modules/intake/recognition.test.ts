import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CellValue } from '../../platform/spreadsheet/cell-value.ts'
import { heldSheet, type Merge, type Sheet, type Workbook } from '../../platform/spreadsheet/sheets.ts'
import { openWorkbook } from '../../platform/spreadsheet/workbook.ts'
import { recognise } from './recognition.ts'

const sheetOf = (rows: CellValue[][], merges: readonly Merge[] = [], more: Partial<Sheet> = {}): Sheet => ({
  ...heldSheet({ name: 'Sheet1', hidden: false, rows, merges }),
  ...more,
})
const bookOf = (...sheets: Sheet[]): Workbook => ({ format: 'xlsx', dateSystem: '1900', sheets })
const merge = (startRow: number, startCol: number, endRow: number, endCol: number): Merge => ({
  startRow,
  startCol,
  endRow,
  endCol,
})

/** Header line and fields by letter. */
function fieldsOf(...sheets: Sheet[]) {
  const { layout } = recognise(bookOf(...sheets))
  return layout && [layout.headerRow, ...layout.columns.map((it) => `${it.letter} ${it.field}`)]
}

const sample = async (name: string) =>
  openWorkbook(await readFile(path.join(import.meta.dirname, '../../../test/samples', name)))

describe('the samples', () => {
  test('the dynamic information table: all 43 columns under notes and part titles', async () => {
    const { layout } = recognise(await sample('动态信息表.xlsx'))
    expect(layout?.headerRow).toBe(4)
    expect(layout?.columns.map((it) => it.field)).toEqual([
      'branch',
      'studentNumber',
      'name',
      'bornOn',
      'sex',
      'ethnicity',
      'nativePlace',
      'homeAddress',
      'phone',
      'idNumber',
      'major',
      'schoolingYears',
      'leagueMember',
      'constitutionStudyOn',
      'developedHere',
      'application',
      'applicantTalk',
      'activistDecision',
      'appraisal',
      'recommendation',
      'prospectProposal',
      'prospectConsent',
      'politicalReview',
      'intensiveTraining',
      'preReview',
      'introducersOn',
      'introducers',
      'autobiography',
      'admissionForm',
      'admissionAssembly',
      'admissionTalk',
      'admissionTalkers',
      'admissionApproval',
      'oath',
      'confirmationRequest',
      'confirmationAssembly',
      'confirmationApproval',
      'archiving',
      'membershipKept',
      'transferredOutOn',
      'transferKind',
      'transferTo',
      'remark',
    ])
    expect(layout?.columns.find((it) => it.letter === 'AC')?.header).toBe('入党志愿书（填写“完成”“未完成”）')
  })

  test('the enrolment for a course, with an empty second sheet that is offered and not taken', async () => {
    const { layout, sheets } = recognise(await sample('积极分子培训报名表.xlsx'))
    expect(sheets).toEqual([
      { name: '报名表', hidden: false, lineCount: 22, recognisedColumnCount: 14 },
      { name: 'Sheet2', hidden: false, lineCount: 0, recognisedColumnCount: 0 },
    ])
    expect(layout?.headerRow).toBe(2)
    expect(layout?.columns.map((it) => it.field)).toEqual([
      'ordinal',
      'name',
      'studentNumber',
      'idNumber',
      'sex',
      'bornOn',
      'ethnicity',
      'department',
      'className',
      'phone',
      'application',
      'activistDecision',
      'position',
      'remark',
    ])
  })

  test('the members due for confirmation', async () => {
    const { layout } = recognise(await sample('可转正预备党员名单.xlsx'))
    expect(layout?.headerRow).toBe(2)
    expect(layout?.columns.map((it) => it.field)).toEqual([
      'ordinal',
      'branch',
      'studentNumber',
      'name',
      'sex',
      'bornOn',
      'application',
      'admissionAssembly',
      'confirmationRequest',
    ])
  })
})

describe('other layouts', () => {
  test('no title line, columns in another order', () => {
    expect(
      fieldsOf(
        sheetOf([
          ['申请入党日期', '姓名', '民族', '工号', '所在支部'],
          ['2020-01-01', '张三'],
        ]),
      ),
    ).toEqual([1, 'A application', 'B name', 'C ethnicity', 'D studentNumber', 'E branch'])
  })

  test('a header far down, after notes', () => {
    const notes = Array.from({ length: 14 }, (_, at): CellValue[] => [`填表说明 ${at}：请如实填写各项内容`])
    expect(
      fieldsOf(sheetOf([...notes, [], ['序号', '姓名', '性别', '入党时间'], [1, '张三', '男', '2020-01-01']])),
    ).toEqual([16, 'A ordinal', 'B name', 'C sex', 'D admissionAssembly'])
  })

  test('two header lines with merged groups and vertically merged cells', () => {
    const rows: CellValue[][] = [
      ['发展党员工作情况一览表'],
      ['姓名', '学号', '支委会审查', null, '支部大会讨论接收预备党员', null, null, null, null, null, '转正大会', null],
      [null, null, '时间', '人数', '时间', '应到', '实到', '赞成', '反对', '弃权', '时间', '应到会'],
      ['张三', '2020001', '2021-05-01', 5, '2021-05-28', 20, 18, 18, 0, 0, '2022-05-30', 21],
    ]
    const merges = [merge(1, 0, 2, 0), merge(1, 1, 2, 1), merge(1, 2, 1, 3), merge(1, 4, 1, 9), merge(1, 10, 1, 11)]
    const expected = [
      3,
      'A name',
      'B studentNumber',
      'C committeeExamination',
      'D null',
      'E admissionAssembly',
      'F admissionEntitled',
      'G admissionPresent',
      'H admissionYes',
      'I admissionNo',
      'J admissionAbstain',
      'K confirmationAssembly',
      'L confirmationEntitled',
    ]
    expect(fieldsOf(sheetOf(rows, merges))).toEqual(expected)
    // The same without merges: a group is written once over its first column.
    expect(fieldsOf(sheetOf(rows))).toEqual(expected)
    const { layout } = recognise(bookOf(sheetOf(rows, merges)))
    expect(layout?.columns.slice(2, 6).map((it) => it.header)).toEqual([
      '支委会审查·时间',
      '支委会审查·人数',
      '支部大会讨论接收预备党员·时间',
      '支部大会讨论接收预备党员·应到',
    ])
  })

  test('a header merged over two lines throughout ends at the second', () => {
    const rows: CellValue[][] = [['名单'], ['姓名', '性别', '出生年月'], [null, null, null], ['张三', '男', '2001.5']]
    expect(fieldsOf(sheetOf(rows, [merge(1, 0, 2, 0), merge(1, 1, 2, 1), merge(1, 2, 2, 2)]))?.[0]).toBe(3)
  })

  test('a line of part titles disambiguates headers that are written twice', () => {
    const rows: CellValue[][] = [
      ['基本信息', null, '入党积极分子', null, '预备党员', null, null, '正式党员', null],
      [
        '姓名',
        '学号',
        '谈话时间',
        '党委备案时间',
        '谈话时间',
        '支部大会时间',
        '党委审批时间',
        '支部大会时间',
        '党委审批时间',
      ],
      ['张三', '2020001'],
    ]
    expect(
      fieldsOf(sheetOf(rows, [merge(0, 0, 0, 1), merge(0, 2, 0, 3), merge(0, 4, 0, 6), merge(0, 7, 0, 8)])),
    ).toEqual([
      2,
      'A name',
      'B studentNumber',
      'C applicantTalk',
      'D activistFiling',
      'E admissionTalk',
      'F admissionAssembly',
      'G admissionApproval',
      'H confirmationAssembly',
      'I confirmationApproval',
    ])
  })

  test('the order alone disambiguates them where no part is named', () => {
    expect(
      fieldsOf(
        sheetOf([
          [
            '姓名',
            '申请入党时间',
            '谈话时间',
            '谈话人',
            '确定积极分子时间',
            '备案时间',
            '党校结业时间',
            '列为发展对象时间',
            '政审',
            '党校结业时间',
            '接收预备党员时间',
            '谈话时间',
            '谈话人',
            '审批时间',
            '转正申请时间',
            '转正时间',
            '审批时间',
          ],
        ]),
      ),
    ).toEqual([
      1,
      'A name',
      'B application',
      'C applicantTalk',
      'D applicantTalkers',
      'E activistDecision',
      'F activistFiling',
      'G activistTraining',
      'H prospectListing',
      'I politicalReview',
      'J intensiveTraining',
      'K admissionAssembly',
      'L admissionTalk',
      'M admissionTalkers',
      'N admissionApproval',
      'O confirmationRequest',
      'P confirmationAssembly',
      'Q confirmationApproval',
    ])
  })

  test('line breaks, blanks, full-width letters and required marks in headers do not matter', () => {
    expect(
      fieldsOf(sheetOf([['* 姓 名', '性\n别', '出生\n年月', '身份证号码（18位）', '手机号（必填）', '学号／工号']])),
    ).toEqual([1, 'A name', 'B sex', 'C bornOn', 'D idNumber', 'E phone', 'F studentNumber'])
  })

  test('the telephone, name and number of somebody else are not the person’s own', () => {
    expect(
      fieldsOf(
        sheetOf(
          [
            ['姓名', '联系电话', '家长姓名', '家长电话', '辅导员', '培养联系人', null, null],
            [null, null, null, null, null, '姓名', '联系电话', '党支部'],
            ['张三'],
          ],
          [merge(0, 5, 0, 7), ...[0, 1, 2, 3, 4].map((col) => merge(0, col, 1, col))],
        ),
      ),
    ).toEqual([2, 'A name', 'B phone', 'C null', 'D null', 'E counsellor', 'F contactPersons', 'G null', 'H null'])
  })

  test('two columns of introducers, of contact persons and of reviews are taken together', () => {
    expect(
      fieldsOf(
        sheetOf([
          ['姓名', '培养联系人1', '培养联系人2', '半年考察时间1', '半年考察时间2', '入党介绍人一', '入党介绍人二'],
        ]),
      ),
    ).toEqual([
      1,
      'A name',
      'B contactPersons',
      'C contactPersons',
      'D review',
      'E review',
      'F introducers',
      'G introducers',
    ])
  })

  test('the column set of the member system', () => {
    expect(
      fieldsOf(
        sheetOf([
          [
            '姓名',
            '性别',
            '公民身份号码',
            '民族',
            '出生日期',
            '学历',
            '学位',
            '人员类别',
            '所在党支部',
            '手机号码',
            '入党日期',
            '转正日期',
            '党龄',
            '工作岗位',
            '是否流动党员',
            '户籍所在地',
          ],
        ]),
      ),
    ).toEqual([
      1,
      'A name',
      'B sex',
      'C idNumber',
      'D ethnicity',
      'E bornOn',
      'F education',
      'G degree',
      'H kind',
      'I branch',
      'J phone',
      'K admissionAssembly',
      'L fullOn',
      'M null',
      'N null',
      'O isMobile',
      'P homeAddress',
    ])
  })

  test('the register of development, with publicity and training as stretches', () => {
    expect(
      fieldsOf(
        sheetOf([
          [
            '姓名',
            '递交申请书日期',
            '派人谈话日期',
            '推优时间',
            '列为积极分子日期',
            '备案日期',
            '培养联系人',
            '征求意见日期',
            '支委会讨论发展对象',
            '党委同意日期',
            '公示起止时间',
            '列为发展对象日期',
            '入党介绍人',
            '政审结论',
            '发展对象培训时间',
            '培训学时',
            '支委会审查日期',
            '预审日期',
            '支部大会日期',
            '党委谈话日期',
            '党委审批日期',
            '组织部备案日期',
            '入党宣誓日期',
            '预备期满日期',
            '归档日期',
          ],
        ]),
      ),
    ).toEqual([
      1,
      'A name',
      'B application',
      'C applicantTalk',
      'D recommendation',
      'E activistDecision',
      'F activistFiling',
      'G contactPersons',
      'H opinions',
      'I prospectProposal',
      'J prospectConsent',
      'K publicNotice',
      'L prospectListing',
      'M introducers',
      'N politicalReview',
      'O intensiveTraining',
      'P intensiveTrainingHours',
      'Q committeeExamination',
      'R preReview',
      'S admissionAssembly',
      'T admissionTalk',
      'U admissionApproval',
      'V admissionFiling',
      'W oath',
      'X probationUntil',
      'Y archiving',
    ])
  })
})

describe('which sheet is taken', () => {
  const table = sheetOf([
    ['姓名', '学号'],
    ['张三', '1'],
  ])
  const richer = sheetOf([['姓名', '学号', '性别', '入党时间']], [], { name: '名册' })

  test('the visible one with most recognised columns', () => {
    expect(recognise(bookOf(table, richer)).layout?.sheet).toBe('名册')
    expect(recognise(bookOf(table, { ...richer, hidden: true })).layout?.sheet).toBe('Sheet1')
  })

  test('a hidden one only where it is chosen', () => {
    const hidden = { ...richer, hidden: true }
    expect(recognise(bookOf(hidden)).layout).toBeUndefined()
    expect(recognise(bookOf(hidden), { sheet: '名册' }).layout?.headerRow).toBe(1)
  })

  test('none where there is no table of persons', () => {
    expect(
      recognise(
        bookOf(
          sheetOf([
            ['项目', '金额'],
            ['办公用品', 20],
          ]),
        ),
      ).layout,
    ).toBeUndefined()
    expect(recognise(bookOf(sheetOf([]))).layout).toBeUndefined()
  })
})

test('what is mapped by hand counts, and the fingerprint of the layout does not change with it', () => {
  const rows: CellValue[][] = [
    ['姓名', '关键日', '学号'],
    ['张三', '2020-01-01', '1'],
  ]
  const plain = recognise(bookOf(sheetOf(rows))).layout
  const chosen = recognise(bookOf(sheetOf(rows)), { fields: { B: 'oath', C: null } }).layout
  expect(plain?.columns.map((it) => it.field)).toEqual(['name', null, 'studentNumber'])
  expect(chosen?.columns.map((it) => it.field)).toEqual(['name', 'oath', null])
  expect(chosen?.fingerprint).toBe(plain?.fingerprint)
})

test('the header line may be given by hand', () => {
  const rows: CellValue[][] = [
    ['代号', '甲', '乙'],
    ['x', 'y', 'z'],
    ['张三', 'a', 'b'],
  ]
  expect(recognise(bookOf(sheetOf(rows)), { headerRow: 2, fields: { A: 'name' } }).layout).toMatchObject({
    headerRow: 2,
    columns: [
      { letter: 'A', header: 'x', field: 'name' },
      { letter: 'B', header: 'y', field: null },
      { letter: 'C', header: 'z', field: null },
    ],
  })
})
