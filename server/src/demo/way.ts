import {
  type Act,
  addDays,
  addMonths,
  addWorkingDays,
  addYears,
  type Day,
  isWorkingDay,
  monthOf,
  seededCalendar,
} from '@zhibu/rules'
import type { Dice } from './dice.ts'

/** Whom a person meets on the way. */
export interface Companions {
  contacts: readonly string[]
  talker: string
  members: number
}

/**
 * The acts of a person who applied on a day, in order, up to `until`: lawful under the edition of the detailed rules of each day,
 * with the delays that happen in life. Gives all acts up to the archive when `until` is far enough.
 */
export function wayFrom(appliedOn: Day, until: Day, dice: Dice, { contacts, talker, members }: Companions): Act[] {
  const acts: Act[] = []
  const add = (act: Act) => acts.push(act)
  const later = (day: Day, least: number, most: number) => workingDayFrom(addDays(day, dice.between(least, most)))
  const named = contacts.map((name) => ({ name, isFull: true }))

  const application = appliedOn
  add({ kind: 'application', on: application })
  const talk = inTime(later(application, 3, 24), addMonths(application, 1))
  add({ kind: 'applicantTalk', on: talk, talkers: [{ name: talker }] })
  const recommendation = later(talk, 90, 170)
  add({ kind: 'recommendation', on: recommendation, by: 'league' })
  const activist = later(recommendation, 3, 14)
  add({ kind: 'activistDecision', on: activist })
  add({ kind: 'activistFiling', on: later(activist, 4, 14) })
  add({ kind: 'contactPersons', on: later(activist, 0, 8), members: named })

  const proposal = workingDayFrom(addDays(addYears(activist, 1), dice.between(6, 60)))
  const reviewAfter = (day: Day) => workingDayBefore(addDays(addMonths(day, 6), -dice.between(0, 12)))
  for (let at = reviewAfter(activist); at < proposal; at = reviewAfter(at)) add({ kind: 'review', on: at })
  add({ kind: 'activistTraining', on: later(activist, 60, 150), trainingHours: 24 })
  add({
    kind: 'opinions',
    on: workingDayBefore(addDays(proposal, -3)),
    from: ['group', 'contactPersons', 'members', 'masses'],
  })
  add({ kind: 'prospectProposal', on: proposal })
  const consent = later(proposal, 4, 12)
  add({ kind: 'prospectConsent', on: consent })
  const posted = later(consent, 1, 4)
  const noticeEnd = addWorkingDays(seededCalendar, posted, 5).day
  add({ kind: 'publicNotice', on: posted, endedOn: noticeEnd })
  const listed = later(noticeEnd, 1, 4)
  add({ kind: 'prospectListing', on: listed })
  add({ kind: 'introducers', on: later(listed, 0, 6), members: named })
  const review = later(listed, 12, 40)
  add({
    kind: 'politicalReview',
    on: review,
    lastReplyOn: workingDayBefore(addDays(review, -4)),
    conclusion: 'qualified',
  })
  const trained = later(listed, 15, 45)
  add({ kind: 'intensiveTraining', on: trained, startedOn: addDays(trained, -2), trainingDays: 3, trainingHours: 24 })

  const examination = later(laterOf(review, trained), 3, 10)
  add({ kind: 'committeeExamination', on: examination })
  const preReview = later(examination, 3, 10)
  add({ kind: 'preReview', on: preReview, passed: true })
  const form = later(preReview, 1, 4)
  add({ kind: 'admissionForm', on: form, introducersOpinionOn: form })
  const assembly = inTime(later(form, 4, 20), addMonths(preReview, 1))
  add({
    kind: 'admissionAssembly',
    on: assembly,
    vote: voteOf(members, dice),
    resolution: { on: assembly, signedBySecretary: true, hasCounts: true },
  })
  const talked = later(assembly, 5, 14)
  add({ kind: 'admissionTalk', on: talked, talkers: [{ name: talker, isCommitteeMemberOrOrganiser: true }] })
  const approved = later(talked, 5, 40)
  const expiry = addYears(assembly, 1)
  add({ kind: 'admissionApproval', on: approved, probationFrom: assembly, probationUntil: expiry })
  add({ kind: 'admissionFiling', on: later(approved, 3, 14) })
  add({ kind: 'assignment', on: later(approved, 1, 7) })
  add({ kind: 'duesStart', on: later(approved, 1, 9), month: monthOf(assembly) })
  add({ kind: 'oath', on: inTime(later(approved, 3, 24), addMonths(approved, 1)) })

  add({ kind: 'probationReview', on: workingDayBefore(addMonths(assembly, 6)) })
  add({ kind: 'confirmationRequest', on: workingDayFrom(addDays(expiry, -dice.between(8, 25))) })
  add({ kind: 'confirmationOpinions', on: workingDayBefore(addDays(expiry, -3)) })
  const confirmation = later(expiry, 1, 20)
  add({ kind: 'confirmationAssembly', on: confirmation, outcome: 'confirm', vote: voteOf(members, dice) })
  const confirmed = later(confirmation, 8, 50)
  add({ kind: 'confirmationApproval', on: confirmed, fullOn: expiry })
  add({ kind: 'archiving', on: later(confirmed, 6, 30) })

  return acts.filter((act) => act.on !== undefined && act.on <= until).sort(byDay)
}

