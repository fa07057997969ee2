import { yearOf } from '@zhibu/rules'
import { and, eq, isNull, max, sql } from 'drizzle-orm'
import { Actor, type Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { type JournalEvent, recordAll } from '../../platform/journal.ts'
import { manyRows } from '../../platform/many-rows.ts'
import { lowestAbove } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { dayInChina } from '../../platform/today.ts'
import { isOneOf } from '../../platform/within.ts'
import { openDocument, supersederOf } from '../archive/queries.ts'
import { wasReadLately } from '../archive/readings.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { moveTogether } from '../people/bulk.ts'
import { type DrawnUp, drawUp, type Findings } from './drawing-up.ts'
import { handoverKindNames } from './names-schema.ts'
import {
  lookNow,
  mayOf,
  numberOf,
  type Opened,
  obstacle,
  openHandover,
  readHandover,
  type StoredFile,
} from './queries.ts'
import type {
  Acceptance,
  Closure,
  HandoverOutcome,
  HandoverPreview,
  HandoverView,
  NewHandover,
  OutsideReceipt,
  Previewed,
} from './schema.ts'
import { handoverFiles, handovers } from './tables.ts'

/**
 * Draws up what would be handed over, and keeps nothing of it. It is a reading of the files; the persons see it as they see any
 * other.
 */
export async function previewHandover(
  ctx: Context,
  { personIds, withPapers }: HandoverPreview,
  findings?: Findings,
): Promise<Previewed> {
  const drawn = await drawUp(ctx, personIds, withPapers, findings)
  const read = drawn.map(({ person: { id, path } }) => ({
    subject: { kind: 'person', id, orgPath: path, personId: id },
    details: { what: '移交前检查' },
  }))
  await recordAll(ctx, 'journal.read', read)
  return {
    files: drawn.map(({ person: { id, name, studentNumber, organizationId, organization }, file }) => ({
      person: { id, name, studentNumber, organization: { id: organizationId, name: organization } },
      file,
    })),
  }
}

/**
 * Sends the files of persons to another keeper, as they stand at this moment. Refuses persons whose files are under way already or
 * stand there already, persons of several organisations above which the actor keeps no files, and to a unit outside files that were
 * not sealed: what leaves the university must be provable without it.
 */
export async function sendHandover(ctx: Context, wanted: NewHandover, findings?: Findings): Promise<string> {
  const target = 'organizationId' in wanted.to ? await receiverOf(ctx, wanted.to.organizationId) : null
  const drawn = await drawUp(ctx, wanted.personIds, wanted.withPapers, findings)
  const path = lowestAbove(drawn.map(({ person }) => person.path)) ?? ''
  if (target) refuseAlreadyThere(drawn, target)
  else refuseUnsealed(drawn)
  await refuseUnderWay(ctx, drawn)

  const from = found(await organizationAt(ctx, path), '个组织')
  if (!ctx.actor.holds('keep-files', path))
    throw new Refusal(
      'conflict',
      `名单中的人分属${from.name}以下的不同组织，一并移交须由${from.name}办理。请按所在组织分几次移交。`,
    )
  const year = yearOf(ctx.today)
  const id = newId()
  const sentAt = new Date()
  const row = {
    ...{ tenantId: ctx.tenantId, id, fromOrganizationId: from.id, path, sentAt },
    ...{ toOrganizationId: target?.id ?? null, toPath: target?.path ?? null },
    outsideUnit: 'outsideUnit' in wanted.to ? wanted.to.outsideUnit : null,
    ...{ kind: wanted.kind, note: wanted.note ?? null, withPapers: wanted.withPapers },
    ...{ year, serial: await nextSerial(ctx, from.id, year) },
    ...{ sentBy: ctx.actor.accountId, sentByName: ctx.actor.name },
  }
  await ctx.db.insert(handovers).values(row)
  const number = numberOf(row)
  const files = drawn.map(({ person, file }, place) => ({
    ...{ tenantId: ctx.tenantId, handoverId: id, personId: person.id, place, path: person.path, toPath: row.toPath },
    ...{ organizationId: person.organizationId, name: person.name, studentNumber: person.studentNumber },
    ...{ file, exceptions: [], fromOrganizationId: from.id, toOrganizationId: row.toOrganizationId },
    ...{ outsideUnit: row.outsideUnit, number, sentAt },
  }))
  await refuseDuplicates(fileRows.insert(ctx.db, files), {
    handover_files_one_under_way: '名单中有人的档案刚刚由他人发出移交。请刷新后查看。',
  })
  await recordForEach(ctx, 'handovers.sent', id, files, {
    ...{ number, reason: handoverKindNames[wanted.kind], note: wanted.note ?? null },
    to: target?.name ?? row.outsideUnit,
  })
  return id
}

/**
 * A hand-over for one of its two sides. Neither of them keeps all of these files: that somebody looked is written down for each
 * person to see, once in a while.
 */
export async function showHandover(ctx: Context, handoverId: string): Promise<HandoverView> {
  const view = await readHandover(ctx, handoverId)
  if (await wasReadLately(ctx, handoverId)) return view
  const opened = await openHandover(ctx, handoverId)
  const files = opened.it.outcome === 'accepted' ? arrived(opened) : opened.files
  const others = files.filter(({ personId }) => personId !== ctx.actor.personId)
  await recordForEach(ctx, 'journal.read', handoverId, others, { what: '档案移交清单' })
  return view
}

/**
 * Receives the files of a hand-over: the persons go over to the receiver, by the use case that moves persons, with all that is
 * recorded and filed of them, and the clock goes on (Art. 12, 31). The sender agreed by sending. Refuses where a file was
 * not compared, has changed since it was read, or where a person is no longer where they were.
 */
export async function acceptHandover(ctx: Context, handoverId: string, wanted: Acceptance): Promise<void> {
  const opened = await openHandover(ctx, handoverId, { lock: true })
  refuseClosed(opened)
  const { it, files } = opened
  const can = mayOf(ctx, opened)
  if (!can.accept && it.sentBy === ctx.actor.accountId)
    throw new Refusal('forbidden', '这次移交由您发出，须由接收方的另一位同志核对、接收。')
  authorize(can.accept, '接收这次移交')
  if (wanted.on > ctx.today) refuseField('on', '接收日期不能晚于今天，请在收到以后接收。')
  const sentOn = dayInChina(it.sentAt)
  // Where the clock was put back since, it was sent on a day to come.
  if (wanted.on < sentOn && wanted.on < ctx.today) refuseField('on', `接收日期不能早于发出日期（${sentOn}），请核对。`)
  refuseUncompared(files, wanted)

  const toOrganizationId = found(it.toOrganizationId ?? undefined, '个接收组织')
  const move = { personIds: files.map(({ personId }) => personId), toOrganizationId, on: wanted.on }
  await moveTogether(
    bySenderToo(ctx, files),
    { ...move, reason: `${handoverKindNames[it.kind]}，档案移交${numberOf(it)}` },
    async (stored) => {
      for (const file of files) {
        const problem = obstacle(file, stored.get(file.personId)?.organizationId)
        if (problem) throw new Refusal('conflict', `${problem}。这次移交不能接收，请退回，由移交方重新发出。`)
      }
      const { seen } = await lookNow(ctx, files)
      if (seen !== wanted.seen)
        throw new Refusal('changed', '核对期间档案有变动：又归入、更换或撤出了材料。请刷新，核对变动以后再接收。')
    },
  )
  await close(ctx, opened, 'accepted', { closingNote: wanted.reservations ?? null, receivedOn: wanted.on })
  const wrong = wanted.compared.filter(({ exceptions }) => exceptions.length > 0)
  await noteExceptions(ctx, handoverId, wrong)
  await recordForEach(ctx, 'handovers.accepted', handoverId, arrived(opened), {
    ...{ number: numberOf(it), on: wanted.on, reservations: wanted.reservations ?? null },
    exceptions: wrong.reduce((sum, { exceptions }) => sum + exceptions.length, 0),
  })
}

/** Sends a hand-over back to where it came from. Nothing has moved. */
export async function returnHandover(ctx: Context, handoverId: string, { reason }: Closure): Promise<void> {
  const opened = await openHandover(ctx, handoverId, { lock: true })
  refuseClosed(opened)
  authorize(mayOf(ctx, opened).sendBack, '退回这次移交')
  await close(ctx, opened, 'returned', { closingNote: reason })
  const number = numberOf(opened.it)
  await recordForEach(ctx, 'handovers.returned', handoverId, opened.files, { number, reason })
}

/** Takes a hand-over back that nobody has received yet. */
export async function withdrawHandover(ctx: Context, handoverId: string, { reason }: Closure): Promise<void> {
  const opened = await openHandover(ctx, handoverId, { lock: true })
  refuseClosed(opened)
  authorize(mayOf(ctx, opened).withdraw, '撤回这次移交')
  await close(ctx, opened, 'withdrawn', { closingNote: reason })
  const number = numberOf(opened.it)
  await recordForEach(ctx, 'handovers.withdrawn', handoverId, opened.files, { number, reason })
}

/** Enters the receipt of a unit outside. Nobody moves: that a person has left is recorded in the register. */
export async function enterReceipt(ctx: Context, handoverId: string, wanted: OutsideReceipt): Promise<void> {
  const opened = await openHandover(ctx, handoverId, { lock: true })
  refuseClosed(opened)
  authorize(mayOf(ctx, opened).enterReceipt, '登记接收单位的回执')
  if (wanted.on > ctx.today) refuseField('on', '回执日期不能晚于今天，请核对。')
  if (wanted.documentId !== undefined) {
    const { document } = await openDocument(ctx, wanted.documentId)
    if (document.isWithdrawal || (await supersederOf(ctx, document.id)) !== undefined)
      refuseField('documentId', `《${document.title}》已经更换、更正或撤出，请选择档案中现在的一份。`)
    if (document.place !== 'handoverReceipts')
      refuseField('documentId', `《${document.title}》不在“档案移交清单、接收回执”一类中，请先按这一类归档扫描件。`)
  }
  const { on: receivedOn, signedBy } = wanted
  await close(ctx, opened, 'accepted', {
    ...{ receivedOn, receiptSignedBy: signedBy, receiptDocumentId: wanted.documentId ?? null },
  })
  const number = numberOf(opened.it)
  await recordForEach(ctx, 'handovers.receipt-entered', handoverId, opened.files, { number, on: receivedOn, signedBy })
}

const fileRows = manyRows(handoverFiles)

/** The organisation to which files are sent. That it is still there when it receives them, receiving makes sure. */
async function receiverOf(ctx: Context, organizationId: string) {
  const it = found(await findOrganization(ctx, organizationId), '个组织')
  if (it.dissolvedOn) throw new Refusal('conflict', `${it.name}已于 ${it.dissolvedOn} 撤销，请选择其他组织。`)
  return it
}

function refuseAlreadyThere(drawn: readonly DrawnUp[], target: { id: string; name: string }): void {
  const already = drawn.find(({ person }) => person.organizationId === target.id)
  if (already) throw new Refusal('conflict', `${already.person.name}已在${target.name}，无需移交。请从名单中移去。`)
}

function refuseUnsealed(drawn: readonly DrawnUp[]): void {
  const open = drawn.filter(({ file }) => file.items.length > 0 && file.seal === null)
  if (open.length === 0) return
  const names = open.slice(0, fewNames).map(({ person }) => person.name)
  throw new Refusal(
    'conflict',
    `移交到校外须先封存档案，才能导出可以独立核验的档案包。${names.join('、')}${open.length > fewNames ? `等 ${open.length} 人` : ''}的档案还没有封存，请先封存。`,
  )
}

/** How many names a refusal tells. */
const fewNames = 5

async function refuseUnderWay({ db, tenantId }: Context, drawn: readonly DrawnUp[]): Promise<void> {
  const ids = drawn.map(({ person }) => person.id)
  const { personId, name, number, closedAt } = handoverFiles
  const rows = await db
    .select({ name, number })
    .from(handoverFiles)
    .where(and(eq(handoverFiles.tenantId, tenantId), isOneOf(personId, ids), isNull(closedAt)))
    .limit(fewNames)
  if (rows.length === 0) return
  const told = rows.map((it) => `${it.name}（${it.number}）`).join('、')
  throw new Refusal('conflict', `${told}的档案正在移交中，不能重复移交。请先等对方接收，或撤回那一次移交。`)
}

async function organizationAt({ db, tenantId }: Context, path: string) {
  const [row] = await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), eq(organizations.path, path)))
  return row
}

