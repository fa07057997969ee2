import { createHash } from 'node:crypto'
import { actLabels, trainingClock } from '@zhibu/rules'
import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { ContentFinding } from '../../platform/packages/examined-file.ts'
import { examine } from '../../platform/packages/four-properties.ts'
import type { SealedFile } from '../../platform/packages/sealed-file.ts'
import { digestOfMetadata } from '../../platform/packages/sealed-file-xml.ts'
import { authorize, Refusal } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { filedOf } from '../archive/filed.ts'
import { sureLinesOf } from '../archive/page-texts.ts'
import { currentOf, type DocumentWithContent, documentsOf } from '../archive/queries.ts'
import { type ContentToLookAt, fileIn } from '../archive/seals.ts'
import { archiveDocuments, archiveSeals } from '../archive/tables.ts'
import { type FilingList, placeOf, placesOf } from '../archive/template.ts'
import { type FileFacts, factsOf, type PersonRow } from '../development/facts.ts'
import { papersOf } from '../development/papers.ts'
import { settingOf } from '../development/settings.ts'
import { stateOf } from '../development/standings.ts'
import { maySend } from './policy.ts'
import type { HandedFile, HandedItem, PreCheck } from './schema.ts'

/** The file of a person as it stands today, ready to be sent. */
export interface DrawnUp {
  person: PersonRow
  file: HandedFile
}

/** What was seen of contents that were read, by their ids. */
export type Findings = ReadonlyMap<string, ContentFinding>

/**
 * Draws up what would be handed over of these persons, with what is to be mended first, in the same few statements however many
 * they are. Refuses who is not there and who may not send; papers that the actor may not read are listed and not opened.
 */
export async function drawUp(
  ctx: Context,
  personIds: readonly string[],
  withPapers: boolean,
  findings: Findings = new Map(),
): Promise<DrawnUp[]> {
  const ids = [...new Set(personIds)]
  const known = new Map((await factsOf(ctx, ids)).map((it) => [it.person.id, it]))
  const files = ids.flatMap((id) => known.get(id) ?? [])
  if (files.length < ids.length)
    throw new Refusal(
      'not-found',
      `名单中有 ${ids.length - files.length} 人没有找到，可能已转出或撤回登记，或不在您的权限范围内。请重新选择。`,
    )
  for (const { person } of files) {
    if (ctx.actor.personId === person.id)
      throw new Refusal('forbidden', '名单中有您本人。本人的档案须由所在党支部或上级党组织的其他同志移交。')
    authorize(maySend(ctx.actor, person), `移交${person.name}的档案`)
  }
  const { setting } = await settingOf(ctx)
  const filed = await filedOf(ctx, ids)
  const documents = Map.groupBy(await currentDocuments(ctx, ids), ({ document }) => document.personId)
  const seals = await sealsOf(ctx, ids)
  const texts = await textsFor(ctx, filed.list, [...documents.values()].flat(), ids.length)
  const drawn: DrawnUp[] = []
  for (const it of files) {
    const { person, facts } = it
    const { stage, findings: contradictions, due } = stateOf(facts, ctx.today, setting)
    const papers = filed.isUsed ? papersOf(ctx, it, filed, setting, texts) : { remarks: [], findings: [] }
    const items = itemsOf(filed.list, documents.get(person.id) ?? [], withPapers)
    const sealed = seals.get(person.id)
    const next = due.find((act) => act.latestOn !== undefined) ?? due[0]
    drawn.push({
      person,
      file: {
        items,
        facts: factsShown(it),
        seal: sealed ? sealed.seal : null,
        stage: stage ?? null,
        clock: trainingClock(facts, ctx.today, setting) ?? null,
        next: next ? { what: actLabels[next.kind], latestOn: next.latestOn ?? null } : null,
        preChecks: [
          ...papers.remarks.filter((one) => one.state !== 'notDue').map(({ message }) => missing(message)),
          ...[...contradictions, ...papers.findings].map(({ message }) => contradiction(message)),
          ...sealRemarks(items, sealed),
        ],
        properties: sealed ? propertiesOf(sealed, findings) : null,
      },
    })
  }
  return drawn
}

/** The contents of the sealed files of these persons, as far as they are read through before they are sent. */
export async function contentsToHandOver(ctx: Context, personIds: readonly string[]): Promise<ContentToLookAt[]> {
  return [...(await sealsOf(ctx, personIds)).values()]
    .flatMap(({ file }) =>
      (file?.items ?? []).map(({ content }) => ({
        id: content.contentId,
        fileName: content.fileName,
        isScanned: false,
        isCurrent: true,
      })),
    )
    .slice(0, mostLookedAt)
}

/** Reading through more would keep the sender waiting for minutes; of the others the report says that nobody looked. */
const mostLookedAt = 400

