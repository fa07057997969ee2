import { actLabels } from '@zhibu/rules'
import type { CopySheet } from './schema.ts'
import { type ShippedForm, text } from './shipped-form.ts'

/** A column of a form or screen that is not ours, and the field of the dictionary that fills it; null where somebody writes it. */
export interface CopyColumn {
  label: string
  field: string | null
  /** A number of which only the ends are known here; the whole is read on the page, which is recorded. */
  sealed?: 'idNumber' | 'phone'
}

const from = (label: string, field: string | null = label): CopyColumn => ({ label, field })
const byHand = (label: string): CopyColumn => ({ label, field: null })

/** The columns in the order of the screen or of the printed form. The central forms are not redrawn. */
export const copySheets: Readonly<Record<CopySheet, readonly CopyColumn[]>> = {
  'member-record': [
    from('姓名'),
    from('性别'),
    { label: '公民身份号码', field: '身份证号', sealed: 'idNumber' },
    from('民族'),
    from('出生日期', '出生日期|短横日期'),
    from('学历'),
    from('学位'),
    from('人员类别', '发展阶段'),
    from('所在党支部', '所在支部'),
    { label: '手机号码', field: '联系电话', sealed: 'phone' },
    from('申请入党日期', '入党申请书.日期|短横日期'),
    from('列为积极分子日期', '确定积极分子.日期|短横日期'),
    from('列为发展对象日期', '列为发展对象.日期|短横日期'),
    from('入党日期', '接收大会.日期|短横日期'),
    from('转正日期', '转正审批.转正日期|短横日期'),
    from('入党介绍人', '入党介绍人.姓名'),
    from('转正情况', '转正大会.结果'),
    from('入党时所在支部', '所在支部'),
    from('延长预备期至', '转正大会.延长至|短横日期'),
    from('籍贯'),
    from('是否流动党员'),
    from('学号（工号）', '学号'),
    from('院系'),
    from('专业'),
    byHand('工作岗位'),
    byHand('户籍所在地'),
    byHand('现居住地'),
  ],
  'admission-form': [
    from('申请人', '姓名'),
    from('性别'),
    from('民族'),
    from('出生年月', '出生日期|年月'),
    from('籍贯'),
    byHand('出生地'),
    from('学历'),
    from('学位或职称', '学位'),
    from('单位、职务或职业', '班级'),
    byHand('现居住地'),
    { label: '居民身份证号码', field: '身份证号', sealed: 'idNumber' },
    byHand('有何专长'),
    byHand('入党志愿'),
    byHand('本人经历（包括学历）'),
    byHand('何时何地加入中国共产主义青年团'),
    byHand('何时何地何原因受过何种奖励、处分'),
    byHand('家庭主要成员和主要社会关系情况'),
    from('入党介绍人', '入党介绍人.姓名'),
    from('介绍人意见日期', '入党志愿书.介绍人意见日期'),
    from('支部大会日期', '接收大会.日期'),
    from('应到会有表决权的党员', '接收大会.应到'),
    from('实到会', '接收大会.实到'),
    from('赞成', '接收大会.赞成'),
    from('反对', '接收大会.反对'),
    from('弃权', '接收大会.弃权'),
    from('支部名称', '所在支部'),
    from('支部书记', '支部书记'),
    from('支部决议日期', '接收大会.决议日期'),
    from('上级党组织派人谈话', '审批前谈话.谈话人'),
    from('谈话日期', '审批前谈话.日期'),
    from('党委审批日期', '接收审批.日期'),
    from('预备期自', '接收审批.预备期开始'),
    from('预备期至', '接收审批.预备期结束'),
    from('转正大会日期', '转正大会.日期'),
    from('转正大会应到会', '转正大会.应到'),
    from('转正大会实到会', '转正大会.实到'),
    from('转正大会赞成', '转正大会.赞成'),
    from('转正大会反对', '转正大会.反对'),
    from('转正大会弃权', '转正大会.弃权'),
    from('转正审批日期', '转正审批.日期'),
  ],
  'observation-register': [
    from('姓名'),
    from('性别'),
    from('民族'),
    from('出生年月', '出生日期|年月'),
    from('籍贯'),
    from('学历'),
    from('单位、职务', '班级'),
    from('申请入党时间', '入党申请书.日期'),
    from('确定为入党积极分子时间', '确定积极分子.日期'),
    from('培养联系人', '培养联系人.姓名'),
    byHand('本人经历'),
    byHand('家庭主要成员和主要社会关系'),
    from('考察次数', '半年考察.次数'),
    from('最近一次考察', '半年考察.日期'),
    from('思想汇报次数', '思想汇报.次数'),
    from('参加培训', '积极分子培训.日期'),
    from('培训学时', '积极分子培训.学时'),
    from('征求意见时间', '征求意见.日期'),
    from('支委会讨论时间', '提出发展对象.日期'),
    from('党委意见时间', '上级同意.日期'),
    from('列为发展对象时间', '列为发展对象.日期'),
    from('入党介绍人', '入党介绍人.姓名'),
    from('政治审查结论', '政治审查.结论'),
    from('集中培训', '集中培训.日期'),
    from('集中培训学时', '集中培训.学时'),
  ],
  'probation-register': [
    from('姓名'),
    from('性别'),
    from('民族'),
    from('出生年月', '出生日期|年月'),
    from('单位、职务', '班级'),
    from('成为预备党员时间', '接收大会.日期'),
    from('预备期自', '接收审批.预备期开始'),
    from('预备期至', '接收审批.预备期结束'),
    from('入党宣誓时间', '入党宣誓.日期'),
    from('入党介绍人', '入党介绍人.姓名'),
    from('考察次数', '预备期考察.次数'),
    from('最近一次考察', '预备期考察.日期'),
    byHand('教育考察意见'),
    from('提出转正申请时间', '转正申请书.日期'),
    from('征求意见时间', '转正征求意见.日期'),
    from('转正大会时间', '转正大会.日期'),
    from('大会结果', '转正大会.结果'),
    from('转正审批时间', '转正审批.日期'),
  ],
}

/** The sheets as lists to print and write by: the columns of the two registers in their order. */
export const registerForms: readonly ShippedForm[] = [
  listOf('observation-register', '培养考察登记表填写内容清单', 5, actLabels.contactPersons),
  listOf('probation-register', '教育考察登记表填写内容清单', 21, actLabels.probationReview),
]

function listOf(sheet: CopySheet, title: string, step: number, when: string): ShippedForm {
  return {
    code: `${sheet}-list`,
    title,
    step,
    scope: 'person',
    purpose: `从“${when}”起逐项填写登记表时，按表上的次序抄录。登记表本身用统一印制的表册。`,
    paper: {
      title,
      body: [
        text('下列内容按登记表的栏目次序排列，抄到统一印制的登记表上。'),
        {
          kind: 'table',
          widths: [2, 3],
          head: ['栏目', '内容'],
          rows: copySheets[sheet].map(({ label, field }) => [label, field === null ? '（手写）' : `{${field}}`]),
        },
      ],
    },
  }
}
