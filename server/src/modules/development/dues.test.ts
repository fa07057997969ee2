import type { Act } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { developmentLists } from '../../../test/development-lists.ts'
import { smallUniversity, statementsOf } from '../../../test/factories.ts'
import type { Actor } from '../../platform/context.ts'
import type { Page } from '../../platform/wire.ts'
import { development } from './routes.ts'
import type { DueCounts, DueRow } from './schema.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const { fill, get, allPages } = developmentLists(it)
const { organiser, secretary, department, applicant, auditor, otherOrganiser } = it.actors
const direct = await it.organization(it.university, { kind: 'directBranch', name: '机关党支部' })
const he = await it.person(direct, { name: '何清远', studentNumber: '2023030001' })

/** Only the branch of the college and the college itself have somebody who keeps files; the others are yet to be filled. */
await it.office(it.li, it.branch, 'secretary')
await it.office(it.zhao, it.college, 'organiser')
await it.office(it.sun, it.sibling, 'publicityMember')
await it.office(it.sun, it.distant, 'secretary', { from: '2025-01-01', until: '2026-11-22' })
const colleague = it.officer('organiser', it.college, it.wang)

/** The talk is the branch's, due 1 October. */
const applied: Act[] = [{ kind: 'application', on: '2026-09-01' }]
/** The filing is the committee's; the half-yearly review the branch's. */
const decided: Act[] = [
  { kind: 'application', on: '2026-01-05' },
  { kind: 'applicantTalk', on: '2026-01-20' },
  { kind: 'recommendation', on: '2026-06-01' },
  { kind: 'activistDecision', on: '2026-07-01' },
  { kind: 'contactPersons', on: '2026-07-01', members: [{ name: '李晓岚', isFull: true }] },
]
/** The political review is the branch's; the training the committee's, or the Party school's. */
const listed: Act[] = [
  ...decided,
  { kind: 'activistFiling', on: '2026-07-10' },
  { kind: 'prospectListing', on: '2026-10-10' },
]
const imports = {
  li: await fill(it.li, [{ kind: 'application', on: '2026-11-20' }]),
  wang: await fill(it.wang, decided),
  zhao: await fill(it.zhao, applied),
  sun: await fill(it.sun, decided),
  he: await fill(he, listed),
}
const helper = await it.helper([it.wang, it.sun], ['review'])

