import { Readable } from 'node:stream'
import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type BuiltAccount, testApp } from '../../../test/app.ts'
import { type BuiltOrganization, type BuiltPerson, statementsOf, today } from '../../../test/factories.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { Actor } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import {
  archiveContents,
  archiveDisposalDocuments,
  archiveDisposals,
  archiveDocuments,
  archiveSeals,
} from '../archive/tables.ts'
import { restate } from '../development/standings.ts'
import { developmentActs, developmentStandings } from '../development/tables.ts'
import { persons } from '../people/tables.ts'
import type { Acceptance, HandoverView, NewHandover, PersonHandovers, Previewed } from './schema.ts'
import { sendHandover } from './service.ts'
import { handoverFiles, handovers } from './tables.ts'

const app = await testApp()
const { build, accounts } = app
const { tenantId, branch, distant, sibling } = build
const as = async (account: BuiltAccount) => app.signedIn(account)
const secretary = await as(accounts.secretary)
const distantSecretary = await as(accounts.distantSecretary)
const organiser = await as(accounts.organiser)
const otherOrganiser = await as(accounts.otherOrganiser)
const department = await as(accounts.department)
const siblingSecretary = await as(accounts.siblingSecretary)

/** An activist of the branch with a paper in the file. */
async function activist(name: string, { at = branch, papers = ['入党申请书'] } = {}): Promise<BuiltPerson> {
  const person = await build.person(at, { name, studentNumber: newId() })
  await build.look(async (db) => {
    const act = { tenantId, personId: person.id, path: at.path, recordedBy: newId(), details: {} }
    await db.insert(developmentActs).values([
      { ...act, id: newId(), kind: 'application', on: '2025-03-03' },
      { ...act, id: newId(), kind: 'activistDecision', on: '2025-05-28' },
    ])
    await restate({ db, tenantId, today }, [person.id])
  })
  for (const title of papers) await filed(person, title, at)
  return person
}

/** A paper in the file of a person. */
async function filed(person: BuiltPerson, title: string, at: BuiltOrganization = branch, place = 'application') {
  const bytes = Buffer.from(`%PDF-1.7\n${title} ${newId()}\n%%EOF\n`)
  const { id: contentId, size } = await app.contents.store.put(Readable.from([bytes]), { maxBytes: 10_000 })
  const id = newId()
  await build.look(async (db) => {
    await db.insert(archiveContents).values({
      ...{ tenantId, id: contentId, sizeBytes: size, mediaType: 'application/pdf', extension: 'pdf' },
      ...{ kind: 'pdf', pageCount: 3, isScanned: false },
    })
    await db.insert(archiveDocuments).values({
      ...{ tenantId, id, personId: person.id, organizationId: at.id, path: at.path, place },
      ...{ title, on: '2025-03-03', nature: 'original', contentId, fileName: `${title}.pdf` },
      ...{ filedBy: newId(), filedByName: '李晓岚' },
    })
  })
  return id
}

/** Has a paper destroyed by a list that was approved. */
async function destroyed(documentId: string) {
  const disposalId = newId()
  await build.look(async (db) => {
    await db.insert(archiveDisposals).values({
      ...{ tenantId, id: disposalId, organizationId: branch.id, path: branch.path, reason: '保管期限已满' },
      ...{ proposedBy: newId(), proposedByName: '李晓岚', decision: 'approved' },
    })
    const line = { tenantId, disposalId, documentId, path: branch.path, destroyedOn: today }
    await db.insert(archiveDisposalDocuments).values(line)
  })
}

type Sent = Omit<NewHandover, 'withPapers'> & { withPapers?: boolean }
const toDistant = (people: readonly BuiltPerson[]): Sent => ({
  personIds: people.map((it) => it.id),
  to: { organizationId: distant.id },
  kind: 'majorChange',
})

async function sent(
  people: readonly BuiltPerson[],
  more: Partial<Sent> = {},
  by: Browser = secretary,
): Promise<string> {
  const response = await by.post('/api/handovers', { ...toDistant(people), ...more })
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()).id
}

const read = async (id: string, by: Browser): Promise<HandoverView> => (await by.get(`/api/handovers/${id}`)).json()

/** What a receiver sends who has compared everything and found it as listed. */
async function compared(id: string, more: Partial<Acceptance> = {}, by: Browser = distantSecretary) {
  const { seen, files } = await read(id, by)
  return { seen, on: today, compared: files.map(({ person }) => ({ personId: person.id, exceptions: [] })), ...more }
}

