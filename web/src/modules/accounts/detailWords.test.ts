import { expect, test } from 'vitest'
import { detailsIn } from './detailWords.ts'

test.each<[event: string, details: Record<string, unknown>, read: string[]]>([
  ['accounts.locked', { reason: '调离本校' }, ['原因：调离本校']],
  ['accounts.administrator-appointed', { role: 'auditor' }, ['三员职责：审计员']],
  ['accounts.invited', { expiresAt: '2026-11-30T02:00:48.000Z' }, ['有效期至：2026年11月30日 10:00']],
  [
    'accounts.delegation-given',
    { fields: ['thoughtReport', 'major'], from: '2026-11-23', until: '2026-12-31', personIds: [] },
    ['可填写的内容：思想汇报、专业', '开始日期：2026年11月23日', '截止日期：2026年12月31日', '人员编号：无'],
  ],
  [
    'archive.document-filed',
    { place: 'application', lacks: ['person', 'secretary'] },
    ['材料类别：入党申请书', '所缺签字、盖章：本人签名、支部书记签名'],
  ],
  ['people.moved', { from: 'a1', toOrganizationId: 'b2' }, ['原组织编号：a1', '转入组织编号：b2']],
  [
    'people.changed',
    { changes: { kind: { old: null, new: 'teacher' }, isMobile: { old: false, new: true } } },
    ['修改的内容：（人员类别（原为 无，改为 教师），流动党员（原为 否，改为 是））'],
  ],
  [
    'development.act-recorded',
    { act: { kind: 'opinions', on: '2026-03-02', from: ['group', 'masses'] }, acknowledged: undefined },
    [
      '事项：（事项 听取党小组、培养联系人、党员和群众意见，日期 2026年3月2日，听取意见的对象 党小组、群众）',
      '与规定不一致，情况属实：无',
    ],
  ],
  [
    'development.fact-left',
    { evidence: { documentId: 'd1', title: '入党申请书' }, offered: '学号', stands: '2023010002', reason: '读错' },
    ['依据的材料：（材料编号 d1，名称 入党申请书）', '材料上的内容：学号', '材料上写的：2023010002', '原因：读错'],
  ],
  [
    'development.working-year-set',
    { year: 2027, holidays: { '2027-01-01': '元旦' }, makeUpDays: {} },
    ['年份：2027', '放假日：（2027年1月1日 元旦）', '调休上班日：无'],
  ],
  [
    'development.practice-set',
    { practice: { stricter: { trainingDays: 5 } } },
    ['本校规定：（严于细则的数值（集中培训天数 5））'],
  ],
  [
    'development.dues-exported',
    { count: 3, query: { only: 'overdue', kind: 'applicantTalk', sort: 'organization', descending: false } },
    ['数量：3', '筛选条件：（只看 已逾期，类别 派人同入党申请人谈话，排序 所在组织，倒序 否）'],
  ],
  [
    'accounts.journal-exported',
    { count: 9, query: { event: 'accounts.locked', from: '2026-01-01', sort: 'at', descending: true } },
    ['数量：9', '筛选条件：（操作 停用账号，开始日期 2026年1月1日，排序 时间，倒序 是）'],
  ],
  ['intake.uploaded', { fileName: 'branch.xlsx', unheardOf: 'branch' }, ['文件名：branch.xlsx', 'unheardOf：branch']],
])('%s %o', (event, details, read) => {
  expect(detailsIn(event, details).map(({ name, text }) => `${name}：${text}`)).toEqual(read)
})

test('a place that the university has added is read by its name', () => {
  const details = { place: 'ownPlace1', former: { place: 'application' } }
  expect(detailsIn('archive.document-corrected', details, { ownPlace1: '志愿服务证明' })).toEqual([
    { name: '材料类别', text: '志愿服务证明' },
    { name: '原来的登记', text: '（材料类别 入党申请书）' },
  ])
})
