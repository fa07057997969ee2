import type { Day } from '../kernel/day.ts'
import type { ArticleVersion, Regulation } from '../kernel/regulation.ts'
import type { RuleBook } from '../procedures/development/results.ts'

/** The day of issue of the first edition, from which it was in force. Earlier editions are not kept here. */
export const issued2014: Day = '2014-05-28'
/** The day of issue of the revision, from which it is in force (its Art. 44). */
export const issued2026: Day = '2026-05-11'
/** The day on which the Standing Committee revised the text. */
export const revised2026: Day = '2026-04-02'
/**
 * The last day on which an act that meets only the older edition is warned about instead of failed.
 * Our own suggestion: no transition rule was found.
 */
export const graceUntil: Day = '2026-05-31'

/** A version of an article, with its number in the first edition and a short phrase of the current text for a tooltip. */
export interface RecruitmentArticleVersion extends ArticleVersion {
  /** The article's number in the 2014 edition. Absent where it did not exist there or the number is unknown. */
  number2014?: string
  /** A few words quoted from the 2026 text. */
  phrase?: string
}

/**
 * 《中国共产党发展党员工作细则》 in both editions, numbered as in 2026. An article that did not change has one version.
 * A limit that only the revision knows is a figure of its later version only.
 */
export const recruitmentRules = {
  id: 'XZ',
  title: '中国共产党发展党员工作细则',
  shortTitle: '《发展党员工作细则》',
  issuedOn: '2014-05-28',
  source: {
    document: '中共中央办公厅 2014年5月28日印发；2026年4月2日中央政治局常委会会议修订，2026年5月11日印发',
    url: 'https://www.12371.cn/2026/05/18/ARTI1779102179030620.shtml',
  },
  checkedOn: '2026-11-23',
  articles: {
    '5': [
      {
        from: '2014-05-28',
        number2014: '5',
        summary: '年满十八岁、符合党章所列条件的人可以提出入党申请。',
        phrase: '年满十八岁……可以申请加入中国共产党',
        figures: { adultAge: 18 },
        checked: 'confirmed',
      },
    ],
    '6': [
      {
        from: '2014-05-28',
        number2014: '6',
        summary: '入党申请书交给工作、学习所在单位的党组织。',
        checked: 'confirmed',
      },
    ],
    '7': [
      {
        from: '2014-05-28',
        number2014: '7',
        summary: '收到入党申请书后，党组织要在一个月之内派人和申请人谈一次话。',
        phrase: '应当在一个月内派人同入党申请人谈话',
        figures: { talkWithinMonths: 1 },
        checked: 'confirmed',
      },
    ],
    '8': [
      {
        from: '2014-05-28',
        number2014: '8',
        summary:
          '先由党员推荐或群团组织推优，再由支委会（没有支委会的由支部大会）研究确定入党积极分子，并报上级党委备案。',
        phrase: '研究决定后，报上级党委备案',
        checked: 'confirmed',
      },
    ],
    '9': [
      {
        from: '2014-05-28',
        number2014: '9',
        summary: '为每名入党积极分子安排一至两名正式党员作培养联系人，有关情况记入登记表。',
        figures: { contactPersonsMin: 1, contactPersonsMax: 2 },
        checked: 'toVerify',
      },
      {
        from: '2026-05-11',
        summary:
          '为每名入党积极分子安排一至两名正式党员作培养联系人；联系人要有一定党内生活经历、负责任，因岗位变动等不能尽责时及时更换。',
        phrase: '指定一至两名正式党员作入党积极分子的培养联系人',
        figures: { contactPersonsMin: 1, contactPersonsMax: 2 },
        checked: 'confirmed',
      },
    ],
    '10': [
      {
        from: '2014-05-28',
        number2014: '10',
        summary: '党组织对入党积极分子进行经常性的培养教育。',
        checked: 'confirmed',
      },
    ],
    '11': [
      {
        from: '2014-05-28',
        number2014: '11',
        summary: '支部每半年考察一次入党积极分子；基层党委和县级党委组织部门每年分析一次入党积极分子队伍的情况。',
        phrase: '每半年对入党积极分子进行一次考察',
        figures: { reviewEveryMonths: 6, analysisEveryMonths: 12 },
        checked: 'confirmed',
      },
    ],
    '12': [
      {
        from: '2014-05-28',
        number2014: '12',
        summary:
          '入党积极分子变动单位或居住地的，应当报告；原单位转交申请书和培养考察登记表，新单位审核后接着培养，培养时间前后相加。',
        phrase: '培养教育时间可以连续计算',
        checked: 'confirmed',
      },
    ],
    '13': [
      {
        from: '2014-05-28',
        number2014: '13',
        summary:
          '培养考察满一年、基本具备条件的，支委会听取党小组、培养联系人、党员和群众的意见后讨论确定为发展对象，报上级党委备案。',
        figures: { activistYears: 1 },
        checked: 'toVerify',
        figuresToVerify: ['publicityWorkingDays'],
      },
      {
        from: '2026-05-11',
        summary:
          '培养考察满一年、基本具备条件的，支委会听取党小组、培养联系人、党员和群众的意见后讨论提出；上级党委同意后公示，不少于五个工作日，无问题的列为发展对象；流动人员在流出地和流入地一并公示。',
        phrase: '公示期不少于五个工作日',
        figures: { activistYears: 1, publicityWorkingDays: 5 },
        checked: 'confirmed',
      },
    ],
    '14': [
      {
        from: '2014-05-28',
        number2014: '14',
        summary: '发展对象须有两名正式党员作入党介绍人，一般由培养联系人担任；受留党察看处分、尚未恢复权利的不能担任。',
        figures: { introducers: 2 },
        checked: 'toVerify',
      },
      {
        from: '2026-05-11',
        summary:
          '发展对象须有两名正式党员作入党介绍人，一般由培养联系人担任；受警告、严重警告、撤销党内职务处分尚在影响期的不宜担任，受留党察看处分、尚未恢复权利的不能担任。',
        phrase: '应当有两名正式党员作入党介绍人',
        figures: { introducers: 2 },
        checked: 'confirmed',
      },
    ],
    '15': [
      {
        from: '2014-05-28',
        number2014: '15',
        summary:
          '入党介绍人有五项任务，包括了解被介绍人的情况、指导填写入党志愿书并写明意见、入党后继续教育帮助预备党员。',
        checked: 'confirmed',
      },
    ],
    '16': [
      {
        from: '2014-05-28',
        number2014: '16',
        summary: '对发展对象必须进行政治审查并形成结论性材料；没有审查或审查不合格的，不能发展。',
        checked: 'toVerify',
      },
      {
        from: '2026-05-11',
        summary:
          '对发展对象必须进行政治审查并形成结论性材料，内容还包括在急难险重任务中的表现、网络行为，以及主要家庭成员和重要社会关系的情况；没有审查或审查不合格的，不能发展。',
        phrase: '未经政治审查或者政治审查不合格的，不能发展入党',
        checked: 'confirmed',
      },
    ],
    '17': [
      {
        from: '2014-05-28',
        number2014: '17',
        summary: '对发展对象进行短期集中培训，一般三天以上或者二十四学时以上；除个别特殊情况外，没有培训的不能发展。',
        figures: { trainingDays: 3, trainingHours: 24 },
        checked: 'toVerify',
      },
      {
        from: '2026-05-11',
        summary:
          '对发展对象进行短期集中培训，一般在线下进行，三天以上或者二十四学时以上，必要时可用视频方式；除个别特殊情况外，没有培训的不能发展。',
        phrase: '一般不少于三天或者不少于二十四个学时',
        figures: { trainingDays: 3, trainingHours: 24 },
        checked: 'confirmed',
      },
    ],
    '18': [
      {
        from: '2014-05-28',
        number2014: '19',
        summary:
          '支委会集体讨论合格后报党委预审，预审结果书面通知，合格的发给入党志愿书；三个月内要离开工作、学习单位的，一般不办理接收手续。',
        phrase: '未来三个月内将离开工作、学习单位的，一般不办理',
        figures: { leavingWithinMonths: 3 },
        checked: 'confirmed',
      },
    ],
    '19': [
      {
        from: '2014-05-28',
        number2014: '20',
        summary: '预审合格的提交支部大会讨论；有表决权的到会党员必须超过应到会人数的一半。',
        figures: { presentOverShare: 0.5 },
        checked: 'confirmed',
        figuresToVerify: ['assemblyWithinMonths'],
      },
      {
        from: '2026-05-11',
        summary: '预审合格的，一个月之内提交支部党员大会讨论；有表决权的到会党员必须超过应到会人数的一半。',
        phrase: '应当在一个月内提交党支部党员大会讨论',
        figures: { presentOverShare: 0.5, assemblyWithinMonths: 1 },
        checked: 'confirmed',
      },
    ],
    '20': [
      {
        from: '2014-05-28',
        number2014: '21',
        summary:
          '大会依次听取本人汇报、介绍人介绍、支委会审查情况，充分讨论后无记名投票；赞成人数超过应到会有表决权党员的一半才算通过，会前正式提交的书面意见计入票数；有几名发展对象的逐个讨论、逐个表决。',
        phrase: '采取无记名投票方式进行表决',
        figures: { yesOverShare: 0.5 },
        checked: 'confirmed',
      },
    ],
    '21': [
      {
        from: '2014-05-28',
        number2014: '22',
        summary: '决议写入入党志愿书，写明主要表现、应到和实到人数、表决结果、通过日期，由支部书记签名，及时上报。',
        checked: 'confirmed',
      },
    ],
    '22': [
      {
        from: '2014-05-28',
        number2014: '23',
        summary: '预备党员由有审批权限的党委审批；党总支只审议、不审批；临时党组织除另有规定外不能接收、审批预备党员。',
        phrase: '党总支不能审批预备党员',
        checked: 'confirmed',
      },
    ],
    '23': [
      {
        from: '2014-05-28',
        number2014: '24',
        summary: '审批前，党委派党委委员或者组织员同发展对象谈话，意见写入入党志愿书。',
        checked: 'confirmed',
      },
    ],
    '24': [
      {
        from: '2014-05-28',
        number2014: '25',
        summary:
          '党委审批时集体讨论、表决，逐个进行；批准的，在志愿书上注明预备期起止时间并通知支部，支部通知本人、在大会上宣布；未批准的，做好本人思想工作。',
        phrase: '注明预备期的起止时间',
        checked: 'confirmed',
      },
    ],
    '25': [
      {
        from: '2014-05-28',
        number2014: '26',
        summary: '党委收到上报的决议后三个月内审批，并报上级党委组织部门备案；情况特殊可以适当延长，最长六个月。',
        phrase: '应当在三个月内审批，并报上级党委组织部门备案',
        figures: { approvalWithinMonths: 3, approvalSpecialMonths: 6 },
        checked: 'confirmed',
      },
    ],
    '26': [
      {
        from: '2014-05-28',
        number2014: '27',
        summary: '特殊情况下，中央和省级党委可以直接接收党员。',
        checked: 'confirmed',
      },
    ],
    '27': [
      { from: '2014-05-28', number2014: '28', summary: '追认党员由党委审查后报省级党委批准。', checked: 'confirmed' },
    ],
    '28': [
      {
        from: '2014-05-28',
        number2014: '29',
        summary: '批准后及时把预备党员编入支部和党小组，继续教育考察。',
        checked: 'confirmed',
      },
    ],
    '29': [
      {
        from: '2014-05-28',
        number2014: '30',
        summary: '预备党员必须面向党旗宣誓，由基层党委或者支部、总支组织。',
        checked: 'toVerify',
        figuresToVerify: ['oathWithinMonths'],
      },
      {
        from: '2026-05-11',
        summary:
          '预备党员必须面向党旗宣誓，一般在批复同意接收后的一个月之内；县级以上党委可在“七一”“十一”组织集中宣誓。',
        phrase: '一般在批复同意接收预备党员后的一个月内',
        figures: { oathWithinMonths: 1 },
        checked: 'confirmed',
      },
    ],
    '30': [
      {
        from: '2014-05-28',
        number2014: '31',
        summary: '党组织在整个预备期内继续教育、考察预备党员。',
        checked: 'confirmed',
      },
    ],
    '31': [
      {
        from: '2014-05-28',
        number2014: '32',
        summary:
          '预备期一年，自支部大会通过之日算起。期满合格的按期转正；需要继续考察的可延长一次，半年以上、一年以下；不履行义务、不具备条件的取消资格。转正、延长、取消都要大会通过并报上级批准。',
        phrase: '从党支部党员大会通过其为预备党员之日算起',
        figures: { probationYears: 1, extensions: 1, extensionMinMonths: 6, extensionMaxMonths: 12 },
        checked: 'confirmed',
      },
    ],
    '32': [
      {
        from: '2014-05-28',
        number2014: '33',
        summary:
          '预备期满，本人书面提出转正申请，党小组提意见、征求党员和群众意见、支委会审查后，由支部大会讨论表决，到会和赞成人数的要求与接收时相同。',
        checked: 'confirmed',
      },
    ],
    '33': [
      {
        from: '2014-05-28',
        number2014: '34',
        summary: '转正决议由党委三个月内审批；党龄从预备期满转为正式党员那天算起。',
        phrase: '预备党员转正的决议，应当在三个月内审批',
        figures: { confirmationApprovalWithinMonths: 3 },
        checked: 'confirmed',
      },
    ],
    '34': [
      {
        from: '2014-05-28',
        number2014: '35',
        summary:
          '预备党员变动单位的，原组织介绍情况，新组织严格审查档案；无法认定的不予承认，由县级以上党委组织部门批准。',
        checked: 'confirmed',
      },
    ],
    '35': [
      {
        from: '2014-05-28',
        number2014: '36',
        summary: '对转入的预备党员，新组织认为必要时可以推迟讨论转正，最长六个月；转正时间仍从预备期满那天算起。',
        phrase: '推迟时间不超过六个月',
        figures: { postponeMaxMonths: 6 },
        checked: 'confirmed',
      },
    ],
    '36': [
      {
        from: '2014-05-28',
        number2014: '37',
        summary: '转正后，入党志愿书、入党申请书、培养考察登记表、政治审查材料、转正申请书等及时归档。',
        checked: 'confirmed',
      },
      {
        from: '2026-05-11',
        summary:
          '转正后，入党志愿书、入党申请书、入党积极分子培养考察登记表、政治审查材料、预备党员教育考察登记表、转正申请书等及时归档。',
        checked: 'confirmed',
      },
    ],
    '40': [{ from: '2026-05-11', summary: '对流动党员党组织在发展党员中的工作作了专条规定。', checked: 'toVerify' }],
    '41': [
      {
        from: '2026-05-11',
        summary: '对弄虚作假、给非党员出具党员证明等违反规定的行为追究责任。',
        checked: 'confirmed',
      },
    ],
    '42': [
      {
        from: '2026-05-11',
        summary: '入党志愿书、培养考察登记表、预备党员教育考察登记表由中央组织部统一式样，省级党委组织部门组织印制。',
        checked: 'confirmed',
      },
    ],
    '44': [{ from: '2026-05-11', summary: '自印发之日起施行。', checked: 'confirmed' }],
  },
} as const satisfies Regulation & {
  articles: Readonly<Record<string, readonly [RecruitmentArticleVersion, ...RecruitmentArticleVersion[]]>>
}

