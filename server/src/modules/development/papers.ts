import { actKinds, completeness, differences, type Setting, wordsOnPaper } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { recordReading } from '../../platform/journal.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { type Filed, filedOf, type StoredPaper } from '../archive/filed.ts'
import { sureLinesOf } from '../archive/page-texts.ts'
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
  const texts = await textsOf(ctx, filed, filed.documents.get(personId) ?? [])
  const { remarks, findings } = papersOf(ctx, { person: file.person, facts }, filed, file.setting, texts)
  const isShown = (code: string) =>
    filed.list.person.some((it) => it.code === code && mayRead(ctx.actor, file, it).read)
  return {
    on: ctx.today,
    isUsed: filed.isUsed,
    isWhole,
    remarks: remarks.filter((it) => isWhole || isShown(it.place)),
    findings,
  }
}

/** On these first pages of a document its days and names are looked for. */
const mostPages = 10

/** The texts of a person's papers, as far as they were read. Those whose reading is logged are not opened by the way. */
async function textsOf(ctx: Context, { list }: Filed, documents: readonly StoredPaper[]) {
  const open = documents.filter((it) => !placeOf(list, it.place).sensitive).map((it) => it.contentId)
  return open.length === 0 ? undefined : sureLinesOf(ctx, open, { mostPages })
}

/**
 * The same for a file that was read already, and for texts where they were read, too. Of papers that the actor may not read nothing
 * is told but whether they are there.
 */
export function papersOf(
  { actor, today }: Pick<Context, 'actor' | 'today'>,
  { person, facts }: FileFacts,
  { list, documents: filed }: Filed,
  setting: Setting,
  texts?: ReadonlyMap<string, readonly string[]>,
): Papers {
  const owner = { personId: person.id, path: person.path }
  const isReadable = ({ place }: StoredPaper) => mayRead(actor, owner, placeOf(list, place)).read
  const documents = (filed.get(person.id) ?? []).map((it): StoredPaper => (isReadable(it) ? it : { ...it, lacks: [] }))
  const readable = documents.filter(isReadable).map((it) => {
    const lines = texts?.get(it.contentId)
    return lines === undefined ? it : { ...it, reads: wordsOnPaper(it.place, lines) }
  })
  const opened = new Set(readable.map((it) => it.id))
  return {
    remarks: completeness(list, { facts, documents }, today, setting).map((it) => ({
      ...it,
      documentIds: it.documentIds.filter((id) => opened.has(id)),
    })),
    findings: [...differences(list, { facts, name: person.name, documents: readable }, today, setting)],
  }
}
