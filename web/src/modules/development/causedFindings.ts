import { type Act, contradictions, type Finding } from '@zhibu/rules'
import { type FileView, factsIn, settingFrom } from '@zhibu/server/modules/development/schema'

/**
 * What a new act would contradict that nothing contradicts yet; with `corrects`, in place of that act. No act: it is
 * struck out. The same question as `check` at the server, for a file of which the browser has everything.
 */
export function causedFindings(file: FileView, act: Act | undefined, corrects?: string): Finding[] {
  const facts = factsIn(file)
  const setting = settingFrom(file.setting)
  const known = new Set(contradictions(facts, file.on, setting).map(identityOf))
  const others = facts.acts.filter((it) => it.id !== corrects)
  const after = { ...facts, acts: act ? [...others, act] : others }
  return contradictions(after, file.on, setting).filter((it) => !known.has(identityOf(it)))
}

const identityOf = ({ rule, severity, facts }: Finding): string => JSON.stringify([rule, severity, facts])
