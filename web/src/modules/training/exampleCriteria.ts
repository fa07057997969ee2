import type { AcceptanceView } from '@zhibu/server/modules/training/acceptance-schema'

const names = ['未达到', '基本达到', '达到', '突出'] as const

const criterion = (key: string, name: string, words: readonly [string, string, string, string]) => ({
  key,
  name,
  levels: words.map((it, at) => ({ name: names[at] ?? '', words: it })),
})

/** Criteria to begin with, which whoever runs a programme rewrites as they need. */
export const exampleCriteria: AcceptanceView['criteria'] = [
  criterion('c1', '理论学习', [
    '没有完成规定的学习',
    '完成了规定的学习，说得出要点',
    '能联系自己的学习和工作说明',
    '能讲给别人听，有自己的思考',
  ]),
  criterion('c2', '实践锻炼', [
    '没有参加实践',
    '参加了实践，有记录',
    '在实践里承担了具体任务',
    '主动解决了实际问题，有人受益',
  ]),
  criterion('c3', '党性认识', [
    '说不清为什么要入党',
    '能说明自己的认识',
    '能对照标准找出不足',
    '有改进的行动，身边的人看得到',
  ]),
]
