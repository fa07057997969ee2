import { type Act, addDays, addMonths, addYears, type Day, yearOf } from '@zhibu/rules'
import type { BranchType, OfficeKind } from '../modules/organization/schema.ts'
import type { PersonFields } from '../modules/people/schema.ts'
import { type Dice, diceOf } from './dice.ts'
import { inventEthnicity, inventIdNumber, inventName, nativePlaces } from './names.ts'
import { type PlannedBranch, type PlannedCollege, plannedColleges } from './tree.ts'
import { type Companions, wayFrom, withMistake } from './way.ts'

/** A person of the fictitious university with everything recorded about them. */
export interface DemoPerson {
  fields: PersonFields
  acts: Act[]
}

export interface DemoOffice {
  office: OfficeKind
  holder: DemoPerson
  from: Day
}

/** An organisation, the people whose relation lies there, and who holds which office in it. */
export interface DemoOrganization {
  name: string
  kind: 'partyCommittee' | 'branch'
  branchType?: BranchType
  establishedOn: Day
  term?: { from: Day; until: Day }
  people: DemoPerson[]
  offices: DemoOffice[]
  children: DemoOrganization[]
}

/** The seed of the one fictitious university that everybody sees. */
const demoSeed = 20210701

/**
 * The departments of the university committee and eight colleges with sixty branches and three thousand persons: the same for the
 * same seed and day, with five years of history counted back from `today`, so that there is always something due.
 */
export function inventUniversity(today: Day, seed = demoSeed): DemoUniversity {
  const dice = diceOf(seed)
  const numbers = new Map<string, number>()
  const register = { today, dice, numbers, enrolled: 0 }
  const departments = departmentsOf(register)
  const offices: OfficeKind[] = ['secretary', 'orgDepartment', 'orgDepartment', 'publicityDepartment', 'partySchool']
  return {
    offices: assign(offices, departments.people.slice(3, 8), addYears(today, -2)),
    departments,
    colleges: plannedColleges().map((college, at) => collegeOf(register, college, at + 1)),
  }
}

export interface DemoUniversity {
  /** Offices of the university committee itself, held by people of the departments. */
  offices: DemoOffice[]
  departments: DemoOrganization
  colleges: DemoOrganization[]
}

interface Register {
  today: Day
  dice: Dice
  /** How many persons were born on a day so far, so that each identity number is given once. */
  numbers: Map<string, number>
  enrolled: number
}

function departmentsOf(register: Register): DemoOrganization {
  const staff = Array.from({ length: 8 }, () => member(register, 'staff', '党委机关', undefined))
  const offices: OfficeKind[] = ['secretary', 'deputySecretary', 'orgMember']
  return {
    name: '机关党支部',
    kind: 'branch',
    branchType: 'administration',
    establishedOn: '2015-09-10',
    term: termOf(register),
    people: staff,
    offices: assign(offices, staff, addYears(register.today, -2)),
    children: [],
  }
}

function collegeOf(register: Register, college: PlannedCollege, number: number): DemoOrganization {
  const branches = college.branches.map((branch) => branchOf(register, college, branch, number))
  const offices: OfficeKind[] = ['secretary', 'deputySecretary', 'organiser', 'organiser']
  const leaders = branches.slice(0, 2).flatMap((branch) => branch.people.slice(8, 10))
  return {
    name: college.name,
    kind: 'partyCommittee',
    establishedOn: '2008-09-01',
    term: { from: addYears(register.today, -3), until: addYears(register.today, 2) },
    people: [],
    offices: assign(offices, leaders, addYears(register.today, -1)),
    children: branches,
  }
}

function branchOf(
  register: Register,
  college: PlannedCollege,
  branch: PlannedBranch,
  number: number,
): DemoOrganization {
  const { dice, today } = register
  const isTeachers = branch.type === 'teacher'
  const officers = Array.from({ length: isTeachers ? branch.size - 5 : 8 }, () =>
    member(register, 'teacher', college.unit, undefined),
  )
  const companions: Companions = {
    contacts: [officers[5]?.fields.name ?? '', officers[6]?.fields.name ?? ''],
    talker: officers[0]?.fields.name ?? '',
    members: officers.length + (isTeachers ? 0 : 9),
  }
  const onTheWay = Array.from({ length: branch.size - officers.length }, () =>
    isTeachers
      ? member(register, 'teacher', college.unit, companions)
      : student(register, college, branch, number, companions),
  )
  const offices: OfficeKind[] = ['secretary', 'deputySecretary', 'orgMember', 'publicityMember', 'disciplineMember']
  const from = addMonths(today, -dice.between(6, 30))
  return {
    name: branch.name,
    kind: 'branch',
    branchType: branch.type,
    establishedOn: '2012-09-20',
    term: termOf(register),
    people: [...officers, ...onTheWay],
    offices: assign(offices, officers, from),
    children: [],
  }
}

/** Each office to the person at the same place of the list. */
function assign(offices: readonly OfficeKind[], people: readonly DemoPerson[], from: Day): DemoOffice[] {
  return offices.flatMap((office, at) => {
    const holder = people[at]
    return holder ? [{ office, holder, from }] : []
  })
}

/** A term of three years; one in twelve is past its end, one in six near it. */
function termOf({ dice, today }: Register): { from: Day; until: Day } {
  const monthsGone = dice.percent(8) ? dice.between(37, 41) : dice.between(2, 35)
  const from = addMonths(today, -monthsGone)
  return { from, until: addYears(from, 3) }
}

