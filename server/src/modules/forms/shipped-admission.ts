import { heading, line, record, room, roster, type ShippedForm, text } from './shipped-form.ts'

/** The vote of an assembly, in the words of the minutes. */
const counts = (meeting: string) =>
  `应到会有表决权的党员{${meeting}.应到}名，实到会{${meeting}.实到}名，会前提出书面意见的{${meeting}.书面意见}名。表决结果：赞成{${meeting}.赞成}票，反对{${meeting}.反对}票，弃权{${meeting}.弃权}票。`

/** The forms of the admission of probationary members. */
export const admissionForms: readonly ShippedForm[] = [
  {
    code: 'admission-minutes',
    title: '支部党员大会会议记录（接收预备党员）',
    step: 15,
    scope: 'person',
    purpose: '讨论接收预备党员的支部党员大会记录，含表决情况。',
    place: 'admissionMinutes',
    paper: {
      title: '支部党员大会会议记录',
      body: [
        record(
          ['党支部', '{所在支部}', '会议日期', '{接收大会.日期}'],
          ['会议地点', '', '主持人', '{支部书记}'],
          ['应到会', '{接收大会.应到}', '实到会', '{接收大会.实到}'],
          ['列席人员', '', '记录人', ''],
        ),
        text('会议议题：讨论接收{姓名}同志为中共预备党员。'),
        heading('一、发展对象汇报'),
        line(room(3)),
        heading('二、入党介绍人介绍情况'),
        text('入党介绍人{入党介绍人.姓名}介绍发展对象的有关情况，并对能否入党表明意见。'),
        line(room(3)),
        heading('三、支部委员会报告审查情况'),
        text('支部委员会报告{支委会审查.日期}的审查情况。上级党委预审结果：{预审.结果}（{预审.日期}）。'),
        heading('四、讨论情况'),
        line(room(6)),
        heading('五、表决情况'),
        text(`采取无记名投票方式表决。${counts('接收大会')}`),
        text('监票人：＿＿＿＿＿　　计票人：＿＿＿＿＿'),
        heading('六、会议决议'),
        text(
          '赞成人数超过应到会有表决权的正式党员的半数的，大会通过接收{姓名}同志为中共预备党员，报上级党委审批。本次会议结果：＿＿＿＿＿＿。',
        ),
        text('主持人（签名）：＿＿＿＿＿　　记录人（签名）：＿＿＿＿＿'),
      ],
    },
  },
  {
    code: 'admission-resolution',
    title: '支部党员大会决议（接收预备党员）',
    step: 15,
    scope: 'person',
    purpose: '填入入党志愿书的支部大会决议，对本人的评价由支部填写。',
    place: 'admissionResolution',
    paper: {
      title: '接收{姓名}同志为中共预备党员的决议',
      body: [
        text('{所在支部}于{接收大会.日期}召开支部党员大会，讨论{姓名}同志的入党问题。'),
        text('大会认为，{姓名}同志（主要表现）：'),
        line(room(8)),
        text(counts('接收大会')),
        text(
          '根据表决结果，大会决议：＿＿＿＿接收{姓名}同志为中共预备党员，预备期一年，自支部党员大会通过之日算起，报上级党委审批。',
        ),
      ],
      signer: '{所在支部}\n支部书记（签名）：',
      signedOn: '{接收大会.决议日期}',
    },
  },
  {
    code: 'admission-talk',
    title: '党委派人谈话记录',
    step: 16,
    scope: 'person',
    purpose: '上级党委审批前派人谈话时使用。',
    place: 'admissionTalkRecord',
    paper: {
      title: '发展对象谈话记录',
      body: [
        record(
          ['姓名', '{姓名}', '所在党支部', '{所在支部}'],
          ['接收大会', '{接收大会.日期}', '入党介绍人', '{入党介绍人.姓名}'],
          ['谈话人', '{审批前谈话.谈话人}', '谈话日期', '{审批前谈话.日期}'],
        ),
        record(
          ['对党的认识和入党动机', room(6)],
          ['对党章等基本知识的掌握', room(5)],
          ['需要进一步了解的情况', room(5)],
          ['谈话人对能否入党的意见', `${room(4)}谈话人（签名）：　　　　　　　年　月　日`],
        ),
      ],
    },
  },
  {
    code: 'admission-approval',
    title: '接收预备党员批复',
    step: 17,
    scope: 'list',
    purpose: '上级党委审批后下发，写明预备期起止。文号由党委编。',
    place: 'admissionReply',
    paper: {
      letterhead: '中共{上级党委}',
      number: '＿＿＿〔{今天|年}〕＿号',
      title: '关于同意接收{名单称谓}为中共预备党员的批复',
      to: '{所在支部}',
      body: [
        text(
          '你支部报来的接收{名单称谓}为中共预备党员的材料收悉。经党委会于{接收审批.日期}集体讨论、逐个表决，同意接收下列{人数}名同志为中共预备党员：',
        ),
        roster([
          ['序号', '{序号}', 2],
          ['姓名', '{姓名}', 3],
          ['支部大会通过', '{接收大会.日期|点号日期}', 4],
          ['预备期自', '{接收审批.预备期开始|点号日期}', 4],
          ['预备期至', '{接收审批.预备期结束|点号日期}', 4],
        ]),
        text('请及时通知本人，编入党的一个组织，组织入党宣誓，并加强教育、管理和考察。'),
        text('此复。'),
      ],
      signer: '中共{上级党委}',
      signedOn: '{接收审批.日期}',
    },
  },
  {
    code: 'admission-filing',
    title: '预备党员备案报告',
    step: 18,
    scope: 'list',
    purpose: '党委审批后报上级党委组织部门备案。',
    place: 'admissionFiling',
    paper: {
      title: '关于接收预备党员的备案报告',
      to: '中共{学校党委}组织部',
      body: [
        text('经研究，{上级党委}批准接收{名单称谓}为中共预备党员，共{人数}人。现报请备案。'),
        roster([
          ['序号', '{序号}', 2],
          ['姓名', '{姓名}', 3],
          ['性别', '{性别}', 2],
          ['民族', '{民族}', 3],
          ['所在支部', '{所在支部}', 6],
          ['支部大会', '{接收大会.日期|点号日期}', 4],
          ['党委审批', '{接收审批.日期|点号日期}', 4],
        ]),
      ],
      signer: '中共{上级党委}',
      signedOn: '{今天}',
    },
  },
  {
    code: 'oath-roster',
    title: '入党宣誓名单',
    step: 20,
    scope: 'list',
    purpose: '入党宣誓仪式的名单和记录。',
    place: 'oathRecord',
    paper: {
      title: '入党宣誓名单',
      body: [
        line('宣誓日期：{入党宣誓.日期}　　地点：＿＿＿＿＿＿　　领誓人：＿＿＿＿＿＿'),
        roster([
          ['序号', '{序号}', 2],
          ['姓名', '{姓名}', 3],
          ['性别', '{性别}', 2],
          ['所在支部', '{所在支部}', 7],
          ['接收大会', '{接收大会.日期|点号日期}', 4],
          ['党委审批', '{接收审批.日期|点号日期}', 4],
          ['本人签名', '', 4],
        ]),
        text('参加宣誓的预备党员共{人数}名。'),
      ],
    },
  },
]
