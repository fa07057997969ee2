import { type Day, dayWritten } from '../../kernel/day.ts'
import { issued2026 } from '../../regulations/recruitment-rules.ts'
import { isDated, type NamedMember } from './facts.ts'
import { clashIn, type Rule } from './rule.ts'
import { articleOn } from './setting.ts'

/** Contradictions in who introduces. */
export const introducerRules: readonly Rule[] = [
  {
    rule: 'T28',
    article: '14',
    severity: 'error',
    find: ({ introducers: act, setting, on }) => {
      if (act?.members === undefined) return undefined
      const judgedOn = act.on ?? on
      const { introducers: needed } = articleOn(setting, '14', judgedOn).figures
      const count = act.members.length
      if (count === needed) return undefined
      return clashIn(
        act,
        judgedOn,
        [['入党介绍人', `${count}人`]],
        [act],
        `入党介绍人记录了${count}人${count === 0 ? '' : `（${act.members.map((it) => it.name).join('、')}）`}，应为${needed}名正式党员。请对照入党志愿书补正；确实人数不符的，由支部重新确定介绍人。`,
      )
    },
  },
  {
    rule: 'T28',
    article: '14',
    severity: 'error',
    find: ({ introducers: act, on }) => {
      const member = act?.members?.find((it) => it.isFull === false)
      if (act === undefined || member === undefined) return undefined
      return clashIn(
        act,
        act.on ?? on,
        [['入党介绍人', `${member.name}，不是正式党员`]],
        [act],
        `入党介绍人${member.name}不是正式党员。介绍人须由正式党员担任，请核对其转正时间，或由支部更换介绍人。`,
      )
    },
  },
  {
    rule: 'T28',
    article: '14',
    severity: 'error',
    find: ({ introducers: act, admissionAssembly: assembly }) => {
      if (act?.members === undefined || !isDated(assembly)) return undefined
      const { on } = assembly
      const member = act.members.find((it) => it.fullOn !== undefined && it.fullOn > on)
      if (member?.fullOn === undefined) return undefined
      return clashIn(
        act,
        on,
        [[`${member.name}转正`, member.fullOn]],
        [assembly],
        `入党介绍人${member.name}${dayWritten(member.fullOn)}才转为正式党员，而支部党员大会在${dayWritten(on)}召开。请核对转正日期；属实的，报上级党委研究。`,
      )
    },
  },
  {
    rule: 'T28',
    article: '14',
    severity: 'error',
    find: ({ introducers: act, admissionAssembly: assembly }) => {
      if (!act?.members?.some(isDisciplined)) return undefined
      const found = disciplined(act.members, [act.on, assembly?.on], 'cannot')
      if (found === undefined) return undefined
      return clashIn(
        act,
        found.on,
        [[`${found.member.name}受留党察看处分`, stretchOf(found.member)]],
        [act],
        `入党介绍人${found.member.name}在${dayWritten(found.on)}受留党察看处分、尚未恢复权利，不能作介绍人。请核对处分起止日期，或由支部更换介绍人。`,
      )
    },
  },
  {
    rule: 'T29',
    article: '14',
    severity: 'warning',
    newIn2026: true,
    find: ({ introducers: act, admissionAssembly: assembly }) => {
      if (!act?.members?.some(isDisciplined)) return undefined
      const days = [act.on, assembly?.on].filter((it) => it !== undefined && it >= issued2026)
      const found = disciplined(act.members, days, 'shouldNot')
      if (found === undefined) return undefined
      return clashIn(
        act,
        found.on,
        [[`${found.member.name}的处分影响期`, stretchOf(found.member)]],
        [act],
        `入党介绍人${found.member.name}在${dayWritten(found.on)}仍在处分影响期内，不宜作介绍人。请核对处分起止日期，或由支部另行确定介绍人。`,
      )
    },
  },
]

const isDisciplined = ({ discipline }: NamedMember): boolean => discipline !== undefined

/** The first introducer under discipline on one of the days, and that day. */
function disciplined(
  members: readonly NamedMember[],
  days: readonly (Day | undefined)[],
  weight: 'cannot' | 'shouldNot',
): { member: NamedMember; on: Day } | undefined {
  for (const member of members) {
    const { discipline } = member
    if (discipline === undefined) continue
    if ((discipline.kind === 'disciplinaryProbation') !== (weight === 'cannot')) continue
    const on = days.find(
      (it) => it !== undefined && discipline.from <= it && (discipline.until === undefined || it <= discipline.until),
    )
    if (on !== undefined) return { member, on }
  }
  return undefined
}

function stretchOf({ discipline }: NamedMember): string {
  if (discipline === undefined) return ''
  return discipline.until === undefined ? `${discipline.from}起` : `${discipline.from}至${discipline.until}`
}
