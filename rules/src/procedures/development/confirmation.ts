import { addDays, addMonths, compareToMonthsAfter, type Day, dayWritten } from '../../kernel/day.ts'
import { approvalStart, approvalStartOn } from './admission.ts'
import type { Dossier } from './dossier.ts'
import { type ConfirmationApproval, type ConfirmationAssembly, isDated } from './facts.ts'
import {
  factsOfEnd,
  firstProbationEnd,
  isExtended,
  isFullDay,
  postponementBefore,
  probationEndBefore,
} from './probation.ts'
import { type Clash, checkDays, clashIn, forEach, overMonths, type Rule, tooEarly } from './rule.ts'
import { articleOn } from './setting.ts'
import { factIn, factOf } from './wording.ts'

/** Contradictions from the request for full membership to its approval. */
export const confirmationRules: readonly Rule[] = [
  {
    rule: 'T42',
    article: '32',
    severity: 'warning',
    find: ({ confirmationRequest, admissionAssembly }) =>
      tooEarly(confirmationRequest, admissionAssembly, '预备期满时才提出转正申请'),
  },
  {
    rule: 'T42',
    article: '32',
    severity: 'warning',
    find: (dossier) => {
      const { confirmationRequest: request, admissionAssembly: assembly, setting } = dossier
      if (!isDated(request) || !isDated(assembly) || request.on < assembly.on) return undefined
      const end = firstProbationEnd(dossier)
      if (end === undefined) return undefined
      const { earliestDaysBefore } = setting.practice.confirmationRequest
      if (request.on >= end.on) return undefined
      const first = addDays(end.on, -earliestDaysBefore)
      if (request.on >= first) return undefined
      return {
        judgedOn: request.on,
        message: `转正申请（${dayWritten(request.on)}）提出过早：预备期${dayWritten(end.on)}期满，通常在期满前${earliestDaysBefore}天内（${dayWritten(first)}起）提出。${checkDays}。`,
        facts: [factOf(request), { label: '预备期满', value: end.on }, ...factsOfEnd(end)],
      }
    },
  },
  {
    rule: 'T43',
    article: '31',
    severity: 'error',
    find: eachAssembly((assembly, dossier) => {
      if ((assembly.outcome ?? 'confirm') !== 'confirm') return undefined
      const end = probationEndBefore(dossier, assembly.on)
      if (end === undefined || assembly.on >= end.on) return undefined
      return {
        judgedOn: assembly.on,
        message: `讨论转正的大会（${dayWritten(assembly.on)}）早于预备期满之日（${dayWritten(end.on)}）。预备期满才能讨论转正。请对照原件：录错的更正，确实提前讨论的应在期满后重新讨论。`,
        facts: [factOf(assembly), { label: '预备期满', value: end.on }, ...factsOfEnd(end)],
      }
    }),
  },
  {
    rule: 'T44',
    article: '31',
    severity: 'warning',
    find: eachAssembly((assembly, dossier) => {
      if (assembly.reason !== undefined || assembly.outcome === 'cancel' || assembly.outcome === 'postpone')
        return undefined
      const end = probationEndBefore(dossier, assembly.on)
      if (end === undefined) return undefined
      const months = dossier.setting.practice.confirmationAssemblyWithinMonths
      if (compareToMonthsAfter(assembly.on, end.on, months) <= 0) return undefined
      const postponed = postponementBefore(dossier, assembly.on)?.until
      if (postponed !== undefined && assembly.on <= postponed) return undefined
      return {
        judgedOn: assembly.on,
        message: `预备期${dayWritten(end.on)}已满，${dayWritten(assembly.on)}才召开大会讨论转正，也没有写明原因。期满后应及时讨论，通常在${months}个月内。${checkDays}。`,
        facts: [factOf(assembly), { label: '预备期满', value: end.on }, ...factsOfEnd(end)],
      }
    }),
  },
  {
    rule: 'T45',
    article: '31',
    severity: 'error',
    find: eachAssembly((assembly, dossier) => {
      const { until } = assembly
      const end = firstProbationEnd(dossier)
      if (assembly.outcome !== 'extend' || until === undefined || end === undefined) return undefined
      const { extensionMinMonths: least, extensionMaxMonths: most } = articleOn(
        dossier.setting,
        '31',
        assembly.on,
      ).figures
      const [first, last] = [addMonths(end.on, least), addMonths(end.on, most)]
      // Some write the last day of the extension, some the day after it.
      if (until >= addDays(first, -1) && until <= last) return undefined
      return {
        judgedOn: assembly.on,
        message: `预备期延长到${dayWritten(until)}，应自期满之日（${dayWritten(end.on)}）起延长${least}至${most}个月，即到${dayWritten(first)}至${dayWritten(last)}之间。请对照决议更正；确实不符的，由支部党员大会重新讨论。`,
        facts: [factIn(assembly, '延长预备期到', until), { label: '预备期满', value: end.on }, ...factsOfEnd(end)],
      }
    }),
  },
  {
    rule: 'T45',
    article: '31',
    severity: 'error',
    find: (dossier) => {
      const extending = dossier.confirmationAssemblies.filter((it) => it.outcome === 'extend' && isDated(it))
      if (extending.length < 2) return undefined
      return extending.filter(isDated).flatMap((assembly, at): Clash[] => {
        const { extensions } = articleOn(dossier.setting, '31', assembly.on).figures
        const [earlier] = extending
        if (at < extensions || earlier === undefined) return []
        return [
          {
            judgedOn: assembly.on,
            message: `${dayWritten(assembly.on)}又一次延长预备期。预备期只能延长${extensions}次，请核对会议记录；属实的报上级党委处理。`,
            facts: [factOf(assembly), factOf(earlier)],
          },
        ]
      })
    },
  },
  {
    rule: 'T46',
    article: '31',
    severity: 'error',
    find: eachFullDay((approval, fullOn, dossier) => {
      const end = probationEndBefore(dossier, approval.on ?? fullOn)
      const first = firstProbationEnd(dossier)
      if (end === undefined || !isExtended(end) || first?.on !== fullOn || isFullDay(end, fullOn)) return undefined
      return clashIn(
        approval,
        approval.on ?? fullOn,
        [['转为正式党员的日期', fullOn]],
        [end.by],
        `预备期已延长到${dayWritten(end.on)}，转正时间仍写原来的期满之日${dayWritten(fullOn)}。应从延长期满之日算起，请更正转正时间和党龄。`,
      )
    }),
  },
  {
    rule: 'T47',
    article: '33',
    severity: 'error',
    find: eachFullDay((approval, fullOn, dossier) => {
      const end = probationEndBefore(dossier, approval.on ?? fullOn)
      if (end === undefined || isFullDay(end, fullOn)) return undefined
      if (isExtended(end) && firstProbationEnd(dossier)?.on === fullOn) return undefined
      const instead = dossier.confirmationAssemblies.some((it) => it.on === fullOn)
        ? '（写成了大会日期）'
        : fullOn === approval.on
          ? '（写成了审批日期）'
          : ''
      return {
        judgedOn: approval.on ?? fullOn,
        message: `转为正式党员的日期写的是${dayWritten(fullOn)}${instead}，应为预备期满之日${dayWritten(end.on)}。请更正转正时间，党龄也从这一天算起。`,
        facts: [
          factIn(approval, '转为正式党员的日期', fullOn),
          { label: '预备期满', value: end.on },
          ...factsOfEnd(end),
        ],
      }
    }),
  },
  {
    rule: 'T48',
    article: '33',
    severity: 'error',
    find: forEach(
      (dossier) => dossier.confirmationApprovals,
      (approval, { confirmationAssemblies, setting }) => {
        if (!isDated(approval)) return undefined
        const months = articleOn(setting, '33', approval.on).figures.confirmationApprovalWithinMonths
        const assembly = decidedBefore(confirmationAssemblies, approval.on)
        const clockOn = approvalStartOn(approval, assembly, setting)
        if (clockOn === undefined || compareToMonthsAfter(approval.on, clockOn, months) <= 0) return undefined
        const start = approvalStart(approval, assembly, setting)
        return start && overMonths(approval, start, months)
      },
    ),
  },
  {
    rule: 'T49',
    article: '35',
    severity: 'error',
    find: eachAssembly((assembly, dossier) => {
      if (assembly.outcome !== 'postpone' || assembly.until === undefined) return undefined
      return postponedTooLong(dossier, assembly, assembly.until, `推迟到${dayWritten(assembly.until)}讨论转正`)
    }),
  },
  {
    rule: 'T49',
    article: '35',
    severity: 'error',
    find: eachAssembly((assembly, dossier) => {
      if (assembly.outcome === 'postpone' || assembly.outcome === 'cancel') return undefined
      if (postponementBefore(dossier, assembly.on) === undefined) return undefined
      return postponedTooLong(dossier, assembly, assembly.on, `推迟以后，${dayWritten(assembly.on)}才讨论转正`)
    }),
  },
]