async function accept(id: string, more: Partial<Acceptance> = {}, by: Browser = distantSecretary) {
  return told(await by.post(`/api/handovers/${id}/acceptance`, await compared(id, more, by)))
}

/** What stands on a paper that was downloaded. */
const paperOf = async (response: Response) => textOfPages(new Uint8Array(await response.arrayBuffer())).join('')

/** The status, and what a refusal says. */
async function told(response: Response): Promise<string> {
  if (response.ok) return String(response.status)
  const { detail, fields } = await response.json()
  return [response.status, detail, ...fields.map((it: { message: string }) => it.message)].join(' ')
}

const placesOf = (person: BuiltPerson) =>
  build.look(async (db) => {
    const of = (table: typeof developmentActs | typeof archiveDocuments | typeof developmentStandings) =>
      db.selectDistinct({ path: table.path }).from(table).where(eq(table.personId, person.id))
    const [row] = await db.select().from(persons).where(eq(persons.id, person.id))
    const paths = [await of(developmentActs), await of(archiveDocuments), await of(developmentStandings)]
    return [row?.organizationId, row?.path, ...paths.flat().map(({ path }) => path)]
  })

const eventsOf = (person: BuiltPerson) =>
  build.look(async (db) => {
    const rows = await db
      .select({ event: journal.event })
      .from(journal)
      .where(and(eq(journal.tenantId, tenantId), eq(journal.personId, person.id)))
      .orderBy(journal.id)
    return rows.map((it) => it.event)
  })