/** A teacher or member of the staff: a full member of many years, or on the way where companions are given. */
function member(
  register: Register,
  kind: 'teacher' | 'staff',
  department: string,
  companions: Companions | undefined,
): DemoPerson {
  const { dice, today } = register
  const bornOn = addDays(
    addYears(today, -dice.between(companions ? 27 : 34, companions ? 40 : 58)),
    -dice.between(0, 364),
  )
  const sex = dice.pick<'male' | 'female'>(['male', 'female'])
  const fields: PersonFields = {
    name: inventName(dice),
    kind,
    studentNumber: `${yearOf(addYears(bornOn, 26))}${String(++register.enrolled).padStart(5, '0')}`,
    sex,
    ethnicity: inventEthnicity(dice),
    bornOn,
    nativePlace: dice.pick(nativePlaces),
    idNumber: idNumberOf(register, bornOn, sex),
    phone: phoneOf(dice),
    education: dice.pick(['博士研究生', '硕士研究生', '大学本科']),
    department,
  }
  if (!companions) return { fields, acts: formerWay(register, bornOn) }
  return { fields, acts: recentWay(register, addDays(today, -dice.between(30, 5 * 365)), companions) }
}

/** What is known of a member who was admitted long ago: the days that count, and that the file is kept. */
function formerWay({ dice, today }: Register, bornOn: Day): Act[] {
  const applied = addDays(addYears(bornOn, dice.between(20, 24)), dice.between(0, 300))
  const admitted = addDays(addYears(applied, 2), dice.between(0, 200))
  const confirmed = addDays(addYears(admitted, 1), dice.between(1, 20))
  const approved = addDays(confirmed, dice.between(10, 40))
  const acts: Act[] = [
    { kind: 'application', on: applied },
    { kind: 'admissionAssembly', on: admitted },
    { kind: 'confirmationAssembly', on: confirmed, outcome: 'confirm' },
    { kind: 'confirmationApproval', on: approved, fullOn: addYears(admitted, 1) },
    { kind: 'archiving', on: addDays(approved, dice.between(10, 40)) },
  ]
  return acts.filter((act) => act.on !== undefined && act.on < today)
}

function student(
  register: Register,
  college: PlannedCollege,
  branch: PlannedBranch,
  collegeNumber: number,
  companions: Companions,
): DemoPerson {
  const { dice, today } = register
  const isPostgraduate = branch.type === 'postgraduate'
  const years = isPostgraduate ? 3 : 4
  const enrolledOn = enrolment(today, dice.between(0, years - 1))
  const bornOn = addDays(addYears(enrolledOn, isPostgraduate ? -23 : -19), dice.between(0, 330))
  const sex = dice.pick<'male' | 'female'>(['male', 'female'])
  const major = college.majors.find((it) => branch.name.startsWith(it)) ?? dice.pick(college.majors)
  const fields: PersonFields = {
    name: inventName(dice),
    kind: isPostgraduate ? 'postgraduate' : 'undergraduate',
    studentNumber: `${yearOf(enrolledOn)}${String(collegeNumber).padStart(2, '0')}${String(++register.enrolled).padStart(4, '0')}`,
    sex,
    ethnicity: inventEthnicity(dice),
    bornOn,
    nativePlace: dice.pick(nativePlaces),
    idNumber: idNumberOf(register, bornOn, sex),
    phone: phoneOf(dice),
    education: isPostgraduate ? '硕士研究生在读' : '大学本科在读',
    department: college.unit,
    major,
    grade: `${yearOf(enrolledOn)}级`,
    className: `${major}${String(yearOf(enrolledOn)).slice(2)}${dice.between(1, 3)}班`,
    enrolledOn,
    leavesOn: addDays(addMonths(enrolledOn, years * 12 - 2), -1),
  }
  // A postgraduate may have begun the way as an undergraduate elsewhere: the training time goes on (Art. 12).
  const earliest = isPostgraduate ? addDays(enrolledOn, -dice.between(0, 700)) : addDays(enrolledOn, 12)
  const applied = addDays(earliest, dice.between(0, 380))
  const appliedOn = applied < today ? applied : addDays(today, -dice.between(2, 50))
  return { fields, acts: recentWay(register, appliedOn, companions) }
}

/** A way of the last years: most are on time, some stand still, a few hold one of the usual mistakes. */
function recentWay({ dice, today }: Register, appliedOn: Day, companions: Companions): Act[] {
  const standsStill = dice.percent(6) ? dice.between(20, 120) : dice.between(0, 6)
  const until = addDays(today, -standsStill)
  const acts = wayFrom(appliedOn, until < appliedOn ? appliedOn : until, dice, companions)
  return dice.percent(5) ? withMistake(acts, today, dice) : acts
}

/** The first of September in which the academic year began that many years ago. */
function enrolment(today: Day, yearsAgo: number): Day {
  const thisYear: Day = `${yearOf(today)}-09-01`
  const latest = thisYear <= today ? thisYear : addYears(thisYear, -1)
  return addYears(latest, -yearsAgo)
}

function idNumberOf({ numbers }: Register, bornOn: Day, sex: string): string {
  const key = `${bornOn}${sex}`
  const running = numbers.get(key) ?? 0
  numbers.set(key, running + 1)
  return inventIdNumber(bornOn, running, sex === 'male')
}

/** In a number range (1990000…) that is given to nobody's telephone. */
function phoneOf(dice: Dice): string {
  return `1990000${String(dice.between(0, 9999)).padStart(4, '0')}`
}