type Articles = typeof recruitmentRules.articles
/** An article of the detailed rules, numbered as in 2026. */
export type RecruitmentArticle = keyof Articles & `${number}`

type FiguresOf<V> = V extends { readonly figures: infer F } ? { readonly [N in keyof F]: number } : never
type AnyVersion<V> = V extends unknown
  ? Omit<RecruitmentArticleVersion, 'figures'> & ([FiguresOf<V>] extends [never] ? unknown : { figures: FiguresOf<V> })
  : never

/** The names of all figures, such as `talkWithinMonths`. */
export type FigureName = { [A in keyof Articles]: NamesOf<FiguresOf<Articles[A][number]>> }[keyof Articles]
type NamesOf<F> = F extends unknown ? keyof F & string : never

/** The detailed rules with any figures and any number of versions: what a draft of an amendment is written as. */
export type RecruitmentRules = Omit<Regulation, 'articles'> & {
  readonly articles: {
    readonly [A in keyof Articles]: readonly [AnyVersion<Articles[A][number]>, ...AnyVersion<Articles[A][number]>[]]
  }
}

/** The edition by which an act of that day is judged. Acts before 2014 are held against the first edition. */
export const ruleBookOn = (day: Day): RuleBook => (day < issued2026 ? 'XZ-2014' : 'XZ-2026')

/** The number under which an edition has the article; undefined where that edition does not have it. */
export function articleNumber(article: RecruitmentArticle, book: RuleBook): string | undefined {
  if (book === 'XZ-2026') return article
  const first: RecruitmentArticleVersion = recruitmentRules.articles[article][0]
  return first.number2014
}
