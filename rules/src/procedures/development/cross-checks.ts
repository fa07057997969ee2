import { isSettled, isWorkingDay } from '../../kernel/calendar.ts'
import { dayWritten, isMonth, weekdayOf } from '../../kernel/day.ts'
import type { Dossier } from './dossier.ts'
import { type Act, type AdmissionAssembly, type ConfirmationAssembly, isDated, type NamedMember } from './facts.ts'
import { actLabels } from './labels.ts'
import { type Clash, clashIn, type Rule } from './rule.ts'
import { factOf } from './wording.ts'

/** Contradictions of any act with the calendar, the person's data, the branch and other papers. */
export const crossChecks: readonly Rule[] = [
  {
    rule: 'T50',
    severity: 'info',
    find: (dossier) => {
      if (!dossier.isSigned) return undefined
      return eachAct(dossier, (act) => {
        const signature = act.signatures?.find((it) => !isWorkingDay(dossier.setting.calendar, it.on))
        if (signature === undefined) return undefined
        const { on, by } = signature
        const name = dossier.setting.calendar.holidays.get(on) ?? (weekdayOf(on) === 6 ? '星期六' : '星期日')
        return {
          ...clashIn(
            act,
            on,
            [[`${by}签名`, on]],
            [act],
            `“${actLabels[act.kind]}”上${by}的签名日期${dayWritten(on)}是${name}。请核对是否确在休息日签署。`,
          ),
          provisional: !isSettled(dossier.setting.calendar, on),
        }
      })
    },
  },
  {
    rule: 'T50',
    severity: 'info',
    find: ({ reviews }) => {
      let found: Clash[] | undefined
      for (let at = 1; at < reviews.length; at++) {
        const [one, other] = [reviews[at - 1], reviews[at]]
        if (!isDated(one) || !isDated(other) || one.on !== other.on) continue
        found ??= []
        found.push({
          judgedOn: one.on,
          message: `两次半年考察的日期都是${dayWritten(one.on)}，可能是一次补写。请对照登记表核对各次考察的日期。`,
          facts: [factOf(one), factOf(other)],
        })
      }
      return found
    },
  },
  {
    rule: 'T51',
    severity: 'warning',
    find: (dossier) => {
      const meetings = dossier.facts.branch?.meetings
      if (meetings === undefined) return undefined
      return eachAct(dossier, (act) => {
        const kinds = meetingOf[act.kind]
        if (kinds === undefined || !isDated(act)) return undefined
        if (meetings.some((it) => it.on === act.on && kinds.includes(it.kind))) return undefined
        const meeting = kinds[0] === 'assembly' ? '支部党员大会' : '支委会'
        return clashIn(
          act,
          act.on,
          [],
          [act],
          `“${actLabels[act.kind]}”记录在${dayWritten(act.on)}，支部会议记录中这一天没有${meeting}。请对照会议记录本核对日期，或补录这次会议。`,
        )
      })
    },
  },
  {
    rule: 'T52',
    severity: 'error',
    find: ({ admissionAssembly }) => admissionAssembly && wrongAttendee(admissionAssembly),
  },
  {
    rule: 'T52',
    severity: 'error',
    find: ({ confirmationAssemblies }) => {
      let found: Clash[] | undefined
      for (const assembly of confirmationAssemblies) {
        const clash = wrongAttendee(assembly)
        if (clash === undefined) continue
        found ??= []
        found.push(clash)
      }
      return found
    },
  },
  {
    rule: 'T53',
    severity: 'warning',
    find: (dossier) => {
      const offices = dossier.facts.branch?.offices
      if (offices === undefined || !dossier.isSigned) return undefined
      return eachAct(dossier, (act) => {
        for (const { by, on, office } of act.signatures ?? []) {
          if (office === undefined) continue
          const terms = offices.filter((it) => it.name === by && it.office === office)
          if (terms.length === 0) continue
          if (terms.some((it) => it.from <= on && (it.until === undefined || on <= it.until))) continue
          return clashIn(
            act,
            on,
            [
              [`${by}签名`, on],
              ...terms.map((it): [string, string] => [`任${office}`, `${it.from}至${it.until ?? '今'}`]),
            ],
            [],
            `“${actLabels[act.kind]}”上${by}以${office}身份在${dayWritten(on)}签名，这一天不在其任期内。请核对签名日期和任职起止；属实的请说明由谁履行职责。`,
          )
        }
        return undefined
      })
    },
  },
  {
    rule: 'T54',
    severity: 'warning',
    find: (dossier) => {
      const { branch } = dossier.facts
      if (branch?.establishedOn === undefined && branch?.dissolvedOn === undefined) return undefined
      const { establishedOn, dissolvedOn, name = '本支部' } = branch
      return eachAct(dossier, (act) => {
        if (!isDated(act) || meetingOf[act.kind] === undefined) return undefined
        const early = establishedOn !== undefined && act.on < establishedOn
        if (!early && (dissolvedOn === undefined || act.on <= dissolvedOn)) return undefined
        const day = early ? establishedOn : (dissolvedOn ?? act.on)
        return clashIn(
          act,
          act.on,
          [[early ? `${name}成立` : `${name}撤销`, day]],
          [act],
          `“${actLabels[act.kind]}”在${dayWritten(act.on)}，而${name}${early ? `${dayWritten(day)}才成立` : `已在${dayWritten(day)}撤销`}。请核对当时的支部名称和印章；当时属另一支部的请注明。`,
        )
      })
    },
  },
  {
    rule: 'T55',
    severity: 'error',
    find: (dossier) => {
      if (!dossier.isDatedElsewhere) return undefined
      return eachAct(dossier, (act) => {
        const other = act.alsoDated?.find((it) => it.on !== act.on && act.on !== undefined)
        if (other === undefined || !isDated(act)) return undefined
        return clashIn(
          act,
          act.on,
          [[`${other.source}所记日期`, other.on]],
          [act],
          `“${actLabels[act.kind]}”的日期前后不一：这里是${dayWritten(act.on)}，${other.source}是${dayWritten(other.on)}。请对照原始材料，以原件为准统一更正。`,
        )
      })
    },
  },
  {
    rule: 'T58',
    severity: 'error',
    find: (dossier) => {
      if (dossier.lastOn === undefined || dossier.lastOn <= dossier.on) return undefined
      return eachAct(dossier, (act) => {
        if (!isDated(act) || act.on <= dossier.on) return undefined
        return {
          judgedOn: dossier.on,
          message: `“${actLabels[act.kind]}”的日期${dayWritten(act.on)}在${dayWritten(dossier.on)}以后，还没有到。只登记已经发生的事，请核对年份是否录错。`,
          facts: [factOf(act), { label: '检查日期', value: dossier.on }],
        }
      })
    },
  },
  {
    rule: 'T58',
    severity: 'error',
    find: (dossier) => {
      const born = dossier.facts.bornOn ?? dossier.facts.bornOnByIdNumber
      if (born === undefined || dossier.firstOn === undefined || dossier.firstOn >= born) return undefined
      return eachAct(dossier, (act) => {
        if (!isDated(act) || act.on >= born) return undefined
        return {
          judgedOn: act.on,
          message: `“${actLabels[act.kind]}”的日期${dayWritten(act.on)}在本人出生（${dayWritten(born)}）以前。请核对年份是否录错。`,
          facts: [factOf(act), { label: '出生日期', value: born }],
        }
      })
    },
  },
  {
    rule: 'T59',
    severity: 'error',
    find: ({ facts, on }) => {
      const { bornOn, bornOnByIdNumber: byNumber } = facts
      if (bornOn === undefined || byNumber === undefined) return undefined
      if (isMonth(bornOn) ? byNumber.startsWith(bornOn) : byNumber === bornOn) return undefined
      return {
        judgedOn: on,
        message: `登记的出生日期是${dayWritten(bornOn)}，身份证号码所示是${dayWritten(byNumber)}，各环节的年龄无法认定。请核对身份证件和档案，更正录错的一处；档案记载不一致的，按组织认定的日期。`,
        facts: [
          { label: '出生日期', value: bornOn },
          { label: '身份证号码所示出生日期', value: byNumber },
        ],
      }
    },
  },
  {
    rule: 'T60',
    severity: 'warning',
    find: (dossier) => {
      const { absences } = dossier.facts
      if (absences === undefined || absences.length === 0) return undefined
      return eachAct(dossier, (act) => {
        if (!isDated(act) || !attended.has(act.kind)) return undefined
        const absence = absences.find((it) => it.from <= act.on && (it.until === undefined || act.on <= it.until))
        if (absence === undefined) return undefined
        const why = absence.kind === 'abroad' ? '在国（境）外' : '休学'
        return clashIn(
          act,
          act.on,
          [[why, `${absence.from}至${absence.until ?? '今'}`]],
          [act],
          `“${actLabels[act.kind]}”（${dayWritten(act.on)}）需要本人参加，而这一天本人${why}。请核对日期；确实参加的请注明方式。`,
        )
      })
    },
  },
]

