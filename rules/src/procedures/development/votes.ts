import { dayWritten } from '../../kernel/day.ts'
import type { RecruitmentArticle } from '../../regulations/recruitment-rules.ts'
import type { Dossier } from './dossier.ts'
import type { AdmissionAssembly, ConfirmationAssembly, Vote } from './facts.ts'
import { type Clash, clashIn, forEach, type Rule } from './rule.ts'
import { articleOn } from './setting.ts'

type Assembly = AdmissionAssembly | ConfirmationAssembly

/** Contradictions in the tallies and resolutions of both assemblies. */
export const voteRules: readonly Rule[] = [
  voteRule('T32', '19', (vote, _assembly, dossier, day) => {
    const share = articleOn(dossier.setting, '19', day).figures.presentOverShare
    return vote.present > vote.entitled * share
      ? undefined
      : `应到会有表决权的党员${vote.entitled}人，实到${vote.present}人，没有超过半数（至少${leastOver(vote.entitled, share)}人），不能开会表决。请核对签到和计票结果；属实的应重新召开大会`
  }),
  voteRule('T32', '20', (vote, assembly, dossier, day) => {
    const share = articleOn(dossier.setting, '20', day).figures.yesOverShare
    return !isPassed(assembly) || vote.yes > vote.entitled * share
      ? undefined
      : `赞成${vote.yes}人，没有超过应到会有表决权党员${vote.entitled}人的半数（至少${leastOver(vote.entitled, share)}人），不能通过。请核对计票结果（会前书面意见计入票数）；属实的，不能报上级审批`
  }),
  voteRule('T32', '20', (vote) =>
    vote.present <= vote.entitled
      ? undefined
      : `实到有表决权的党员${vote.present}人，多于应到${vote.entitled}人。请核对应到、实到人数，预备党员没有表决权，不计在内`,
  ),
  voteRule('T32', '20', (vote) => {
    const counted = vote.yes + vote.no + vote.abstain
    return vote.ballots === undefined || counted === vote.ballots
      ? undefined
      : `赞成${vote.yes}、反对${vote.no}、弃权${vote.abstain}，共${counted}票，与收回的${vote.ballots}票不符。请对照计票单更正`
  }),
  voteRule('T32', '20', (vote) => {
    const counted = vote.ballots ?? vote.yes + vote.no + vote.abstain
    const most = vote.present + (vote.writtenOpinions ?? 0)
    return counted <= most
      ? undefined
      : `共${counted}票，多于实到${vote.present}人加会前书面意见${vote.writtenOpinions ?? 0}份。请核对实到人数、书面意见和计票结果`
  }),
  voteRule('T33', '20', (vote) =>
    vote.individually === false
      ? '几名发展对象合在一起表决。应逐个讨论、逐个表决，请核对会议记录；属实的应重新召开大会'
      : undefined,
  ),
  resolutionRule('T34', (resolution, assembly) =>
    resolution.on === undefined || assembly.on === undefined || resolution.on === assembly.on
      ? undefined
      : `支部决议的日期（${dayWritten(resolution.on)}）与大会日期（${dayWritten(assembly.on)}）不一致。决议应写大会通过的日期，请对照会议记录更正`,
  ),
  resolutionRule('T34', (resolution) =>
    resolution.signedBySecretary === false
      ? '支部决议没有支部书记签名。请核对原件；确实漏签的由支部书记说明情况'
      : undefined,
  ),
  resolutionRule('T34', (resolution) =>
    resolution.hasCounts === false ? '支部决议没有写明应到、实到人数和表决结果。请对照会议记录补正' : undefined,
  ),
].flat()

/** Whether the assembly decided anything; a postponement needs no majority. */
const isPassed = (assembly: Assembly): boolean =>
  assembly.kind === 'admissionAssembly' || assembly.outcome !== 'postpone'

/** The least whole number over a share of the entitled: over half of 4 is 3. */
const leastOver = (entitled: number, share: number): number => Math.floor(entitled * share) + 1

type Day = NonNullable<Assembly['on']>

/** A rule on the tally, once for admission and once for confirmation. */
function voteRule(
  rule: string,
  article: RecruitmentArticle,
  wrong: (vote: Vote, assembly: Assembly, dossier: Dossier, day: Day) => string | undefined,
): Rule[] {
  return assemblyRules(rule, article, (assembly, dossier) => {
    const { vote } = assembly
    if (vote === undefined) return undefined
    const message = wrong(vote, assembly, dossier, assembly.on ?? dossier.on)
    return message && told(assembly, dossier, message, tallyOf(vote))
  })
}

function resolutionRule(
  rule: string,
  wrong: (resolution: NonNullable<Assembly['resolution']>, assembly: Assembly) => string | undefined,
): Rule[] {
  return assemblyRules(rule, '21', (assembly, dossier) => {
    const { resolution } = assembly
    if (resolution === undefined) return undefined
    const message = wrong(resolution, assembly)
    return message && told(assembly, dossier, message, resolution.on === undefined ? [] : [['支部决议', resolution.on]])
  })
}

function assemblyRules(
  rule: string,
  article: RecruitmentArticle,
  check: (assembly: Assembly, dossier: Dossier) => Clash | '' | undefined,
): Rule[] {
  return [
    {
      rule,
      article,
      severity: 'error',
      find: (dossier) => (dossier.admissionAssembly && check(dossier.admissionAssembly, dossier)) || undefined,
    },
    {
      rule,
      article: '32',
      severity: 'error',
      find: forEach(
        (dossier) => dossier.confirmationAssemblies,
        (assembly, dossier) => check(assembly, dossier) || undefined,
      ),
    },
  ]
}

function told(assembly: Assembly, dossier: Dossier, message: string, entries: [string, string][]): Clash {
  const meeting = assembly.kind === 'admissionAssembly' ? '讨论接收预备党员的大会' : '讨论转正的大会'
  const day = assembly.on === undefined ? '' : `（${dayWritten(assembly.on)}）`
  return clashIn(assembly, assembly.on ?? dossier.on, entries, [assembly], `${meeting}${day}：${message}。`)
}

const tallyOf = (vote: Vote): [string, string][] => [
  ['应到会有表决权的党员', `${vote.entitled}人`],
  ['实到会有表决权的党员', `${vote.present}人`],
  ['表决结果', `赞成${vote.yes}、反对${vote.no}、弃权${vote.abstain}`],
]
