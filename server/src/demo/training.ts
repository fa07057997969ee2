import { addDays, type Day } from '@zhibu/rules'
import { decide } from '../modules/training/accepting.ts'
import { assess } from '../modules/training/assessing.ts'
import { readSheet, recordAttendance } from '../modules/training/attendance.ts'
import type { AttendanceMark } from '../modules/training/attendance-schema.ts'
import { closeProgramme } from '../modules/training/completing.ts'
import type { Audience, Term } from '../modules/training/names-schema.ts'
import { enrol } from '../modules/training/participants.ts'
import { raiseRequest } from '../modules/training/requests.ts'
import { roundsOf } from '../modules/training/rounds.ts'
import { appointAssessors, setRubric } from '../modules/training/rubric.ts'
import type { Enrolment, ProgrammeFields, SessionFields } from '../modules/training/schema.ts'
import { handInSelf, writeSelf } from '../modules/training/self-assessing.ts'
import { announceProgramme, planProgramme } from '../modules/training/service.ts'
import { addSession } from '../modules/training/sessions.ts'
import { openProgramme } from '../modules/training/stored.ts'
import type { Actor, Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import type { DiscussionCast } from './discussion.ts'

/**
 * Invented trainings: one for the activists of a college that goes on, one for the secretaries of all branches, one whose results were looked at and
 * that is closed, and one that is still planned. In the transaction of the context.
 */
export async function train(ctx: Context, { university, college, branch, members }: DiscussionCast): Promise<void> {
  const on = (days: number): Day => addDays(ctx.today, days)
  const as = (actor: Actor, today = ctx.today): Context => ({ ...ctx, actor, today })
  const { organiser } = college
  const { secretary } = branch
  const { department, publicity } = university

  async function planned(by: Context, organizationId: string, more: Partial<ProgrammeFields>, sessions: Sessions) {
    const id = await planProgramme(by, { ...blankProgramme(ctx.today), ...more, organizationId })
    const ids: string[] = []
    for (const it of sessions) ids.push(await addSession(by, id, { ...blankSession, ...it }, told))
    return { id, sessions: ids }
  }

  async function held(by: Context, programme: Awaited<ReturnType<typeof planned>>, who: Enrolment) {
    await enrol(by, programme.id, who, told)
    const { revision } = await openProgramme(by, programme.id)
    await announceProgramme(by, programme.id, { ...told, revision })
  }

  async function recorded(by: Actor, sessionId: string | undefined, mark?: (personId: string, at: number) => Said) {
    if (sessionId === undefined) return
    const { items, revision } = await readSheet(as(by), sessionId)
    const marks = items
      .filter((it) => it.person.id !== by.personId)
      .flatMap((it, at) => {
        const said = mark?.(it.person.id, at)
        return said ? [{ leaveKind: null, note: '', ...said, personId: it.person.id }] : []
      })
    await recordAttendance(as(by), sessionId, { marks, restArePresent: true }, revision)
  }

  const begun = as(organiser, on(-30))
  const course = await planned(
    begun,
    college.id,
    {
      title: '入党积极分子培训班',
      audience: 'activists',
      requiredHours: 8,
      summary: '四次课，每次两学时。听课之外，请在支部参加一次志愿服务，把看到的问题带来讨论。',
      admission: { byNomination: true, bySignUp: false, untilOn: on(-8) },
      stages: [
        { id: lectures, title: '集中学习', aim: '弄清楚党章里最基本的几件事。' },
        { id: practice, title: '实践和讨论', aim: '带着做过的事来谈。' },
      ],
    },
    [
      {
        ...{ stageId: lectures, title: '党章里的党员标准', on: on(-14), startMinute: 19 * 60, endMinute: 20 * 60 + 40 },
        lecturers: [{ name: '严怀瑾', about: '学院党校教师' }],
      },
      {
        ...{
          stageId: lectures,
          title: '党的纪律和身边的例子',
          on: on(-7),
          startMinute: 19 * 60,
          endMinute: 20 * 60 + 40,
        },
        ...{ category: 'discipline', lecturers: [{ name: organiser.name, about: '学院组织员' }] },
      },
      {
        ...{ stageId: lectures, title: '学校里的党史', on: on(5), startMinute: 19 * 60, endMinute: 20 * 60 + 40 },
        ...{ category: 'tradition', place: '校史馆一楼' },
      },
      {
        ...{ stageId: practice, title: '志愿服务讨论会', on: on(12), startMinute: 14 * 60, endMinute: 15 * 60 + 40 },
        ...{ category: 'purpose', form: 'practice', place: '学院二楼会议室' },
      },
    ],
  )
  await held(begun, course, { all: true, isUntrained: false })
  const [first, second, third] = course.sessions
  await recorded(organiser, first, (_, at) =>
    at % 17 === 4 ? { attendance: 'leave', leaveKind: 'classes' } : undefined,
  )
  await recorded(organiser, second, (_, at) =>
    at % 23 === 9 ? { attendance: 'absent' } : at % 31 === 12 ? { attendance: 'leave', leaveKind: 'sick' } : undefined,
  )
  const { items } = await readSheet(as(organiser), course.sessions[0] ?? '')
  const listed = new Set(items.map((it) => it.person.id))
  const asker = members.find((it) => it.personId !== null && listed.has(it.personId))
  if (asker && third)
    await raiseRequest(as(asker), third, {
      kind: 'leave',
      leaveKind: 'classes',
      text: '当晚有实验课，已和任课老师说过。',
    })

  const secretaries = await planned(
    as(department, on(-40)),
    university.id,
    { title: '党支部书记集中轮训', audience: 'secretaries', term: 'year', summary: '全年分四次，结合年底述职讨论。' },
    [
      {
        ...{ title: '组织生活怎样开出质量', on: on(-20), startMinute: 9 * 60, endMinute: 11 * 60 + 30, hours: 3 },
        ...{ form: 'rotation', category: 'political', place: '行政楼一楼报告厅' },
      },
      {
        ...{ title: '发展党员程序和材料', on: on(20), startMinute: 9 * 60, endMinute: 11 * 60 + 30, hours: 3 },
        ...{ form: 'rotation', category: 'skills', place: '行政楼一楼报告厅' },
      },
    ],
  )
  await held(as(department, on(-40)), secretaries, { all: true, isUntrained: false })
  await recorded(department, secretaries.sessions[0])

  await planned(
    as(organiser),
    college.id,
    { title: '宣传委员写稿练习', audience: 'publicityStaff', summary: '各带一篇自己写的稿子来，互相改。' },
    [{ title: '消息怎样写短', on: on(30), category: 'skills' }],
  )

  const trained = [secretary, ...members.slice(0, 3)]
  const earlier = as(organiser, on(-50))
  const past = await planned(
    earlier,
    college.id,
    {
      ...{ title: '支部骨干培训班', audience: 'committeeMembers', requiredHours: 4 },
      summary: '支委和准备接任的同志，学怎样开会、怎样记录。',
    },
    [
      { title: '一次支委会从通知到记录', on: on(-28), category: 'skills', form: 'specialStudy' },
      { title: '谈心谈话怎样谈', on: on(-21), category: 'skills', form: 'specialStudy' },
    ],
  )
  await setRubric(earlier, past.id, { criteria }, 0)
  await held(earlier, past, { personIds: trained.flatMap((it) => it.personId ?? []), reason: '支部骨干，准备接任支委' })
  await appointAssessors(
    earlier,
    past.id,
    [department, publicity].flatMap((it) => it.personId ?? []),
    told,
  )
  for (const it of past.sessions) await recorded(organiser, it)
  for (const [at, person] of trained.entries()) {
    const levels = { meeting: at % 2, talk: 1 }
    await writeSelf(as(person), past.id, { levels, notes, evidence: [], words: '' }, 0)
    await handInSelf(as(person), past.id, 1)
    const [round] = await roundsOf(ctx, past.id, person.personId ?? '')
    if (!round) continue
    await assess(as(department), round.id, { levels, words: '记录写得清楚，下次把议定的事写在前面。', isSigned: true })
    await assess(as(publicity), round.id, {
      levels: { ...levels, talk: at % 2 },
      ...{ words: '谈话以前想好一件事，会更容易谈开。', isSigned: false },
    })
  }
  await decide(
    as(organiser),
    past.id,
    {
      ...{ personIds: trained.flatMap((it) => it.personId ?? []), decision: 'passed', missing: '' },
      comment: '两次课都到了，交来的记录能直接用。',
    },
    told,
  )
  const { revision } = await openProgramme(as(organiser), past.id)
  await closeProgramme(as(organiser), past.id, revision)
}

type Sessions = readonly (Partial<SessionFields> & Pick<SessionFields, 'title' | 'on'>)[]
type Said = (Partial<AttendanceMark> & Pick<AttendanceMark, 'attendance'>) | undefined

/** Nobody follows an address out of the demonstration before it has one. */
const told = { base: '' }

const lectures = newId()
const practice = newId()

function blankProgramme(today: Day): ProgrammeFields {
  const month = Number(today.slice(5, 7))
  const term: Term = month >= 2 && month < 8 ? 'spring' : 'autumn'
  const audience: Audience = 'activists'
  return {
    ...{ title: '', audience, year: Number(today.slice(0, 4)), term, summary: '', requiredHours: null, capacity: null },
    ...{ admission: { byNomination: false, bySignUp: false, untilOn: null }, stages: [] },
  }
}

const blankSession: Omit<SessionFields, 'title' | 'on'> = {
  ...{ stageId: null, startMinute: null, endMinute: null, hours: 2, category: 'theory', form: 'partyLecture' },
  ...{ lecturers: [], place: '学院报告厅', link: '', materials: [] },
}

const criteria = [
  {
    key: 'meeting',
    name: '会议记录',
    levels: [
      { name: '还要练', words: '写得出谁到、谈了什么，议定的事要再问才清楚。' },
      { name: '能用', words: '没有到会的人看了，知道议定了什么、谁去做、什么时候做完。' },
    ],
  },
  {
    key: 'talk',
    name: '谈心谈话',
    levels: [
      { name: '还要练', words: '谈过，说不清谈了什么、约定了什么。' },
      { name: '能用', words: '谈话以后有约定，到时候问过结果。' },
    ],
  },
]

const notes = { meeting: '附了上个月支委会的记录。', talk: '和两位同学谈过，各约定了一件事。' }
