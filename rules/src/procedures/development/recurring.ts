import { addMonths, dayWritten } from '../../kernel/day.ts'
import { articleNumber, ruleBookOn } from '../../regulations/recruitment-rules.ts'
import type { Dossier } from './dossier.ts'
import { assembled } from './due-act.ts'
import { type Act, type ActKind, isDated } from './facts.ts'
import { actLabels } from './labels.ts'
import { unknownDay } from './reasons.ts'
import type { DueAct, Reason, Waiting } from './results.ts'
import { articleOn } from './setting.ts'
import type { Standing } from './standing.ts'
import { factOf } from './wording.ts'

/** The next half-yearly review, thought report and probation review, where they are expected. */
export function recurring(dossier: Dossier, { stage, isPast, has }: Standing): DueAct[] {
  const { setting, on, activistDecision, reviews, thoughtReports, admissionAssembly, probationReviews } = dossier
  const { practice } = setting
  const acts: DueAct[] = []
  if (stage === 'activist' && has('activistDecision')) {
    const months = articleOn(setting, '11', on).figures.reviewEveryMonths
    acts.push(next('review', 'branchCommittee', activistDecision, reviews, months, dossier))
  }
  if (practice.thoughtReport.everyMonths > 0 && (stage === 'activist' || stage === 'prospect') && !isPast('preReview'))
    acts.push(
      next('thoughtReport', 'applicant', activistDecision, thoughtReports, practice.thoughtReport.everyMonths, dossier),
    )
  if (practice.probationReviewEveryMonths > 0 && stage === 'probationary' && !isPast('confirmationAssembly'))
    acts.push(
      next(
        'probationReview',
        'branchCommittee',
        admissionAssembly,
        probationReviews,
        practice.probationReviewEveryMonths,
        dossier,
      ),
    )
  return acts
}

const customs: Readonly<Partial<Record<ActKind, string>>> = {
  review: '半年考察',
  thoughtReport: '本校规定思想汇报',
  probationReview: '本校规定预备党员考察',
}

function next(
  kind: ActKind,
  waitingOn: Waiting,
  begin: Act | undefined,
  held: readonly Act[],
  months: number,
  { on }: Dossier,
): DueAct {
  const last = held.findLast(isDated) ?? begin
  const undated = held.find((it) => it.on === undefined)
  if (!isDated(last) || undated !== undefined) {
    const unknown = undated ?? last
    const reasons = unknown === undefined ? [] : [unknownDay(unknown)]
    return assembled(kind, waitingOn, { earliestOn: undefined, latestOn: undefined, provisional: false, reasons }, on)
  }
  const latestOn = addMonths(last.on, months)
  const ruleBook = ruleBookOn(latestOn)
  const reason: Reason = {
    ...(kind === 'review' && { ruleBook, article: articleNumber('11', ruleBook) ?? '11' }),
    text: `${customs[kind] ?? actLabels[kind]}每${months}个月一次：${
      last.kind === kind
        ? `上一次是${dayWritten(last.on)}，下一次`
        : `${dayWritten(last.on)}${actLabels[last.kind]}，第一次`
    }最迟${dayWritten(latestOn)}。`,
    facts: [factOf(last)],
  }
  return assembled(kind, waitingOn, { earliestOn: undefined, latestOn, provisional: false, reasons: [reason] }, on)
}
