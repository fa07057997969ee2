import type { BranchType } from '../modules/organization/schema.ts'

/** A branch of the fictitious university: its kind of members and how many of them. */
export interface PlannedBranch {
  name: string
  type: BranchType
  size: number
}

export interface PlannedCollege {
  name: string
  /** As in “文学院”. */
  unit: string
  majors: readonly [string, ...string[]]
  branches: PlannedBranch[]
}

export const universityName = '青禾大学'
export const committeeName = '中共青禾大学委员会'

const colleges: [unit: string, majors: [string, ...string[]], students: number][] = [
  ['计算机学院', ['软件工程', '计算机科学与技术', '人工智能'], 7],
  ['文学与新闻传播学院', ['汉语言文学', '新闻学', '网络与新媒体'], 6],
  ['数学与统计学院', ['数学与应用数学', '统计学', '信息与计算科学'], 5],
  ['机械与动力工程学院', ['机械设计制造及其自动化', '能源与动力工程'], 6],
  ['化学与材料学院', ['应用化学', '材料科学与工程'], 5],
  ['经济管理学院', ['会计学', '金融学', '工商管理'], 6],
  ['农业与生命科学学院', ['农学', '生物技术', '园艺'], 5],
  ['外国语学院', ['英语', '日语', '翻译'], 4],
]

/** Eight colleges with sixty branches together. */
export function plannedColleges(): PlannedCollege[] {
  return colleges.map(([unit, majors, students]) => {
    const short = unit.replace(/学院$/, '')
    const branches: PlannedBranch[] = [
      { name: `${short}教师第一党支部`, type: 'teacher', size: 24 },
      { name: `${short}教师第二党支部`, type: 'teacher', size: 22 },
      ...Array.from({ length: students }, (_, at) => studentBranch(majors, short, at, students)),
    ]
    return { name: `${unit}党委`, unit, majors, branches }
  })
}

/** The last two of a college's student branches are for postgraduates, the others for the undergraduates of its majors in turn. */
function studentBranch(majors: PlannedCollege['majors'], short: string, at: number, students: number): PlannedBranch {
  const left = students - at
  if (left <= 2) return { name: `${short}研究生第${left === 2 ? '一' : '二'}党支部`, type: 'postgraduate', size: 52 }
  const major = majors[at % majors.length] ?? majors[0]
  const round = '一二三四'.charAt(Math.floor(at / majors.length))
  return { name: `${major}本科生第${round}党支部`, type: 'undergraduate', size: 64 }
}
