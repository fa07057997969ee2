import { actKinds, completeness, differences, type Setting } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { recordReading } from '../../platform/journal.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { type Filed, filedOf } from '../archive/filed.ts'
import { may as mayRead } from '../archive/policy.ts'
import { placeOf } from '../archive/template.ts'
import type { FileFacts } from './facts.ts'
import { may } from './policy.ts'
import { findFile } from './queries.ts'
import type { Papers, PapersView } from './schema.ts'

/**
 * What the filing list says of the papers of a person: which are missing and with whom they lie, and where a paper says something
 * else than the record. A helper is told what the acts of the task alone say. It counts as a reading of the file.
 */
export async function readPapers(ctx: Context, personId: string): Promise<PapersView> {
  const file = found(await findFile(ctx, personId), '份档案')
  const can = may(ctx.actor, file)
  authorize(can.read, '查看这份档案')
  const subject = { kind: 'person', id: personId, orgPath: file.path, personId }
  if (ctx.actor.personId !== personId && !file.isReadToday) await recordReading(ctx, '发展党员档案', subject)
  const filed = await filedOf(ctx, [personId])
  const isWhole = can.see.length === actKinds.length
  const seen = new Set(can.see)
  const facts = isWhole ? file.facts : { acts: file.facts.acts.filter((it) => seen.has(it.kind)) }
  const { remarks, findings } = papersOf(ctx, { person: file.person, facts }, filed, file.setting)
  const isShown = (code: string) =>
    filed.list.person.some((it) => it.code === code && mayRead(ctx.actor, file, it).read)
  return {
    on: ctx.today,
    isUsed: filed.isUsed,
    remarks: remarks.filter((it) => isWhole || isShown(it.place)),
    findings,
  }
}

/** The same for a file that was read already. Of papers that the actor may not read nothing is told but whether they are there. */
export function papersOf(
  { actor, today }: Pick<Context, 'actor' | 'today'>,
  { person, facts }: FileFacts,
  { list, documents: filed }: Filed,
  setting: Setting,
): Papers {
  const documents = filed.get(person.id) ?? []
  const owner = { personId: person.id, path: person.path }
  const readable = documents.filter((it) => mayRead(actor, owner, placeOf(list, it.place)).read)
  return {
    remarks: [...completeness(list, { facts, documents }, today, setting)],
    findings: [...differences(list, { facts, name: person.name, documents: readable }, today, setting)],
  }
}
