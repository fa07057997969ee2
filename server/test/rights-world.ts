import { createHash, randomInt, randomUUID } from 'node:crypto'
import { type Day, type Month, maskIdentityNumber } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import sharp from 'sharp'
import {
  accounts,
  delegationPersons,
  delegations,
  signInSessions,
  signInUsers,
} from '../src/modules/accounts/tables.ts'
import { activities, activityDays, activityKits, activitySignUps } from '../src/modules/activities/tables.ts'
import { readFilingList } from '../src/modules/archive/filing-list.ts'
import { readNumbering } from '../src/modules/archive/numbering.ts'
import { keepText } from '../src/modules/archive/page-texts.ts'
import {
  archiveContents,
  archiveDisposalDocuments,
  archiveDisposals,
  archiveDocuments,
  archiveReceptions,
  archiveSeals,
  archiveUploads,
  filingAdjustments,
} from '../src/modules/archive/tables.ts'
import {
  callEntries,
  callEntryMembers,
  callPhases,
  callReviewers,
  callReviews,
  calls,
} from '../src/modules/calls/tables.ts'
import { hashedAs, newCode, sealedAt } from '../src/modules/certificates/codes.ts'
import { certificatePapers, certificateSettings, certificates } from '../src/modules/certificates/tables.ts'
import { courseware, coursewarePackages, coursewareUnits, coursewareUploads } from '../src/modules/courseware/tables.ts'
import { revisionOf, settingOf } from '../src/modules/development/settings.ts'
import { restate } from '../src/modules/development/standings.ts'
import {
  developmentActs,
  developmentBatches,
  developmentBatchRuns,
  developmentFactDecisions,
} from '../src/modules/development/tables.ts'
import {
  digitizationFiles,
  digitizationPages,
  digitizationParts,
  digitizationStacks,
} from '../src/modules/digitization/tables.ts'
import type { SuggestionState, TopicKind } from '../src/modules/discussion/names-schema.ts'
import { settingsOf as discussionSettingsOf } from '../src/modules/discussion/settings.ts'
import {
  discussionCalls,
  discussionHidings,
  discussionIdentities,
  discussionOpenings,
  discussionPosts,
  discussionReports,
  discussionSettingsChanges,
  discussionTopics,
} from '../src/modules/discussion/tables.ts'
import {
  examArrangements,
  examAttempts,
  examBanks,
  examCandidates,
  examConfirmations,
  examImports,
  examPaperResults,
  examQuestions,
  exams,
} from '../src/modules/exams/tables.ts'
import { formTemplates, formTemplateVersions } from '../src/modules/forms/tables.ts'
import { sealedPlaces } from '../src/modules/guidance/sealed-places.ts'
import {
  guidanceBookings,
  guidanceMentors,
  guidanceRecords,
  guidanceSteps,
  guidanceTimes,
} from '../src/modules/guidance/tables.ts'
import { handoverFiles, handovers } from '../src/modules/handovers/tables.ts'
import { keepCells } from '../src/modules/intake/kept-cells.ts'
import { keepFile } from '../src/modules/intake/kept-file.ts'
import { importRows, imports } from '../src/modules/intake/tables.ts'
import { markOf } from '../src/modules/lectures/marks.ts'
import {
  lectureFeedback,
  lecturePolls,
  lectureQuestions,
  lectureRecordings,
  lectures,
} from '../src/modules/lectures/tables.ts'
import { mediaItems, mediaTexts, mediaUploads, mediaUses } from '../src/modules/media/tables.ts'
import { keyOf } from '../src/modules/notices/begun-drafts.ts'
import type { NoticeKind } from '../src/modules/notices/schema.ts'
import { settingsOf } from '../src/modules/notices/settings.ts'
import { calendarFeeds, noticeDeliveries, noticePreferences, notices } from '../src/modules/notices/tables.ts'
import { terms } from '../src/modules/organization/tables.ts'
import { maskPhone } from '../src/modules/people/masks.ts'
import { columnsOf } from '../src/modules/people/sealing.ts'
import { persons } from '../src/modules/people/tables.ts'
import type { ArticleState } from '../src/modules/publicity/schema.ts'
import { settingsOf as publicitySettingsOf } from '../src/modules/publicity/settings.ts'
import { articleRemarks, articles, articleVersions, siteSections } from '../src/modules/publicity/tables.ts'
import { markOf as quizMarkOf } from '../src/modules/quizzes/marks.ts'
import { quizAnswers, quizQuestions, quizRooms, quizSeats, quizzes } from '../src/modules/quizzes/tables.ts'
import { reportMonths, reportSchedules, reportSendings } from '../src/modules/reports/tables.ts'
import { indexActsOf } from '../src/modules/search/acts.ts'
import {
  trainingAssessors,
  trainingAssignments,
  trainingDecisions,
  trainingParticipants,
  trainingProgrammes,
  trainingQuotations,
  trainingReflections,
  trainingReflectionVersions,
  trainingRemarks,
  trainingRequests,
  trainingRounds,
  trainingRubrics,
  trainingSessions,
  trainingSummaries,
} from '../src/modules/training/tables.ts'
import type { AdministratorRole } from '../src/platform/context.ts'
import { Actor } from '../src/platform/context.ts'
import { etagOf } from '../src/platform/http.ts'
import { newId } from '../src/platform/ids.ts'
import { openOutgoing } from '../src/platform/outgoing.ts'
import { writeReceipt } from '../src/platform/packages/receipt.ts'
import { digestOfMetadata, writeSealedFile } from '../src/platform/packages/sealed-file-xml.ts'
import type { RichText } from '../src/platform/rich-text/document-schema.ts'
import { type BuiltAccount, testApp } from './app.ts'
import { afterwards } from './database.ts'
import {
  type BuiltOrganization,
  type BuiltPerson,
  encryption,
  identityNumber,
  type SmallUniversity,
  smallUniversity,
  today,
} from './factories.ts'

import { packageOf } from './packages.ts'
import { pdfOf } from './papers.ts'
import { exampleReceipt } from './receipt.ts'
import { exampleFile } from './sealed-file.ts'
import { startSmtpServer } from './smtp-server.ts'

/** Everybody who asks. The applicant is the person concerned in the branch; the helpers have a task about the same person. */
export const roles = [
  'nobody',
  'foreigner',
  'applicant',
  'student',
  'secretary',
  'sibling',
  'organiser',
  'otherOrganiser',
  'department',
  'partySchool',
  'publicity',
  'helper',
  'formerHelper',
  'sysadmin',
  'secadmin',
  'auditor',
] as const
export type Role = (typeof roles)[number]

/** Where it lies that is asked for: in the branch, the one beside it, another college, another university of the same database. */
export const places = ['branch', 'sibling', 'distant', 'foreign'] as const
export type PlaceName = (typeof places)[number]

/** What there is to be asked for at a place. */
export interface Place {
  name: PlaceName
  organization: BuiltOrganization
  /** A party group below the organisation. */
  group: BuiltOrganization
  person: BuiltPerson
  account: BuiltAccount
  /** Somebody there who can be given a task. */
  colleague: BuiltAccount
  batchId: string
  /** What papers of the person are called. */
  paper: string
  /** Text about the person that must reach nobody but who may read the file. */
  personal: readonly string[]
  /** Text of the organisation that must reach nobody but its officers. */
  internal: readonly string[]
  /** What its notices are called. */
  notice: string
  /** What its discussions are called. */
  topic: string
}

/** A notice that somebody else has written at a place. One that was sent has gone to the person of the place. */
export interface NoticeAt {
  state: 'draft' | 'sent'
  kind?: NoticeKind
  /** Who sent it: the publicity department unless told otherwise. */
  sender?: Exclude<Role, 'nobody'>
  /** The activity from which a draft was begun. */
  activityId?: string
}

/** A certificate of the person at a place; one whose paper could not be made. */
export interface CertificateAt {
  hasFailed?: boolean
  personId?: string
  source?: { module: string; id: string }
}

/** How far a lecture has gone, and whether whoever asks has asked its question. */
export interface LectureAt {
  state?: 'announced' | 'open' | 'closed'
  isOwn?: boolean
  hasPoll?: boolean
}

/** Of a programme: whether it is announced, whether whoever asks is on its list, and the day of its session. */
export interface ProgrammeAt {
  state?: 'planned' | 'announced'
  isOn?: boolean
  on?: Day
}

/** Of the acceptance of a programme: how far it is, whether whoever asks takes part or assesses, and whether it has criteria. */
export interface AcceptanceAt {
  state?: 'open' | 'decided' | 'closed' | 'certified' | 'summarized'
  isOn?: boolean
  isAssessor?: boolean
  isBlank?: boolean
}

/** Such a programme with a reflection that was handed in, of whoever asks where told so. */
export interface ReflectionAt extends AcceptanceAt {
  isOwn?: boolean
  hasExam?: boolean
}

/** A set of questions at a place. */
export interface QuizAt {
  isDraft?: boolean
}

/** Files on their way into each module that takes them. */
const uploadTables = { archive: archiveUploads, media: mediaUploads, courseware: coursewareUploads }

/** Whether a piece of courseware is not published yet. */
export interface CoursewareAt {
  isDraft?: boolean
}

/** An examination at a place with a bank and one candidate: the person of the place, or whoever asks. */
export interface ExamAt {
  isDraft?: boolean
  isOwn?: boolean
  attempt?: 'open' | 'handedIn'
  isArranged?: boolean
  isConfirmed?: boolean
  hasImport?: boolean
  hasPrint?: boolean
}

