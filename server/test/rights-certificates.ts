import { checkStylesFile } from '../src/modules/certificates/check-styles.ts'
import { newId } from '../src/platform/ids.ts'
import { all, and, type Circle, keepers, outside, persons } from './rights-circles.ts'
import type { Call, Row } from './rights-rows.ts'
import { type CertificateAt, type Place, type RightsWorld, type Role, roles } from './rights-world.ts'

const text = {
  ...{
    title: '结业证书',
    programme: '党校第 58 期培训班',
    fromOn: null,
    untilOn: null,
    hours: '24 学时',
    result: '考核合格',
  },
  ...{ signatoryOffice: '', signatoryName: '' },
}
const reason = '姓名有误，换发新的一份'

/** Who issues certificates of the organisation at a place. */
const issuers = and(keepers, all('partySchool'))
/** The person to whom a certificate was given. */
const holder: Circle = { branch: ['applicant'] }
const toIssuers = { lets: issuers, knows: and(holder, outside) }
/** What was issued in one act is told to nobody but those who issue. */
const toIssuersAlone = { lets: issuers, knows: outside }
const toReaders = { lets: and(issuers, holder), knows: outside }
/** Organisations are known to everybody. */
const toIssuersOfKnown = { lets: issuers, knows: and(all(...persons), outside) }
const toEverybody = { lets: all(...persons), knows: outside, isPlaceless: true }
const toAll = (path: string, succeeds?: number): Row => ({
  call: () => ({ path }),
  lets: { branch: roles },
  ...(succeeds !== undefined && { succeeds }),
  ...{ isPublic: true, isPlaceless: true },
})

type Made = Awaited<ReturnType<RightsWorld['fresh']['certificate']>>

/** Something with a certificate of the person at the place, which is made for each call. */
const ofCertificate = (path: string, { body, ...at }: CertificateAt & { body?: unknown } = {}): Pick<Row, 'call'> => ({
  call: async (place, world): Promise<Call> => ({
    path: `/api/certificates/${(await made(place, world, at)).certificateId}${path}`,
    ...(body !== undefined && { body }),
  }),
})
const ofBatch = (path: string): Pick<Row, 'call'> => ({
  call: async (place, world) => ({
    path: `/api/certificates/batches/${(await made(place, world, {})).batchId}${path}`,
  }),
})
const made = (place: Place, { fresh }: RightsWorld, at: CertificateAt): Promise<Made> => fresh.certificate(place, at)

/** Whoever issues anywhere. */
const somewhere: readonly Role[] = ['secretary', 'sibling', 'organiser', 'otherOrganiser', 'department', 'partySchool']

/** 证书 */
export const certificateRows: Readonly<Record<string, Row>> = {
  'GET /api/certificates': { call: () => ({ path: '/api/certificates' }), ...toEverybody },
  'POST /api/certificates': {
    call: ({ organization, person }) => ({
      path: '/api/certificates',
      body: { ...text, organizationId: organization.id, orderId: newId(), personIds: [person.id] },
    }),
    ...toIssuersOfKnown,
    succeeds: 201,
  },
  'GET /api/certificates/own': { call: () => ({ path: '/api/certificates/own' }), ...toEverybody },
  'GET /api/certificates/places': { call: () => ({ path: '/api/certificates/places' }), ...toEverybody },
  'POST /api/certificates/persons/numbers': {
    call: () => ({ path: '/api/certificates/persons/numbers', body: { numbers: ['20239900999'] } }),
    lets: { branch: somewhere },
    knows: { branch: [...persons, ...(outside.branch ?? [])] },
    succeeds: 200,
    isPlaceless: true,
  },
  'GET /api/certificates/settings/:organizationId': {
    call: ({ organization }) => ({ path: `/api/certificates/settings/${organization.id}` }),
    ...toIssuersOfKnown,
  },
  'PUT /api/certificates/settings/:organizationId': {
    call: async ({ organization }, { fresh }) => ({
      path: `/api/certificates/settings/${organization.id}`,
      body: { pattern: `${newId()}-〔年度〕-〔序号〕`, signatoryOffice: '', signatoryName: '' },
      revision: await fresh.certificateSettingsRevision(organization),
    }),
    ...toIssuersOfKnown,
  },
  'GET /api/certificates/batches/:batchId': { ...ofBatch(''), ...toIssuersAlone },
  'GET /api/certificates/batches/:batchId/papers.pdf': { ...ofBatch('/papers.pdf'), ...toIssuersAlone },
  'GET /api/certificates/:certificateId': { ...ofCertificate(''), ...toReaders },
  'GET /api/certificates/:certificateId/paper.pdf': { ...ofCertificate('/paper.pdf'), ...toReaders },
  'POST /api/certificates/:certificateId/revocation': {
    ...ofCertificate('/revocation', { body: { reason } }),
    ...toIssuers,
  },
  'POST /api/certificates/:certificateId/replacement': {
    ...ofCertificate('/replacement', { body: { ...text, reason } }),
    ...toIssuers,
    succeeds: 201,
  },
  'POST /api/certificates/:certificateId/printing': {
    ...ofCertificate('/printing', { hasFailed: true }),
    ...toIssuers,
  },
  'POST /api/certificates/:certificateId/filing': {
    ...ofCertificate('/filing', { body: { place: 'intensiveTrainingProof' } }),
    ...toIssuers,
    succeeds: 201,
  },
  /** Without a session, and to whoever guesses a code: there is none, and no code was one. */
  'GET /check': toAll('/check'),
  'GET /check/': toAll('/check/', 308),
  'POST /check': toAll('/check', 404),
  'GET /check/:code': toAll(`/check/${'A'.repeat(24)}`, 404),
  [`GET /check${checkStylesFile}`]: toAll(`/check${checkStylesFile}`),
}

/** Lists of all places at once. */
export const certificateLists: readonly string[] = ['/api/certificates', '/api/certificates/own']