describe('a hand-over from one college to another', () => {
  test('goes with everything in the file, is compared and received, and the person with it', async () => {
    const person = await activist('陆一鸣', { papers: ['入党申请书', '思想汇报'] })
    const id = await sent([person], { note: '转入镜湖学院学习' })
    const view = await read(id, distantSecretary)
    expect({ ...view, sentAt: '', listDigest: '', seen: '', files: [] }).toEqual({
      ...{ id, number: '移〔2026〕1号', kind: 'majorChange', personCount: 1, names: ['陆一鸣'] },
      from: { id: branch.id, name: branch.name },
      to: { id: distant.id, name: distant.name },
      ...{ sentBy: '李晓岚', sentAt: '', outcome: null, closedBy: null, closedAt: null, note: '转入镜湖学院学习' },
      can: { withdraw: false, accept: true, sendBack: true, enterReceipt: false },
      ...{ withPapers: true, closingNote: null, receivedOn: null, receipt: null, listDigest: '', seen: '', files: [] },
    })
    const [file] = view.files
    expect(file?.person).toMatchObject({ id: person.id, name: '陆一鸣', organization: { name: branch.name } })
    expect(file?.file.items.map((it) => [it.number, it.title, it.pages, it.hasPaper])).toEqual([
      [1, '入党申请书', 3, true],
      [2, '思想汇报', 3, true],
    ])
    expect(file?.file.items[0]?.digest).toMatch(/^sha256-[0-9a-f]{64}$/)
    expect(file?.file).toMatchObject({
      facts: [
        { on: '2025-03-03', what: '递交入党申请书' },
        { on: '2025-05-28', what: '确定为入党积极分子' },
      ],
      ...{ seal: null, stage: 'activist', properties: null },
      clock: { kind: 'training', sinceOn: '2025-05-28', days: 544, cited: '《发展党员工作细则》（2026年修订）第12条' },
    })
    expect(file?.file.preChecks.some((it) => it.kind === 'missing')).toBe(true)
    expect(file?.file.preChecks.at(-1)).toEqual({
      kind: 'seal',
      text: '档案尚未封存，没有做四性检测。建议先封存，再移交。',
    })

    // Until it is received nothing has moved, and the receiver sees the list and not the file.
    expect(await placesOf(person)).toEqual([branch.id, branch.path, branch.path, branch.path, branch.path])
    expect((await distantSecretary.get(`/api/archive/persons/${person.id}`)).status).toBe(404)

    expect(await accept(id, { reservations: '思想汇报原件日后补交' })).toBe('204')
    const moved = [distant.id, distant.path, distant.path, distant.path, distant.path]
    expect(await placesOf(person)).toEqual(moved)
    expect((await distantSecretary.get(`/api/archive/persons/${person.id}`)).status).toBe(200)
    expect((await secretary.get(`/api/archive/persons/${person.id}`)).status).toBe(404)
    // The former keepers keep the hand-over, not the file.
    for (const side of [secretary, distantSecretary]) {
      const closed = await read(id, side)
      expect(closed).toMatchObject({
        ...{
          outcome: 'accepted',
          closedBy: '孙知微',
          closingNote: '思想汇报原件日后补交',
          receivedOn: today,
          seen: null,
        },
        can: { withdraw: false, accept: false, sendBack: false, enterReceipt: false },
      })
      expect(closed.files[0]?.file).toEqual(file?.file)
    }
    // Whoever looks at it on either side is told to the person, once in a while.
    expect(await eventsOf(person)).toEqual([
      ...['handovers.sent', 'journal.read', 'people.moved', 'handovers.accepted', 'journal.read'],
    ])
    // No act is begun anew: the clock says the same on the day after.
    const { items } = (await (
      await distantSecretary.get(`/api/handovers/persons/${person.id}`)
    ).json()) as PersonHandovers
    expect(items).toMatchObject([
      { outcome: 'accepted', clock: { sinceOn: '2025-05-28', days: 544 }, can: { open: true } },
    ])
  })

  test('what did not arrive as listed stands on the receipt', async () => {
    const person = await activist('何安')
    const id = await sent([person])
    const { files } = await read(id, distantSecretary)
    const documentId = files[0]?.file.items[0]?.documentId ?? ''
    const list = await secretary.get(`/api/handovers/${id}/list.pdf`)
    expect(list.headers.get('content-type')).toBe('application/pdf')
    const listed = await paperOf(list)
    for (const it of ['档案移交清单', branch.name, distant.name, '何安', '入党申请书', '培养教育时间自2025年5月28日起'])
      expect(listed).toContain(it)
    expect(await told(await secretary.get(`/api/handovers/${id}/receipt.pdf`))).toContain('409 这次移交还没有接收')

    const exceptions = [{ documentId, result: 'paperMissing' as const, remark: '只到扫描件' }]
    expect(await accept(id, { compared: [{ personId: person.id, exceptions }] })).toBe('204')
    const receipt = await distantSecretary.get(`/api/handovers/${id}/receipt.pdf`)
    const text = await paperOf(receipt)
    for (const it of [
      '档案接收回执',
      '移〔2026〕',
      '纸质材料未到',
      '只到扫描件',
      '连续计算',
      '第12条',
      '接收人：孙知微',
    ])
      expect(text).toContain(it)
    expect((await read(id, secretary)).files[0]?.exceptions).toEqual(exceptions)
  })

  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'nothing is received of which one file was not compared',
      async () => accept(await sent([await activist('甲一'), await activist('甲二')]), { compared: [] }),
      /^400 还有 2 人的档案没有核对：甲一、甲二。/,
    ],
    [
      'a difference is described',
      async () => {
        const person = await activist('甲三')
        const id = await sent([person])
        const documentId = (await read(id, secretary)).files[0]?.file.items[0]?.documentId ?? ''
        return accept(id, {
          compared: [{ personId: person.id, exceptions: [{ documentId, result: 'differs', remark: '' }] }],
        })
      },
      /^400 请写明甲三的《入党申请书》与清单有什么不符/,
    ],
    [
      'an item of another list is no item',
      async () => {
        const person = await activist('甲四')
        const exceptions = [{ documentId: newId(), result: 'paperMissing' as const, remark: '' }]
        return accept(await sent([person]), { compared: [{ personId: person.id, exceptions }] })
      },
      /^400 核对结果中有甲四清单以外的材料/,
    ],
    [
      'nobody is compared twice, the first time with what is on no list',
      async () => {
        const person = await activist('甲四一')
        const strange = [{ documentId: newId(), result: 'differs' as const, remark: '' }]
        const twice = [strange, []].map((exceptions) => ({ personId: person.id, exceptions }))
        return accept(await sent([person]), { compared: twice })
      },
      /^400 核对结果中有重复的或清单以外的人员/,
    ],
    [
      'nor anybody of another list',
      async () => {
        const people = [await activist('甲四二'), await activist('甲四三')]
        const [first] = people
        const compared = people.map(({ id }) => ({ personId: id, exceptions: [] }))
        return first ? accept(await sent([first]), { compared }) : ''
      },
      /^400 核对结果中有重复的或清单以外的人员/,
    ],
    [
      'no paper has two results',
      async () => {
        const person = await activist('甲四四')
        const id = await sent([person])
        const documentId = (await read(id, secretary)).files[0]?.file.items[0]?.documentId ?? ''
        const twice = (['paperMissing', 'differs'] as const).map((result) => ({ documentId, result, remark: '不清楚' }))
        return accept(id, { compared: [{ personId: person.id, exceptions: twice }] })
      },
      /^400 核对结果中甲四四的同一件材料写了两次/,
    ],
    [
      'no paper is missing that did not go along',
      async () => {
        const person = await activist('甲四五')
        const id = await sent([person], { withPapers: false })
        const documentId = (await read(id, secretary)).files[0]?.file.items[0]?.documentId ?? ''
        const exceptions = [{ documentId, result: 'paperMissing' as const, remark: '' }]
        return accept(id, { compared: [{ personId: person.id, exceptions }] })
      },
      /^400 甲四五的《入党申请书》没有纸质材料随同移交/,
    ],
    [
      'it is not received on a day to come',
      async () => accept(await sent([await activist('甲五')]), { on: '2026-11-24' }),
      /^400 接收日期不能晚于今天/,
    ],
    [
      'nor on a day before it was sent',
      async () => accept(await sent([await activist('甲五五')]), { on: '2026-11-22' }),
      /^400 接收日期不能早于发出日期/,
    ],
    [
      'what was filed after it was read has to be seen first',
      async () => {
        const person = await activist('甲六')
        const id = await sent([person])
        const body = await compared(id)
        await filed(person, '补交的思想汇报')
        const answer = await told(await distantSecretary.post(`/api/handovers/${id}/acceptance`, body))
        const [file] = (await read(id, distantSecretary)).files
        expect(file?.added.map((it) => it.title)).toEqual(['补交的思想汇报'])
        expect(await accept(id)).toBe('204')
        return answer
      },
      /^412 核对期间档案有变动/,
    ],
    [
      'a person who was moved meanwhile is not moved again',
      async () => {
        const person = await activist('甲七')
        const id = await sent([person])
        const page = await organiser.get(`/api/people/${person.id}`)
        const move = { organizationId: sibling.id, on: today }
        const moved = await organiser.post(`/api/people/${person.id}/moves`, move, {
          'if-match': page.headers.get('etag') ?? '',
        })
        expect(moved.status).toBe(204)
        expect((await read(id, distantSecretary)).files[0]?.obstacle).toMatch(/^甲七已不在发出时所在的组织/)
        return accept(id)
      },
      /^409 甲七已不在发出时所在的组织：移交发出以后已另行转走，或已撤回登记。这次移交不能接收，请退回/,
    ],
    [
      'nor one who is no more in the register',
      async () => {
        const person = await activist('甲八', { papers: [] })
        const id = await sent([person])
        await build.look((db) => db.delete(persons).where(eq(persons.id, person.id)))
        return accept(id)
      },
      /^409 甲八已不在发出时所在的组织/,
    ],
    [
      'who sent it does not receive it, even holding both sides',
      async () => accept(await sent([await activist('甲九')], {}, department), {}, department),
      /^403 这次移交由您发出，须由接收方的另一位同志核对、接收。/,
    ],
    [
      'the organisation above does where the branch has nobody',
      async () => accept(await sent([await activist('甲十')]), {}, otherOrganiser),
      /^204$/,
    ],
    [
      'the sender does not receive for the other side',
      async () => accept(await sent([await activist('乙一')]), {}, organiser),
      /^403 /,
    ],
    [
      'a third college sees nothing of it',
      async () => {
        const id = await sent([await activist('乙二')], { to: { organizationId: sibling.id } })
        return told(await otherOrganiser.get(`/api/handovers/${id}`))
      },
      /^404 /,
    ],
  ])('%s', async (_, attempt, expected) => {
    expect(await attempt()).toMatch(expected)
  })

  test('it is sent back or withdrawn with a reason, and can then be sent anew', async () => {
    const person = await activist('丙一')
    const first = await sent([person])
    expect(await told(await secretary.post('/api/handovers', toDistant([person])))).toMatch(
      /^409 丙一（移〔2026〕\d+号）的档案正在移交中，不能重复移交。/,
    )
    expect(await told(await distantSecretary.post(`/api/handovers/${first}/withdrawal`, { reason: '不该来' }))).toMatch(
      /^403/,
    )
    expect(
      await told(await distantSecretary.post(`/api/handovers/${first}/return`, { reason: '缺培养考察登记表' })),
    ).toBe('204')
    expect(await read(first, secretary)).toMatchObject({ outcome: 'returned', closingNote: '缺培养考察登记表' })
    const second = await sent([person])
    expect(await told(await secretary.post(`/api/handovers/${second}/return`, { reason: '自己退回' }))).toMatch(/^403/)
    expect(await told(await secretary.post(`/api/handovers/${second}/withdrawal`, { reason: '本人不转了' }))).toBe(
      '204',
    )
    expect(await told(await distantSecretary.post(`/api/handovers/${second}/return`, { reason: '迟了' }))).toBe(
      '412 这次移交已由李晓岚撤回，不能再办理。请刷新后查看。',
    )
    expect(await placesOf(person)).toEqual([branch.id, branch.path, branch.path, branch.path, branch.path])
    expect(await eventsOf(person)).toEqual([
      ...['handovers.sent', 'handovers.returned', 'journal.read', 'handovers.sent', 'handovers.withdrawn'],
    ])
  })

  test('a reason of hidden marks is none, and nothing that is written turns a paper round', async () => {
    const id = await sent([await activist('丙零')], { note: '随函\u202e寄出\u200b\n另附一页' })
    expect((await read(id, secretary)).note).toBe('随函寄出\n另附一页')
    for (const [by, way] of [
      [distantSecretary, 'return'],
      [secretary, 'withdrawal'],
    ] as const)
      expect(await told(await by.post(`/api/handovers/${id}/${way}`, { reason: '\u200b\u202e\u2060' }))).toMatch(
        /^400 .*请写明原因/,
      )
    expect(await accept(id, { reservations: '缺\u202e一页' })).toBe('204')
    expect((await read(id, secretary)).closingNote).toBe('缺一页')
  })

  test('of two who receive at once, and of one who receives while the person is moved, one does', async () => {
    for (const isMoved of [false, true]) {
      const person = await activist('丙一一')
      const id = await sent([person])
      const body = await compared(id)
      const receive = (by: Browser) => by.post(`/api/handovers/${id}/acceptance`, body)
      const etag = (await organiser.get(`/api/people/${person.id}`)).headers.get('etag') ?? ''
      const move = () =>
        organiser.post(
          `/api/people/${person.id}/moves`,
          { organizationId: sibling.id, on: today },
          { 'if-match': etag },
        )
      const answers = await Promise.all([receive(distantSecretary), isMoved ? move() : receive(otherOrganiser)])
      const [received, other] = answers.map(({ status }) => status)
      expect([received, other].filter((status) => status === 204)).toHaveLength(1)
      const isReceived = !isMoved || received === 204
      const { outcome } = await read(id, secretary)
      expect(outcome).toBe(isReceived ? 'accepted' : null)
      expect(new Set(await placesOf(person))).toEqual(
        new Set(isReceived ? [distant.id, distant.path] : [sibling.id, sibling.path]),
      )
    }
  })

  test('of receiving and withdrawing at once one wins, and the other is told', async () => {
    for (let round = 0; round < 6; round++) {
      const person = await activist(`丁${round}`)
      const id = await sent([person])
      const body = await compared(id)
      const answers = await Promise.all([
        distantSecretary.post(`/api/handovers/${id}/acceptance`, body).then(told),
        secretary.post(`/api/handovers/${id}/withdrawal`, { reason: '本人不转了' }).then(told),
      ])
      const { outcome } = await read(id, secretary)
      const isIn = outcome === 'accepted'
      expect(answers[isIn ? 0 : 1]).toBe('204')
      expect(answers[isIn ? 1 : 0]).toMatch(isIn ? /^412 这次移交已由孙知微接收/ : /^412 这次移交已由李晓岚撤回/)
      expect((await placesOf(person))[0]).toBe(isIn ? distant.id : branch.id)
    }
  })

  test('two who send the same person at once: one does', async () => {
    const person = await activist('戊一')
    const answers = await Promise.all(
      [secretary, organiser].map(async (by) => told(await by.post('/api/handovers', toDistant([person])))),
    )
    expect(answers.sort()).toEqual(['201', expect.stringMatching(/^409 .*(正在移交中|刚刚由他人发出移交)/)])
  })

  test('a failure between the steps of receiving leaves everything where it was', async () => {
    const person = await activist('己一')
    const id = await sent([person])
    // The last step but one fails: the journal takes no row of it.
    await app.database.asOwner((db) =>
      db.execute(`create function refuse_row() returns trigger language plpgsql as $$ begin
        if new.event = 'handovers.accepted' then raise exception 'killed between steps'; end if; return new; end $$`),
    )
    await app.database.asOwner((db) =>
      db.execute('create trigger refuse before insert on journal for each row execute function refuse_row()'),
    )
    try {
      expect((await distantSecretary.post(`/api/handovers/${id}/acceptance`, await compared(id))).status).toBe(500)
    } finally {
      await app.database.asOwner((db) => db.execute('drop trigger refuse on journal; drop function refuse_row'))
    }
    expect(await placesOf(person)).toEqual([branch.id, branch.path, branch.path, branch.path, branch.path])
    expect(await read(id, secretary)).toMatchObject({ outcome: null, can: { withdraw: true } })
    expect(await accept(id)).toBe('204')
  })
})

