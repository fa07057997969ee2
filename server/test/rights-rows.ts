import { nationalPractice } from '@zhibu/rules'
import type { ArticleState } from '../src/modules/publicity/schema.ts'
import { stylesPath } from '../src/modules/publicity/site-styles.ts'
import { etagOf } from '../src/platform/http.ts'
import { newId } from '../src/platform/ids.ts'
import { testPassword } from './app.ts'
import { today } from './factories.ts'
import { acceptanceRows } from './rights-acceptance.ts'
import { activityLists, activityRows } from './rights-activities.ts'
import { callLists, callRows } from './rights-calls.ts'
import { certificateLists, certificateRows } from './rights-certificates.ts'
import {
  administrators,
  all,
  and,
  type Circle,
  everywhere,
  keepers,
  persons,
  publishers,
  signedIn,
} from './rights-circles.ts'
import { coursewareLists, coursewareRows } from './rights-courseware.ts'
import { discussionLists, discussionRows } from './rights-discussion.ts'
import { examLists, examRows } from './rights-exams.ts'
import { exchangeLists, exchangeRows } from './rights-exchanges.ts'
import { expertLists, expertRows } from './rights-experts.ts'
import { guidanceLists, guidanceRows } from './rights-guidance.ts'
import { lectureLists, lectureRows } from './rights-lectures.ts'
import { quizLists, quizRows } from './rights-quizzes.ts'
import { reflectionRows } from './rights-reflections.ts'
import { reportRows } from './rights-reports.ts'
import { talentLists, talentRows } from './rights-talent.ts'
import { trainingLists, trainingRows } from './rights-training.ts'
import { articleText, type NoticeAt, ownPlace, type Place, type RightsWorld, type Role, roles } from './rights-world.ts'

/** A request to a route about what lies at a place. */
export interface Call {
  path: string
  body?: unknown
  /** The revision for `If-Match`. */
  revision?: string
}

/** What a route answers to whom. Whoever is in neither circle is told that there is nothing (404). */
export interface Row {
  call: (at: Place, world: RightsWorld, role: Role) => Call | Promise<Call>
  /** Who gets what was asked for. */
  lets: Circle
  /** Who knows of it, and is told that it is not allowed (403). */
  knows?: Circle
  /** What success answers; 200 for reading, 204 for writing unless told otherwise. */
  succeeds?: number
  /** True where a refusal is written down too: wrong passwords. */
  recordsRefusal?: boolean
  /** True where nobody needs to be signed in. */
  isPublic?: boolean
  /** True where it does not matter where anything lies: asked for once. */
  isPlaceless?: boolean
  /** True where the session does not outlive the request. */
  endsSession?: boolean
  /** To whom success answers that there is nothing, and never will be (204). */
  hasNothingFor?: readonly Role[]
  /** Who may find personal data in it beside those who read the file, by the purpose of the route. */
  shows?: readonly Role[]
}

const everyone = all(...signedIn)
/** Whose offices read files anywhere. */
const readingOfficers: readonly Role[] = [
  'secretary',
  'sibling',
  'organiser',
  'otherOrganiser',
  'department',
  'partySchool',
]
const officers = and(keepers, all('partySchool'))
const concerned: Circle = { branch: ['applicant'] }
const helping: Circle = { branch: ['helper'] }

/** Who reads the file of the person at a place. */
export const readers = and(officers, and(concerned, helping))
/** Who reads what the organisation keeps about its work. */
export const officersOf = officers
/** Who sends notices of the organisation at a place. The publicity department reads no files, and sends everywhere. */
const senders = and(officers, all('publicity'))
/** Who finds the notices of a place: those who send there, and the person to whom they went. */
export const announcedTo = and(senders, concerned)

const manages = { lets: all('department'), knows: everyone }
/** What a branch elects is registered by those who keep the files of the organisation above it. */
const keepsAbove = {
  lets: {
    branch: ['organiser', 'department'],
    sibling: ['organiser', 'department'],
    distant: ['otherOrganiser', 'department'],
  },
  knows: everyone,
} satisfies Pick<Row, 'lets' | 'knows'>
const anybody = (path: string): Row => ({ call: () => ({ path }), lets: everyone, isPlaceless: true })
const toAll = (path: string): Row => ({
  call: () => ({ path }),
  lets: { branch: roles },
  isPublic: true,
  isPlaceless: true,
})
/** Addresses of the site, with what stands in them where nothing is. */
const absentOnSite = (addresses: Record<string, string>): Record<string, Row> =>
  Object.fromEntries(
    Object.entries(addresses).map(([route, path]) => [
      `GET /site/${route}`,
      { ...toAll(`/site/${path}`), succeeds: 404 },
    ]),
  )
const below = (path: string): Row => ({
  call: (at) => ({ path: `${path}?organizationId=${at.organization.id}` }),
  lets: everyone,
})
const file = (at: Place) => `/api/development/files/${at.person.id}`
const report = { act: { kind: 'thoughtReport', on: '2026-03-02' } }
const reason = '材料有误，予以更正'

/** What every person settles for themselves. */
const ownPreferences = (path: string, body?: unknown): Row => ({
  ...anybody(path),
  call: () => ({ path, body }),
  lets: all(...persons),
  knows: all(...administrators),
})

/** Who sees a picture that the person of a place has brought in: that person, and who publishes there. */
const showers: Circle = {
  branch: ['applicant', 'secretary', 'publicity'],
  sibling: ['sibling', 'publicity'],
  distant: ['publicity'],
}

/** What of an article only officers do; its author knows of it. */
const byPublishers: Pick<Row, 'lets' | 'knows'> = {
  lets: publishers,
  knows: { branch: ['applicant'] },
}

