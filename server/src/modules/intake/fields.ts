import type { ActKind } from '@zhibu/rules'
import type { PersonFields } from '../people/schema.ts'

/** How a cell of a field is read. */
export type ValueType =
  | 'text'
  | 'day'
  | 'dayOrMonth'
  | 'days'
  | 'stretch'
  | 'dayOrDone'
  | 'done'
  | 'month'
  | 'idNumber'
  | 'yesNo'
  | 'names'
  | 'sex'
  | 'count'
  | 'phone'
  | 'number'
  | 'ethnicity'
  | 'conclusion'
  | 'result'

/** The part of an act that a column tells. `on` is the day of the act itself. */
export type ActPart =
  | 'on'
  | 'receivedOn'
  | 'firstSubmittedOn'
  | 'introducersOpinionOn'
  | 'repliedOn'
  | 'submittedOn'
  | 'startedOn'
  | 'endedOn'
  | 'stretch'
  | 'members'
  | 'talkers'
  | 'trainingHours'
  | 'trainingDays'
  | 'conclusion'
  | 'passed'
  | 'month'
  | 'probationFrom'
  | 'probationUntil'
  | 'fullOn'
  | 'outcome'
  | 'until'
  | 'entitled'
  | 'present'
  | 'yes'
  | 'no'
  | 'abstain'
  | 'writtenOpinions'

/** Where a field goes: an attribute of the person, an act, the branch, the person's further details (so that nothing is lost), or nothing (a running number). */
export type Feeds =
  | { to: 'person'; key: Exclude<keyof PersonFields, 'details'> }
  | { to: 'act'; kind: ActKind; part: ActPart }
  | { to: 'branch' }
  | { to: 'detail' }
  | { to: 'nothing' }

/** A kind of column that registers have. */
export interface Field {
  /** The word in layouts and in `columns[].field`. */
  code: string
  /** In Chinese, as offered for mapping by hand. */
  name: string
  type: ValueType
  feeds: Feeds
  /** Headers that mean this field, without 时间/日期 at the end. */
  names: readonly string[]
  /** Groups of words; a header that has all words of a group in this order probably means this field. */
  fragments: readonly (readonly string[])[]
  /** Words that rule the field out. */
  not: readonly string[]
}

const person = (key: Exclude<keyof PersonFields, 'details'>): Feeds => ({ to: 'person', key })
const act = (kind: ActKind, part: ActPart = 'on'): Feeds => ({ to: 'act', kind, part })
const detail: Feeds = { to: 'detail' }

/**
 * `names` and `fragments` are separated by blanks, the words of a fragment by +.
 * The order of the list is the order of the way; where a header may mean several fields, its place among the others decides.
 */
function field(
  code: string,
  name: string,
  type: ValueType,
  feeds: Feeds,
  names: string,
  fragments = '',
  not = '',
): Field {
  return {
    code,
    name,
    type,
    feeds,
    names: [name, ...words(names)],
    fragments: words(fragments).map((it) => it.split('+')),
    not: words(not),
  }
}

const words = (text: string): string[] => text.split(/\s+/).filter((it) => it !== '')