type DatedAssembly = ConfirmationAssembly & { on: Day }

function postponedTooLong(dossier: Dossier, assembly: DatedAssembly, until: Day, what: string): Clash | undefined {
  const end = probationEndBefore(dossier, assembly.on)
  if (end === undefined) return undefined
  const months = articleOn(dossier.setting, '35', assembly.on).figures.postponeMaxMonths
  const last = addMonths(end.on, months)
  if (until <= last) return undefined
  return {
    judgedOn: assembly.on,
    message: `${what}，距预备期满（${dayWritten(end.on)}）超过${months}个月，最迟${dayWritten(last)}。${checkDays}。`,
    facts: [factIn(assembly, '推迟讨论到', until), { label: '预备期满', value: end.on }, ...factsOfEnd(end)],
  }
}

/** The last assembly up to a day that decided and did not postpone. */
function decidedBefore(assemblies: readonly ConfirmationAssembly[], on: Day): ConfirmationAssembly | undefined {
  for (let at = assemblies.length - 1; at >= 0; at--) {
    const it = assemblies[at]
    if (isDated(it) && it.on <= on && it.outcome !== 'postpone') return it
  }
  return undefined
}

function eachAssembly(check: (assembly: DatedAssembly, dossier: Dossier) => Clash | undefined): Rule['find'] {
  return forEach(
    (dossier) => dossier.confirmationAssemblies,
    (assembly, dossier) => (isDated(assembly) ? check(assembly, dossier) : undefined),
  )
}

function eachFullDay(
  check: (approval: ConfirmationApproval, fullOn: Day, dossier: Dossier) => Clash | undefined,
): Rule['find'] {
  return forEach(
    (dossier) => dossier.confirmationApprovals,
    (approval, dossier) => (approval.fullOn === undefined ? undefined : check(approval, approval.fullOn, dossier)),
  )
}