/** The meeting at which an act is decided; a branch without a committee decides in the assembly (Art. 8). */
const meetingOf: Readonly<Partial<Record<Act['kind'], readonly ('assembly' | 'committee' | 'group')[]>>> = {
  activistDecision: ['committee', 'assembly'],
  prospectProposal: ['committee', 'assembly'],
  committeeExamination: ['committee', 'assembly'],
  admissionAssembly: ['assembly'],
  confirmationAssembly: ['assembly'],
}

/** The acts at which the person is present. */
const attended: ReadonlySet<Act['kind']> = new Set<Act['kind']>([
  'applicantTalk',
  'intensiveTraining',
  'admissionAssembly',
  'admissionTalk',
  'oath',
  'confirmationAssembly',
])

/** Someone counted among those present with the right to vote who did not have it. */
function wrongAttendee(assembly: AdmissionAssembly | ConfirmationAssembly): Clash | undefined {
  if (!isDated(assembly) || assembly.attendees === undefined) return undefined
  const { on } = assembly
  const isGone = ({ leftOn }: NamedMember) => leftOn !== undefined && leftOn <= on
  const isNotFull = ({ isFull, fullOn }: NamedMember) => isFull === false || (fullOn !== undefined && fullOn > on)
  const member = assembly.attendees.find((it) => isGone(it) || isNotFull(it))
  if (member === undefined) return undefined
  const gone = isGone(member)
  const why = gone ? `已在${dayWritten(member.leftOn ?? on)}转出组织关系` : '当时还不是正式党员'
  const fact: [string, string] = gone
    ? [`${member.name}转出组织关系`, member.leftOn ?? on]
    : [`${member.name}转正`, member.fullOn ?? '当时不是正式党员']
  return clashIn(
    assembly,
    on,
    [fact],
    [assembly],
    `${dayWritten(on)}的大会上，${member.name}${why}，不应计入有表决权的到会党员。请核对签到和应到、实到人数。`,
  )
}

function eachAct({ facts }: Dossier, check: (act: Act) => Clash | undefined): readonly Clash[] | undefined {
  let found: Clash[] | undefined
  for (const act of facts.acts) {
    const clash = check(act)
    if (clash === undefined) continue
    found ??= []
    found.push(clash)
  }
  return found
}
