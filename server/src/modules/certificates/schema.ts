import { z } from 'zod'
import { codesOf, cursor, day, line, page, pageSize, reason } from '../../platform/wire.ts'
import {
  type CertificatePlace,
  type CertificateState,
  certificateStateNames,
  filingPlaceNames,
  mostAtOnce,
  type PaperState,
  paperStateNames,
} from './names-schema.ts'

/** What crosses the wire about certificates (证书). */

const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })
const states = codesOf<CertificateState>(certificateStateNames)
const paperStates = codesOf<PaperState>(paperStateNames)

/** What is printed for each person of an order alike. */
export const certificateText = z.object({
  /** What the certificate is called: 结业证书. */
  title: line.min(2, '请填写证书名称').max(30, '不超过 30 个字'),
  /** In what they took part. */
  programme: line.min(2, '请填写参加的培训').max(100, '不超过 100 个字'),
  fromOn: day.nullable(),
  untilOn: day.nullable(),
  /** In words, such as 24 学时; may be empty. */
  hours: line.max(30, '不超过 30 个字'),
  /** In words, such as 考核合格，准予结业; may be empty. */
  result: line.max(60, '不超过 60 个字'),
  signatoryOffice: line.max(40, '不超过 40 个字'),
  signatoryName: line.max(40, '不超过 40 个字'),
})
export type CertificateText = z.infer<typeof certificateText>

/** Everything that stands on a paper, as it was printed: whatever changes later, this stays. */
export interface Facts extends CertificateText {
  name: string
  issuer: string
  issuedOn: NonNullable<CertificateText['fromOn']>
  number: string
  /** The number of the certificate whose place it takes. */
  replaces: string | null
}

const orderFields = { organizationId: z.uuid(), ...certificateText.shape }

/** An order from the page. `orderId` is made there, so that the same order sent twice issues once. */
export const newOrder = z.object({
  ...orderFields,
  orderId: z.uuid(),
  personIds: z
    .array(z.uuid())
    .min(1, '请选择至少一个人')
    .max(mostAtOnce, `一次最多 ${mostAtOnce} 人，请分几次颁发`)
    .refine((ids) => new Set(ids).size === ids.length, '有人员重复，请核对'),
})
export type NewOrder = z.infer<typeof newOrder>

export const ordered = z.object({ batchId: z.uuid(), issued: count, already: count })
export type Ordered = z.infer<typeof ordered>

export const revocation = z.object({ reason })
export type Revocation = z.infer<typeof revocation>

/** What is to stand on a certificate that takes the place of another, and why. */
export const replacement = certificateText.extend({ reason })
export type Replacement = z.infer<typeof replacement>

export const created = z.object({ id: z.uuid() })

export const filingOrder = z.object({ place: codesOf<CertificatePlace>(filingPlaceNames) })

export const certificatesQuery = z.object({
  q: z.string().max(50).optional(),
  organizationId: z.uuid().optional(),
  state: states.optional(),
  cursor,
  limit: pageSize,
})
export type CertificatesQuery = z.infer<typeof certificatesQuery>

export const certificateRow = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  name: z.string(),
  programme: z.string(),
  organization: named,
  issuedOn: day,
  state: states,
  paper: paperStates,
})
export type CertificateRow = z.infer<typeof certificateRow>

export const certificatePage = page(certificateRow)
export const ownList = z.object({ items: z.array(certificateRow) })
export type OwnList = z.infer<typeof ownList>

/** Where the actor issues certificates. */
export const placeList = z.object({ items: z.array(named) })
export type PlaceList = z.infer<typeof placeList>

export const certificateView = certificateRow.extend({
  sentence: z.string(),
  signatory: z.string().nullable(),
  issuer: z.string(),
  issuedBy: z.string(),
  /** What a replacement begins with. */
  text: certificateText,
  batchId: z.uuid(),
  /** Why there is no paper. */
  paperProblem: z.string().nullable(),
  revocation: z.object({ on: day, by: z.string(), reason: z.string() }).nullable(),
  /** The certificate whose place it takes, and the one that has taken its own. */
  replaces: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  replacedBy: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  /** The paper in the archive of the person. */
  documentId: z.uuid().nullable(),
  can: z.object({
    revoke: z.boolean(),
    replace: z.boolean(),
    file: z.boolean(),
    printAgain: z.boolean(),
    download: z.boolean(),
  }),
})
export type CertificateView = z.infer<typeof certificateView>

export const batchView = z.object({
  id: z.uuid(),
  title: z.string(),
  programme: z.string(),
  organization: named,
  issuedOn: day,
  issuedBy: z.string(),
  firstNumber: z.string(),
  lastNumber: z.string(),
  total: count,
  ready: count,
  revoked: count,
  /** Those whose papers could not be made, and why. */
  problems: z.array(z.object({ id: z.uuid(), name: z.string(), number: z.string(), problem: z.string() })),
})
export type BatchView = z.infer<typeof batchView>

/** What an organisation has settled about its certificates. */
export const settingsView = z.object({
  organization: named,
  pattern: z.string(),
  /** What stands for 〔组织〕. */
  mark: z.string(),
  year: count,
  /** The serial of the next certificate. */
  serial: count,
  signatoryOffice: z.string(),
  signatoryName: z.string(),
  revision: count,
})
export type SettingsView = z.infer<typeof settingsView>

export const newSettings = certificateText
  .pick({ signatoryOffice: true, signatoryName: true })
  .extend({ pattern: line.min(3, '请填写编号格式').max(60, '不超过 60 个字') })
export type NewSettings = z.infer<typeof newSettings>

export const numbersAsked = z.object({ numbers: z.array(line.min(1).max(60)).min(1).max(mostAtOnce) })
export const numbersFound = z.object({ items: z.array(named), missing: z.array(count) })