/** A talk of the person of a place, or of whoever asks, with the secretary of the branch: to come, or over with a record. */
export interface GuidanceAt {
  state?: 'free' | 'coming' | 'recorded'
  isOwn?: boolean
}

/** How far a room has gone, and whether whoever asks is in it. */
export interface RoomAt {
  phase?: 'gathering' | 'asking'
  isIn?: boolean
}

/** A topic at a place, with a reply. */
export interface TopicAt {
  kind?: TopicKind
  state?: SuggestionState
  /** Written by whoever asks. */
  isOwn?: boolean
  isProtected?: boolean
  hasPicture?: boolean
  isReported?: boolean
  isHidden?: boolean
  isAppealed?: boolean
  /** The publicity department has asked to open the identity; the organisation department has agreed. */
  opening?: 'asked' | 'agreed'
}

/** How far a call at a place has come: in `draft` its entry is one. */
export type CallAt = 'planned' | 'draft' | 'open' | 'closed' | 'reviewing' | 'decided'

/** A question that names its place. */
const roomQuestion = ({ topic }: { topic: string }) => ({
  ...{ kind: 'single' as const, text: topic, accepted: [], explanation: '', source: '党章第六条' },
  options: [
    { text: '是', isRight: true },
    { text: '不是', isRight: false },
  ],
})

/** What is handed to the helper. */
const handedFields = ['thoughtReport', 'phone'] as const

/** What is said of a place that the university adds to the filing list, but its name. */
export const ownPlace = {
  subject: 'person' as const,
  after: 'autobiography',
  from: 'prospectListing' as const,
  deliveredBy: 'person' as const,
  requirement: 'optional' as const,
  form: 'either' as const,
  contents: ['pdf' as const],
  several: true,
  sensitive: false,
  closedToPerson: false,
  retention: 'years10' as const,
  reason: '学校党委组织部要求',
}