/** Every field that a column can be recognised as or mapped to. */
export const fields: readonly Field[] = [
  field('ordinal', '序号', 'text', { to: 'nothing' }, '编号 序列 no 顺序号 号'),
  field('problem', '问题', 'text', { to: 'nothing' }, '导入问题'),

  field(
    'branch',
    '所在党支部',
    'text',
    { to: 'branch' },
    '党支部 支部 党支部名称 支部名称 所在支部 所属党支部 所属支部 党组织 所在党组织 所属党组织 党组织名称 组织关系所在党支部',
    '所在+党支部 所属+党支部 党支部+名称 所属+党组织',
    '大会 讨论 书记 意见 会议 委员 入党时 编入',
  ),
  field(
    'studentNumber',
    '学号',
    'number',
    person('studentNumber'),
    '学号/工号 学（工）号 学工号 工号 学籍号 学生学号 职工号 教工号 人员编号 学号工号',
    '学号 工号',
  ),
  field(
    'name',
    '姓名',
    'names',
    person('name'),
    '名字 学生姓名 申请人姓名 党员姓名 本人姓名 积极分子姓名 发展对象姓名 预备党员姓名 申请人 发展对象 预备党员',
    '',
    '联系人 介绍人 谈话人 导师 辅导员 父亲 母亲 家长 书记',
  ),
  field('sex', '性别', 'sex', person('sex'), ''),
  field(
    'bornOn',
    '出生日期',
    'dayOrMonth',
    person('bornOn'),
    '出生 出生年月 出生年月日 生日 出生日',
    '出生+年月',
    '出生地',
  ),
  field('ethnicity', '民族', 'ethnicity', person('ethnicity'), '族别'),
  field('nativePlace', '籍贯', 'text', person('nativePlace'), '籍贯（省市县）'),
  field(
    'idNumber',
    '身份证号码',
    'idNumber',
    person('idNumber'),
    '身份证号 身份证 公民身份号码 公民身份证号码 居民身份证号码 证件号码 证件号 身份号码',
    '身份证+号 身份+号码',
    '家长 父亲 母亲',
  ),
  field(
    'phone',
    '联系电话',
    'phone',
    person('phone'),
    '手机 手机号 手机号码 电话 电话号码 联系方式 本人电话 移动电话 联系手机',
    '联系+电话 手机+号',
    '家长 父亲 母亲 紧急 联系人 家庭',
  ),
  field(
    'kind',
    '人员类别',
    'text',
    person('kind'),
    '人员类型 培养层次 学生类别 学生类型 学历层次 身份类别 层次 人员身份',
  ),
  field('education', '学历', 'text', person('education'), '文化程度 最高学历 学历学位'),
  field('degree', '学位', 'text', person('degree'), '最高学位'),
  field(
    'department',
    '所在学院',
    'text',
    person('department'),
    '学院 院系 学院名称 所在院系 系别 单位 所在单位 工作单位 部门 所属学院 院（系） 所在部门 系部',
    '所在+学院 所在+单位',
    '支部 党委 转出 转入 接收',
  ),
  field(
    'major',
    '专业',
    'text',
    person('major'),
    '当前专业 所学专业 所在专业 专业名称 专业全称 就读专业',
    '专业',
    '班级 排名 成绩 技术职务 职称',
  ),
  field('grade', '年级', 'text', person('grade'), '入学年级 所在年级 级别 届别'),
  field(
    'className',
    '班级',
    'text',
    person('className'),
    '所在班级 行政班 专业班级 班别 班级名称 年级班级',
    '所在+班级 专业+班级',
    '排名 评议',
  ),
  field(
    'enrolledOn',
    '入学时间',
    'dayOrMonth',
    person('enrolledOn'),
    '入学 入学年月 入校 参加工作 到校',
    '入学+时间 入学+年月',
  ),
  field(
    'leavesOn',
    '毕业时间',
    'dayOrMonth',
    person('leavesOn'),
    '毕业 预计毕业 毕业年月 预毕业 拟毕业 离校 预计离校',
    '毕业+时间 毕业+年月 离校+时间',
    '毕业去向 院校 学校',
  ),
  field('isMobile', '是否流动党员', 'yesNo', person('isMobile'), '流动党员 是否流动', '是否+流动'),

  field('schoolingYears', '学制', 'text', detail, '学年制 学习年限'),
  field(
    'homeAddress',
    '家庭住址',
    'text',
    detail,
    '家庭地址 住址 现居住地 居住地 通讯地址 户籍地址 户籍所在地 户口所在地 现住址 联系地址 家庭详细地址 宿舍',
    '家庭+址 户籍+地',
  ),
  field(
    'position',
    '担任职务',
    'text',
    detail,
    '职务 现任职务 任职情况 学生干部任职 班级职务 社会职务 曾任职务 技术职称 职称',
    '担任+职务 任职',
  ),
  field('politicalStatus', '政治面貌', 'text', detail, '政治身份 当前政治面貌'),
  field('leagueMember', '是否团员', 'yesNo', detail, '团员 是否共青团员 是否为团员', '是否+团员'),
  field('leagueJoinedOn', '入团时间', 'dayOrMonth', detail, '入团 入团年月', '入团+时间', '推优'),
  field(
    'constitutionStudyOn',
    '参加党章学习小组时间',
    'dayOrMonth',
    detail,
    '党章学习小组 参加党章学习小组',
    '党章+学习',
  ),
  field('developedHere', '是否在本校发展', 'yesNo', detail, '在本校发展 是否本校发展', '本校+发展'),
  field('counsellor', '辅导员', 'text', detail, '辅导员姓名 班主任 导师 指导教师'),
  field(
    'results',
    '成绩排名',
    'text',
    detail,
    '成绩 排名 学习成绩 综合排名 专业排名 综测排名 挂科情况 平均成绩 绩点 奖惩情况 获奖情况',
    '成绩 排名 奖 绩点',
  ),

  field(
    'application',
    '递交入党申请书',
    'day',
    act('application'),
    '申请入党 提交入党申请 提交入党申请书 递交入党申请 入党申请 入党申请书 申请 提出入党申请 递交申请书 提交申请书 申请入党日期 申请书 写入党申请书 入党申请书递交',
    '递交+入党申请 提交+入党申请 提出+入党申请 入党申请+时间 申请+入党 递交+申请书',
    '转正 保留 首次 谈话 人姓名',
  ),
  field(
    'applicationReceived',
    '收到入党申请书',
    'day',
    act('application', 'receivedOn'),
    '收到申请书 接收入党申请书 申请书接收',
    '收到+申请',
    '转正',
  ),
  field(
    'applicationFirst',
    '首次递交入党申请书',
    'day',
    act('application', 'firstSubmittedOn'),
    '首次提交入党申请书 首次申请入党 初次递交入党申请书',
    '首次+申请 初次+申请',
    '转正 谈话',
  ),
  field(
    'applicantTalk',
    '派人谈话',
    'day',
    act('applicantTalk'),
    '首次组织谈话 首次谈话 组织谈话 党组织谈话 党组织派人谈话 谈话 与申请人谈话 派人同入党申请人谈话 入党申请人谈话 申请人谈话 支部谈话 初次谈话',
    '首次+谈话 申请人+谈话 派人+谈话 组织+谈话',
    '谈话人姓名 上级 党委 预备 转正 入党谈话',
  ),
  field(
    'applicantTalkers',
    '谈话人',
    'names',
    act('applicantTalk', 'talkers'),
    '首次谈话人 谈话人姓名 组织谈话人 申请谈话人',
    '谈话人',
    '入党谈话人 党委 上级 时间',
  ),
  field(
    'recommendation',
    '推荐（推优）',
    'day',
    act('recommendation'),
    '推优 推荐/推优 团组织推优 推荐 推荐推优 党员推荐 群团推优 共青团推优 推优大会 推荐优秀团员 团支部推优 推荐积极分子 团推优',
    '推优 推荐+推优 推荐+团员 团+推荐 党员+推荐',
    '人 票',
  ),
  field(
    'activistDecision',
    '确定为入党积极分子',
    'day',
    act('activistDecision'),
    '确定入党积极分子 确定为积极分子 确定积极分子 列为入党积极分子 列为积极分子 确立为入党积极分子 成为入党积极分子 成为积极分子 入党积极分子 积极分子 确立积极分子 积极分子确定 入党积极分子确立 积极分子确立 入党积极分子确定 入党积极分子确立 积极分子确立 被确定为入党积极分子 支委会确定积极分子',
    '确定+积极分子 列为+积极分子 确立+积极分子 成为+积极分子 积极分子+确定',
    '备案 培训 结业 推荐 编号 公示 谈话',
  ),
  field(
    'activistFiling',
    '入党积极分子报上级党委备案',
    'day',
    act('activistFiling'),
    '积极分子备案 入党积极分子备案 积极分子党委备案 党委备案 报党委备案 上级党委备案 备案',
    '积极分子+备案',
    '发展对象 预备党员 组织部',
  ),
  field(
    'activistFilingReply',
    '入党积极分子备案回复',
    'day',
    act('activistFiling', 'repliedOn'),
    '备案批复 备案回复',
    '备案+回复 备案+批复',
    '发展对象 预备党员',
  ),
  field(
    'contactPersonsOn',
    '指定培养联系人',
    'day',
    act('contactPersons'),
    '确定培养联系人 指定培养联系人时间 培养联系人确定',
    '指定+联系人 确定+联系人 联系人+时间',
  ),
  field(
    'contactPersons',
    '培养联系人',
    'names',
    act('contactPersons', 'members'),
    '培养联系人姓名 联系人 入党培养联系人 培养人 培养联系人1 入党联系人',
    '培养+联系人',
    '时间 日期 电话 意见 方式 指定 确定',
  ),
  field(
    'review',
    '半年考察',
    'days',
    act('review'),
    '培养考察 考察 半年考察时间 积极分子考察 培养教育考察 考察时间',
    '半年+考察 考察+时间',
    '预备 综合',
  ),
  field(
    'thoughtReport',
    '思想汇报',
    'days',
    act('thoughtReport'),
    '递交思想汇报 思想汇报时间 提交思想汇报',
    '思想汇报',
    '份数 次数 篇',
  ),
  field(
    'activistTraining',
    '入党积极分子培训结业',
    'stretch',
    act('activistTraining'),
    '积极分子培训 积极分子结业 积极分子培训班 积极分子培训结业 入党积极分子培训 积极分子培训班结业 初级党校 初级党校结业 党课培训 党课结业 党校培训 党校结业 党校培训结业 参加党校培训 参加党校学习 党校学习 党训班结业 党训班培训 分党校培训结业 分党校结业',
    '积极分子+培训 积极分子+结业 初级党校 党课+结业',
    '发展对象 预备党员 证书 编号 成绩 学时',
  ),
  field(
    'activistTrainingHours',
    '入党积极分子培训学时',
    'count',
    act('activistTraining', 'trainingHours'),
    '积极分子培训学时',
    '积极分子+学时',
  ),
  field('appraisal', '民主评议', 'dayOrMonth', detail, '民主评议时间 民主评议结果', '民主评议'),
  field(
    'opinions',
    '征求意见',
    'day',
    act('opinions'),
    '听取意见 听取党小组、培养联系人、党员和群众意见 征求党员和群众意见 征求群众意见 群众座谈会 群众座谈 征求意见座谈会 党内外座谈会',
    '征求+意见 听取+意见 群众+座谈',
    '转正',
  ),
  field(
    'prospectProposal',
    '讨论确定发展对象',
    'day',
    act('prospectProposal'),
    '支委会讨论确定发展对象 支部大会讨论确定发展对象 支委会讨论提出发展对象人选 支部讨论确定发展对象 支委会确定发展对象 支部委员会讨论确定发展对象 提出发展对象人选 拟定发展对象 拟列为发展对象',
    '支委会+发展对象 大会+发展对象 支部+讨论+发展对象 支部委员会+发展对象 提出+发展对象 拟+发展对象 讨论+发展对象',
    '备案 同意 公示 培训 结业 政审',
  ),
  field(
    'prospectConsent',
    '上级党委同意拟列为发展对象',
    'day',
    act('prospectConsent'),
    '党委同意发展对象 发展对象备案 发展对象党委备案 上级党委同意 党委同意 发展对象党委审批 发展对象审批 发展对象批复',
    '发展对象+备案 同意+发展对象 发展对象+同意 发展对象+批复',
    '公示 培训 积极分子',
  ),
  field(
    'publicNotice',
    '发展对象公示',
    'stretch',
    act('publicNotice', 'stretch'),
    '公示 公示时间 公示起止 发展对象公示起止 公示期 公示情况',
    '公示+起止 发展对象+公示',
    '转正 积极分子 结束 开始 截止 预备党员',
  ),
  field(
    'publicNoticeStart',
    '公示开始',
    'day',
    act('publicNotice'),
    '公示起始 公示开始时间 公示起',
    '公示+开始 公示+起始',
    '转正 积极分子 结束 起止',
  ),
  field(
    'publicNoticeEnd',
    '公示结束',
    'day',
    act('publicNotice', 'endedOn'),
    '公示截止 公示结束时间 公示止',
    '公示+结束 公示+截止',
    '转正 积极分子 起止',
  ),
  field(
    'prospectListing',
    '列为发展对象',
    'day',
    act('prospectListing'),
    '确定为发展对象 确定发展对象 成为发展对象 被列为发展对象 发展对象确定',
    '列为+发展对象 确定+发展对象 成为+发展对象 发展对象+确定',
    '拟 讨论 支委会 支部委员会 大会 备案 同意 公示 培训',
  ),
  field(
    'introducersOn',
    '确定入党介绍人',
    'day',
    act('introducers'),
    '确定介绍人 入党介绍人确定 指定入党介绍人',
    '确定+介绍人 指定+介绍人 介绍人+时间',
    '意见',
  ),
  field(
    'introducers',
    '入党介绍人',
    'names',
    act('introducers', 'members'),
    '介绍人 入党介绍人姓名 介绍人姓名',
    '介绍人',
    '时间 日期 确定 指定 意见',
  ),
  field(
    'politicalReview',
    '政治审查',
    'dayOrDone',
    act('politicalReview'),
    '政审 政治审查完成 政审情况 政治审查结论 政审时间 政治审查情况 政审结论 政审完成 政审材料 是否政审',
    '政治审查 政审',
    '函调 外调 联审 意见 编号',
  ),
  field(
    'intensiveTrainingStart',
    '集中培训开始',
    'day',
    act('intensiveTraining', 'startedOn'),
    '集中培训开始时间 发展对象培训开始',
    '培训+开始 培训+起始',
    '积极分子 预备',
  ),
  field(
    'intensiveTraining',
    '发展对象集中培训结业',
    'stretch',
    act('intensiveTraining'),
    '党校培训结业 集中培训 发展对象培训 发展对象集中培训 发展对象培训班 发展对象培训结业 发展对象结业 短期集中培训 党校培训 党校结业 发展对象培训班结业 集中培训结业 高级党校 培训结业 结业 参加党校培训 参加党校学习 党校学习 党训班结业 党训班培训 分党校培训结业 分党校结业 发展对象集中培训结束',
    '发展对象+培训 集中+培训 培训+结业 党校+结业 高级党校',
    '积极分子 预备党员 证书 编号 成绩 学时 天数 开始',
  ),
  field(
    'intensiveTrainingHours',
    '集中培训学时',
    'count',
    act('intensiveTraining', 'trainingHours'),
    '培训学时 发展对象培训学时 学时',
    '培训+学时',
    '积极分子 天',
  ),
  field(
    'intensiveTrainingDays',
    '集中培训天数',
    'count',
    act('intensiveTraining', 'trainingDays'),
    '培训天数',
    '培训+天数',
  ),
  field('autobiography', '自传', 'done', detail, '个人自传 入党自传', '自传'),
  field(
    'committeeExamination',
    '支委会审查',
    'day',
    act('committeeExamination'),
    '支部委员会审查 支委会审查时间 支委审查',
    '支委会+审查 支部委员会+审查',
    '转正',
  ),
  field(
    'preReview',
    '上级党委预审',
    'day',
    act('preReview'),
    '党委预审 预审 预审时间 上级预审 预审通过',
    '预审',
    '请示 编号 文号 是否 公示 意见',
  ),
  field(
    'preReviewPassed',
    '预审是否通过',
    'result',
    act('preReview', 'passed'),
    '预审结果 预审结论',
    '预审+结果 预审+是否',
  ),
  field(
    'admissionForm',
    '填写入党志愿书',
    'dayOrDone',
    act('admissionForm'),
    '入党志愿书 志愿书 入党志愿书填写 填写志愿书',
    '志愿书',
    '编号 号码 发放 编码',
  ),
  field(
    'introducersOpinion',
    '入党介绍人意见',
    'day',
    act('admissionForm', 'introducersOpinionOn'),
    '介绍人意见 介绍人填写意见',
    '介绍人+意见+时间 介绍人+意见+日期',
  ),
  field('admissionFormNumber', '入党志愿书编号', 'text', detail, '志愿书编号 志愿书号码', '志愿书+编号 志愿书+号'),
  field(
    'admissionAssembly',
    '支部大会讨论接收预备党员',
    'day',
    act('admissionAssembly'),
    '确定为预备党员 确定预备党员 接收为预备党员 接收预备党员 成为预备党员 列为预备党员 入党 加入中国共产党 加入党组织 发展 发展党员 发展大会 接收预备党员大会 支部党员大会讨论接收预备党员 支部大会通过 支部大会 支部党员大会 接收大会 发展为预备党员 吸收为预备党员 预备党员 被接收为预备党员 入党年月 党员大会 转为预备党员',
    '确定+预备党员 接收+预备党员 大会+预备党员 成为+预备党员 发展+预备党员 发展+大会 吸收+预备党员',
    '转正 审批 公示 谈话 培训 备案 考察 学习 教育',
  ),
  field(
    'admissionEntitled',
    '接收大会应到会人数',
    'count',
    act('admissionAssembly', 'entitled'),
    '应到会人数 应到 应到会 应到人数 应到会有表决权党员人数',
    '应到',
    '转正',
  ),
  field(
    'admissionPresent',
    '接收大会实到会人数',
    'count',
    act('admissionAssembly', 'present'),
    '实到会人数 实到 实到会 实到人数',
    '实到',
    '转正',
  ),
  field(
    'admissionYes',
    '接收大会赞成票',
    'count',
    act('admissionAssembly', 'yes'),
    '赞成 同意 赞成票 同意票 赞成票数 赞成人数 同意票数',
    '赞成',
    '转正',
  ),
  field(
    'admissionNo',
    '接收大会反对票',
    'count',
    act('admissionAssembly', 'no'),
    '反对 不同意 反对票 不赞成 反对票数 反对人数',
    '反对 不赞成',
    '转正',
  ),
  field(
    'admissionAbstain',
    '接收大会弃权票',
    'count',
    act('admissionAssembly', 'abstain'),
    '弃权 弃权票 弃权票数 弃权人数',
    '弃权',
    '转正',
  ),
  field(
    'admissionWrittenOpinions',
    '接收大会书面意见',
    'count',
    act('admissionAssembly', 'writtenOpinions'),
    '书面意见 书面意见数',
    '书面+意见',
    '转正',
  ),
  field(
    'admissionTalk',
    '上级党委派人谈话',
    'day',
    act('admissionTalk'),
    '入党谈话 党委谈话 党委派人谈话 组织员谈话 审批前谈话 谈话 上级党组织谈话',
    '入党+谈话 党委+谈话 上级+谈话 组织员+谈话',
    '谈话人 申请人 转正',
  ),
  field(
    'admissionTalkers',
    '入党谈话人',
    'names',
    act('admissionTalk', 'talkers'),
    '党委谈话人 谈话人 谈话组织员 上级谈话人',
    '入党谈话人 党委+谈话人 上级+谈话人',
    '时间',
  ),
  field(
    'admissionSubmitted',
    '支部决议报党委',
    'day',
    act('admissionApproval', 'submittedOn'),
    '上报党委 报送党委 报党委审批',
    '上报+党委 报送+党委',
    '备案 转正',
  ),
  field(
    'admissionApproval',
    '上级党委审批预备党员',
    'day',
    act('admissionApproval'),
    '党委审批 上级党委审批 党委批准 党委会审批 批准入党 预备党员审批 党委审批接收预备党员 审批 上级党委批准 党委讨论审批 学院党委审批 党委会讨论',
    '党委+审批 党委+批准 审批+预备党员 批准+预备党员 预备党员+审批 上级+审批',
    '转正 正式 发展对象',
  ),
  field(
    'probationFrom',
    '预备期开始',
    'day',
    act('admissionApproval', 'probationFrom'),
    '预备期起 预备期起始 预备期自',
    '预备期+起 预备期+开始',
    '起止 延长',
  ),
  field(
    'probationUntil',
    '预备期满',
    'day',
    act('admissionApproval', 'probationUntil'),
    '预备期止 预备期结束 预备期到期 预备期截止 预备期满时间',
    '预备期+满 预备期+止 预备期+结束 预备期+到期',
    '起止 延长',
  ),
  field(
    'probation',
    '预备期起止',
    'stretch',
    act('admissionApproval', 'stretch'),
    '预备期',
    '预备期+起止',
    '延长 考察',
  ),
  field(
    'admissionFiling',
    '报上级党委组织部门备案',
    'day',
    act('admissionFiling'),
    '组织部备案 报组织部备案 党委组织部备案 预备党员备案 上级组织部门备案 备案',
    '组织部+备案 组织部门+备案 预备党员+备案',
    '转正',
  ),
  field(
    'assignment',
    '编入党支部和党小组',
    'day',
    act('assignment'),
    '编入党小组 编入支部 编入党支部',
    '编入+支部 编入+党小组',
  ),
  field('oath', '入党宣誓', 'day', act('oath'), '宣誓 参加入党宣誓 宣誓仪式', '宣誓', '领誓 地点'),
  field(
    'duesStart',
    '开始交纳党费月份',
    'month',
    act('duesStart', 'month'),
    '党费起交月份 开始交纳党费 交纳党费起始月',
    '开始+党费 党费+起',
  ),
  field(
    'probationReview',
    '预备党员考察',
    'days',
    act('probationReview'),
    '预备期考察 预备党员教育考察 预备党员考察时间 考察 半年考察',
    '预备+考察',
  ),
  field(
    'confirmationRequest',
    '递交转正申请书',
    'day',
    act('confirmationRequest'),
    '转正申请 提出转正申请 提交转正申请书 转正申请书 申请转正 提交转正申请 递交转正申请',
    '转正申请 申请+转正',
    '讨论 大会',
  ),
  field(
    'confirmationOpinions',
    '转正前征求意见',
    'day',
    act('confirmationOpinions'),
    '转正征求意见 征求意见 转正座谈会',
    '转正+意见',
  ),
  field(
    'confirmationAssembly',
    '支部大会讨论转正',
    'day',
    act('confirmationAssembly'),
    '转正时间 转正 转正大会 支部大会讨论转正 支部党员大会讨论转正 讨论转正 支部大会通过转正 转为正式党员 转正支部大会 按期转正 支部大会 支部党员大会 党员大会 成为正式党员 正式党员',
    '大会+转正 讨论+转正 转正+大会 转为+正式 通过+转正',
    '申请 审批 批准 公示 备案 谈话',
  ),
  field(
    'confirmationEntitled',
    '转正大会应到会人数',
    'count',
    act('confirmationAssembly', 'entitled'),
    '应到会人数 应到 应到会 应到人数 应到会有表决权党员人数',
    '转正+应到',
  ),
  field(
    'confirmationPresent',
    '转正大会实到会人数',
    'count',
    act('confirmationAssembly', 'present'),
    '实到会人数 实到 实到会 实到人数',
    '转正+实到',
  ),
  field(
    'confirmationYes',
    '转正大会赞成票',
    'count',
    act('confirmationAssembly', 'yes'),
    '赞成 同意 赞成票 同意票 赞成票数 赞成人数 同意票数',
    '转正+赞成',
  ),
  field(
    'confirmationNo',
    '转正大会反对票',
    'count',
    act('confirmationAssembly', 'no'),
    '反对 不同意 反对票 不赞成 反对票数 反对人数',
    '转正+反对',
  ),
  field(
    'confirmationAbstain',
    '转正大会弃权票',
    'count',
    act('confirmationAssembly', 'abstain'),
    '弃权 弃权票 弃权票数 弃权人数',
    '转正+弃权',
  ),
  field(
    'confirmationSubmitted',
    '转正决议报党委',
    'day',
    act('confirmationApproval', 'submittedOn'),
    '上报党委 报送党委',
    '转正+上报 转正+报送',
  ),
  field(
    'confirmationApproval',
    '上级党委审批转正',
    'day',
    act('confirmationApproval'),
    '党委审批 上级党委审批 党委批准 党委会审批 转正审批 批准转正 审批 党委审批转正 上级党委批准 党委讨论审批 学院党委审批 转正党委审批',
    '转正+审批 转正+批准 审批+转正 批准+转正 正式+审批 党委+审批 上级+审批',
    '预备党员 发展对象',
  ),
  field(
    'fullOn',
    '转正日期',
    'day',
    act('confirmationApproval', 'fullOn'),
    '成为正式党员日期 党龄起算 正式党员日期',
    '党龄+起',
  ),
  field(
    'archiving',
    '材料归档',
    'day',
    act('archiving'),
    '归档 转档案馆 转入档案馆 移交档案馆 档案移交 材料移交 归档时间',
    '归档 档案馆 移交+档案',
    '编号 是否',
  ),

  field('membershipKept', '申请保留党籍时间', 'dayOrMonth', detail, '申请保留党籍 保留党籍', '保留+党籍'),
  field(
    'transferredOutOn',
    '组织关系转出时间',
    'dayOrMonth',
    detail,
    '关系转出 组织关系转出 转出 转出日期',
    '关系+转出 转出+时间',
  ),
  field('transferKind', '转出类型', 'text', detail, '转出方式 转接类型', '转出+类型'),
  field(
    'transferTo',
    '转出单位',
    'text',
    detail,
    '转入单位 转往单位 接收单位 转出去向 毕业去向 去向 接收党组织',
    '转出+单位 转+去向 接收+单位',
  ),
  field('remark', '备注', 'text', detail, '说明 其他 备注说明 其它 备考', '备注'),
]

const byCode: ReadonlyMap<string, Field> = new Map(fields.map((it) => [it.code, it]))

/** The field of that code, if there is one. */
export const fieldOf = (code: string): Field | undefined => byCode.get(code)