/** The next number of an organisation in a year. Who sends next waits until this transaction has ended. */
async function nextSerial({ db, tenantId }: Context, organizationId: string, year: number): Promise<number> {
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify([tenantId, organizationId, year])}, 9))`,
  )
  const [row] = await db
    .select({ last: max(handovers.serial) })
    .from(handovers)
    .where(
      and(eq(handovers.tenantId, tenantId), eq(handovers.fromOrganizationId, organizationId), eq(handovers.year, year)),
    )
  return (row?.last ?? 0) + 1
}

/** Of two who close it at the same time the first one does; the other is told what has become of it. */
function refuseClosed({ it }: Opened): void {
  if (it.outcome === null) return
  const ended = { accepted: '接收', returned: '退回', withdrawn: '撤回' }[it.outcome]
  throw new Refusal('changed', `这次移交已由${it.closedByName ?? '他人'}${ended}，不能再办理。请刷新后查看。`)
}

function refuseUncompared(files: readonly StoredFile[], { compared }: Acceptance): void {
  const by = new Map(compared.map((it) => [it.personId, it]))
  const listed = new Set(files.map(({ personId }) => personId))
  if (by.size < compared.length || compared.some(({ personId }) => !listed.has(personId)))
    throw new Refusal('malformed', '核对结果中有重复的或清单以外的人员，请刷新后重新核对。')
  const left = files.filter(({ personId }) => !by.has(personId))
  if (left.length > 0) {
    const names = left.slice(0, fewNames).map(({ name }) => name)
    throw new Refusal(
      'malformed',
      `还有 ${left.length} 人的档案没有核对：${names.join('、')}${left.length > fewNames ? '等' : ''}。请逐份核对以后再接收。`,
    )
  }
  for (const { personId, name, file } of files) {
    const exceptions = by.get(personId)?.exceptions ?? []
    if (new Set(exceptions.map(({ documentId }) => documentId)).size < exceptions.length)
      throw new Refusal('malformed', `核对结果中${name}的同一件材料写了两次，请刷新后重新核对。`)
    for (const { documentId, result, remark } of exceptions) {
      const item = file.items.find((it) => it.documentId === documentId)
      if (!item) throw new Refusal('malformed', `核对结果中有${name}清单以外的材料，请刷新后重新核对。`)
      if (result === 'paperMissing' && !item.hasPaper)
        throw new Refusal('malformed', `${name}的《${item.title}》没有纸质材料随同移交，不能登记为缺少纸质材料。`)
      if (result === 'differs' && remark.length < 2)
        throw new Refusal('malformed', `请写明${name}的《${item.title}》与清单有什么不符。`)
    }
  }
}

/** The receiver with what the sender agreed to: that these persons leave their organisations. */
function bySenderToo(ctx: Context, files: readonly StoredFile[]): Context {
  const { actor } = ctx
  const left = [...new Set(files.map(({ path }) => path))]
  const grants = [...actor.grants, ...left.map((path) => ({ path, rights: ['keep-files'] as const }))]
  return { ...ctx, actor: new Actor({ ...actor, grants }) }
}

async function close(
  { db, tenantId, actor }: Context,
  { it: { id } }: Opened,
  outcome: HandoverOutcome,
  more: Partial<typeof handovers.$inferInsert>,
): Promise<void> {
  const closedAt = new Date()
  await db
    .update(handovers)
    .set({ ...more, outcome, closedAt, closedBy: actor.accountId, closedByName: actor.name })
    .where(and(eq(handovers.tenantId, tenantId), eq(handovers.id, id)))
  await db
    .update(handoverFiles)
    .set({ outcome, closedAt })
    .where(and(eq(handoverFiles.tenantId, tenantId), eq(handoverFiles.handoverId, id)))
}

/** Writes down what did not arrive as listed, in one statement. */
async function noteExceptions(
  { db, tenantId }: Context,
  handoverId: string,
  wrong: Acceptance['compared'],
): Promise<void> {
  if (wrong.length === 0) return
  await db.execute(sql`update handover_files f set exceptions = given.exceptions
    from jsonb_to_recordset(${JSON.stringify(wrong)}::jsonb) as given ("personId" uuid, exceptions jsonb)
    where f.tenant_id = ${tenantId} and f.handover_id = ${handoverId} and f.person_id = given."personId"`)
}

/** The files where they are after they were received. */
const arrived = ({ it, files }: Opened) => files.map((file) => ({ ...file, path: it.toPath ?? file.path }))

/** A row of the journal for each person, who sees what became of their file. */
const recordForEach = (
  ctx: Context,
  event: JournalEvent,
  id: string,
  files: readonly { personId: string; path: string }[],
  details: object,
): Promise<void> =>
  recordAll(
    ctx,
    event,
    files.map(({ personId, path }) => ({ subject: { kind: 'handover', id, orgPath: path, personId }, details })),
  )
