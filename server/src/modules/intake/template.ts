import { writeSheets } from '../../platform/spreadsheet/export-table.ts'
import { fieldOf } from './fields.ts'

/** The columns of the template in the order of the way, each with what stands in the line of the example; all of it is invented. */
const example: readonly (readonly [code: string, text: string])[] = [
  ['branch', '示例：云山学院本科生第一党支部'],
  ['studentNumber', '2024010001'],
  ['name', '陈知微'],
  ['sex', '女'],
  ['bornOn', '2005-03-04'],
  ['ethnicity', '汉族'],
  ['nativePlace', '甘肃兰州'],
  ['idNumber', '按身份证填写 18 位'],
  ['phone', '11 位手机号'],
  ['kind', '本科生'],
  ['major', '数学与应用数学'],
  ['grade', '2023级'],
  ['className', '数学2301班'],
  ['enrolledOn', '2023-09'],
  ['leavesOn', '2027-06-30'],
  ['application', '2023-09-20'],
  ['applicantTalk', '2023-10-12'],
  ['recommendation', '2024-03-11'],
  ['activistDecision', '2024-03-18'],
  ['contactPersons', '李晓岚、赵思远'],
  ['activistTraining', '2024.5.10-2024.5.20'],
  ['prospectProposal', '2025-04-07'],
  ['prospectConsent', '2025-04-15'],
  ['publicNotice', '2025.4.16-2025.4.23'],
  ['prospectListing', '2025-04-25'],
  ['introducers', '李晓岚、赵思远'],
  ['politicalReview', '2025-05-12'],
  ['intensiveTraining', '2025.5.19-2025.5.21'],
  ['preReview', '2025-06-03'],
  ['admissionForm', '完成'],
  ['admissionAssembly', '2025-06-12'],
  ['admissionTalk', '2025-06-20'],
  ['admissionTalkers', '周行'],
  ['admissionApproval', '2025-07-02'],
  ['oath', '2025-07-10'],
  ['confirmationRequest', ''],
  ['confirmationAssembly', ''],
  ['confirmationApproval', ''],
  ['archiving', ''],
  ['remark', '人员均为虚构'],
]

const notes: readonly string[] = [
  '填写说明',
  '1. 第一行是表头，请不要改动；用不到的列可以整列删去，也可以另加列（另加的列按表头存为详细资料）。',
  '2. 第二行是示例，导入时自动跳过。第一格以“示例”开头的行都不会导入。',
  '3. 每人一行，姓名必填；学号（工号）、身份证号用来核对是否同一人，请尽量填写。',
  '4. 日期写成 2024-03-18、2024/3/18、2024.3.18、20240318 或 2024年3月18日，也可以用日期格式的单元格；年份写四位，日期要具体到日。出生日期、入学时间只知道月份的，写 2005-03。',
  '5. 起止时间写成 2025.4.16-2025.4.23。',
  '6. 身份证号、手机号、学号请先把单元格设为“文本”格式再填写，否则末几位会变成 0。身份证号、手机号只填在各自的列里。',
  '7. 几个人的姓名之间用“、”分开。',
  '8. “完成”“未完成”的列照此填写；不知道的不填，系统不会猜测。',
  '9. 所在党支部写支部的全称或简称，与系统中的名称一致。',
]

/** An empty list with the columns that the import knows, an example of an invented person and notes on how cells are written. */
export async function importTemplate(): Promise<{ name: string; bytes: Uint8Array }> {
  const headers = example.map(([code]) => fieldOf(code)?.name ?? code)
  const bytes = await writeSheets([
    { name: '名册', rows: [headers, example.map(([, text]) => text || null)], frozenRows: 1 },
    { name: '填写说明', rows: notes.map((it) => [it]) },
  ])
  return { name: '导入模板.xlsx', bytes }
}