/** What lies in the files of these persons today, without what was destroyed. */
export async function currentDocuments(ctx: Context, personIds: readonly string[]): Promise<DocumentWithContent[]> {
  const rows = currentOf(await documentsOf(ctx, isOneOf(archiveDocuments.personId, personIds)))
  return rows.filter(({ destroyedOn }) => destroyedOn === null)
}

/** A digest of a list that stands on the paper of either side: the same list, the same figures. */
export function listDigestOf(files: readonly { person: { id: string; name: string }; file: HandedFile }[]): string {
  const lines = files.flatMap(({ person, file }) => [
    `${person.id} ${person.name} ${file.seal?.sha256 ?? ''}`,
    ...file.items.map((it) => `${it.number} ${it.title} ${it.on ?? ''} ${it.digest}`),
  ])
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

function itemsOf(list: FilingList, rows: readonly DocumentWithContent[], withPapers: boolean): HandedItem[] {
  const order = new Map(placesOf(list).map((it, at) => [it.code, String(at).padStart(4, '0')]))
  const orderOf = ({ document }: DocumentWithContent) =>
    [order.get(document.place), document.on ?? '9999', document.id].join(' ')
  return rows
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .map(({ document, content }, at) => {
      const place = placeOf(list, document.place)
      return {
        documentId: document.id,
        number: at + 1,
        place: place.label,
        title: document.title,
        on: document.on,
        pages: content.pageCount,
        digest: content.id,
        hasPaper: withPapers && document.nature !== 'electronic',
        isClosedToPerson: place.closedToPerson,
      }
    })
}

/** The recorded acts in the order of their days, those without a day last. */
const factsShown = ({ facts }: FileFacts): HandedFile['facts'] =>
  facts.acts
    .map(({ kind, on }) => ({ on: on ?? null, what: actLabels[kind] }))
    .sort((a, b) => ((a.on ?? '9999') < (b.on ?? '9999') ? -1 : 1))

const missing = (text: string): PreCheck => ({ kind: 'missing', text })
const contradiction = (text: string): PreCheck => ({ kind: 'contradiction', text })

interface LastSeal {
  seal: NonNullable<HandedFile['seal']>
  metadata: string
  /** Null where the metadata have been damaged. */
  file: SealedFile | null
}

/** The last seal of each person's file. */
async function sealsOf({ db, tenantId }: Context, personIds: readonly string[]): Promise<Map<string, LastSeal>> {
  const { id, personId, number, version, sha256, metadata } = archiveSeals
  const rows = await db
    .selectDistinctOn([personId], { id, personId, number, version, sha256, metadata })
    .from(archiveSeals)
    .where(and(eq(archiveSeals.tenantId, tenantId), isOneOf(personId, personIds)))
    .orderBy(personId, desc(version))
  return new Map(
    rows.flatMap(({ personId: of, metadata, ...seal }) =>
      of === null ? [] : [[of, { seal, metadata, file: fileIn({ metadata }) }] as const],
    ),
  )
}

function sealRemarks(items: readonly HandedItem[], sealed: LastSeal | undefined): PreCheck[] {
  const remark = (text: string): PreCheck[] => [{ kind: 'seal', text }]
  if (items.length === 0) return remark('电子档案中没有材料，只移交登记的事项。')
  if (sealed === undefined) return remark('档案尚未封存，没有做四性检测。建议先封存，再移交。')
  if (sealed.file === null) return remark('封存时登记的元数据已损坏。请联系系统管理员从备份中恢复，再移交。')
  const contents = new Set(sealed.file.items.map(({ content }) => content.contentId))
  const added = items.filter((it) => !contents.has(it.digest))
  if (added.length === 0) return []
  return remark(`封存以后又归入：${added.map((it) => `《${it.title}》`).join('、')}。建议先补充封存，再移交。`)
}

function propertiesOf({ seal, metadata, file }: LastSeal, findings: Findings): HandedFile['properties'] {
  const contents = new Map(
    (file?.items ?? []).flatMap(({ number, content }) => {
      const finding = findings.get(content.contentId)
      return finding ? [[number, finding] as const] : []
    }),
  )
  const report = examine({
    moment: 'transfer',
    file,
    contents,
    packageProblems: null,
    delivery: null,
    seal: { recorded: seal.sha256, actual: digestOfMetadata(metadata) },
    isJournalWhole: null,
  })
  return { ...report, checks: [...report.checks] }
}

/** Of so few persons the texts of the papers are compared with the record, too. */
const fewPersons = 20
const mostPages = 10

async function textsFor(
  ctx: Context,
  list: FilingList,
  rows: readonly DocumentWithContent[],
  persons: number,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const open = rows.filter(({ document }) => !placeOf(list, document.place).sensitive).map(({ content }) => content.id)
  return persons > fewPersons || open.length === 0 ? undefined : sureLinesOf(ctx, open, { mostPages })
}