/** Every route of the server, as method and path. A route without a row fails the test, and a row without a route. */
export const rows: Readonly<Record<string, Row>> = {
  'GET /healthz': toAll('/healthz'),
  'GET /readyz': toAll('/readyz'),
  'GET /api/openapi.json': toAll('/api/openapi.json'),
  'GET /api/docs': toAll('/api/docs'),
  'GET /api/docs.css': toAll('/api/docs.css'),
  /** Without a session, and to whoever guesses an address: there is none. */
  'GET /scorm/:ticket/:name{.+}': { ...toAll(`/scorm/${'a'.repeat(43)}/index.html`), succeeds: 404 },
  'GET /calendar/:secret': { ...toAll(`/calendar/${'a'.repeat(43)}.ics`), succeeds: 404 },

  /** The site: to everybody the same, who is signed in or not, and what is not there is not there for anybody. */
  'GET /robots.txt': toAll('/robots.txt'),
  'GET /site': toAll('/site'),
  'GET /site/': { ...toAll('/site/'), succeeds: 308 },
  'GET /site/archive': toAll('/site/archive'),
  'GET /site/archive/:month{20[0-9]{2}-(?:0[1-9]|1[0-2])}': toAll('/site/archive/2020-01'),
  'GET /site/search': toAll('/site/search'),
  'GET /site/sitemap.xml': toAll('/site/sitemap.xml'),
  [`GET ${stylesPath}`]: toAll(stylesPath),
  ...Object.fromEntries(
    ['feed.xml', 'atom.xml', 'feed.json'].map((file) => [`GET /site/${file}`, toAll(`/site/${file}`)]),
  ),
  ...absentOnSite({
    ':file{sitemap-(?:pages|[1-9][0-9]{0,3})\\.xml}': 'sitemap-9999.xml',
    'articles/:number{[1-9][0-9]{0,8}}': 'articles/99999999',
    'media/:mediaId/:crop{crop-[0-9a-f]{32}}': `media/${newId()}/crop-${'a'.repeat(32)}`,
    'media/:mediaId/:width{[1-9][0-9]{0,3}}': `media/${newId()}/960`,
    'media/:mediaId/cover/:shape{wide|square}': `media/${newId()}/cover/wide`,
    'media/:mediaId/whole': `media/${newId()}/whole`,
    ...Object.fromEntries(
      ['', '/feed.xml', '/atom.xml', '/feed.json'].flatMap((rest) => [
        [`organizations/:id${rest}`, `organizations/${newId()}${rest}`],
        [`sections/:slug{[a-z][a-z0-9-]{1,30}}${rest}`, `sections/no-such-section${rest}`],
      ]),
    ),
  }),

  // 组织: the tree is known to all who are signed in; the organisation department changes it.
  'GET /api/organization/tree': anybody('/api/organization/tree'),
  'GET /api/organization/expiring-terms': anybody('/api/organization/expiring-terms'),
  'POST /api/organization/exports': exported('/api/organization/exports', readingOfficers),
  'POST /api/organization': {
    call: (at) => ({
      path: '/api/organization',
      body: { parentId: at.organization.id, kind: 'partyGroup', name: `新组${Math.random()}` },
    }),
    ...manages,
    succeeds: 201,
  },
  'GET /api/organization/:organizationId': {
    call: (at) => ({ path: `/api/organization/${at.organization.id}` }),
    lets: everyone,
  },
  'PATCH /api/organization/:organizationId': {
    call: async (at, { fresh }) => ({
      path: `/api/organization/${(await fresh.organization(at)).id}`,
      body: { shortName: '小组' },
      revision: '"1"',
    }),
    ...manages,
  },
  'POST /api/organization/:organizationId/dissolution': {
    call: async (at, { fresh }) => ({
      path: `/api/organization/${(await fresh.organization(at)).id}/dissolution`,
      body: { on: today, reason },
      revision: '"1"',
    }),
    ...manages,
  },
  'POST /api/organization/offices': {
    call: async (at, { fresh }) => ({
      path: '/api/organization/offices',
      body: {
        offices: [
          {
            organizationId: at.organization.id,
            personId: (await fresh.person(at)).id,
            office: 'publicityMember',
            from: today,
          },
        ],
      },
    }),
    ...keepsAbove,
    succeeds: 204,
  },
  'POST /api/organization/:organizationId/offices': {
    call: async (at, { fresh }) => ({
      path: `/api/organization/${at.organization.id}/offices`,
      body: { personId: (await fresh.person(at)).id, office: 'publicityMember', from: today },
    }),
    ...keepsAbove,
    succeeds: 201,
  },
  'POST /api/organization/:organizationId/offices/:officeId/end': {
    call: async (at, { fresh }) => ({
      path: `/api/organization/${at.organization.id}/offices/${await fresh.office(at)}/end`,
      body: { on: today },
    }),
    ...keepsAbove,
  },
  'POST /api/organization/:organizationId/terms': {
    call: async (at, { fresh }) => ({
      path: `/api/organization/${(await fresh.term(at)).organizationId}/terms`,
      body: { from: '2026-11-02' },
    }),
    ...keepsAbove,
    succeeds: 201,
  },
  'PUT /api/organization/:organizationId/terms/:termId/delay': {
    call: async (at, { fresh }) => {
      const { organizationId, termId } = await fresh.term(at)
      return { path: `/api/organization/${organizationId}/terms/${termId}/delay`, body: { until: '2027-03-31' } }
    },
    ...keepsAbove,
  },

  // 人员: read by those who read files and by the person concerned, kept by those who keep files.
  'GET /api/people': below('/api/people'),
  'POST /api/people': {
    call: (at) => ({ path: '/api/people', body: { organizationId: at.organization.id, name: '新来者' } }),
    lets: keepers,
    knows: everyone,
    succeeds: 201,
  },
  'GET /api/people/:personId': { call: (at) => ({ path: `/api/people/${at.person.id}` }), lets: readers },
  'PATCH /api/people/:personId': {
    call: async (at, { revision }) => ({
      path: `/api/people/${at.person.id}`,
      body: { set: { phone: at.personal[4] } },
      revision: await revision(at),
    }),
    lets: and(keepers, helping),
    knows: readers,
  },
  'POST /api/people/:personId/moves': {
    call: async (at, { revision, elsewhere }) => ({
      path: `/api/people/${at.person.id}/moves`,
      body: { organizationId: await elsewhere(at), on: today },
      revision: await revision(at),
    }),
    lets: keepers,
    knows: readers,
  },
  'GET /api/people/:personId/readings': {
    call: (at) => ({ path: `/api/people/${at.person.id}/readings` }),
    lets: and(keepers, concerned),
    knows: readers,
  },
  'POST /api/people/:personId/readings': {
    call: (at) => ({ path: `/api/people/${at.person.id}/readings`, body: { field: 'phone', purpose: '核对材料' } }),
    lets: and(keepers, helping),
    knows: readers,
    succeeds: 200,
  },

  // 账号
  'GET /api/accounts/entrance': toAll('/api/accounts/entrance'),
  'POST /api/accounts/setup': {
    ...toAll('/api/accounts/setup'),
    call: () => ({
      path: '/api/accounts/setup',
      body: {
        setupCode: 'AAAA-AAAA-AAAA-AAAA',
        universityName: '又一所大学',
        committeeName: '又一所大学党委',
        administrator: { userName: 'taken', name: '某人', password: testPassword },
        department: { userName: 'taken2', name: '某人' },
      },
    }),
    succeeds: 409,
  },
  'GET /api/accounts/session': anybody('/api/accounts/session'),
  'GET /api/accounts/sessions': anybody('/api/accounts/sessions'),
  'DELETE /api/accounts/sessions': anybody('/api/accounts/sessions'),
  'DELETE /api/accounts/sessions/:sessionId': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/sessions/${await fresh.session(at.account)}` }),
    lets: concerned,
  },
  'GET /api/accounts/readings': anybody('/api/accounts/readings'),
  'POST /api/accounts/invitations/look': {
    ...toAll('/api/accounts/invitations/look'),
    call: () => ({ path: '/api/accounts/invitations/look', body: { secret: 'guessed' } }),
    succeeds: 404,
  },
  'POST /api/accounts/invitations/acceptance': {
    ...toAll('/api/accounts/invitations/acceptance'),
    call: () => ({ path: '/api/accounts/invitations/acceptance', body: { secret: 'guessed', password: testPassword } }),
    succeeds: 404,
  },
  'GET /api/accounts/delegations': anybody('/api/accounts/delegations'),
  'POST /api/accounts/delegations': {
    call: (at) => ({
      path: '/api/accounts/delegations',
      body: {
        helperAccountId: at.colleague.id,
        personIds: [at.person.id],
        fields: ['thoughtReport'],
        purpose: at.internal[1],
        until: '2026-12-31',
      },
    }),
    lets: keepers,
    knows: readers,
    succeeds: 201,
  },
  'POST /api/accounts/delegations/numbers': {
    call: () => ({
      path: '/api/accounts/delegations/numbers',
      body: { numbers: ['2023010002', '202399001', '202399002', '202399003', '202399004'] },
    }),
    lets: everywhere('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department'),
    knows: everywhere(...signedIn),
    succeeds: 200,
  },
  'DELETE /api/accounts/delegations/:delegationId': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/delegations/${await fresh.delegation(at)}` }),
    lets: keepers,
    knows: officers,
  },
  'GET /api/accounts/delegations/:delegationId/persons': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/delegations/${await fresh.delegation(at)}/persons` }),
    lets: keepers,
  },
  'GET /api/accounts/helpers': {
    call: (at) => ({ path: `/api/accounts/helpers?q=${encodeURIComponent(at.person.name)}` }),
    lets: everywhere('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department'),
    knows: everywhere(...signedIn),
  },
  'GET /api/accounts/journal': {
    ...anybody('/api/accounts/journal?limit=200'),
    lets: all('auditor'),
    knows: everyone,
    shows: ['auditor'],
  },
  'POST /api/accounts/journal/exports': exported('/api/accounts/journal/exports', ['auditor']),
  'GET /api/accounts/journal/verification': {
    ...anybody('/api/accounts/journal/verification'),
    lets: all('auditor'),
    knows: everyone,
  },
  'GET /api/accounts/demo/people': { ...toAll('/api/accounts/demo/people'), succeeds: 404 },
  'POST /api/accounts/demo/sign-in': {
    ...toAll('/api/accounts/demo/sign-in'),
    call: (at) => ({ path: '/api/accounts/demo/sign-in', body: { accountId: at.account.id } }),
    succeeds: 404,
  },
  'GET /api/accounts': {
    ...anybody('/api/accounts?limit=200'),
    lets: all('sysadmin', 'secadmin', 'auditor', 'department'),
    knows: everyone,
    shows: ['sysadmin', 'secadmin', 'auditor'],
  },
  'POST /api/accounts': {
    call: async (at, { fresh }) => ({ path: '/api/accounts', body: { personId: (await fresh.person(at)).id } }),
    lets: all('department'),
    knows: everywhere(...signedIn.filter((role) => role !== 'sysadmin' && role !== 'department')),
    succeeds: 201,
  },
  'POST /api/accounts/exports': exported('/api/accounts/exports', ['sysadmin', 'secadmin', 'auditor', 'department']),
  'POST /api/accounts/batches': {
    call: async (at, { fresh }) => ({
      path: '/api/accounts/batches',
      body: { personIds: [(await fresh.person(at)).id] },
    }),
    lets: everywhere('department', 'sysadmin'),
    knows: everywhere(...signedIn),
    succeeds: 201,
  },
  'POST /api/accounts/:accountId/invitation': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/${(await fresh.account(at)).id}/invitation` }),
    lets: all('sysadmin'),
    knows: everyone,
    succeeds: 201,
  },
  'PUT /api/accounts/:accountId/lock': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/${(await fresh.account(at)).id}/lock`, body: { reason } }),
    lets: all('sysadmin', 'secadmin'),
    knows: everyone,
  },
  'DELETE /api/accounts/:accountId/lock': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/${(await fresh.account(at)).id}/lock` }),
    lets: all('sysadmin', 'secadmin'),
    knows: everyone,
  },
  'DELETE /api/accounts/:accountId/second-factor': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/${(await fresh.account(at)).id}/second-factor` }),
    lets: all('secadmin'),
    knows: everyone,
  },
  'PUT /api/accounts/:accountId/administrator': {
    call: async (at, { fresh }) => ({
      path: `/api/accounts/${(await fresh.account(at)).id}/administrator`,
      body: { role: 'auditor' },
    }),
    lets: all('secadmin'),
    knows: everyone,
  },
  'DELETE /api/accounts/:accountId/administrator': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/${(await fresh.account(at, 'auditor')).id}/administrator` }),
    lets: all('secadmin'),
    knows: everyone,
  },
  'GET /api/accounts/:accountId/sessions': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/${(await fresh.account(at)).id}/sessions` }),
    lets: all('sysadmin', 'secadmin'),
    knows: everyone,
  },
  'DELETE /api/accounts/:accountId/sessions': {
    call: async (at, { fresh }) => ({ path: `/api/accounts/${(await fresh.account(at)).id}/sessions` }),
    lets: all('sysadmin', 'secadmin'),
    knows: everyone,
  },

  // 登录: nothing here says whether a user name exists.
  'POST /api/auth/sign-in/username': {
    ...toAll('/api/auth/sign-in/username'),
    call: (at, _, role) => ({
      path: '/api/auth/sign-in/username',
      body: { username: role === 'nobody' ? at.account.userName : `guessed-${role}`.toLowerCase(), password: 'wrong' },
    }),
    succeeds: 401,
  },
  'POST /api/auth/sign-in/social': {
    ...toAll('/api/auth/sign-in/social'),
    call: () => ({ path: '/api/auth/sign-in/social', body: { provider: 'campus' } }),
    succeeds: 404,
  },
  'GET /api/auth/callback/campus': { ...toAll('/api/auth/callback/campus?code=1&state=2'), succeeds: 302 },
  'POST /api/auth/sign-out': { ...toAll('/api/auth/sign-out'), succeeds: 200, endsSession: true },
  'POST /api/auth/two-factor/enable': wrongPassword('/api/auth/two-factor/enable'),
  'POST /api/auth/two-factor/disable': {
    ...wrongPassword('/api/auth/two-factor/disable'),
    lets: all(...signedIn.filter((role) => !administrators.includes(role))),
    knows: all(...administrators),
  },
  'POST /api/auth/two-factor/generate-backup-codes': wrongPassword('/api/auth/two-factor/generate-backup-codes'),
  'POST /api/auth/two-factor/verify-totp': {
    ...anybody('/api/auth/two-factor/verify-totp'),
    call: () => ({ path: '/api/auth/two-factor/verify-totp', body: { code: '000000' } }),
    succeeds: 409,
  },
  'POST /api/auth/two-factor/verify-backup-code': {
    ...anybody('/api/auth/two-factor/verify-backup-code'),
    call: () => ({ path: '/api/auth/two-factor/verify-backup-code', body: { code: '000000' } }),
    succeeds: 409,
  },
  'POST /api/auth/change-password': {
    ...wrongPassword('/api/auth/change-password'),
    call: () => ({
      path: '/api/auth/change-password',
      body: { currentPassword: 'wrong', newPassword: testPassword },
    }),
  },

  // 发展党员: read by those who read files, the person concerned and helpers; kept by those who keep files.
  'GET /api/development/files': below('/api/development/files'),
  'GET /api/development/files/:personId': { call: (at) => ({ path: file(at) }), lets: readers },
  'GET /api/development/files/:personId/papers': { call: (at) => ({ path: `${file(at)}/papers` }), lets: readers },
  'POST /api/development/files/:personId/check': {
    call: (at) => ({ path: `${file(at)}/check`, body: report }),
    lets: and(keepers, helping),
    knows: readers,
    succeeds: 200,
  },
  'POST /api/development/files/:personId/acts': {
    call: async (at, { revision }) => ({ path: `${file(at)}/acts`, body: report, revision: await revision(at) }),
    lets: and(keepers, helping),
    knows: readers,
    succeeds: 201,
  },
  'POST /api/development/files/:personId/acts/:actId/corrections': {
    call: async (at, { revision, fresh }) => ({
      path: `${file(at)}/acts/${await fresh.act(at)}/corrections`,
      body: { reason },
      revision: await revision(at),
    }),
    lets: and(keepers, helping),
    knows: readers,
    succeeds: 201,
  },
  'PUT /api/development/files/:personId/plan': {
    call: async (at, { revision }) => ({
      path: `${file(at)}/plan`,
      body: { target: { kind: 'admissionAssembly', by: '2027-06-01' } },
      revision: await revision(at),
    }),
    lets: keepers,
    knows: readers,
  },
  'GET /api/development/documents/:documentId/offers': {
    call: async (at, { fresh }) => ({ path: `${await datedPaper(at, fresh)}/offers` }),
    lets: readers,
  },
  'POST /api/development/documents/:documentId/offers/:offerId/acceptance': {
    call: async (at, { fresh, revision }) => ({
      path: `${await datedPaper(at, fresh)}/offers/documentOn-1-2-0/acceptance`,
      body: {},
      revision: await revision(at),
    }),
    lets: and(keepers, helping),
    knows: readers,
    succeeds: 201,
  },
  'PUT /api/development/documents/:documentId/offers/:offerId/refusal': {
    call: async (at, { fresh }) => ({
      path: `${await datedPaper(at, fresh)}/offers/documentOn-1-2-0/refusal`,
      body: { reason },
    }),
    lets: and(keepers, helping),
    knows: readers,
  },
  'DELETE /api/development/documents/:documentId/offers/:offerId/refusal': {
    call: async (at, { fresh }) => {
      const { id, fact } = await fresh.leftFact(at)
      return { path: `/api/development/documents/${id}/offers/${fact}-1-2-0/refusal` }
    },
    lets: and(keepers, helping),
    knows: readers,
  },
  'GET /api/development/dues': below('/api/development/dues'),
  'GET /api/development/dues/counts': below('/api/development/dues/counts'),
  'POST /api/development/dues/exports': {
    call: (at) => ({ path: '/api/development/dues/exports', body: { organizationId: at.organization.id } }),
    lets: all(...readingOfficers),
    knows: everywhere(...signedIn.filter((role) => !readingOfficers.includes(role))),
    succeeds: 200,
  },
  'GET /api/development/completeness': below('/api/development/completeness'),
  'GET /api/development/completeness/counts': below('/api/development/completeness/counts'),
  'GET /api/development/completeness/organizations': below('/api/development/completeness/organizations'),
  'POST /api/development/completeness/exports': {
    call: (at) => ({ path: '/api/development/completeness/exports', body: { organizationId: at.organization.id } }),
    lets: all(...readingOfficers),
    knows: everywhere(...signedIn.filter((role) => !readingOfficers.includes(role))),
    succeeds: 200,
  },
  'GET /api/development/board': below('/api/development/board'),
  'GET /api/development/batches': anybody('/api/development/batches?limit=200'),
  'POST /api/development/batches': {
    call: (at) => ({ path: '/api/development/batches', body: { title: at.internal[0], personIds: [at.person.id] } }),
    lets: keepers,
    knows: readers,
    succeeds: 201,
  },
  'GET /api/development/batches/:id': {
    call: (at) => ({ path: `/api/development/batches/${at.batchId}` }),
    lets: officers,
  },
  'POST /api/development/batches/:id/exports': {
    call: (at) => ({ path: `/api/development/batches/${at.batchId}/exports`, body: {} }),
    lets: officers,
    succeeds: 200,
  },
  'POST /api/development/batches/:id/runs': {
    call: (at) => ({ path: `/api/development/batches/${at.batchId}/runs` }),
    lets: keepers,
    knows: officers,
    succeeds: 201,
  },
  // 通知: everyone settles for themselves how they are reached; the organisation department settles what holds for all.
  'GET /api/notices/preferences': ownPreferences('/api/notices/preferences'),
  'PUT /api/notices/preferences': ownPreferences('/api/notices/preferences', {
    choices: { email: 'weekly', wecom: 'never', dingtalk: 'never' },
    quietHours: { from: 1_320, until: 420 },
  }),
  'POST /api/notices/preferences/email': {
    ...ownPreferences('/api/notices/preferences/email'),
    call: () => ({ path: '/api/notices/preferences/email', body: { email: `${newId()}@example.edu.cn` } }),
  },
  'POST /api/notices/preferences/email/proof': {
    ...ownPreferences('/api/notices/preferences/email/proof'),
    call: async (_, { fresh }, role) => ({
      path: '/api/notices/preferences/email/proof',
      body: { code: await fresh.codeOfAddress(role) },
    }),
  },
  'DELETE /api/notices/preferences/email': ownPreferences('/api/notices/preferences/email'),
  'PUT /api/notices/preferences/messenger': ownPreferences('/api/notices/preferences/messenger', {
    channel: 'wecom',
    user: 'lixiaolan',
  }),
  'GET /api/notices/settings': anybody('/api/notices/settings'),
  'PUT /api/notices/settings': {
    ...anybody('/api/notices/settings'),
    call: async (_, { noticeSettingsRevision }) => ({
      path: '/api/notices/settings',
      body: { usualLeadDays: 7, leastLeadDays: 3, reminderPauseHours: 12, byThemselves: ['due'], sendsText: true },
      revision: await noticeSettingsRevision(),
    }),
    lets: all('department'),
    knows: everyone,
  },
  'GET /api/development/settings': anybody('/api/development/settings'),
  'PUT /api/development/settings/practice': {
    ...anybody('/api/development/settings/practice'),
    call: async (_, { settingsRevision }) => ({
      path: '/api/development/settings/practice',
      body: nationalPractice,
      revision: await settingsRevision(),
    }),
    lets: all('department'),
    knows: everyone,
  },
  'PUT /api/development/settings/working-years/:year': {
    ...anybody('/api/development/settings/working-years/2027'),
    call: async (_, { settingsRevision }) => ({
      path: '/api/development/settings/working-years/2027',
      body: { holidays: { '2027-01-01': '元旦' }, makeUpDays: {}, source: '国办通知' },
      revision: await settingsRevision(),
    }),
    lets: all('department'),
    knows: everyone,
  },
  'GET /api/development/filing-effect': {
    ...anybody('/api/development/filing-effect?place=application&from=application'),
    lets: all('department'),
    knows: everyone,
  },
  'GET /api/development/rules': anybody('/api/development/rules'),

  // 电子档案
  'GET /api/archive/persons/:personId': {
    call: (at) => ({ path: `/api/archive/persons/${at.person.id}` }),
    lets: readers,
  },
  'GET /api/archive/organizations/:organizationId': {
    call: (at) => ({ path: `/api/archive/organizations/${at.organization.id}` }),
    lets: officers,
  },
  'POST /api/archive/uploads': {
    call: () => ({ path: '/api/archive/uploads', body: { fileName: '扫描件.pdf', sizeBytes: 1 } }),
    lets: all('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department', 'partySchool', 'helper'),
    knows: everyone,
    isPlaceless: true,
    succeeds: 201,
  },
  'GET /api/archive/uploads/:uploadId': ofUpload(),
  'PATCH /api/archive/uploads/:uploadId': { ...ofUpload('?offset=0', 'x'), succeeds: 200 },
  'DELETE /api/archive/uploads/:uploadId': ofUpload(),
  'GET /api/archive/documents': anybody('/api/archive/documents?limit=200'),
  'POST /api/archive/documents': {
    call: async (at, { fresh }, role) => ({
      path: '/api/archive/documents',
      body: {
        personId: at.person.id,
        uploadId: await fresh.upload(role, { isWhole: true }),
        place: 'thoughtReport',
        nature: 'original',
      },
    }),
    lets: and(keepers, helping),
    knows: readers,
    succeeds: 201,
  },
  'GET /api/archive/documents/:documentId': { ...ofPaper(''), lets: readers },
  'GET /api/archive/documents/:documentId/content': {
    ...ofPaper('/content'),
    lets: and(officers, concerned),
    knows: helping,
  },
  'GET /api/archive/documents/:documentId/text': { ...ofPaper('/text'), lets: readers },
  'GET /api/archive/documents/:documentId/pages': { ...ofPaper('/pages'), lets: readers },
  'GET /api/archive/documents/:documentId/pages/:page': { ...ofPaper('/pages/1?width=40'), lets: readers },
  'GET /api/archive/documents/:documentId/pages/:page/lines/:line': {
    call: async (at, { fresh }) => ({
      path: `/api/archive/documents/${await fresh.document(at, { lines: ['思想汇报'] })}/pages/1/lines/1`,
    }),
    lets: readers,
  },
  'POST /api/archive/documents/:documentId/versions': {
    call: async (at, { fresh }, role) => ({
      path: `/api/archive/documents/${await fresh.document(at)}/versions`,
      body: { uploadId: await fresh.upload(role, { isWhole: true }), reason },
    }),
    lets: and(keepers, helping),
    knows: readers,
    succeeds: 201,
  },
  'POST /api/archive/documents/:documentId/corrections': {
    ...ofPaper('/corrections', { place: 'thoughtReport', title: '更正后的题名', nature: 'original', reason }),
    lets: and(keepers, helping),
    knows: readers,
    succeeds: 201,
  },
  'POST /api/archive/documents/:documentId/withdrawal': {
    ...ofPaper('/withdrawal', { reason }),
    lets: and(keepers, helping),
    knows: readers,
  },
  'GET /api/archive/disposable': {
    ...anybody('/api/archive/disposable?limit=200'),
    lets: all('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department'),
    knows: everyone,
  },
  'GET /api/archive/disposals': {
    ...anybody('/api/archive/disposals?limit=200'),
    lets: all('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department'),
    knows: everyone,
  },
  'POST /api/archive/disposals': {
    call: async (at, { fresh }) => ({
      path: '/api/archive/disposals',
      body: { documentIds: [await fresh.document(at, { isWithdrawn: true })], reason },
    }),
    lets: keepers,
    succeeds: 201,
  },
  'POST /api/archive/disposals/:disposalId/decision': {
    call: async (at, { fresh }) => ({
      path: `/api/archive/disposals/${await fresh.disposal(at)}/decision`,
      body: { decision: 'refused', reason },
    }),
    lets: keepsAbove.lets,
    knows: keepers,
  },
  'GET /api/archive/persons/:personId/seals': {
    call: (at) => ({ path: `/api/archive/persons/${at.person.id}/seals` }),
    lets: officers,
  },
  'GET /api/archive/organizations/:organizationId/seals': {
    call: (at) => ({ path: `/api/archive/organizations/${at.organization.id}/seals` }),
    lets: officers,
  },
  'POST /api/archive/seals': {
    call: async (at, { fresh }) => {
      const { id: personId } = await fresh.person(at)
      await fresh.document({ ...at, person: { ...at.person, id: personId } })
      return { path: '/api/archive/seals', body: { personId } }
    },
    lets: keepers,
    knows: officers,
    succeeds: 201,
  },
  'POST /api/archive/seals/:sealId/examination': {
    call: async (at, { fresh }) => ({ path: `/api/archive/seals/${await fresh.seal(at)}/examination`, body: {} }),
    lets: keepers,
    knows: officers,
    succeeds: 200,
  },
  'GET /api/archive/seals/:sealId/package.zip': {
    call: async (at, { fresh }) => ({ path: `/api/archive/seals/${await fresh.seal(at)}/package.zip` }),
    lets: keepers,
    knows: officers,
  },
  'GET /api/archive/seals/:sealId/catalogue.pdf': {
    call: async (at, { fresh }) => ({ path: `/api/archive/seals/${await fresh.seal(at)}/catalogue.pdf` }),
    lets: keepers,
    knows: officers,
  },
  'GET /api/archive/receptions': anybody('/api/archive/receptions?limit=200'),
  'POST /api/archive/receptions/checks': {
    call: async (_at, { fresh }, role) => ({
      path: '/api/archive/receptions/checks',
      body: { uploadId: await fresh.package(role) },
    }),
    lets: all('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department'),
    knows: everyone,
    isPlaceless: true,
    succeeds: 200,
  },
  'POST /api/archive/receptions': {
    call: async (at, { fresh }, role) => ({
      path: '/api/archive/receptions',
      body: {
        uploadId: await fresh.package(role),
        personId: at.person.id,
        items: [{ number: 1, place: 'application' }],
      },
    }),
    lets: keepers,
    knows: officers,
    succeeds: 201,
  },
  'GET /api/archive/receptions/:receptionId': { ...ofReception(''), lets: officers },
  'GET /api/archive/receptions/:receptionId/receipt.xml': ofReception('/receipt.xml'),
  'GET /api/archive/receptions/:receptionId/receipt.pdf': ofReception('/receipt.pdf'),
  'GET /api/archive/receptions/:receptionId/metadata.xml': ofReception('/metadata.xml'),
  'GET /api/handovers': anybody('/api/handovers?limit=200'),
  'POST /api/handovers/previews': {
    call: async (at, { fresh }) => ({
      path: '/api/handovers/previews',
      body: { personIds: [(await fresh.person(at)).id] },
    }),
    lets: keepers,
    knows: officers,
    succeeds: 200,
  },
  'POST /api/handovers': {
    call: async (at, { fresh }) => ({
      path: '/api/handovers',
      body: { personIds: [(await fresh.person(at)).id], to: { outsideUnit: '人才中心' }, kind: 'graduation' },
    }),
    lets: keepers,
    knows: officers,
    succeeds: 201,
  },
  'GET /api/handovers/persons/:personId': {
    call: (at) => ({ path: `/api/handovers/persons/${at.person.id}` }),
    lets: and(officers, concerned),
  },
  'GET /api/handovers/:handoverId': {
    call: async (at, { fresh }) => ({ path: `/api/handovers/${await fresh.handover(at, 'sent')}` }),
    lets: officers,
  },
  'GET /api/handovers/:handoverId/list.pdf': {
    call: async (at, { fresh }) => ({ path: `/api/handovers/${await fresh.handover(at, 'sent')}/list.pdf` }),
    lets: officers,
  },
  'GET /api/handovers/:handoverId/receipt.pdf': {
    call: async (at, { fresh }) => ({
      path: `/api/handovers/${await fresh.handover(at, 'sent', { isClosed: true })}/receipt.pdf`,
    }),
    lets: officers,
  },
  'POST /api/handovers/:handoverId/acceptance': {
    call: async (at, { fresh }) => {
      const id = await fresh.handover(at, 'received')
      return { path: `/api/handovers/${id}/acceptance`, body: await fresh.comparison(at, id) }
    },
    lets: keepers,
    knows: officers,
  },
  'POST /api/handovers/:handoverId/return': {
    call: async (at, { fresh }) => ({
      path: `/api/handovers/${await fresh.handover(at, 'received')}/return`,
      body: { reason },
    }),
    lets: keepers,
    knows: officers,
  },
  'POST /api/handovers/:handoverId/withdrawal': {
    call: async (at, { fresh }) => ({
      path: `/api/handovers/${await fresh.handover(at, 'sent')}/withdrawal`,
      body: { reason },
    }),
    lets: keepers,
    knows: officers,
  },
  'POST /api/handovers/:handoverId/receipt': {
    call: async (at, { fresh }) => ({
      path: `/api/handovers/${await fresh.handover(at, 'sent')}/receipt`,
      body: { on: today, signedBy: '周接收' },
    }),
    lets: keepers,
    knows: officers,
  },
  'GET /api/archive/numbering': anybody('/api/archive/numbering'),
  'GET /api/archive/numbering/changes': anybody('/api/archive/numbering/changes'),
  'PUT /api/archive/numbering': {
    call: async (_, world) => ({
      path: '/api/archive/numbering',
      body: { pattern: `〔组织〕-〔年度〕-${Math.random()}-〔序号〕`, reason },
      revision: await world.numberingRevision(),
    }),
    lets: all('department'),
    knows: everyone,
    isPlaceless: true,
  },
  'GET /api/archive/filing-list': anybody('/api/archive/filing-list'),
  'GET /api/archive/filing-list/changes': anybody('/api/archive/filing-list/changes'),
  'POST /api/archive/filing-list/places': {
    ...settled(async () => ({ path: '/places', body: { ...ownPlace, label: `证明${Math.random()}` } })),
    succeeds: 201,
  },
  'PUT /api/archive/filing-list/places/:code': settled(async ({ fresh }) => ({
    path: `/places/${await fresh.ownPlace()}`,
    body: { ...ownPlace, label: `证明${Math.random()}` },
  })),
  'PUT /api/archive/filing-list/places/:code/adjustment': settled(async () => ({
    path: '/places/oathRecord/adjustment',
    body: { label: `宣誓记录${Math.random()}`, reason },
  })),
  'PUT /api/archive/filing-list/places/:code/use': settled(async ({ fresh }) => ({
    path: `/places/${await fresh.ownPlace()}/use`,
    body: { inUse: false, reason },
  })),
  'POST /api/archive/filing-list/exports': exported('/api/archive/filing-list/exports', readingOfficers),
  'GET /api/archive/soundness': {
    ...anybody('/api/archive/soundness'),
    lets: all('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department'),
    knows: everyone,
  },

  'GET /api/intake/imports': anybody('/api/intake/imports?limit=200'),
  'POST /api/intake/imports': {
    call: (at) => ({ path: `/api/intake/imports?name=a.csv&organizationId=${at.organization.id}`, body: '姓名' }),
    lets: keepers,
    knows: everyone,
    succeeds: 201,
  },
  'GET /api/intake/imports/:importId': ofImport(),
  'PUT /api/intake/imports/:importId/layout': ofImport('/layout', { body: { sheet: 'CSV', headerRow: 1 } }),
  'PUT /api/intake/imports/:importId/branches': {
    call: async (at, { fresh }) => ({
      path: `/api/intake/imports/${await fresh.import(at)}/branches`,
      body: { choices: [{ name: '一支部', organizationId: at.organization.id }] },
    }),
    lets: keepers,
  },
  'POST /api/intake/imports/:importId/file': ofImport('/file?name=b.csv', { body: '姓名' }),
  'GET /api/intake/imports/:importId/rows': ofImport('/rows'),
  'PATCH /api/intake/imports/:importId/rows/:row': ofImport('/rows/2', { body: { cells: { A: '甲' } } }),
  'GET /api/intake/imports/:importId/marked.xlsx': ofImport('/marked.xlsx'),
  'POST /api/intake/imports/:importId/commit': ofImport('/commit', { body: {}, isCommitted: true }),
  'GET /api/intake/imports/:importId/undo': ofImport('/undo', { isCommitted: true }),
  'POST /api/intake/imports/:importId/undo': ofImport('/undo', { isCommitted: true, isUndone: true }),
  'POST /api/intake/imports/:importId/discard': ofImport('/discard'),
  'GET /api/intake/template': anybody('/api/intake/template'),
  'POST /api/intake/exports': {
    call: (at) => ({
      path: '/api/intake/exports',
      body: { list: 'people', query: { organizationId: at.organization.id } },
    }),
    lets: all(...readingOfficers),
    knows: everywhere(...signedIn.filter((role) => !readingOfficers.includes(role))),
    succeeds: 200,
  },

  // 归档封面: who keeps the files of a person or an organisation prints covers for their papers; nobody their own.
  'GET /api/digitization/covers/places': {
    ...anybody('/api/digitization/covers/places'),
    lets: all('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department'),
    knows: everyone,
  },
  'GET /api/digitization/covers/choices': {
    call: (at) => ({ path: `/api/digitization/covers/choices?organizationId=${at.organization.id}` }),
    lets: keepers,
    knows: everyone,
  },
  'POST /api/digitization/covers': {
    call: (at) => ({
      path: '/api/digitization/covers',
      body: { personIds: [at.person.id], places: ['application'] },
    }),
    lets: keepers,
    knows: concerned,
    succeeds: 200,
  },

  // 表格: who reads the file by office makes its forms, a helper does not; the organisation department keeps the templates.
  'GET /api/forms': toReaders('/api/forms'),
  'GET /api/forms/dictionary': toReaders('/api/forms/dictionary'),
  'GET /api/forms/shipped/:code/template.docx': toReaders('/api/forms/shipped/public-notice/template.docx'),
  'POST /api/forms/previews': {
    call: (at) => ({
      path: '/api/forms/previews',
      body: { formId: 'applicant-talk', personIds: [at.person.id] },
    }),
    lets: officers,
    knows: everywhere(...signedIn.filter((role) => !readingOfficers.includes(role))),
    succeeds: 200,
  },
  'POST /api/forms/files': {
    call: (at) => ({
      path: '/api/forms/files',
      body: { formId: 'applicant-talk', personIds: [at.person.id], format: 'word' },
    }),
    lets: officers,
    knows: and(concerned, helping),
    succeeds: 200,
  },
  'POST /api/forms/filings': {
    // A roster, which nobody signs: into the archive of the branch by who keeps files there.
    call: (at) => ({
      path: '/api/forms/filings',
      body: { formId: 'development-roster', personIds: [at.person.id] },
    }),
    lets: keepers,
    knows: and(all('partySchool'), and(concerned, helping)),
    succeeds: 200,
  },
  'GET /api/forms/progress/:progressId': {
    call: () => ({ path: '/api/forms/progress/01930000-0000-7000-8000-000000000000' }),
    lets: {},
    isPlaceless: true,
  },
  'POST /api/forms/templates': {
    // No Word file: it is refused for that, by whom it may be given.
    call: () => ({ path: '/api/forms/templates?name=a.docx&title=表', body: '' }),
    lets: all('department'),
    knows: everyone,
    isPlaceless: true,
    succeeds: 422,
  },
  'GET /api/forms/templates/:templateId': ofTemplate(readingOfficers),
  'GET /api/forms/templates/:templateId/versions/:number/file': ofTemplate(readingOfficers, '/versions/1/file'),
  'PATCH /api/forms/templates/:templateId': ofTemplate(['department'], '', { step: 3 }),
  'PUT /api/forms/templates/:templateId/bindings': ofTemplate(['department'], '/bindings', { bindings: {} }),
  'POST /api/forms/templates/:templateId/versions': {
    ...ofTemplate(['department'], '/versions?name=b.docx', ''),
    succeeds: 422,
  },
  'GET /api/forms/copies/:personId': {
    call: (at) => ({ path: `/api/forms/copies/${at.person.id}` }),
    lets: and(officers, concerned),
    knows: helping,
  },
  'POST /api/forms/copies/:personId/reports': {
    call: (at) => ({ path: `/api/forms/copies/${at.person.id}/reports`, body: { sheet: 'member-record', on: today } }),
    lets: keepers,
    knows: and(all('partySchool'), and(concerned, helping)),
    succeeds: 201,
  },

  // 纸质材料整理: who keeps the files where a stack lies; a helper and the person concerned know of none.
  'GET /api/digitization/stacks': anybody('/api/digitization/stacks?limit=200'),
  'POST /api/digitization/stacks': {
    call: (at) => ({ path: '/api/digitization/stacks', body: { organizationId: at.organization.id } }),
    lets: keepers,
    knows: everyone,
    succeeds: 201,
  },
  'GET /api/digitization/stacks/:stackId': ofStack(() => ({ path: '' })),
  'DELETE /api/digitization/stacks/:stackId': ofStack(() => ({ path: '' })),
  'POST /api/digitization/stacks/:stackId/files': {
    call: async (at, { fresh }, role) => ({
      path: `/api/digitization/stacks/${(await fresh.stack(at, { isAdding: true })).id}/files`,
      body: { uploadId: await fresh.upload(role, { isWhole: true }) },
    }),
    lets: keepers,
    succeeds: 201,
  },
  'DELETE /api/digitization/stacks/:stackId/files/:fileId': ofStack(({ fileId }) => ({ path: `/files/${fileId}` }), {
    isAdding: true,
  }),
  'POST /api/digitization/stacks/:stackId/reading': ofStack(() => ({ path: '/reading' }), { isAdding: true }),
  'GET /api/digitization/stacks/:stackId/pages/:number': ofStack(() => ({ path: '/pages/1?width=40' })),
  'PATCH /api/digitization/stacks/:stackId/parts/:partId': ofStack(({ part }) => ({
    path: `/parts/${part.id}`,
    body: { revision: 1, title: '另一个题名' },
  })),
  'POST /api/digitization/stacks/:stackId/parts/:partId/split': {
    ...ofStack(({ part }) => ({ path: `/parts/${part.id}/split`, body: { revision: 1, from: 2 } })),
    succeeds: 201,
  },
  'POST /api/digitization/stacks/:stackId/parts/:partId/merge': ofStack(({ part, other }) => ({
    path: `/parts/${part.id}/merge`,
    body: { revision: 1, other },
  })),
  'POST /api/digitization/stacks/:stackId/parts/:partId/filing': {
    ...ofStack(({ part }) => ({ path: `/parts/${part.id}/filing`, body: { revision: 1 } })),
    succeeds: 201,
  },
  'POST /api/digitization/stacks/:stackId/filings': {
    ...ofStack(({ part, other }) => ({ path: '/filings', body: { parts: [part, other] } })),
    succeeds: 200,
  },
  'POST /api/digitization/stacks/:stackId/closing': ofStack(() => ({ path: '/closing' }), { isDropped: true }),

  // 查找: everybody may ask, and finds what they may read; the organisations are known to all.
  'GET /api/search': {
    call: (at) => ({ path: `/api/search?q=谈话&organizationId=${at.organization.id}` }),
    lets: everyone,
  },

  // 通知: sent by officers to their part of the tree, read by those who got them; what became of them is seen by the account that sent.
  // 素材
  'POST /api/media/uploads': {
    call: () => ({ path: '/api/media/uploads', body: { fileName: '合影.jpg', sizeBytes: 1 } }),
    lets: all(...persons),
    knows: everyone,
    isPlaceless: true,
    succeeds: 201,
  },
  'GET /api/media/uploads/:uploadId': ofUpload('', undefined, 'media'),
  'PATCH /api/media/uploads/:uploadId': { ...ofUpload('?offset=0', 'x', 'media'), succeeds: 200 },
  'DELETE /api/media/uploads/:uploadId': ofUpload('', undefined, 'media'),
  'GET /api/media/items': anybody('/api/media/items'),
  'POST /api/media/items': {
    call: async (at, { fresh }, role) => ({
      path: '/api/media/items',
      body: {
        uploadId: await fresh.upload(role, { isWhole: true, table: 'media' }),
        organizationId: at.organization.id,
      },
    }),
    lets: and(showers, { branch: ['student', 'helper', 'formerHelper'] }),
    knows: { ...everyone, foreign: administrators },
    succeeds: 201,
  },
  'GET /api/media/items/:mediaId': { ...ofMedia(), shows: ['publicity'] },
  'PATCH /api/media/items/:mediaId': ofMedia('', { altText: '主题党日' }, etagOf(1)),
  'GET /api/media/items/:mediaId/content': ofMedia('/content?width=480'),
  'POST /api/media/items/:mediaId/crops': {
    ...ofMedia('/crops', { box: { x: 0, y: 0, width: 1, height: 1 }, size: { width: 20, height: 20 } }),
    succeeds: 201,
  },
  'GET /api/media/items/:mediaId/texts/:kind': ofMedia('/texts/captions', undefined, undefined, true),
  'PUT /api/media/items/:mediaId/texts/:kind': ofMedia(
    '/texts/captions',
    { text: 'WEBVTT\n\n00:01.000 --> 00:02.000\n好' },
    undefined,
    true,
  ),
  'POST /api/media/items/:mediaId/withdrawal': ofMedia('/withdrawal', { reason }),

  // 宣传稿件: their authors and the officers of publicity see them; only officers review, publish and withdraw.
  'GET /api/publicity/settings': anybody('/api/publicity/settings'),
  'PUT /api/publicity/settings': {
    ...anybody('/api/publicity/settings'),
    call: async (_, { publicitySettingsRevision }) => ({
      path: '/api/publicity/settings',
      body: { reviewers: 1, openIsReviewedAbove: true, siteName: '云山党建', siteAbout: '', siteFoot: '' },
      revision: await publicitySettingsRevision(),
    }),
    lets: all('publicity'),
    knows: everyone,
  },
  'GET /api/publicity/sections': anybody('/api/publicity/sections'),
  'POST /api/publicity/sections': {
    ...anybody('/api/publicity/sections'),
    call: () => ({ path: '/api/publicity/sections', body: { name: '党史学习', slug: `s${newId().slice(-12)}` } }),
    lets: all('publicity'),
    knows: everyone,
    succeeds: 201,
  },
  'PUT /api/publicity/sections/:sectionId': {
    call: async (at, { fresh }) => ({
      path: `/api/publicity/sections/${await fresh.section(at)}`,
      body: { name: '党史学习', position: 2, isClosed: true },
      revision: etagOf(1),
    }),
    lets: all('publicity'),
    knows: everyone,
    isPlaceless: true,
  },
  'POST /api/publicity/imports': {
    // No Word file: it is refused for that, by whom it may be given.
    call: () => ({ path: '/api/publicity/imports', body: '' }),
    lets: all(...persons),
    knows: everyone,
    isPlaceless: true,
    succeeds: 422,
  },
  'GET /api/publicity/places': anybody('/api/publicity/places'),
  'GET /api/publicity/articles': anybody('/api/publicity/articles'),
  'POST /api/publicity/articles': {
    call: async (at, { fresh }) => ({
      path: '/api/publicity/articles',
      body: { organizationId: at.organization.id, sectionId: await fresh.section(at), text: articleText },
    }),
    lets: and(showers, { branch: ['student', 'helper', 'formerHelper'] }),
    knows: everyone,
    succeeds: 201,
  },
  'GET /api/publicity/articles/:articleId': { ...ofArticle(), shows: ['publicity'] },
  'PUT /api/publicity/articles/:articleId': {
    call: async (at, { fresh }) => ({
      path: `/api/publicity/articles/${await fresh.article(at)}`,
      body: { sectionId: await fresh.section(at), isOpen: true, text: { ...articleText, title: '参观校史馆' } },
      revision: etagOf(1),
    }),
    lets: showers,
  },
  'GET /api/publicity/articles/:articleId/versions': { ...ofArticle('/versions'), shows: ['publicity'] },
  'POST /api/publicity/articles/:articleId/versions': { ...ofArticle('/versions', {}), succeeds: 201 },
  'GET /api/publicity/articles/:articleId/versions/:version': { ...ofArticle('/versions/1'), shows: ['publicity'] },
  'POST /api/publicity/articles/:articleId/versions/:version/restoration': ofArticle('/versions/1/restoration', {}),
  'GET /api/publicity/articles/:articleId/comparison': ofArticle('/comparison?from=1'),
  'GET /api/publicity/articles/:articleId/media': ofArticle('/media'),
  'GET /api/publicity/articles/:articleId/media/:mediaId': {
    call: async (at, { fresh }) => ({ path: `/api/publicity/articles/${await fresh.articleMedium(at)}` }),
    lets: showers,
  },
  'POST /api/publicity/articles/:articleId/submission': ofArticle('/submission', {}),
  'DELETE /api/publicity/articles/:articleId/submission': ofArticle('/submission', undefined, 'inReview'),
  'POST /api/publicity/articles/:articleId/reviews': {
    ...ofArticle('/reviews', { version: 1, verdict: 'approved' }, 'inReview'),
    ...byPublishers,
  },
  'GET /api/publicity/articles/:articleId/remarks': ofArticle('/remarks'),
  'POST /api/publicity/articles/:articleId/remarks': {
    ...ofArticle('/remarks', { quote: '校史馆', block: 0, body: '请核对名称' }),
    succeeds: 201,
  },
  'POST /api/publicity/articles/:articleId/remarks/:remarkId/settlement': {
    call: async (at, { fresh }) => ({ path: `/api/publicity/articles/${await fresh.remark(at)}/settlement` }),
    lets: showers,
  },
  'POST /api/publicity/articles/:articleId/publication': {
    ...ofArticle('/publication', { version: 1, at: null }, 'approved'),
    ...byPublishers,
  },
  'DELETE /api/publicity/articles/:articleId/publication': {
    ...ofArticle('/publication', undefined, 'scheduled'),
    ...byPublishers,
  },
  'POST /api/publicity/articles/:articleId/withdrawal': {
    ...ofArticle('/withdrawal', { reason }, 'published'),
    ...byPublishers,
  },
  'POST /api/publicity/articles/:articleId/dropping': ofArticle('/dropping', {}),
  'POST /api/publicity/articles/:articleId/copies': { ...ofArticle('/copies', {}), succeeds: 201 },
  'POST /api/publicity/articles/:articleId/notice': {
    ...ofArticle('/notice', {}, 'published'),
    ...byPublishers,
    succeeds: 201,
  },

  'GET /api/publicity/articles/:articleId/kit': { ...ofArticle('/kit'), shows: ['publicity'] },
  'GET /api/publicity/articles/:articleId/kit/packet.zip': ofArticle('/kit/packet.zip'),
  /** Without a 公众号 and a cover nothing goes anywhere; whoever may not see the article is told that there is none. */
  'POST /api/publicity/articles/:articleId/kit/drafts': {
    ...ofArticle('/kit/drafts', {}, 'approved'),
    ...byPublishers,
    succeeds: 409,
  },

  'GET /api/notices/calendars': anybody('/api/notices/calendars'),
  'POST /api/notices/calendars': {
    call: (at) => ({ path: '/api/notices/calendars', body: { organizationId: at.organization.id } }),
    lets: officers,
    knows: everyone,
    succeeds: 201,
  },
  'DELETE /api/notices/calendars/:feedId': {
    call: async (_, { fresh }, role) => ({ path: `/api/notices/calendars/${await fresh.calendar(role)}` }),
    lets: everyone,
    isPlaceless: true,
  },
  'GET /api/notices': anybody('/api/notices'),
  'GET /api/notices/counts': anybody('/api/notices/counts'),
  'GET /api/notices/live': { ...anybody('/api/notices/live'), hasNothingFor: administrators },
  'GET /api/notices/sent': {
    call: (at) => ({ path: `/api/notices/sent?organizationId=${at.organization.id}` }),
    lets: everywhere(...signedIn),
  },
  'POST /api/notices/audience': {
    call: (at) => ({
      path: '/api/notices/audience',
      body: { organizationId: at.organization.id, audience: everybodyAt(at) },
    }),
    lets: senders,
    knows: everyone,
    succeeds: 200,
    shows: ['publicity'],
  },
  'GET /api/notices/addressees': {
    call: (at) => ({ path: `/api/notices/addressees?organizationId=${at.organization.id}` }),
    lets: senders,
    knows: everyone,
    shows: ['publicity'],
  },
  'POST /api/notices/addressees/numbers': {
    call: () => ({
      path: '/api/notices/addressees/numbers',
      body: { numbers: ['2023010002', '202399001', '202399002', '202399003', '202399004'] },
    }),
    lets: everywhere('secretary', 'sibling', 'organiser', 'otherOrganiser', 'department', 'publicity', 'partySchool'),
    knows: everywhere(...signedIn),
    succeeds: 200,
    shows: ['publicity'],
  },
  'POST /api/notices': {
    call: (at) => ({
      path: '/api/notices',
      body: { ...noticeText(at), organizationId: at.organization.id, audience: everybodyAt(at) },
    }),
    lets: senders,
    knows: everyone,
    succeeds: 201,
  },
  'GET /api/notices/:noticeId': { ...ofNotice({ state: 'sent' }), lets: announcedTo },
  'PUT /api/notices/:noticeId': {
    ...ofNotice({ state: 'draft' }, '', (at) => ({
      body: { ...noticeText(at), audience: everybodyAt(at) },
      revision: '"1"',
    })),
    lets: senders,
  },
  'POST /api/notices/:noticeId/renewal': {
    call: async (at, { fresh }) => {
      const { id: activityId } = await fresh.activity(at)
      return {
        path: `/api/notices/${await fresh.notice(at, { state: 'draft', activityId })}/renewal`,
        revision: '"1"',
      }
    },
    lets: senders,
  },
  'POST /api/notices/:noticeId/sending': {
    ...ofNotice({ state: 'draft' }, '/sending', () => ({ revision: '"1"' })),
    lets: senders,
  },
  'POST /api/notices/:noticeId/dropping': {
    ...ofNotice({ state: 'draft' }, '/dropping', () => ({ body: { reason } })),
    lets: senders,
  },
  'POST /api/notices/:noticeId/recall': {
    ...ofNotice({ state: 'sent' }, '/recall', () => ({ body: { reason } })),
    lets: senders,
    knows: announcedTo,
  },
  'POST /api/notices/:noticeId/correction': {
    ...ofNotice({ state: 'sent' }, '/correction', (at) => ({ body: { ...noticeText(at), reason } })),
    lets: senders,
    knows: announcedTo,
    succeeds: 201,
  },
  'POST /api/notices/:noticeId/reminders': {
    ...ofNotice({ state: 'sent' }, '/reminders'),
    lets: all('publicity'),
    knows: announcedTo,
  },
  'GET /api/notices/:noticeId/receipts': {
    ...ofNotice({ state: 'sent' }, '/receipts'),
    lets: all('publicity'),
    knows: announcedTo,
    shows: ['publicity'],
  },
  'POST /api/notices/:noticeId/reading': { ...ofNotice({ state: 'sent' }, '/reading'), lets: concerned },
  'POST /api/notices/:noticeId/confirmation': {
    ...ofNotice({ state: 'sent', kind: 'confirmation' }, '/confirmation'),
    lets: concerned,
  },
  'POST /api/notices/:noticeId/completion': {
    ...ofNotice({ state: 'sent', kind: 'task' }, '/completion'),
    lets: concerned,
  },

  ...activityRows,
  ...lectureRows,
  ...callRows,
  ...quizRows,
  ...coursewareRows,
  ...examRows,
  ...trainingRows,
  ...talentRows,
  ...reportRows,
  ...acceptanceRows,
  ...reflectionRows,
  ...discussionRows,
  ...guidanceRows,
  ...exchangeRows,
  ...expertRows,
  ...certificateRows,
}

/** Something with a stack of paper that is made for each call; who does not keep the files there is told that there is nothing. */
function ofStack(
  asked: (stack: Awaited<ReturnType<RightsWorld['fresh']['stack']>>) => Call,
  state: { isAdding?: boolean; isDropped?: boolean } = {},
): Row {
  return {
    call: async (at, { fresh }) => {
      const stack = await fresh.stack(at, state)
      const { path, ...rest } = asked(stack)
      return { path: `/api/digitization/stacks/${stack.id}${path}`, ...rest }
    },
    lets: keepers,
  }
}

/** What those see who read files anywhere, wherever anything lies. */
function toReaders(path: string): Row {
  return { call: () => ({ path }), lets: all(...readingOfficers), knows: everyone, isPlaceless: true }
}

/** Something with a template of the university, made for each call. */
function ofTemplate(by: readonly Role[], path = '', body?: unknown): Row {
  return {
    call: async (at, { fresh }) => ({
      path: `/api/forms/templates/${await fresh.template(at)}${path}`,
      ...(body === undefined ? {} : { body }),
    }),
    lets: all(...by),
    knows: everywhere(...signedIn.filter((role) => !by.includes(role))),
  }
}

/** Something with a paper of the person of the place that is made for each call. */
function ofPaper(rest: string, body?: unknown): Pick<Row, 'call'> {
  return {
    call: async (at, { fresh }) => ({
      path: `/api/archive/documents/${await fresh.document(at)}${rest}`,
      ...(body === undefined ? {} : { body }),
    }),
  }
}

/** Something with a package that was taken over at each place. */
function ofReception(rest: string): Row {
  return {
    call: async (at, { fresh }) => ({ path: `/api/archive/receptions/${await fresh.reception(at)}${rest}` }),
    lets: keepers,
    knows: officers,
  }
}

/** A paper of the person of the place that is made for each call, with a day below its title. */
const datedPaper = async (at: Place, fresh: RightsWorld['fresh']): Promise<string> =>
  `/api/development/documents/${await fresh.document(at, { lines: ['思想汇报', '2026年3月2日'] })}`

/** Something with an upload of the secretary of the branch, of which nobody else knows. */
function ofUpload(rest = '', body?: unknown, module: 'archive' | 'media' = 'archive'): Row {
  return {
    call: async (_at, { fresh }) => ({
      path: `/api/${module}/uploads/${await fresh.upload('secretary', { table: module })}${rest}`,
      ...(body === undefined ? {} : { body }),
    }),
    lets: { branch: ['secretary'] },
    isPlaceless: true,
  }
}

/** Something with a picture, or a sound with words, that the person of the place has brought in. */
function ofMedia(rest = '', body?: unknown, revision?: string, isSound = false): Row {
  return {
    call: async (at, { fresh }) => ({
      path: `/api/media/items/${await fresh.media(at, { isSound })}${rest}`,
      ...(body === undefined ? {} : { body }),
      ...(revision === undefined ? {} : { revision }),
    }),
    lets: showers,
  }
}

/** Something with an article that the person of the place has written. */
function ofArticle(rest = '', body?: unknown, state: ArticleState = 'writing'): Row {
  return {
    call: async (at, { fresh }) => ({
      path: `/api/publicity/articles/${await fresh.article(at, state)}${rest}`,
      ...(body === undefined ? {} : { body }),
      revision: etagOf(1),
    }),
    lets: showers,
  }
}

/** Everybody at a place. */
const everybodyAt = (at: Place) => ({ groups: [{ organizationIds: [at.organization.id] }] })

const noticeText = (at: Place) => ({ kind: 'information', title: at.notice, body: '请互相转告。' })

/** Something with a notice of the place that is made for each call, sent by the publicity department where it was sent. */
function ofNotice(
  it: NoticeAt,
  rest = '',
  asked: (at: Place) => Pick<Call, 'body' | 'revision'> = () => ({}),
): Pick<Row, 'call'> {
  return {
    call: async (at, { fresh }) => ({ path: `/api/notices/${await fresh.notice(at, it)}${rest}`, ...asked(at) }),
  }
}

/** A list that is written out whole for some roles, wherever anything lies. */
function exported(path: string, by: readonly Role[]): Row {
  return { call: () => ({ path, body: {} }), lets: all(...by), knows: everyone, isPlaceless: true, succeeds: 200 }
}

/** A change of the filing list, as read just before: for the organisation department of the university alone. */
function settled(change: (world: RightsWorld) => Promise<Call>): Row {
  const call: Row['call'] = async (_, world) => {
    const { path, body } = await change(world)
    return { path: `/api/archive/filing-list${path}`, body, revision: await world.filingListRevision() }
  }
  return { call, lets: all('department'), knows: everyone, isPlaceless: true }
}

/** Something with an import that is made for each call; who does not import there is told that there is nothing. */
function ofImport(
  path = '',
  { body, ...state }: { body?: unknown; isCommitted?: boolean; isUndone?: boolean } = {},
): Row {
  return {
    call: async (at, { fresh }) => ({
      path: `/api/intake/imports/${await fresh.import(at, state)}${path}`,
      ...(body === undefined ? {} : { body }),
    }),
    lets: keepers,
  }
}

/** A change of the own sign-in that a wrong password does not unlock, whoever asks. */
function wrongPassword(path: string): Row {
  const call = () => ({ path, body: { password: 'wrong' } })
  return { call, lets: everyone, isPlaceless: true, succeeds: 400, recordsRefusal: true }
}

/** Reads all places at once where none is named: what comes must be the own part only. */
export const unbounded: readonly string[] = [
  '/api/people?limit=200',
  '/api/people?q=沈',
  '/api/people?q=2023',
  '/api/development/files?limit=200',
  '/api/development/files?q=沈',
  '/api/development/dues?limit=200',
  '/api/development/board',
  '/api/development/completeness?limit=200',
  '/api/development/completeness/counts',
  '/api/development/completeness/organizations?limit=200',
  '/api/development/batches?limit=200',
  '/api/archive/documents?limit=200',
  '/api/archive/disposable?limit=200',
  '/api/archive/disposals?limit=200',
  '/api/archive/receptions?limit=200',
  '/api/digitization/stacks?limit=200',
  '/api/archive/soundness',
  '/api/handovers?limit=200',
  '/api/notices?limit=200',
  '/api/notices/sent?state=waiting&limit=200',
  '/api/notices/sent?state=sent&limit=200',
  '/api/notices/sent?state=dropped&limit=200',
  '/api/media/items?limit=200',
  '/api/publicity/articles?mine=true&limit=200',
  ...activityLists,
  ...lectureLists,
  ...callLists,
  ...quizLists,
  ...coursewareLists,
  ...examLists,
  ...trainingLists,
  ...talentLists,
  ...discussionLists,
  ...guidanceLists,
  ...exchangeLists,
  ...expertLists,
  ...certificateLists,
  '/api/intake/imports?limit=200',
  '/api/accounts/delegations?limit=200',
  '/api/accounts/helpers?q=沈',
  '/api/search?q=谈话',
  '/api/search?q=号&limit=50',
  '/api/search?q=2025',
  '/api/search?q=沈',
]
