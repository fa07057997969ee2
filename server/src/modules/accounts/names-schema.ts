import type { AdministratorRole } from '../../platform/context.ts'
import { officeNames } from '../organization/names-schema.ts'
import type { OfficeKind } from '../organization/schema.ts'

/** The words of the office for the codes of this module. Pages load this file by value, so it brings no schema library. */

/** The three administrators (三员) by their names. */
export const administratorNames: Readonly<Record<AdministratorRole, string>> = {
  sysadmin: '系统管理员',
  secadmin: '安全管理员',
  auditor: '审计员',
}

/** Offices as they are named behind an organisation: 信息学院党委 组织员. */
export const officeLabels: Readonly<Record<OfficeKind, string>> = {
  ...officeNames,
  orgDepartment: '组织部',
  publicityDepartment: '宣传部',
  partySchool: '党校',
}

/** The events of the journal in words; one that is not here is shown by its code. */
export const eventNames: Readonly<Record<string, string>> = {
  'accounts.signed-in': '登录',
  'accounts.sign-in-failed': '登录失败',
  'accounts.second-factor-failed': '动态口令不正确',
  'accounts.backup-code-failed': '备用码不正确',
  'accounts.password-failed': '登录后再次核对密码，密码不正确',
  'accounts.signed-out': '退出登录',
  'accounts.password-changed': '修改本人密码',
  'accounts.second-factor-begun': '开始绑定动态口令',
  'accounts.second-factor-set-up': '绑定动态口令',
  'accounts.second-factor-removed': '解除动态口令',
  'accounts.backup-codes-renewed': '重新生成备用码',
  'accounts.created': '开通账号',
  'accounts.invited': '生成邀请链接',
  'accounts.invitation-accepted': '接受邀请并设置密码',
  'accounts.campus-unlinked': '因学号（工号）更改，解除统一身份认证绑定',
  'accounts.locked': '停用账号',
  'accounts.unlocked': '恢复账号',
  'accounts.second-factor-reset': '重置动态口令',
  'accounts.session-ended': '结束登录会话',
  'accounts.sessions-ended': '结束全部登录会话',
  'accounts.administrator-appointed': '任命三员',
  'accounts.administrator-dismissed': '免去三员',
  'accounts.delegation-given': '授权协助',
  'accounts.delegation-ended': '结束协助授权',
  'accounts.exported': '导出账号名单',
  'accounts.journal-exported': '导出操作记录',
  'organization.university-founded': '建立学校',
  'organization.established': '新设组织',
  'organization.changed': '修改组织信息',
  'organization.dissolved': '撤销组织',
  'organization.office-given': '登记任职',
  'organization.office-ended': '登记离任',
  'organization.term-begun': '登记换届',
  'organization.election-delayed': '登记延期换届',
  'organization.exported': '导出组织名单',
  'people.registered': '登记人员',
  'people.changed': '修改人员信息',
  'people.moved': '转到其他组织',
  'people.withdrawn': '撤回登记',
  'archive.document-filed': '归档材料',
  'archive.document-superseded': '更换归档的文件',
  'archive.document-corrected': '更正材料的登记',
  'archive.document-withdrawn': '把材料撤出档案',
  'archive.disposal-proposed': '编制销毁清单',
  'archive.disposal-decided': '审批销毁清单',
  'archive.file-sealed': '封存档案',
  'archive.file-examined': '四性检测',
  'archive.package-exported': '导出档案包',
  'archive.package-received': '接收档案包',
  'archive.filing-list-changed': '修改归档清单',
  'archive.filing-list-exported': '导出归档清单',
  'archive.numbering-set': '修改档号格式',
  'archive.contents-checked': '核对存储内容',
  'digitization.covers-printed': '打印归档封面',
  'digitization.file-removed': '从一批纸质材料中删去文件',
  'journal.read': '查看敏感内容',
  'development.act-recorded': '记录发展事项',
  'development.act-corrected': '更正发展事项',
  'development.act-struck-out': '划去发展事项',
  'development.acts-imported': '导入发展事项',
  'development.import-struck-out': '撤销导入的发展事项',
  'development.way-planned': '保存倒排计划',
  'development.batch-run': '批量预审',
  'development.batch-exported': '导出预审汇总表',
  'development.dues-exported': '导出待办事项',
  'development.practice-set': '修改本校规定',
  'development.working-year-set': '修改工作日表',
  'handovers.sent': '发出档案移交',
  'handovers.accepted': '接收移交的档案',
  'handovers.returned': '退回档案移交',
  'handovers.withdrawn': '撤回档案移交',
  'handovers.receipt-entered': '登记档案接收回执',
  'intake.uploaded': '上传表格',
  'intake.layout-chosen': '调整表格的读法',
  'intake.file-replaced': '换上改正后的表格',
  'intake.branch-settled': '确认支部对应关系',
  'intake.row-changed': '修改待导入的行',
  'intake.marked-file-read': '下载标注的表格',
  'intake.discarded': '放弃导入',
  'intake.commit-begun': '开始写入导入的表格',
  'intake.committed': '导入表格',
  'intake.undone': '撤销导入',
  'intake.exported': '导出名册',
  'forms.made': '生成表格',
  'forms.template-added': '上传表格模板',
  'forms.template-replaced': '上传表格模板的新版本',
  'forms.template-bound': '指定模板标记的字段',
  'forms.template-changed': '修改或停用表格模板',
  'forms.reported': '登记已向上级系统上报',
}

/** The kinds of things that events are about. */
export const subjectNames: Readonly<Record<string, string>> = {
  account: '账号',
  organization: '组织',
  person: '人员',
  delegation: '授权',
  batch: '批次',
  university: '学校',
  import: '导入',
  document: '材料',
  disposal: '销毁清单',
  seal: '封存',
  handover: '档案移交',
  store: '存储',
  list: '名单',
  form: '表格',
  template: '表格模板',
}

/** The lists that are written out, by the id that stands in the journal in the place of an object. */
const listNames: Readonly<Record<string, string>> = {
  people: '人员名册',
  development: '发展党员名册',
  dues: '待办事项',
  accounts: '账号名单',
  organizations: '组织名单',
  journal: '操作记录',
  covers: '归档封面',
  'filing-list': '归档清单',
}

/** What an event is about: its kind, and of a list which one; what is not here is shown by its code. */
export const subjectName = ({ subjectKind, subjectId }: { subjectKind: string; subjectId: string }): string =>
  (subjectKind === 'list' && listNames[subjectId]) || (subjectNames[subjectKind] ?? subjectKind)