/** Two universities in one database, every kind of record at each of four places, and everybody signed in. */
export async function rightsWorld() {
  const mails = await startSmtpServer()
  afterwards(() => mails.close())
  const outgoing = openOutgoing({
    mail: mails.settings,
    wecom: null,
    dingtalk: null,
    robots: [],
    officialAccount: null,
  })
  const it = await testApp({}, { outgoing })
  const { build, database } = it
  const foreign = await smallUniversity(database)
  const builds: Record<PlaceName, SmallUniversity> = { branch: build, sibling: build, distant: build, foreign }

  const at: Record<PlaceName, Place> = {
    branch: await furnish('branch', build.branch, { ...build.wang, account: it.accounts.applicant }),
    sibling: await furnish('sibling', build.sibling),
    distant: await furnish('distant', build.distant),
    foreign: await furnish('foreign', foreign.branch),
  }

  async function furnish(
    name: PlaceName,
    organization: BuiltOrganization,
    known?: BuiltPerson & { account: BuiltAccount },
  ): Promise<Place> {
    const number = places.indexOf(name) + 1
    const own = builds[name]
    const person =
      known ?? (await own.person(organization, { name: `沈星${number}`, studentNumber: `20239900${number}` }))
    const phone = `1390000800${number}`
    const idNumber = identityNumber('2003-05-11', 700 + number)
    const fields = { phone, idNumber, details: { 备注: `内情${number}号` } }
    const talk = { tenantId: own.tenantId, personId: person.id, path: person.path, recordedBy: newId() }
    await own.look(async (db) => {
      await db
        .update(persons)
        .set(columnsOf(encryption, person.id, { set: fields, clear: [] }))
        .where(eq(persons.id, person.id))
      await db.insert(developmentActs).values([
        { ...talk, id: newId(), kind: 'application', on: '2025-03-03', details: {} },
        { ...talk, id: newId(), kind: 'applicantTalk', on: '2025-03-20', details: { reason: `谈话${number}号` } },
      ])
      await restate({ db, tenantId: own.tenantId, today }, [person.id])
      await indexActsOf({ db, tenantId: own.tenantId }, [person.id])
    })
    const group = await own.organization(organization, { kind: 'partyGroup', name: `第${number}党小组` })
    const batchId = newId()
    await own.look(async (db) => {
      const batch = { tenantId: own.tenantId, path: organization.path }
      await db
        .insert(developmentBatches)
        .values({ ...batch, id: batchId, title: `批次${number}号`, createdBy: newId() })
      const entry = {
        personId: person.id,
        name: person.name,
        studentNumber: null,
        organization: organization.name,
        stage: null,
      }
      await db.insert(developmentBatchRuns).values({
        ...batch,
        batchId,
        number: 1,
        ranOn: today,
        ranBy: newId(),
        entries: [{ ...entry, findings: [], missing: [], papers: [], due: [] }],
      })
    })
    return {
      name,
      organization,
      group,
      person,
      account: known?.account ?? (await accountOf(own, { person, name: person.name })),
      colleague: await accountOf(own, { person: await own.person(organization, { name: '协助者' }), name: '协助者' }),
      batchId,
      paper: `材料${number}号`,
      personal: [
        person.name,
        `材料${number}号`,
        `内情${number}号`,
        `谈话${number}号`,
        phone,
        maskPhone(phone),
        idNumber,
        maskIdentityNumber(idNumber),
      ],
      internal: [`批次${number}号`, `事由${number}号`],
      notice: `通知${number}号`,
      topic: `话题${number}号`,
    }
  }

  /** An account at one of the universities. */
  async function accountOf(
    own: SmallUniversity,
    given: { name: string; person?: BuiltPerson; administrator?: AdministratorRole },
  ): Promise<BuiltAccount> {
    const { person, administrator = null, name } = given
    const row = { id: newId(), userId: newId() }
    const userName = `u${row.userId.slice(-12)}`
    await database.app.insert(signInUsers).values({
      id: row.userId,
      name,
      email: userName,
      username: userName,
      twoFactorEnabled: true,
    })
    const { tenantId } = own
    await own.look((db) =>
      db.insert(accounts).values({ ...row, tenantId, personId: person?.id ?? null, name, administrator }),
    )
    return { ...row, userName }
  }

  const picture = await pictureOf('#ffffff')
  let sealCount = 0
  let articleCount = 0
  const stored = async (bytes: Uint8Array) =>
    (await it.contents.store.put(inOneGo(bytes), { maxBytes: bytes.length })).id

  const givers: Record<PlaceName, string> = {
    branch: it.accounts.secretary.id,
    sibling: it.accounts.siblingSecretary.id,
    distant: it.accounts.otherOrganiser.id,
    foreign: newId(),
  }

  async function delegationAt(place: Place, helper: BuiltAccount, purpose: string, isOver = false): Promise<string> {
    const { tenantId } = builds[place.name]
    const id = newId()
    const until: Day = isOver ? '2026-06-30' : '2027-03-01'
    const task = { from: '2026-01-01', fields: [...handedFields] } as const
    await builds[place.name].look(async (db) => {
      await db.insert(delegations).values({
        tenantId,
        id,
        path: place.organization.path,
        giverAccountId: givers[place.name],
        helperAccountId: helper.id,
        purpose,
        ...task,
        fields: [...task.fields],
        until,
      })
      const covered = { tenantId, delegationId: id, personId: place.person.id, helperAccountId: helper.id, until }
      await db.insert(delegationPersons).values(covered)
    })
    return id
  }

  const student = await accountOf(build, { person: await build.person(build.branch, { name: '何初' }), name: '何初' })
  const helper = await accountOf(build, { person: await build.person(build.branch, { name: '韩帮' }), name: '韩帮' })
  const former = await accountOf(build, { person: await build.person(build.branch, { name: '尤前' }), name: '尤前' })
  await delegationAt(at.branch, helper, '协助录入')
  await delegationAt(at.branch, former, '协助录入', true)
  const foreigner = await accountOf(foreign, { person: foreign.li, name: foreign.li.name })
  await foreign.office(foreign.li, foreign.university, 'orgDepartment')

  const {
    secretary,
    siblingSecretary,
    organiser,
    otherOrganiser,
    department,
    partySchool,
    publicity,
    applicant,
    sysadmin,
    secadmin,
    auditor,
  } = it.accounts
  const accountsOf: Record<Exclude<Role, 'nobody'>, BuiltAccount> = {
    foreigner,
    applicant,
    student,
    secretary,
    sibling: siblingSecretary,
    organiser,
    otherOrganiser,
    department,
    partySchool,
    publicity,
    helper,
    formerHelper: former,
    sysadmin,
    secadmin,
    auditor,
  }

  /** The person behind a role; somebody else where there is none. Looks by itself, so never within a look: as many as there are connections would wait for one another. */
  async function personOf(role: Role): Promise<string> {
    if (role === 'nobody') return newId()
    const own = role === 'foreigner' ? foreign : build
    const [account] = await own.look((db) => db.select().from(accounts).where(eq(accounts.id, accountsOf[role].id)))
    return account?.personId ?? newId()
  }

  const openers = [
    { organizationId: build.university.id, office: 'orgDepartment' },
    { organizationId: build.university.id, office: 'publicityDepartment' },
  ] as const
  const discussionSettings = {
    suggestionDays: 10,
    complaintDays: 7,
    remindBeforeDays: 2,
    remindAfterEveryDays: 3,
    openingDays: 5,
  }
  await build.look((db) =>
    db.insert(discussionSettingsChanges).values({
      ...{ tenantId: build.tenantId, revision: 1, setBy: newId() },
      settings: { ...discussionSettings, openers: [...openers] },
    }),
  )

  return {
    ...it,
    at,
    builds,
    accountsOf,
    signedInAs: (role: Role) => (role === 'nobody' ? it.browser() : it.signedIn(accountsOf[role])),
    /** Makes of one kind of record a new one at a place, for a request that uses it up. */
    fresh: {
      /** A code by which the person of a role proves an address. */
      codeOfAddress: async (role: Role): Promise<string> => {
        const { look, tenantId } = builds.branch
        const code = '135790'
        const accountId = role === 'nobody' ? newId() : accountsOf[role].id
        const [account] = await look((db) =>
          db
            .select()
            .from(accounts)
            .where(and(eq(accounts.tenantId, tenantId), eq(accounts.id, accountId))),
        )
        const personId = account?.personId
        if (!personId) return code
        const row = {
          ...{ tenantId, personId, choices: { email: 'atOnce', wecom: 'atOnce', dingtalk: 'atOnce' } as const },
          newEmailSealed: encryption.sealField('li@example.edu.cn', `notice_preferences.new_email:${personId}`),
          newEmailMask: 'l***@example.edu.cn',
          codeHash: encryption.keyedHash(`notices.code:${personId}:${code}`),
          codeExpiresAt: new Date(Date.now() + 60_000),
        }
        const target = [noticePreferences.tenantId, noticePreferences.personId]
        await look((db) => db.insert(noticePreferences).values(row).onConflictDoUpdate({ target, set: row }))
        return code
      },
      /** An address of a calendar of the account of a role; of nobody's where the role has none. */
      calendar: async (role: Role): Promise<string> => {
        const { look, tenantId } = builds.branch
        const id = newId()
        const accountId = role === 'nobody' ? newId() : accountsOf[role].id
        await look((db) => db.insert(calendarFeeds).values({ tenantId, id, accountId, secretHash: id }))
        return id
      },
      person: (place: Place) => {
        const id = newId()
        const number = `n${id.slice(-12)}`
        return builds[place.name].person(place.organization, { id, name: '新来者', studentNumber: number })
      },
      organization: (place: Place) =>
        builds[place.name].organization(place.organization, { kind: 'partyGroup', name: `组${newId().slice(-12)}` }),
      account: async (place: Place, administrator?: AdministratorRole) =>
        accountOf(builds[place.name], {
          name: '新账号',
          ...(administrator
            ? { administrator }
            : { person: await builds[place.name].person(place.organization, { name: '新账号' }) }),
        }),
      delegation: (place: Place) => delegationAt(place, place.colleague, place.internal[1] ?? ''),
      async act(place: Place): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const { id: personId, path } = place.person
        const id = newId()
        const act = { kind: 'thoughtReport' as const, on: '2026-03-02' as const, details: {} }
        await look((db) =>
          db.insert(developmentActs).values({ tenantId, id, personId, path, recordedBy: newId(), ...act }),
        )
        return id
      },
      office: async (place: Place) =>
        builds[place.name].office(
          await builds[place.name].person(place.organization, { name: '任职者' }),
          place.organization,
          'orgMember',
        ),
      async term(place: Place): Promise<{ organizationId: string; termId: string }> {
        const { tenantId, look, organization, college, other } = builds[place.name]
        const { id: organizationId, path } = await organization(place.name === 'distant' ? other : college, {
          kind: 'branch',
          name: `支部${newId().slice(-12)}`,
        })
        const termId = newId()
        const term = { from: '2024-01-01', until: '2026-12-31' } as const
        await look((db) => db.insert(terms).values({ tenantId, id: termId, organizationId, path, ...term }))
        return { organizationId, termId }
      },
      /** A Word template of the university. */
      async template(place: Place): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const id = newId()
        const content = Buffer.from('Word')
        await look(async (db) => {
          await db.insert(formTemplates).values({ tenantId, id, title: '谈话表', scope: 'person' })
          await db.insert(formTemplateVersions).values({
            ...{ tenantId, templateId: id, number: 1, fileName: 'a.docx', content, size: content.length },
            ...{ fields: [], uploadedBy: newId(), uploadedByName: '上传者' },
          })
        })
        return id
      },
      /** A list on its way in, with a row about the person of the place that is left out. */
      async import(place: Place, { isCommitted = false, isUndone = false } = {}): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const id = newId()
        const columns = [
          { letter: 'A', index: 0, header: '姓名', field: 'name' },
          { letter: 'B', index: 1, header: '学号', field: 'studentNumber' },
        ]
        const bytes = Buffer.from(`姓名,学号\n${place.person.name},2099000${id.slice(-4)}\n`)
        await look(async (db) => {
          await db.insert(imports).values({
            tenantId,
            id,
            path,
            organizationId,
            fileName: `${place.internal[0]}.csv`,
            fileHash: id,
            fileBytes: bytes.length,
            sheets: [{ name: 'CSV', hidden: false, lineCount: 2, recognisedColumnCount: 2 }],
            layout: { sheet: 'CSV', headerRow: 1, columns, fingerprint: id },
            rowsDone: 1,
            rowsTotal: 1,
            createdBy: newId(),
            createdByName: '导入者',
            previewedAt: it.clock.at,
            ...(isCommitted ? { committedAt: it.clock.at } : {}),
            ...(isUndone ? { undoneAt: it.clock.at } : {}),
          })
          await keepFile({ db, tenantId, encryption }, { id, path }, bytes)
          const cells = JSON.stringify({ A: place.person.name })
          await keepCells({ db, tenantId, encryption }, { id, path }, [{ row: 2, cells }])
          await db.insert(importRows).values({
            tenantId,
            importId: id,
            row: 2,
            path,
            name: place.person.name,
            effect: 'skipped',
            decided: 'skip',
            errorCount: 0,
            noteCount: 0,
            problems: [],
            findings: [],
            fieldChanges: [],
            actChanges: [],
          })
        })
        return id
      },
      /** A paper of the person of the place, with a picture for its content. */
      async document(place: Place, { isWithdrawn = false, lines = [] as string[] } = {}): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const { id: personId, path } = place.person
        const id = newId()
        const bytes = lines.length > 0 ? await pictureOf(`#${id.slice(-6)}`) : picture
        const row = {
          ...{ tenantId, id, personId, organizationId: place.organization.id, path },
          ...{ place: 'thoughtReport', title: place.paper, nature: 'original' as const },
          ...{
            contentId: await stored(bytes),
            fileName: `${place.paper}.png`,
            filedBy: newId(),
            filedByName: '归档者',
          },
        }
        await look(async (db) => {
          await db
            .insert(archiveContents)
            .values({
              ...{ tenantId, id: row.contentId, sizeBytes: bytes.length, mediaType: 'image/png', extension: 'png' },
              ...{ kind: 'picture', pageCount: 1, isScanned: false },
            })
            .onConflictDoNothing()
          if (lines.length > 0) {
            const box = { x: 0.1, y: 0.1, width: 0.5, height: 0.1 }
            const read = lines.map((text) => ({ text, box, isSure: true }))
            const page = { page: 1, source: 'recognised', lines: read, failure: null } as const
            await keepText({ db, tenantId, encryption }, row.contentId, page)
          }
          await db.insert(archiveDocuments).values(row)
          if (isWithdrawn)
            await db.insert(archiveDocuments).values({ ...row, id: newId(), supersedes: id, isWithdrawal: true })
        })
        return id
      },
      /** A paper with a day below its title, which somebody has decided not to take as the day of the paper. */
      async leftFact(place: Place): Promise<{ id: string; fact: string }> {
        const id = await this.document(place, { lines: ['思想汇报', '2026年3月2日'] })
        const { tenantId, look } = builds[place.name]
        const { id: personId, path } = place.person
        await look(async (db) => {
          const [document] = await db.select().from(archiveDocuments).where(eq(archiveDocuments.id, id))
          await db.insert(developmentFactDecisions).values({
            ...{ tenantId, id: newId(), personId, path, documentId: id, contentId: document?.contentId ?? '' },
            ...{ fact: 'documentOn', valueHash: encryption.keyedHash('fact:2026-03-02') },
            ...{ leftBy: newId(), leftByName: '归档者' },
          })
        })
        return { id, fact: 'documentOn' }
      },
      /** The file of the person of the place, closed with one paper in it. */
      async seal(place: Place): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const { id: personId, path, name } = place.person
        const contentId = await stored(picture)
        const id = newId()
        const number = `档${id.slice(-12)}`
        const file = exampleFile()
        const [first] = file.items
        if (!first) throw new Error('the example has an item')
        const content = { ...first.content, contentId, bytes: picture.length, mediaType: 'image/png' }
        const metadata = writeSealedFile({
          ...file,
          number,
          title: name,
          items: [{ ...first, title: place.paper, content: { ...content, sha256: contentId.slice('sha256-'.length) } }],
        })
        await look((db) =>
          db.insert(archiveSeals).values({
            ...{ tenantId, id, personId, organizationId: place.organization.id, path, number, version: ++sealCount },
            ...{ metadata, sha256: digestOfMetadata(metadata), itemCount: 1, pageCount: 1, factCount: 0 },
            report: { moment: 'filing', checks: [] },
            ...{ sealedBy: newId(), sealedByName: '封存者', sealedAt: it.clock.at },
          }),
        )
        return id
      },
      /** A hand-over by somebody else: of the person of the place to a unit outside, or of a newcomer of the university to the place. */
      async handover(place: Place, side: 'sent' | 'received', { isClosed = false } = {}): Promise<string> {
        const { tenantId, look, university } = builds[place.name]
        const { organization } = place
        const id = newId()
        const [from, to] = side === 'sent' ? [organization, null] : [university, organization]
        const person = side === 'sent' ? place.person : await builds[place.name].person(university, { name: '将来者' })
        const ended = isClosed ? { outcome: 'accepted' as const, closedAt: it.clock.at } : {}
        const both = {
          ...{ tenantId, path: from.path, toPath: to?.path ?? null, toOrganizationId: to?.id ?? null },
          ...{ outsideUnit: to ? null : '人才中心', fromOrganizationId: from.id, sentAt: it.clock.at, ...ended },
        }
        const file = { items: [], facts: [], seal: null, stage: null, clock: null, next: null, properties: null }
        await look(async (db) => {
          await db.insert(handovers).values({
            ...{
              ...both,
              id,
              kind: 'other' as const,
              note: side === 'sent' ? place.internal[1] : null,
              withPapers: true,
            },
            ...{
              year: 2026,
              serial: 100_000 + ++sealCount,
              sentBy: newId(),
              sentByName: '移交者',
              closedByName: '接收者',
            },
            receivedOn: isClosed ? today : null,
          })
          await db.insert(handoverFiles).values({
            ...{ ...both, handoverId: id, personId: isClosed || side === 'received' ? person.id : newId(), place: 0 },
            ...{ organizationId: from.id, name: person.name, file: { ...file, preChecks: [] }, exceptions: [] },
            number: '移〔2026〕1号',
          })
        })
        return id
      },
      async notice(
        place: Place,
        { state, kind = 'information', sender = 'publicity', activityId }: NoticeAt,
      ): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const id = newId()
        const group = { organizationIds: [organizationId], offices: [], stages: [] }
        const sent = {
          senderAccountId: place.name === 'foreign' ? newId() : accountsOf[sender].id,
          sentAt: it.clock.at,
        }
        await look(async (db) => {
          await db.insert(notices).values({
            ...{
              tenantId,
              id,
              organizationId,
              path,
              kind,
              title: place.notice,
              body: `请${place.notice}的收件人知悉。`,
            },
            ...{
              audience: { groups: [group], personIds: [], exceptIds: [] },
              dueOn: kind === 'task' ? '2026-12-31' : null,
            },
            ...(activityId !== undefined && { sourceKey: keyOf({ of: 'activity', id: activityId }) }),
            ...(state === 'sent' && { ...sent, senderName: '发送者', recipientCount: 1, deliveredAt: it.clock.at }),
          })
          if (state === 'sent')
            await db.insert(noticeDeliveries).values({ tenantId, noticeId: id, personId: place.person.id, ...sent })
        })
        return id
      },
      /** What a receiver sends who has compared the files of a hand-over and found them as listed. */
      async comparison(place: Place, handoverId: string) {
        const rows = await builds[place.name].look((db) =>
          db.select().from(handoverFiles).where(eq(handoverFiles.handoverId, handoverId)),
        )
        const seen = rows.flatMap((row) => [row.personId, row.organizationId]).join(' ')
        return {
          seen: createHash('sha256').update(seen).digest('hex'),
          ...{ on: today, compared: rows.map(({ personId }) => ({ personId, exceptions: [] })) },
        }
      },
      /** A place that the university has added to the filing list. */
      async ownPlace(): Promise<string> {
        const { tenantId, look, actors, as } = builds.branch
        const { adjustment } = (await as(actors.department, readFilingList)).view
        const { reason, ...said } = ownPlace
        const code = `ownRights${adjustment.added.length}`
        const added = [...adjustment.added, { ...said, code, label: `材料${newId()}` }]
        await look((db) =>
          db.insert(filingAdjustments).values({
            ...{ tenantId, from: new Date(), adjustment: { ...adjustment, added }, reason },
            ...{ setBy: newId(), setByName: '调整者' },
          }),
        )
        return code
      },
      /** A list of one paper that was drawn up by somebody else. */
      async disposal(place: Place): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const documentId = await this.document(place, { isWithdrawn: true })
        const id = newId()
        await look(async (db) => {
          await db.insert(archiveDisposals).values({
            ...{ tenantId, id, organizationId, path, reason: place.internal[1] ?? '' },
            ...{ proposedBy: newId(), proposedByName: '编制者' },
          })
          await db.insert(archiveDisposalDocuments).values({ tenantId, disposalId: id, documentId, path })
        })
        return id
      },
      /** A package of the closed file of an invented person or organisation, of a number of its own, that has come whole. */
      async package(role: Role, kind: 'person' | 'organization' = 'person'): Promise<string> {
        const paper = { place: '入党申请书', title: '入党申请书', bytes: picture }
        const { subject } = exampleFile()
        const { bytes } = await packageOf([paper], {
          number: `包${newId().slice(-12)}`,
          subject: { ...subject, kind },
        })
        const { id: accountId } = accountsOf[role === 'nobody' ? 'secretary' : role]
        const { tenantId, look } = role === 'foreigner' ? foreign : build
        const id = await it.contents.uploads.begin()
        const row = { tenantId, id, accountId, fileName: '档案包.zip', sizeBytes: bytes.length }
        await look((db) => db.insert(archiveUploads).values(row))
        await it.contents.uploads.append(id, 0, inOneGo(bytes), { maxBytes: bytes.length })
        return id
      },
      /** A package that was taken over into the file of the person of the place, or of the organisation itself. */
      async reception(place: Place, { isOfOrganization = false } = {}): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const id = newId()
        const personId = isOfOrganization ? null : place.person.id
        const title = isOfOrganization ? (place.internal[1] ?? '') : place.paper
        const metadata = writeSealedFile(exampleFile({ number: `收${id.slice(-12)}`, title }))
        await look((db) =>
          db.insert(archiveReceptions).values({
            ...{ tenantId, id, personId, organizationId: place.organization.id },
            ...{ path: place.person.path, number: `收${id.slice(-12)}`, version: 1, title },
            ...{ sender: '工程学院党委', sealedByName: '封存者', sealedAt: it.clock.at },
            ...{
              metadata,
              sha256: digestOfMetadata(metadata),
              tagManifestSha256: '',
              packageSha256: '',
              items: [],
              facts: [],
            },
            ...{ receipt: writeReceipt(exampleReceipt({ title })) },
            ...{ acceptedBy: newId(), acceptedByName: '接收者', acceptedAt: it.clock.at },
          }),
        )
        return id
      },
      /** A stack of three pictures in two parts of the person of the place; nothing is read of one to which files are added. */
      async stack(place: Place, { isAdding = false, isDropped = false } = {}) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const id = newId()
        const colour = newId().slice(-6)
        const bytes = await pictureOf(`#${colour}`)
        const contentId = await stored(bytes)
        const at = it.clock.at
        const fileIds = [newId(), newId(), newId()] as const
        const inStack = { tenantId, stackId: id, path }
        const partOf = (position: number, pages: number[]) => ({
          ...{ ...inStack, id: newId(), position, pages, leftOut: [], ownerPersonId: place.person.id },
          ...{ place: 'thoughtReport', title: place.paper, nature: 'original' as const, basis: 'code' as const },
          ...{ words: { person: [place.person.name], place: [], on: [] } },
          state: isDropped ? ('dropped' as const) : ('proposed' as const),
        })
        const [part, other] = [partOf(1, [1, 2]), partOf(3, [3])]
        await look(async (db) => {
          await db.insert(digitizationStacks).values({
            ...{ tenantId, id, organizationId, path, name: place.internal[1] ?? '', source: 'page' },
            ...{ begunByName: '整理者', begunAt: at, addedAt: isAdding ? null : at, readAt: isAdding ? null : at },
            splitAt: isAdding ? null : at,
          })
          await db
            .insert(archiveContents)
            .values({
              ...{ tenantId, id: contentId, sizeBytes: bytes.length, mediaType: 'image/png', extension: 'png' },
              ...{ kind: 'picture', pageCount: 1, isScanned: false },
            })
            .onConflictDoNothing()
          for (const [at, fileId] of fileIds.entries()) {
            const number = at + 1
            const file = { contentId, fileName: `${place.paper}.png`, mediaType: 'image/png', pageCount: 1 }
            await db.insert(digitizationFiles).values({ ...inStack, ...file, id: fileId, position: number })
            const page = { number, fileId, contentId, page: 1, readAt: isAdding ? null : it.clock.at }
            await db.insert(digitizationPages).values({ ...inStack, ...page })
          }
          if (!isAdding) await db.insert(digitizationParts).values([part, other])
        })
        const [fileId] = fileIds
        return { id, fileId, part: { id: part.id, revision: 1 }, other: { id: other.id, revision: 1 } }
      },
      /** A file on its way in: nothing of it yet, or a picture of its own that has come whole. */
      async upload(
        role: Role,
        { isWhole = false, table = 'archive' }: { isWhole?: boolean; table?: keyof typeof uploadTables } = {},
      ): Promise<string> {
        const bytes = isWhole ? await pictureOf(`#${newId().slice(-6)}`) : null
        const { id: accountId } = accountsOf[role === 'nobody' ? 'secretary' : role]
        const { tenantId, look } = role === 'foreigner' ? foreign : build
        const id = await it.contents.uploads.begin()
        const row = { tenantId, id, accountId, fileName: '扫描件.png', sizeBytes: bytes?.length ?? 3 }
        await look((db) => db.insert(uploadTables[table]).values(row))
        if (bytes) await it.contents.uploads.append(id, 0, inOneGo(bytes), { maxBytes: bytes.length })
        return id
      },
      /** A picture that the person of a place has brought in, or a sound with words to it. */
      async media(place: Place, { isSound = false } = {}): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const id = newId()
        const { id: organizationId, path } = place.organization
        const contentId = await stored(picture)
        if (isSound)
          await look((db) => db.insert(mediaTexts).values({ tenantId, mediaId: id, kind: 'captions', vtt: 'WEBVTT\n' }))
        await look((db) =>
          db.insert(mediaItems).values({
            ...{ tenantId, id, organizationId, path, contentId, sizeBytes: picture.length },
            ...{
              uploaderAccountId: place.account.id,
              uploaderName: place.person.name,
              kind: isSound ? 'sound' : 'picture',
            },
            ...{ mediaType: 'image/png', extension: 'png', width: 40, height: 40, fileName: '合影.png' },
            ...{ altText: '', credit: '', showsPersons: 'unknown' },
          }),
        )
        return id
      },
      /** A column of the site. */
      async section(place: Place): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const id = newId()
        const slug = `s${id.slice(-12)}`
        await look((db) =>
          db.insert(siteSections).values({ tenantId, id, slug, name: '支部动态', about: '', position: 1 }),
        )
        return id
      },
      /** An article that the person of a place has written, as its first version has it. */
      async article(place: Place, state: ArticleState = 'writing'): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const id = newId()
        const { id: organizationId, path } = place.organization
        const sectionId = await this.section(place)
        const by = { accountId: place.account.id, name: place.person.name }
        const at = new Date('2026-11-20T02:00:00Z')
        const isSubmitted = ['inReview', 'approved', 'scheduled'].includes(state)
        const facts = {
          ...(isSubmitted && { submittedVersion: 1, submittedAt: at }),
          ...(isSubmitted && state !== 'inReview' && { approvedAt: at }),
          ...(state === 'scheduled' && { scheduledFor: new Date('2027-01-01T02:00:00Z'), scheduledByName: by.name }),
          ...(state === 'published' && { number: 10_000 + ++articleCount, publishedAt: at, publishedVersion: 1 }),
        }
        await look(async (db) => {
          await db.insert(articles).values({
            ...{
              tenantId,
              id,
              organizationId,
              path,
              sectionId,
              isOpen: false,
              text: articleText,
              title: articleText.title,
            },
            ...{ authorAccountId: by.accountId, authorName: by.name, createdAt: at, editedAt: at },
            ...{ editedByAccountId: by.accountId, editedByName: by.name, ...facts },
          })
          await db.insert(articleVersions).values({
            ...{ tenantId, articleId: id, version: 1, path, text: articleText, occasion: 'kept' },
            ...{ savedByAccountId: by.accountId, savedByName: by.name },
          })
        })
        return id
      },
      /** A remark on such an article, as its address goes on. */
      async remark(place: Place): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const [id, articleId] = [newId(), await this.article(place)]
        const { path } = place.organization
        const by = { writtenByAccountId: place.account.id, writtenByName: place.person.name }
        const row = { tenantId, id, articleId, path, quote: '校史馆', block: 0, body: '请核对名称', ...by }
        await look((db) => db.insert(articleRemarks).values(row))
        return `${articleId}/remarks/${id}`
      },
      /** A picture that is used in such an article, as its address goes on. */
      async articleMedium(place: Place): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const [mediaId, ownerId] = [await this.media(place), await this.article(place)]
        await look((db) => db.insert(mediaUses).values({ tenantId, mediaId, module: 'publicity', ownerId }))
        return `${ownerId}/media/${mediaId}`
      },
      /** An activity of a place for whose kit, record and pictures can be asked. */
      async activity(place: Place, state: 'planned' | 'announced' | 'recorded' = 'announced') {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const [id, dayId, kitId, mediaId] = [newId(), newId(), newId(), await this.media(place)]
        const signedUpId = newId()
        const plan = { aim: '', steps: [{ minutes: 10, what: place.topic }], materials: [], noticeText: '' }
        const at = it.clock.at
        const isRecorded = state === 'recorded'
        await look(async (db) => {
          await db.insert(activities).values({
            ...{ tenantId, id, organizationId, path, kind: 'other', title: place.topic, summary: '', plan },
            ...{ fromOn: isRecorded ? today : '2027-01-01', place: '', link: '', speaker: '', aboutSpeaker: '' },
            ...{ attachments: [], signUp: { capacity: null, untilOn: null }, folded: place.topic, createdBy: '某同志' },
            ...(state !== 'planned' && { announcedAt: at, announcedBy: '某同志' }),
            ...(isRecorded && {
              record: { happened: `${place.topic} ${id}`, headcount: null, summary: '', pictureIds: [] },
              ...{ recordedAt: at, recordedBy: '某同志' },
            }),
          })
          const by = { tenantId, organizationId, path }
          await db.insert(activityDays).values({ ...by, id: dayId, name: place.topic, monthDay: '05-20', sentence: '' })
          await db.insert(activityKits).values({
            ...by,
            id: kitId,
            activityId: id,
            title: '可以照着办',
            kind: 'other',
            plan: { ...plan, steps: [] },
            offeredBy: '某同志',
          })
          await db.insert(mediaUses).values({ tenantId, mediaId, module: 'activities', ownerId: id })
          await db.insert(activitySignUps).values({ tenantId, activityId: id, personId: signedUpId, path, seq: 1 })
        })
        return { id, dayId, kitId, mediaId, signedUpId }
      },
      /** What a place came to in a month. */
      async reportMonth({ name, organization: { path } }: Place, month: Month) {
        const { tenantId, look } = builds[name]
        const row = { tenantId, path, month, stage: 'full', on: `${month}-28`, count: 3 } as const
        await look((db) => db.insert(reportMonths).values(row).onConflictDoNothing())
      },
      /** A table of a place that goes upward, and one that went. */
      async reportSchedule({ name, organization }: Place) {
        const { tenantId, look } = builds[name]
        const [id, sendingId] = [newId(), newId()]
        const { id: organizationId, path } = organization
        await look(async (db) => {
          await db.insert(reportSchedules).values({
            ...{ tenantId, id, organizationId, path, title: '月报', cards: ['stages'], every: 'month', dayOfMonth: 5 },
            recipients: [{ organizationId, office: 'secretary' }],
            ...{ ownerAccountId: newId(), ownerPersonId: newId(), ownerName: '某同志', afterOn: today },
            endedAt: null,
          })
          await db.insert(reportSendings).values({
            ...{ tenantId, id: sendingId, scheduleId: id, path, title: '月报', dueOn: today, sentOn: today, cards: [] },
          })
        })
        return { id, sendingId }
      },
      /** A programme of a place with a session today that has material, somebody on its list, and a request that waits; whoever asks is on the list, too, where told so. */
      async programme(place: Place, { state = 'announced', isOn = false, on = today }: ProgrammeAt, role: Role) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const [id, sessionId, requestId, participantId] = [newId(), newId(), newId(), newId()]
        const mediaId = await this.media(place)
        const persons = [participantId, ...(isOn ? [await personOf(role)] : [])]
        await look(async (db) => {
          await db.insert(trainingProgrammes).values({
            ...{ tenantId, id, organizationId, path, title: place.topic, audience: 'others', year: 2027, term: 'year' },
            ...{ summary: '', admission: { byNomination: true, bySignUp: true, untilOn: '2027-12-31' }, stages: [] },
            ...{ folded: place.topic, createdBy: '某同志', lastSeq: 2 },
            ...(state === 'announced' && { announcedAt: it.clock.at, announcedBy: '某同志' }),
          })
          await db.insert(trainingSessions).values({
            ...{ tenantId, id: sessionId, programmeId: id, path, title: place.topic, on, hours: 2 },
            ...{ category: 'theory', form: 'partyLecture', lecturers: [], place: '', link: '' },
            materials: [{ kind: 'medium', mediaId, label: '' }],
          })
          await db.insert(mediaUses).values({ tenantId, mediaId, module: 'training', ownerId: sessionId })
          const enrolled = { tenantId, programmeId: id, path, source: 'list', enrolledBy: '某同志' } as const
          await db
            .insert(trainingParticipants)
            .values(persons.map((personId, at) => ({ ...enrolled, personId, seq: at + 1, note: place.topic })))
          const of = { tenantId, id: requestId, sessionId, personId: participantId, path }
          await db.insert(trainingRequests).values({ ...of, kind: 'leave', leaveKind: 'sick', text: place.topic })
        })
        return { id, sessionId, requestId, participantId, mediaId }
      },
      /** A programme of a place that is over, with what somebody has handed in; whoever asks takes part and has written, or assesses, where told so. */
      async acceptance(place: Place, at: AcceptanceAt, role: Role) {
        const { state = 'open', isOn = false, isAssessor = false, isBlank = false } = at
        const { tenantId, look, person } = builds[place.name]
        const { path } = place.organization
        const made = await this.programme(place, { isOn, on: '2026-11-02' }, role)
        const participant = await person(place.organization, { name: '某学员' })
        const of = { tenantId, programmeId: made.id, path }
        const levels = ['未达到', '达到'].map((name) => ({ name, words: name }))
        const self = { levels: { c1: 1 }, notes: { c1: place.topic }, evidence: [], words: place.topic }
        const [roundId, who] = [newId(), await personOf(role)]
        await look(async (db) => {
          await db
            .insert(trainingParticipants)
            .values({ ...of, personId: participant.id, seq: 9, source: 'list', enrolledBy: '某同志' })
          const criteria = isBlank ? [] : [{ key: 'c1', name: '理论学习', levels }]
          await db.insert(trainingRubrics).values({ ...of, criteria, changedBy: '某同志' })
          const handedInAt = isBlank ? null : it.clock.at
          const handedIn = { ...of, id: roundId, personId: participant.id, number: 1, self, handedInAt }
          const own = { ...of, id: newId(), personId: who, number: 1, self }
          await db.insert(trainingRounds).values([handedIn, ...(isOn ? [own] : [])])
          if (isAssessor) await db.insert(trainingAssessors).values({ ...of, personId: who, appointedBy: '某同志' })
          if (state === 'open') return
          await db
            .update(trainingSessions)
            .set({ recordedAt: it.clock.at })
            .where(eq(trainingSessions.programmeId, made.id))
          const decided = { ...of, number: 1, missing: '', comment: '', decidedOn: today, decidedBy: '某同志' }
          const on = [made.participantId, participant.id]
          await db
            .insert(trainingDecisions)
            .values(on.map((personId) => ({ ...decided, personId, decision: 'passed' as const })))
          if (state !== 'decided')
            await db
              .update(trainingProgrammes)
              .set({ audience: 'activists', closedAt: it.clock.at, closedBy: '某同志' })
              .where(eq(trainingProgrammes.id, made.id))
        })
        const text = {
          type: 'doc' as const,
          content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: place.topic }] }],
        }
        if (state === 'summarized')
          await look((db) => db.insert(trainingSummaries).values({ ...of, text, writtenBy: '某同志' }))
        if (state === 'certified')
          await this.certificate(place, { personId: participant.id, source: { module: 'training', id: made.id } })
        return { id: made.id, roundId, participantId: participant.id }
      },
      /** A reflection that was handed in in such a programme, by whoever asks where told so, with a remark and a passage that its author lets be shown; and an examination of the place. */
      async reflection(place: Place, { isOwn = false, hasExam = false, ...at }: ReflectionAt, role: Role) {
        const { tenantId, look } = builds[place.name]
        const { path } = place.organization
        const made = await this.acceptance(place, at, role)
        const examId = hasExam ? (await this.exam(place, {}, role)).examId : null
        const [promptId, reflectionId, remarkId, quotationId] = [newId(), newId(), newId(), newId()]
        const who = await personOf(role)
        const personId = isOwn ? who : made.participantId
        const quote = `${place.topic}，学了以后更清楚怎样做`
        const text = {
          type: 'doc' as const,
          content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: quote }] }],
        }
        const of = { tenantId, programmeId: made.id, path }
        await look(async (db) => {
          // Whoever stands on the list of a programme here is somebody, but for the first.
          await db
            .delete(trainingParticipants)
            .where(and(eq(trainingParticipants.programmeId, made.id), eq(trainingParticipants.seq, 1)))
          const prompts = [{ id: promptId, title: '学党章', about: '', hintCharacters: null }]
          await db.insert(trainingAssignments).values({ ...of, prompts, examId, changedBy: '某同志' })
          const reflection = { ...of, id: reflectionId, promptId, personId, text, versions: 1 }
          const draft = { ...of, id: newId(), promptId, personId: who, text }
          await db.insert(trainingReflections).values([reflection, ...(at.isOn && !isOwn ? [draft] : [])])
          await db
            .insert(trainingReflectionVersions)
            .values({ tenantId, path, reflectionId, personId, number: 1, text })
          await db.insert(trainingRemarks).values({
            ...{ tenantId, path, id: remarkId, reflectionId, personId, authorPersonId: newId(), version: 1, block: 0 },
            ...{ quote: '', text: place.topic, saidBy: '某同志' },
          })
          await db.insert(trainingQuotations).values({
            ...{ ...of, id: quotationId, reflectionId, personId, quote: place.topic, signature: '' },
            consentedOn: today,
          })
        })
        return { ...made, promptId, reflectionId, remarkId, quotationId, examId, quote }
      },
      /** An announced lecture of a place with a recording, whose live page is open where that is wanted, with a question that somebody has asked, or who asks, and a poll. */
      async lecture(place: Place, { state = 'open', isOwn = false, hasPoll = true }: LectureAt, role: Role) {
        const { tenantId, look } = builds[place.name]
        const { id: activityId } = await this.activity(place)
        const { path } = place.organization
        const [questionId, pollId] = [randomUUID(), newId()]
        const mediaId = await this.media(place, { isSound: true })
        const at = it.clock.at
        const of = { tenantId, activityId, path }
        const personId = isOwn ? await personOf(role) : newId()
        const asker = new Actor({ accountId: newId(), personId, name: '某同志' })
        const askerMark = markOf({ encryption, actor: asker }, 'question', questionId)
        await look(async (db) => {
          await db.update(activities).set({ kind: 'lecture' }).where(eq(activities.id, activityId))
          await db.update(mediaItems).set({ showsPersons: 'nobody' }).where(eq(mediaItems.id, mediaId))
          if (state !== 'announced')
            await db.insert(lectures).values({
              ...{ ...of, isModerated: false, openedAt: at, openedBy: '某同志', questionCount: 1 },
              ...(state === 'closed' && { closedAt: at, closedBy: '某同志' }),
            })
          const asked = {
            id: questionId,
            seq: 1,
            text: place.topic,
            askerMark,
            releasedAt: state === 'open' ? at : null,
          }
          await db.insert(lectureQuestions).values({ ...of, ...asked })
          const options = [place.topic, '没有意见']
          if (state === 'open' && hasPoll)
            await db.insert(lecturePolls).values({ ...of, id: pollId, question: place.topic, options, openedAt: at })
          await db.insert(lectureRecordings).values({ ...of, mediaId, mediaKind: 'sound', putBy: '某同志' })
          await db.insert(mediaUses).values({ tenantId, mediaId, module: 'lectures', ownerId: activityId })
          const said = { ...of, gained: place.topic, suggested: '' }
          await db.insert(lectureFeedback).values([1, 2, 3].map(() => ({ ...said, id: randomUUID() })))
        })
        return { activityId, questionId, pollId, mediaId }
      },
      /** A set of a place, published unless told otherwise, with two questions, of which whoever asks has answered one. */
      async quiz(place: Place, { isDraft = false }: QuizAt, role: Role) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const [quizId, questionId] = [newId(), newId()]
        const actor = new Actor({ accountId: newId(), personId: await personOf(role), name: '某同志' })
        const published = isDraft ? {} : { publishedAt: it.clock.at, publishedBy: '某同志' }
        await look(async (db) => {
          await db.insert(quizzes).values({
            ...{ tenantId, id: quizId, organizationId, path, title: place.topic, summary: '', createdBy: '某同志' },
            ...published,
          })
          const of = { tenantId, quizId, path }
          await db.insert(quizQuestions).values([
            { ...of, seq: 1, ...roomQuestion(place), id: questionId },
            { ...of, seq: 2, ...roomQuestion(place), id: newId() },
          ])
          await db.insert(quizAnswers).values({
            ...{ tenantId, quizId, questionId, mark: quizMarkOf({ encryption, actor }, 'alone', quizId) },
            ...{ answer: { choices: [0], text: '' }, isRight: true },
          })
        })
        return { quizId, questionId }
      },
      /** A piece of courseware of a place with a unit of each kind, published unless told otherwise. */
      async courseware(place: Place, { isDraft = false }: CoursewareAt = {}) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const ids = Array.from({ length: 6 }, () => newId())
        const [coursewareId = '', textId = '', soundId = '', pictureId = '', packageUnitId = '', packageId = ''] = ids
        const [soundMediaId, pictureMediaId] = [await this.media(place, { isSound: true }), await this.media(place)]
        const published = isDraft ? {} : { publishedAt: it.clock.at, publishedBy: '某同志' }
        await look(async (db) => {
          await db.insert(courseware).values({
            ...{ tenantId, id: coursewareId, organizationId, path, title: place.topic, summary: '' },
            ...{ createdBy: '某同志', ...published },
          })
          await db.insert(coursewarePackages).values({
            ...{ tenantId, id: packageId, fileName: '课件.zip', sizeBytes: 1, standard: '1.2', title: place.topic },
            scos: [
              {
                id: 'one',
                title: place.topic,
                depth: 0,
                href: 'index.html',
                search: '',
                launchData: '',
                masteryScore: '',
              },
            ],
          })
          const of = { tenantId, coursewareId, path, title: place.topic }
          const body: RichText = {
            type: 'doc',
            content: [{ type: 'paragraph', content: [{ type: 'text', text: place.topic }] }],
          }
          await db.insert(coursewareUnits).values([
            { ...of, id: textId, seq: 1, kind: 'text', body },
            { ...of, id: soundId, seq: 2, kind: 'film', mediaId: soundMediaId },
            { ...of, id: pictureId, seq: 3, kind: 'file', mediaId: pictureMediaId },
            { ...of, id: packageUnitId, seq: 4, kind: 'package', packageId },
          ])
          await db.insert(mediaUses).values(
            [soundMediaId, pictureMediaId].map((mediaId) => ({
              ...{ tenantId, mediaId, module: 'courseware', ownerId: coursewareId },
            })),
          )
        })
        return { coursewareId, textId, soundId, pictureId, packageUnitId, pictureMediaId }
      },
      async exam(place: Place, at: ExamAt, role: Role) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const [bankId, questionId, examId, attemptId, importId] = [newId(), newId(), newId(), newId(), newId()]
        const personId = at.isOwn ? await personOf(role) : place.person.id
        const title = at.isOwn ? '结业考试' : place.topic
        const question = roomQuestion({ topic: at.isOwn ? '结业考试的题目' : (place.internal[0] ?? '') })
        const hourMs = 3_600_000
        const moment = (hours: number) => new Date(it.clock.at.getTime() + hours * hourMs)
        const paper = [{ ...question, id: questionId, topic: '', worth: 10 }]
        const times = { opensAt: moment(-1), closesAt: moment(100) }
        const ofPerson = { tenantId, examId, personId }
        await look(async (db) => {
          await db
            .insert(examBanks)
            .values({ tenantId, id: bankId, organizationId, path, title, summary: '', createdBy: '某同志' })
          await db.insert(examQuestions).values({
            ...{ tenantId, id: questionId, lineId: questionId, bankId, path, seq: 1, topic: '', writtenBy: '某同志' },
            ...question,
          })
          await db.insert(exams).values({
            ...{ tenantId, id: examId, organizationId, path, title, summary: '', form: 'online', ...times },
            ...{ minutes: 60, attempts: 3, passAt: 5, explains: 'afterEach', createdBy: '某同志' },
            paper: {
              ...{ way: 'fixed', bankIds: [bankId], draws: [], questionIds: [questionId], isShuffled: false },
              worth: { single: 10, multiple: 10, judgement: 10, blank: 10 },
            },
            ...(at.isDraft ? {} : { publishedAt: it.clock.at, publishedBy: '某同志' }),
            ...(at.hasPrint && { print: paper }),
          })
          await db.insert(examCandidates).values({ ...ofPerson, addedBy: '某同志' })
          if (at.attempt)
            await db.insert(examAttempts).values({
              ...{ ...ofPerson, id: attemptId, number: 1, paper, total: 10, seat: attemptId },
              ...{ startedAt: moment(-1), endsAt: moment(99) },
              ...(at.attempt === 'handedIn' && { handedInAt: it.clock.at, handedInBy: 'person', earned: 10 }),
            })
          if (at.isArranged)
            await db.insert(examArrangements).values({
              ...{ ...ofPerson, moreMinutes: 30, isOnPaper: false, arrangedBy: '某同志' },
              reasonSealed: encryption.sealField('手腕受伤', `exam_arrangements.reason:${examId}:${personId}`),
            })
          const outcome = { earned: 10, total: 10, satOn: today }
          if (at.isConfirmed)
            await db.insert(examConfirmations).values({
              ...{ ...ofPerson, ...outcome, id: newId(), isPassed: true },
              ...{ confirmedAt: it.clock.at, confirmedBy: '某同志' },
            })
          if (at.hasImport) {
            await db.insert(examImports).values({
              ...{
                tenantId,
                id: importId,
                examId,
                fileName: '成绩.xlsx',
                satOn: today,
                count: 1,
                importedBy: '某同志',
              },
            })
            await db.insert(examPaperResults).values({ ...ofPerson, ...outcome, importId })
          }
        })
        return { bankId, questionId, examId, attemptId, importId, personId }
      },
      /** Somebody who can be asked to guide at a place. */
      async teacher(place: Place): Promise<string> {
        return (await builds[place.name].person(place.organization, { name: '某老师' })).id
      },
      /** Somebody who guides at a place, in the branch its secretary, with a time, and what was booked and agreed. */
      async guidance(place: Place, { state = 'coming', isOwn = false }: GuidanceAt, role: Role) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const mentorPersonId = place.name === 'branch' ? await personOf('secretary') : await this.teacher(place)
        const personId = isOwn ? await personOf(role) : place.person.id
        const [mentorId, timeId, otherTimeId, bookingId, stepId] = [newId(), newId(), newId(), newId(), newId()]
        const heldOn: Day = state === 'recorded' ? '2026-01-05' : '2027-03-01'
        const seal = encryption.sealField
        const said = isOwn ? '自己的事' : place.paper
        await look(async (db) => {
          // So that nobody has booked as often as anybody may.
          await db.delete(guidanceBookings).where(eq(guidanceBookings.personId, personId))
          await db.insert(guidanceMentors).values({
            ...{ tenantId, id: mentorId, organizationId, path, personId: mentorPersonId, guidesIn: place.topic },
            ...{ fromOn: '2026-01-01', appointedBy: '某同志' },
          })
          const time = { tenantId, mentorId, personId: mentorPersonId, path, seriesId: timeId, heldOn, link: '' }
          const held = { ...time, startMinute: 540, endMinute: 570, place: '活动室' }
          await db.insert(guidanceTimes).values([
            { ...held, id: timeId },
            { ...held, id: otherTimeId, startMinute: 600, endMinute: 630 },
          ])
          if (state === 'free') return
          const of = { tenantId, path, personId, mentorPersonId }
          const wishSealed = seal(said, sealedPlaces.wish(bookingId))
          await db.insert(guidanceBookings).values({ ...of, id: bookingId, timeId, mentorId, wishSealed })
          if (state === 'coming') return
          const text = JSON.stringify({ talked: said, steps: [] })
          const textSealed = seal(text, sealedPlaces.record(bookingId, 1))
          await db.insert(guidanceRecords).values({ ...of, bookingId, version: 1, textSealed, writtenBy: 'guided' })
          const whatSealed = seal(said, sealedPlaces.step(stepId))
          await db.insert(guidanceSteps).values({ ...of, id: stepId, bookingId, seq: 0, side: 'guided', whatSealed })
        })
        return { mentorId, timeId, otherTimeId, bookingId, stepId }
      },
      /** A certificate that was given to the person of a place by the organisation there. */
      async certificate(place: Place, { hasFailed = false, personId = place.person.id, source }: CertificateAt) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const [certificateId, batchId] = [newId(), newId()]
        const code = newCode()
        const facts = {
          ...{ title: '结业证书', programme: place.topic, fromOn: null, untilOn: null, hours: '', result: '' },
          ...{ signatoryOffice: '', signatoryName: '', name: place.person.name, issuer: organizationId },
          ...{ issuedOn: today, number: certificateId, replaces: null },
        }
        const bytes = pdfOf([{ lines: [certificateId] }])
        const contentId = hasFailed ? null : await stored(bytes)
        await look(async (db) => {
          await db.insert(certificates).values({
            ...{ tenantId, id: certificateId, organizationId, path, personId, batchId, year: 2020 },
            ...{ serial: randomInt(1_000_000_000), number: certificateId, facts, folded: certificateId },
            ...{ codeHash: encryption.keyedHash(hashedAs(code)), issuedOn: today, issuedBy: '某同志' },
            codeSealed: encryption.sealField(code, sealedAt(certificateId)),
            ...{ sourceModule: source?.module ?? 'certificates', sourceId: source?.id ?? batchId },
          })
          await db.insert(certificatePapers).values({
            ...{ tenantId, certificateId, path, personId, contentId },
            ...(hasFailed ? { problem: '缺字' } : { sizeBytes: bytes.length }),
          })
        })
        return { certificateId, batchId, code }
      },
      /** What `If-Match` must say to change how an organisation numbers its certificates. */
      async certificateSettingsRevision({ id }: BuiltOrganization): Promise<string> {
        const [row] = await build.look((db) =>
          db.select().from(certificateSettings).where(eq(certificateSettings.organizationId, id)),
        )
        return etagOf(row?.revision ?? 0)
      },
      /** A room of a place. */
      async room(place: Place, { phase = 'gathering', isIn = false }: RoomAt, role: Role) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const [id, quizId] = [newId(), newId()]
        const code = String(randomInt(1_000_000)).padStart(6, '0')
        await look((db) =>
          db.insert(quizRooms).values({
            ...{ tenantId, id, quizId, organizationId, path, title: place.topic, code, teams: [] },
            ...{ questions: [{ ...roomQuestion(place), id: newId(), questionId: newId() }], phase, openedBy: '某同志' },
            position: phase === 'asking' ? 0 : null,
          }),
        )
        if (isIn) {
          const actor = new Actor({ accountId: newId(), personId: await personOf(role), name: '某同志' })
          const mark = quizMarkOf({ encryption, actor }, 'seat', id)
          await look((db) => db.insert(quizSeats).values({ tenantId, mark, roomId: id, team: null }))
        }
        return id
      },
      /** The code of such a room. */
      async roomCode(place: Place, at: RoomAt, role: Role) {
        const id = await this.room(place, at, role)
        const [row] = await builds[place.name].look((db) => db.select().from(quizRooms).where(eq(quizRooms.id, id)))
        return row?.code ?? ''
      },
      /** A call of a place with an entry of the person there, who reviews in it, too. */
      async entryCall(place: Place, state: CallAt = 'open', { hasVote = false } = {}) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const [callId, entryId, personId] = [newId(), newId(), place.person.id]
        const [reviewCode, teamCode] = [newId(), newId()].map((it) => it.replaceAll('-', '').slice(-20).toUpperCase())
        if (!reviewCode || !teamCode) throw new Error('no codes')
        const [mediaId, soundId, otherId] = [
          await this.media(place),
          await this.media(place, { isSound: true }),
          newId(),
        ]
        const at = it.clock.at
        const isOpen = state === 'planned' || state === 'draft' || state === 'open'
        const isReviewing = state === 'reviewing'
        const isDecided = state === 'decided'
        const untilOn = isOpen ? '2026-12-31' : '2026-11-01'
        const field = { isRequired: false, most: 5, hint: '' }
        const levels = ['一般', '很好'].map((name) => ({ name, words: name }))
        const [text, media] = [
          { text: place.topic, mediaIds: [] },
          { text: '', mediaIds: [mediaId, soundId] },
        ]
        await look(async (db) => {
          await db.insert(calls).values({
            ...{ tenantId, id: callId, organizationId, path, title: place.topic, body: place.topic, untilOn },
            kinds: [{ key: 'text', name: '文字类', untilOn }],
            fields: [
              { ...field, key: 'story', label: '故事', kind: 'prose' },
              { ...field, key: 'files', label: '图片', kind: 'picture' },
            ],
            ...{ teamMost: 3, entriesMost: 5, isBlind: state === 'closed', words: [], folded: place.topic },
            ...{ criteria: [{ key: 'good', name: '好', levels }], reviewCode, createdBy: '某同志' },
            ...(state !== 'planned' && { announcedAt: at, announcedBy: '某同志' }),
            ...(isReviewing && { reviewBegunAt: at }),
            ...(isDecided && { resultsAt: at }),
            ...(hasVote && { vote: { fromOn: '2026-11-02', untilOn: '2027-12-31', most: 1 } }),
          })
          await db.insert(callEntries).values({
            ...{ tenantId, id: entryId, callId, path, kindKey: 'text', title: place.topic, folded: place.topic },
            ...{ answers: { story: text, files: media }, teamCode, redactions: [], number: isOpen ? null : 1 },
            ...(state !== 'draft' && { submittedAt: at }),
            ...((state === 'closed' || isDecided) && { decision: 'accepted' }),
          })
          const member = { tenantId, entryId, callId, path }
          const agreed = isDecided ? { publicationAt: at, nameAt: null, portraitAt: at } : {}
          await db.insert(callEntryMembers).values([
            { ...member, ...agreed, personId, isAuthor: true },
            { ...member, ...agreed, personId: otherId, isAuthor: false },
          ])
          const confirmed = state === 'closed' ? {} : { confirmedAt: at, confirmedBy: '某同志' }
          await db.insert(callReviewers).values({ tenantId, callId, personId, path, ...confirmed })
          if (isReviewing) {
            const phase = {
              tenantId,
              callId,
              path,
              name: '初评',
              perEntry: 1,
              entryIds: [entryId],
            }
            await db.insert(callPhases).values({ ...phase, number: 1, untilOn: '2027-12-31' })
            await db.insert(callReviews).values({ tenantId, callId, phase: 1, entryId, personId, path, levels: {} })
          }
          const use = { tenantId, module: 'calls', ownerId: entryId }
          await db.insert(mediaUses).values([mediaId, soundId].map((one) => ({ ...use, mediaId: one })))
        })
        return { callId, entryId, personId, otherId, mediaId, soundId, reviewCode, teamCode }
      },
      /** A topic of a place. */
      async topic(place: Place, wanted: TopicAt, role: Role) {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const [topicId, postId, replyId, hidingId, reportId, openingId] = Array.from({ length: 6 }, () => randomUUID())
        if (!topicId || !postId || !replyId || !hidingId || !reportId || !openingId) throw new Error('no ids')
        const {
          kind = wanted.isProtected ? 'suggestion' : 'discussion',
          isProtected = false,
          isHidden = false,
        } = wanted
        const writer = wanted.isOwn ? await personOf(role) : newId()
        const author = { authorId: isProtected ? null : writer, authorName: '某同志' }
        const mediaId = wanted.hasPicture ? await this.media(place) : ''
        const at = it.clock.at
        const paragraph = { type: 'paragraph' as const, content: [{ type: 'text' as const, text: place.topic }] }
        const picture = {
          type: 'picture' as const,
          attrs: { mediaId, alt: '', caption: '', width: 'full' as const },
        }
        const body = { type: 'doc' as const, content: wanted.hasPicture ? [picture] : [paragraph] }
        const plain = isProtected ? '受保护的来信' : place.topic
        const post = { tenantId, topicId, path, createdAt: at, plain, hiddenAt: isHidden ? at : null }
        await look(async (db) => {
          await db.insert(discussionTopics).values({
            ...{
              tenantId,
              id: topicId,
              organizationId,
              path,
              kind,
              ...author,
              isProtected,
              isConfidential: isProtected,
            },
            ...{ title: plain, createdAt: at, lastPostAt: at, lastSeq: 2, hiddenAt: isHidden ? at : null },
            ...(kind === 'suggestion' && { state: wanted.state ?? 'received', answerOffice: 'secretary' }),
          })
          await db.insert(discussionPosts).values([
            { ...post, ...author, id: postId, seq: 1, body: isProtected ? { type: 'doc', content: [] } : body },
            {
              ...post,
              authorId: newId(),
              authorName: '某同志',
              id: replyId,
              seq: 2,
              body: { type: 'doc', content: [] },
              hiddenAt: null,
            },
          ])
          if (isProtected)
            await db.insert(discussionIdentities).values({
              tenantId,
              topicId,
              sealed: encryption.sealField(wanted.isOwn ? writer : place.person.id, `discussion_identities:${topicId}`),
            })
          if (isHidden)
            await db.insert(discussionHidings).values({
              ...{
                tenantId,
                id: hidingId,
                path,
                topicId,
                postId,
                reason: '与主题无关',
                hiddenBy: '某同志',
                hiddenAt: at,
              },
              ...{ hiddenByAccountId: newId(), ...(wanted.isAppealed && { appeal: '请再看看', appealedAt: at }) },
            })
          if (wanted.isReported)
            await db.insert(discussionReports).values({
              tenantId,
              id: reportId,
              path,
              topicId,
              postId,
              personId: newId(),
              reason: '与主题无关',
              reportedAt: at,
            })
          if (wanted.opening)
            await db.insert(discussionOpenings).values({
              ...{ tenantId, id: openingId, topicId, path, reason: '需要当面核实', askedBy: '某同志', askedSide: 1 },
              ...{ askedByAccountId: accountsOf.publicity.id, askedOffice: 'publicityDepartment', askedAt: at },
              ...{ untilOn: '2026-12-31' },
              ...(wanted.opening === 'agreed' && { agreedAt: at, decidedByAccountId: accountsOf.department.id }),
            })
        })
        return { topicId, postId, replyId, hidingId, reportId, openingId, mediaId }
      },
      async callForIdeas(place: Place): Promise<string> {
        const { tenantId, look } = builds[place.name]
        const { id: organizationId, path } = place.organization
        const id = randomUUID()
        const text = { title: place.topic, body: place.topic, fromOn: today, untilOn: today, calledBy: '某同志' }
        await look((db) =>
          db.insert(discussionCalls).values({ tenantId, id, organizationId, path, ...text, createdAt: it.clock.at }),
        )
        return id
      },
      async session({ userId }: BuiltAccount): Promise<string> {
        const id = newId()
        const expiresAt = new Date('2027-01-01')
        const at = it.clock.at
        const row = { id, userId, token: newId(), expiresAt, createdAt: at, updatedAt: at }
        await database.app.insert(signInSessions).values(row)
        return id
      },
    },
    /** The revision of the person of a place, as `If-Match` wants it. */
    async revision(place: Place): Promise<string> {
      const [row] = await builds[place.name].look((db) =>
        db.select({ revision: persons.revision }).from(persons).where(eq(persons.id, place.person.id)),
      )
      return `"${row?.revision ?? 0}"`
    },
    /** The revision of what the university has settled. */
    async settingsRevision(): Promise<string> {
      const { look, tenantId } = builds.branch
      const { view } = await look((db) => settingOf({ db, tenantId }))
      return etagOf(revisionOf(view))
    },
    /** The same about notices. */
    async noticeSettingsRevision(): Promise<string> {
      const { look, tenantId } = builds.branch
      return etagOf((await look((db) => settingsOf({ db, tenantId }))).revision)
    },
    /** The same about publicity. */
    async publicitySettingsRevision(): Promise<string> {
      const { look, tenantId } = builds.branch
      return etagOf((await look((db) => publicitySettingsOf({ db, tenantId }))).revision)
    },
    /** What the university has settled about discussion, to be settled anew. */
    async discussionSettings() {
      const { look, tenantId } = builds.branch
      const { settings, revision } = await look((db) => discussionSettingsOf({ db, tenantId }))
      return { body: settings, revision: etagOf(revision) }
    },
    /** The revision of the filing list. */
    async filingListRevision(): Promise<string> {
      const { as, actors } = builds.branch
      const { revision } = await as(actors.department, readFilingList)
      return etagOf(revision)
    },
    /** The revision of how closed files are numbered. */
    async numberingRevision(): Promise<string> {
      const { as, actors } = builds.branch
      const { revision } = await as(actors.department, readNumbering)
      return etagOf(revision)
    },
    /** The organisation of the place or the group in it, whichever the person does not belong to now. */
    async elsewhere(place: Place): Promise<string> {
      const [row] = await builds[place.name].look((db) =>
        db.select({ at: persons.organizationId }).from(persons).where(eq(persons.id, place.person.id)),
      )
      return row?.at === place.organization.id ? place.group.id : place.organization.id
    },
  }
}
async function* inOneGo(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** What is written in an article. */
export const articleText = {
  title: '支部参观校史馆',
  summary: '',
  body: {
    type: 'doc' as const,
    content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: '支部党员到校史馆参观。' }] }],
  },
  byline: { author: '', source: '', photographer: '', editor: '' },
  cover: null,
}

/** A small picture of one colour. */
const pictureOf = (background: string) =>
  sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer()
export type RightsWorld = Awaited<ReturnType<typeof rightsWorld>>