describe('what is sent', () => {
  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'not the own file',
      async () => told(await secretary.post('/api/handovers', toDistant([build.li]))),
      /^403 名单中有您本人/,
    ],
    [
      'not of another branch',
      async () => told(await siblingSecretary.post('/api/handovers', toDistant([await activist('庚一')]))),
      /^404 名单中有 1 人没有找到/,
    ],
    [
      'not to where the person is',
      async () =>
        told(
          await secretary.post('/api/handovers', {
            ...toDistant([await activist('庚二')]),
            to: { organizationId: branch.id },
          }),
        ),
      /^409 庚二已在云山学院本科生第一党支部，无需移交/,
    ],
    ['not of nobody', async () => told(await secretary.post('/api/handovers', toDistant([]))), /^400 /],
    [
      'not to a unit outside before it is sealed',
      async () =>
        told(
          await secretary.post('/api/handovers', {
            ...toDistant([await activist('庚三')]),
            to: { outsideUnit: '南山市人才中心' },
          }),
        ),
      /^409 移交到校外须先封存档案.*庚三的档案还没有封存/,
    ],
  ])('%s', async (_, attempt, expected) => {
    expect(await attempt()).toMatch(expected)
  })

  test('a preview tells the same, keeps nothing, and is a reading that the person sees', async () => {
    const person = await activist('辛一')
    const response = await secretary.post('/api/handovers/previews', { personIds: [person.id], withPapers: false })
    const { files } = (await response.json()) as Previewed
    expect(files.map((it) => [it.person.name, it.file.items.map((one) => one.hasPaper)])).toEqual([['辛一', [false]]])
    expect(await eventsOf(person)).toEqual(['journal.read'])
    expect(await build.look((db) => db.$count(handoverFiles, eq(handoverFiles.personId, person.id)))).toBe(0)
  })

  test('to a unit outside: sealed, examined, exported; its receipt is entered, and nobody moves', async () => {
    const person = await activist('壬一')
    const sealed = await secretary.post('/api/archive/seals', { personId: person.id })
    expect(sealed.status).toBe(201)
    const id = await sent([person], { to: { outsideUnit: '南山市人才中心' }, kind: 'graduation' })
    const view = await read(id, secretary)
    expect(view).toMatchObject({
      to: { id: null, name: '南山市人才中心' },
      can: { withdraw: true, accept: false, sendBack: false, enterReceipt: true },
    })
    const [file] = view.files
    expect(file?.file.seal?.number).toMatch(/2026/)
    expect(file?.file.properties?.moment).toBe('transfer')
    const checks = new Map(file?.file.properties?.checks.map((it) => [it.code, it.result]))
    expect([checks.get('Z1'), checks.get('Z2'), checks.get('W4')]).toEqual(['met', 'met', 'met'])
    const enter = (body: object) => secretary.post(`/api/handovers/${id}/receipt`, body).then(told)
    const paper = await filed(person, '回执')
    expect(await enter({ on: '2026-11-24', signedBy: '周接收' })).toMatch(/^400 回执日期不能晚于今天/)
    expect(await enter({ on: today, signedBy: '周接收', documentId: paper })).toMatch(
      /^400 《回执》不在“档案移交清单、接收回执”一类中/,
    )
    const scan = await filed(person, '签收的回执', branch, 'handoverReceipts')
    const withdrawn = await secretary.post(`/api/archive/documents/${scan}/withdrawal`, { reason: '扫描不清' })
    expect(withdrawn.status).toBe(204)
    expect(await enter({ on: today, signedBy: '周接收', documentId: scan })).toMatch(
      /^400 《签收的回执》已经更换、更正或撤出/,
    )
    expect(await enter({ on: today, signedBy: '周接收' })).toBe('204')
    expect(await enter({ on: today, signedBy: '周接收' })).toMatch(/^412 这次移交已由李晓岚接收/)
    expect(await read(id, secretary)).toMatchObject({
      outcome: 'accepted',
      receipt: { signedBy: '周接收', documentId: null },
    })
    expect((await placesOf(person))[0]).toBe(branch.id)
  })

  test('of two branches at once is sent only by who keeps the files above both', async () => {
    const people = [await activist('双一', { papers: [] }), await activist('双二', { at: sibling, papers: [] })]
    const grants = [branch, sibling].map(({ path }) => ({ path, rights: ['read-files', 'keep-files'] as const }))
    const both = new Actor({ accountId: newId(), personId: null, name: '两个支部的书记', grants })
    const send = (of: readonly BuiltPerson[]) =>
      build.as(both, (ctx) => sendHandover(ctx, { ...toDistant(of), withPapers: false }))
    await expect(send(people)).rejects.toThrow('请按所在组织分几次移交。')
    for (const person of people) expect(await send([person])).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('what was destroyed neither goes nor comes', async () => {
    const person = await activist('销一')
    const [before, after] = [await filed(person, '销于发出前'), await filed(person, '销于发出后')]
    await destroyed(before)
    const id = await sent([person])
    await destroyed(after)
    const [file] = (await read(id, distantSecretary)).files
    expect(file?.file.items.map((it) => it.title)).toEqual(['入党申请书', '销于发出后'])
    expect([file?.added, file?.gone]).toEqual([[], [after]])
  })

  test('a seal whose record is damaged is named, and the others of the list are drawn up', async () => {
    const [broken, other] = [await activist('损一'), await activist('损二')]
    expect((await secretary.post('/api/archive/seals', { personId: broken.id })).status).toBe(201)
    await build.look(async (db) => {
      const [row] = await db.select().from(archiveSeals).where(eq(archiveSeals.personId, broken.id))
      if (row) await db.insert(archiveSeals).values({ ...row, id: newId(), version: 2, metadata: '<档' })
    })
    const files = (await read(await sent([broken, other]), distantSecretary)).files.map((it) => it.file)
    expect(files.map(({ preChecks }) => preChecks.at(-1)?.text)).toEqual([
      '封存时登记的元数据已损坏。请联系系统管理员从备份中恢复，再移交。',
      '档案尚未封存，没有做四性检测。建议先封存，再移交。',
    ])
    const unmet = files[0]?.properties?.checks.filter((it) => it.result === 'unmet').map((it) => it.code)
    expect(unmet).toEqual(expect.arrayContaining(['Z2', 'Z3']))
  })

  test('a receipt names no paper that is closed to whoever enters it', async () => {
    const person = await activist('己二', { papers: [] })
    const id = await sent([person], { to: { outsideUnit: '南山市人才中心' } })
    const own = await filed(build.li, '关于李晓岚的函', branch, 'letterEnquiry')
    const answer = await secretary.post(`/api/handovers/${id}/receipt`, {
      on: today,
      signedBy: '周接收',
      documentId: own,
    })
    expect(await told(answer)).toMatch(/^404 /)
  })

  test('numbers follow one another in an organisation, however many send at once', async () => {
    const by = [secretary, organiser, department]
    const people = await Promise.all(by.map((_, at) => activist(`癸${at}`, { papers: [] })))
    await Promise.all(people.map((it, at) => sent([it], {}, by[at])))
    const rows = await build.look((db) =>
      db
        .select({ serial: handovers.serial })
        .from(handovers)
        .where(and(eq(handovers.tenantId, tenantId), eq(handovers.fromOrganizationId, branch.id)))
        .orderBy(handovers.serial),
    )
    expect(rows.map((it) => it.serial)).toEqual(rows.map((_, at) => at + 1))
  })
})