/** A way with one of the mistakes that are common in real files; the same way where none fits what is there. */
export function withMistake(acts: Act[], until: Day, dice: Dice): Act[] {
  const day = (kind: Act['kind']) => acts.find((act) => act.kind === kind)?.on
  const redated = (kind: Act['kind'], on: Day | undefined): Act[] | undefined =>
    on && on <= until && day(kind)
      ? acts.map((act) => (act.kind === kind ? ({ ...act, on } satisfies Act) : act))
      : undefined
  const application = day('application')
  const activist = day('activistDecision')
  const listed = day('prospectListing')
  const approval = day('admissionApproval')
  const admitted = day('admissionAssembly')
  const confirmed = day('confirmationAssembly')
  const mistakes = [
    redated('applicantTalk', application && addDays(addMonths(application, 1), dice.between(1, 20))),
    redated('recommendation', activist && addDays(activist, 5)),
    listed && day('politicalReview') && acts.map((act) => reviewedEarly(act, addDays(listed, -12))),
    approval && acts.map((act) => probationFromApproval(act, approval)),
    redated('oath', approval && addDays(approval, -6)),
    redated('confirmationAssembly', admitted && addDays(addYears(admitted, 1), -2)),
    day('confirmationApproval') && confirmed && acts.map((act) => fullFromAssembly(act, confirmed)),
  ].filter((it) => it !== undefined)
  const [one, ...more] = mistakes
  return one ? dice.pick([one, ...more]) : acts
}

const reviewedEarly = (act: Act, on: Day): Act =>
  act.kind === 'politicalReview' ? { ...act, on, lastReplyOn: addDays(on, -4) } : act

/** The most frequent mistake of all: probation counted from the day of approval. */
const probationFromApproval = (act: Act, on: Day): Act =>
  act.kind === 'admissionApproval' ? { ...act, probationFrom: on, probationUntil: addYears(on, 1) } : act

const fullFromAssembly = (act: Act, on: Day): Act =>
  act.kind === 'confirmationApproval' ? { ...act, fullOn: on } : act

function voteOf(members: number, dice: Dice) {
  const entitled = Math.max(3, members)
  const present = entitled - (dice.percent(60) ? 0 : 1)
  return { entitled, present, yes: present, no: 0, abstain: 0 }
}

/** The day, or the last working day of the time allowed where holidays have carried it past. */
function inTime(day: Day, last: Day): Day {
  return day <= last ? day : workingDayBefore(last)
}

function laterOf(a: Day, b: Day): Day {
  return a < b ? b : a
}

function workingDayFrom(day: Day): Day {
  return isWorkingDay(seededCalendar, day) ? day : workingDayFrom(addDays(day, 1))
}

function workingDayBefore(day: Day): Day {
  return isWorkingDay(seededCalendar, day) ? day : workingDayBefore(addDays(day, -1))
}

function byDay(a: Act, b: Act): number {
  const [left, right] = [a.on ?? '', b.on ?? '']
  return left < right ? -1 : left > right ? 1 : 0
}
