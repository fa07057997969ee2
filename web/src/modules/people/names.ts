import type { FieldName } from '@zhibu/server/modules/people/schema'

/** The fields of a person as forms and records name them. */
export const fieldNames: Readonly<Record<FieldName, string>> = {
  name: '姓名',
  kind: '人员类别',
  studentNumber: '学号（工号）',
  sex: '性别',
  ethnicity: '民族',
  bornOn: '出生日期',
  nativePlace: '籍贯',
  idNumber: '身份证号',
  phone: '联系电话',
  education: '学历',
  degree: '学位',
  department: '院系（单位）',
  major: '专业',
  grade: '年级',
  className: '班级',
  enrolledOn: '入学（入职）时间',
  leavesOn: '预计离校日期',
  isMobile: '流动党员',
  details: '其他信息',
}