describe('who sees it', () => {
  test('the person concerned sees that and when, and not the papers', async () => {
    const account = await app.account({ name: '自己', person: await activist('自己') })
    const own = await app.signedIn(account)
    const [row] = await build.look((db) => db.select().from(persons).where(eq(persons.name, '自己')))
    if (!row) throw new Error('the person is there')
    const id = await sent([row])
    const { items } = (await (await own.get(`/api/handovers/persons/${row.id}`)).json()) as PersonHandovers
    expect(items).toMatchObject([{ id, from: branch.name, to: distant.name, outcome: null, can: { open: false } }])
    expect((await own.get(`/api/handovers/${id}`)).status).toBe(404)
    expect((await (await own.get('/api/handovers')).json()).items).toEqual([])
    expect(await accept(id)).toBe('204')
    const after = (await (await own.get(`/api/handovers/persons/${row.id}`)).json()) as PersonHandovers
    expect(after.items).toMatchObject([{ outcome: 'accepted', clock: { sinceOn: '2025-05-28' } }])
  })

  test('what waits is listed for the receiver, and not for those above both', async () => {
    const id = await sent([await activist('等待')])
    const waiting = async (by: Browser) =>
      (await (await by.get('/api/handovers?waiting=true')).json()).items.some((it: { id: string }) => it.id === id)
    const listed = async (by: Browser) =>
      (await (await by.get('/api/handovers?open=true')).json()).items.some((it: { id: string }) => it.id === id)
    const by = [secretary, organiser, distantSecretary, otherOrganiser, department, siblingSecretary]
    expect(await Promise.all(by.map(waiting))).toEqual([false, false, true, true, false, false])
    expect(await Promise.all(by.map(listed))).toEqual([true, true, true, true, true, false])
  })

  test('who reads for the receiver and is one of them is shown no paper that is closed to them', async () => {
    const sun = await build.person(branch, { name: '孙外', studentNumber: newId() })
    await filed(sun, '政审材料', branch, 'letterEnquiry')
    await build.office(sun, distant, 'orgMember')
    const own = await app.signedIn(await app.account({ name: '孙外', person: sun }))
    const id = await sent([sun])
    const [theirs] = (await read(id, distantSecretary)).files
    const [file] = (await read(id, own)).files
    await filed(sun, '外调材料', branch, 'onsiteEnquiry')
    expect((await read(id, distantSecretary)).files[0]?.added.length).toBe(1)
    expect((await read(id, own)).files[0]?.added).toEqual([])
    expect([theirs?.file.items.length, file?.file.items]).toEqual([1, []])
    expect((await read(id, own)).can).toEqual({ withdraw: false, accept: false, sendBack: false, enterReceipt: false })
  })
})

