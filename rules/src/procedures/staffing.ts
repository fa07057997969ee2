import { type Basis, basisOf } from '../kernel/basis.ts'
import type { Day } from '../kernel/day.ts'
import { inForceOrFirst } from '../kernel/regulation.ts'
import { universityRules } from '../regulations/university-rules.ts'

/** How many do the work somewhere, and how many people there are; null where nobody has entered that. */
export interface StaffingFacts {
  /** Whether it is the whole university; else a school of it. */
  isUniversity: boolean
  /** Full-time staff for Party and ideological-political work, counsellors and organisers among them. */
  fullTimeStaff: number
  organisers: number
  counsellors: number
  theoryTeachers: number
  /** 师生人数 and 学生人数 */
  people: number | null
  students: number | null
}

/** What a regulation says of how many there should be, beside how many there are. It locks nothing. */
export interface StaffingMeasure {
  of: 'staff' | 'organisers' | 'counsellors' | 'theoryTeachers'
  present: number
  /** How many it asks for; null while it cannot be said. */
  wanted: number | null
  isReached: boolean | null
  /** In Chinese. */
  text: string
  basis: Basis
}

/**
 * The ratios of the regulations on primary-level organisations at universities (2021; the numbers of the articles are to be verified, the figures are those of the
 * 2017 standard). Of the whole university: staff, counsellors, teachers of theory; of a school: organisers and counsellors. Rounded up: a hundred and one people
 * ask for two where one per cent is asked for.
 */
export function staffing(it: StaffingFacts, on: Day): StaffingMeasure[] {
  const { people, students } = it
  const percent = inForceOrFirst(universityRules, '专职党务人员', on).figures.fullTimeStaffAtLeastPercent
  const { minOrganisersPerSchool, usualOrganisersPerSchool } = inForceOrFirst(universityRules, '组织员', on).figures
  const perCounsellor = inForceOrFirst(universityRules, '辅导员', on).figures.studentsPerCounsellor
  const perTeacher = inForceOrFirst(universityRules, '思政课教师', on).figures.studentsPerPoliticalTeacher
  const counsellors = measureOf(
    'counsellors',
    it.counsellors,
    students === null ? null : Math.ceil(students / perCounsellor),
    `专职辅导员与学生之比不低于 1∶${perCounsellor}`,
    basisOf(universityRules, '辅导员', on),
  )
  if (!it.isUniversity)
    return [
      measureOf(
        'organisers',
        it.organisers,
        minOrganisersPerSchool,
        `每个院（系）至少配备 ${minOrganisersPerSchool} 至 ${usualOrganisersPerSchool} 名专职组织员`,
        basisOf(universityRules, '组织员', on),
      ),
      counsellors,
    ]
  return [
    measureOf(
      'staff',
      it.fullTimeStaff,
      people === null ? null : Math.ceil((people * percent) / 100),
      `专职党务和思想政治工作人员不低于全校师生人数的 ${percent}%`,
      basisOf(universityRules, '专职党务人员', on),
    ),
    counsellors,
    measureOf(
      'theoryTeachers',
      it.theoryTeachers,
      students === null ? null : Math.ceil(students / perTeacher),
      `专职思想政治理论课教师与学生之比不低于 1∶${perTeacher}`,
      basisOf(universityRules, '思政课教师', on),
    ),
  ]
}

function measureOf(
  of: StaffingMeasure['of'],
  present: number,
  wanted: number | null,
  asked: string,
  basis: Basis,
): StaffingMeasure {
  const isReached = wanted === null ? null : present >= wanted
  const least = of === 'organisers' ? '' : `按填写的人数至少 ${wanted} 名，`
  const so =
    wanted === null
      ? `现登记 ${present} 名；还没有填写人数，算不出应有几名`
      : present >= wanted
        ? `${least}现登记 ${present} 名`
        : `${least}现登记 ${present} 名，还差 ${wanted - present} 名`
  return { of, present, wanted, isReached, text: `${asked}；${so}。`, basis }
}