describe('the due list', () => {
  test('overdue first, then by the last day, with reasons', async () => {
    const { items, total } = await get<Page<DueRow>>(organiser, '/dues?kind=applicantTalk&whose=all')
    expect(items.map(({ name, act }) => [name, act.latestOn, act.overdue, act.reasons.length > 0])).toEqual([
      ['赵思远', '2026-10-01', true, true],
      ['李晓岚', '2026-12-20', false, true],
    ])
    expect(total).toBe(2)
  })

  test.each<[string, Actor, string, string[]]>([
    ['overdue only', organiser, '?whose=all&only=overdue', ['赵思远']],
    ['within a month', organiser, '?whose=all&kind=applicantTalk&withinDays=30', ['赵思远', '李晓岚']],
    ['within three weeks', organiser, '?whose=all&kind=applicantTalk&withinDays=21', ['赵思远']],
    ['below an organisation', department, `?whose=all&kind=applicantTalk&organizationId=${it.branch.id}`, ['李晓岚']],
    ['of one import', department, `?whose=all&kind=review&importId=${imports.sun}`, ['孙知微']],
    ['of an import outside the scope', organiser, `?whose=all&importId=${imports.sun}`, []],
    ['a helper, the delegated kind only', helper, '', ['王一舟', '孙知微']],
    ['the person concerned', applicant, '', []],
    ['another college', otherOrganiser, '?whose=all&kind=applicantTalk', []],
    ['an administrator', auditor, '', []],
  ])('%s', async (_what, actor, query, names) => {
    const { items } = await get<Page<DueRow>>(actor, `/dues${query}`)
    expect(items.map((row) => row.name).sort()).toEqual(names.toSorted())
  })

  test('pages hold each row once', async () => {
    for (const whose of ['all', 'mine', 'branches']) {
      const whole = await get<Page<DueRow>>(department, `/dues?whose=${whose}`)
      expect(whole.items.length).toBeGreaterThan(1)
      expect(await allPages<DueRow>(department, `/dues?limit=1&whose=${whose}`)).toEqual(whole.items)
    }
  })

  test('by organisation: each in its place in the tree, and within it by the last day', async () => {
    const rows = await allPages<DueRow>(department, '/dues?sort=organization&whose=all&limit=1')
    expect(rows.length).toBe((await get<Page<DueRow>>(department, '/dues?whose=all')).items.length)
    expect([...new Set(rows.map(({ organization }) => organization))]).toEqual([
      '云山学院本科生第一党支部',
      '云山学院本科生第二党支部',
      '镜湖学院研究生党支部',
      '机关党支部',
    ])
    const days = rows.filter((row) => row.organizationId === it.branch.id).map(({ act }) => act.latestOn ?? '9999')
    expect(days).toEqual(days.toSorted())
    const backwards = await allPages<DueRow>(department, '/dues?sort=organization&whose=all&descending=true&limit=1')
    expect(backwards).toEqual(rows.toReversed())
  })

  test('a page takes seven statements, however many rows it has', async () => {
    const count = (limit: number) => statementsOf(() => get(department, `/dues?whose=all&limit=${limit}`))
    expect([await count(1), await count(50)]).toEqual([7, 7])
  })
})

/** Of these kinds, so that a row of the table can be read. */
const looked = ['applicantTalk', 'review', 'activistFiling', 'politicalReview', 'intensiveTraining']