test('a list of two hundred takes as many statements as a list of two', async () => {
  const people: BuiltPerson[] = []
  await build.look(async (db) => {
    const rows = Array.from({ length: 202 }, (_, at) => ({
      ...{ tenantId, id: newId(), organizationId: branch.id, path: branch.path, name: `众${at}` },
      ...{ pinyin: 'zhong', initials: 'z', studentNumber: `z${at}` },
    }))
    await db.insert(persons).values(rows)
    people.push(...rows)
    await db.insert(developmentActs).values(
      rows.map(({ id: personId }) => ({
        ...{ tenantId, id: newId(), personId, path: branch.path, recordedBy: newId(), details: {} },
        ...{ kind: 'activistDecision' as const, on: '2025-05-28' as const },
      })),
    )
  })
  const counts = async (some: BuiltPerson[]) => {
    let id = ''
    const sending = await statementsOf(async () => {
      id = await sent(some)
    })
    const body = await compared(id)
    const receiving = await statementsOf(async () => {
      const response = await distantSecretary.post(`/api/handovers/${id}/acceptance`, body)
      expect(response.status).toBe(204)
    })
    return [sending, receiving]
  }
  const few = await counts(people.slice(0, 2))
  expect(await counts(people.slice(2))).toEqual(few)
  expect(
    await build.look((db) => db.$count(persons, and(eq(persons.initials, 'z'), eq(persons.path, distant.path)))),
  ).toBe(202)
})

test('a sealed file goes with its seals', async () => {
  const person = await activist('封存者')
  expect((await secretary.post('/api/archive/seals', { personId: person.id })).status).toBe(201)
  const id = await sent([person])
  expect((await read(id, distantSecretary)).files[0]?.file.preChecks.some((it) => it.kind === 'seal')).toBe(false)
  expect(await accept(id)).toBe('204')
  const seals = await build.look((db) =>
    db.select({ path: archiveSeals.path }).from(archiveSeals).where(eq(archiveSeals.personId, person.id)),
  )
  expect(seals).toEqual([{ path: distant.path }])
})
