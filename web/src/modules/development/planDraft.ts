import type { ActKind, PlanConstraints } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'

/** What a plan has to fit into, while it is typed. */
export type PlanDraft = Omit<PlanConstraints, 'target'> & {
  target: { kind: ActKind; by?: PlanConstraints['target']['by'] | undefined }
}

/** What was saved, or a proposal: the next of the two large aims, before the person leaves. */
export const draftOf = (file: FileView): PlanDraft =>
  file.constraints ?? { target: { kind: targetOf(file), by: file.facts.leavesOn } }

/** The next of the two large aims: admission, then confirmation. */
function targetOf({ stage, acts }: FileView): ActKind {
  if (stage === 'probationary') return 'confirmationAssembly'
  const isAdmitted = acts.some((it) => it.act.kind === 'admissionAssembly' && it.correctedBy === undefined)
  return isAdmitted ? 'admissionApproval' : 'admissionAssembly'
}

/** The conditions of a plan; undefined while they lack the day. */
export const constraintsFrom = ({ target: { kind, by }, ...others }: PlanDraft): PlanConstraints | undefined =>
  by && { target: { kind, by }, ...others }

/** The same in lists of its own, as the wire has them. */
export const sentFrom = ({ target, assemblyDays, committeeDays, closed }: PlanConstraints) => ({
  target: { kind: target.kind, by: target.by },
  ...(assemblyDays && { assemblyDays: [...assemblyDays] }),
  ...(committeeDays && { committeeDays: [...committeeDays] }),
  ...(closed && { closed: closed.map(({ from, until }) => ({ from, until })) }),
})

/** For comparison: the database does not keep the order in which the parts were sent. */
export const written = (constraints: PlanConstraints): string => JSON.stringify(sentFrom(constraints))