describe('whose turn it is', () => {
  const ofLi = '李晓岚 applicantTalk'
  const ofWang = { filing: '王一舟 activistFiling', review: '王一舟 review' }
  const ofZhao = '赵思远 applicantTalk'
  const ofSun = { filing: '孙知微 activistFiling', review: '孙知微 review' }
  const ofHe = { political: '何清远 politicalReview', training: '何清远 intensiveTraining' }

  test.each<[who: string, actor: Actor, mine: string[], branches: string[] | null]>([
    ['the secretary: what the branch does, but not in the own file', secretary, [ofWang.review], null],
    [
      'the organiser: what the committee does, and the branch that has nobody for it',
      organiser,
      [ofWang.filing, ofZhao],
      [ofLi, ofWang.review],
    ],
    ['an organiser, without the own file', colleague, [ofZhao], [ofLi, ofWang.review]],
    ['the organiser of a college whose branch has nobody any more', otherOrganiser, [ofSun.filing, ofSun.review], null],
    [
      'the department: the branch directly below it, and a college that has nobody',
      department,
      [ofHe.political, ofHe.training, ofSun.filing, ofSun.review],
      [ofLi, ofWang.review, ofZhao],
    ],
    ['the Party school: trainings', it.officer('partySchool', it.university), [ofHe.training], null],
    ['a helper: the task', helper, [ofSun.review, ofWang.review], null],
  ])('%s', async (_who, actor, mine, branches) => {
    const shown = await shownTo(actor, '')
    expect([shown, await shownTo(actor, '?whose=mine')]).toEqual([mine.toSorted(), mine.toSorted()])
    if (branches) expect(await shownTo(actor, '?whose=branches')).toEqual(branches.toSorted())
    const { whose } = await get<DueCounts>(actor, '/dues/counts')
    expect(whose.map((it) => it.whose).includes('branches')).toBe(branches !== null)
  })

  test('who records nothing sees all that is due there', async () => {
    const reader = it.officer('publicityMember', it.branch)
    const everything = [ofLi, ofWang.filing, ofWang.review]
    expect([await shownTo(reader, ''), await shownTo(reader, '?whose=mine')]).toEqual([everything, []])
  })

  test('what waits for the next higher department lies with it, what the committee approves with the committee', async () => {
    const approved = await it.person(it.branch, { name: '周行远' })
    const far: Act[] = [
      { kind: 'application', on: '2024-01-05' },
      { kind: 'admissionAssembly', on: '2026-09-01' },
      { kind: 'admissionApproval', on: '2026-11-01' },
    ]
    await fill(approved, far)
    const kindsFor = async (actor: Actor) => {
      const { items } = await get<Page<DueRow>>(actor, `/dues?organizationId=${it.branch.id}`)
      return items.filter((row) => row.personId === approved.id).map((row) => `${row.act.kind} ${row.act.waitingOn}`)
    }
    expect([await kindsFor(department), await kindsFor(organiser)]).toEqual([
      ['admissionFiling organizationDepartment'],
      ['oath partyCommittee'],
    ])
  })

  test('what waits for the person concerned or for introducers is in the part of nobody, and with the branch for those above', async () => {
    const waiting = async (actor: Actor, whose: string) => {
      const rows = await allPages<DueRow>(actor, `/dues?whose=${whose}`)
      return rows.filter((row) => row.personId === asking.id).map((row) => row.act.waitingOn)
    }
    const asking = await it.person(it.branch, { name: '问知远' })
    await fill(asking, [
      { kind: 'application', on: '2024-01-05' },
      { kind: 'admissionAssembly', on: '2025-12-10' },
      { kind: 'admissionApproval', on: '2026-01-05', probationFrom: '2025-12-10', probationUntil: '2026-12-10' },
    ])
    expect(await waiting(secretary, 'all')).toContain('applicant')
    expect(await waiting(secretary, 'mine')).not.toContain('applicant')
    expect(await waiting(organiser, 'branches')).toContain('applicant')
  })

  test('a row says whether it may be recorded', async () => {
    const { items } = await get<Page<DueRow>>(secretary, '/dues?whose=all')
    const rows = items.filter((row) => looked.includes(row.act.kind))
    expect(rows.map(({ name, act, can }) => [name, act.kind, can.record]).sort()).toEqual([
      ['李晓岚', 'applicantTalk', false],
      ['王一舟', 'activistFiling', true],
      ['王一舟', 'review', true],
    ])
  })

  describe('what only a committee with the authority to approve does', () => {
    const passed: Act[] = [
      { kind: 'application', on: '2024-01-05' },
      { kind: 'committeeExamination', on: '2026-11-01' },
    ]
    const voted: Act[] = [
      { kind: 'application', on: '2024-01-05' },
      { kind: 'preReview', on: '2026-10-10', passed: true },
      { kind: 'admissionAssembly', on: '2026-11-01' },
    ]
    test('what is said of the authority is that of the committee above the branch, not of the university', async () => {
      const person = await it.person(it.branch, { name: '待批权限' })
      await fill(person, [...voted, { kind: 'admissionTalk', on: '2026-11-10' }])
      const own = await it.person(direct, { name: '待批直属' })
      await fill(own, [...voted, { kind: 'admissionTalk', on: '2026-11-10' }])
      const mustReport = async (canApprove: boolean) => {
        await it.look((db) =>
          db.execute(
            sql`update organizations set can_approve_probationary = ${canApprove} where id = ${it.college.id}`,
          ),
        )
        const rows = await allPages<DueRow>(department, '/dues?whose=all&kind=admissionApproval')
        const listed = [person, own].map(({ id }) => rows.find((row) => row.personId === id)?.act)
        const file = await it.served(development, department).request(`/files/${person.id}`)
        const { due }: { due: DueRow['act'][] } = await file.json()
        return [...listed, due.find(({ kind }) => kind === 'admissionApproval')].map((act) =>
          act?.reasons.some(({ text }) => text.startsWith('本级党组织没有审批权限')),
        )
      }
      expect(await mustReport(false)).toEqual([true, false, true])
      expect(await mustReport(true)).toEqual([false, false, false])
      await it.look((db) =>
        db.execute(sql`update organizations set can_approve_probationary = false where id = ${it.college.id}`),
      )
    })

    const full: Act[] = [
      { kind: 'application', on: '2023-01-05' },
      { kind: 'admissionApproval', on: '2025-11-01' },
      { kind: 'confirmationAssembly', on: '2026-11-10' },
    ]
    test.each<[kind: string, acts: Act[]]>([
      ['preReview', passed],
      ['admissionTalk', voted],
      ['confirmationApproval', full],
    ])('%s lies with the university until the college has it', async (kind, acts) => {
      const person = await it.person(it.branch, { name: `待批${kind}` })
      await fill(person, acts)
      const withWhom = async (canApprove: boolean) => {
        await it.look((db) =>
          db.execute(
            sql`update organizations set can_approve_probationary = ${canApprove} where id = ${it.college.id}`,
          ),
        )
        const whose: [string, Actor][] = [
          ['college', organiser],
          ['university', department],
        ]
        const found = []
        for (const [who, actor] of whose) {
          const rows = await allPages<DueRow>(actor, `/dues?whose=mine&kind=${kind}`)
          if (rows.some((row) => row.personId === person.id)) found.push(who)
        }
        return found
      }
      expect([await withWhom(false), await withWhom(true)]).toEqual([['university'], ['college']])
    })
  })

  async function shownTo(actor: Actor, query: string): Promise<string[]> {
    const { items } = await get<Page<DueRow>>(actor, `/dues${query}`)
    return items
      .filter(({ act }) => looked.includes(act.kind))
      .map(({ name, act }) => `${name} ${act.kind}`)
      .sort()
  }
})

describe('the figures above it', () => {
  const sides = { mine: ['mine', 1, 1], branches: ['branches', 1, 0], all: ['all', 2, 1] } as const

  test.each<[string, Actor, string, DueCounts]>([
    [
      'of the own side',
      organiser,
      '?kind=applicantTalk',
      counted([sides.mine, sides.branches, sides.all], { overdue: 1, week: 0, month: 0 }),
    ],
    [
      'of the branches',
      organiser,
      '?kind=applicantTalk&whose=branches',
      counted([sides.mine, sides.branches, sides.all], { overdue: 0, week: 0, month: 1 }),
    ],
    [
      'each side as far as it is overdue',
      organiser,
      '?kind=applicantTalk&whose=all&only=overdue',
      counted([sides.mine, ['branches', 0, 0], ['all', 1, 1]], { overdue: 1, week: 0, month: 1 }),
    ],
    [
      'below an organisation and of an import',
      department,
      `?kind=applicantTalk&organizationId=${it.branch.id}&importId=${imports.li}&withinDays=30`,
      counted([['mine', 0, 0], sides.branches, ['all', 1, 0]], { overdue: 0, week: 0, month: 0 }),
    ],
    [
      'of who records nothing',
      it.officer('publicityMember', it.branch),
      '?kind=applicantTalk',
      counted([['all', 1, 0]], { overdue: 0, week: 0, month: 1 }),
    ],
    ['of a helper', helper, '?kind=review', counted([['mine', 2, 0]], { overdue: 0, week: 0, month: 0 })],
    ['of an administrator', auditor, '', counted([['all', 0, 0]], { overdue: 0, week: 0, month: 0 })],
  ])('%s', async (_what, actor, query, counts) => {
    expect(await get<DueCounts>(actor, `/dues/counts${query}`)).toEqual(counts)
  })

  function counted(
    whose: (readonly [DueCounts['whose'][number]['whose'], number, number])[],
    near: Omit<DueCounts, 'whose'>,
  ): DueCounts {
    return { whose: whose.map(([it, count, overdue]) => ({ whose: it, count, overdue })), ...near }
  }
})
