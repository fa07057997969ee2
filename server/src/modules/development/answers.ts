import { actKinds, deliverers, remarkStates, ruleBooks, stages } from '@zhibu/rules'
import { z } from 'zod'
import { day, month, type Page, page } from '../../platform/wire.ts'
import { act } from './act-schema.ts'
import { type CompletenessCounts, type KeeperPapers, type PersonPapers, paperStates } from './completeness-schema.ts'
import { planConstraints } from './request-schema.ts'
import {
  type BatchRow,
  type BatchView,
  type Board,
  type DueCounts,
  type DueRow,
  type FileRow,
  type FileView,
  type PapersView,
  type SettingsView,
  whoseChoices,
} from './schema.ts'
import { localPractice, workingYear } from './settings-schema.ts'

/**
 * What the routes answer, for the description of the interface. The types of the same shapes stand in `schema.ts`, which
 * brings no schema library to the pages; the compiler holds the two together.
 */

const kind = z.enum(actKinds)
const stage = z.enum(stages).nullable()
const ruleBook = z.enum(ruleBooks)
const instant = z.string()
const count = z.number().int()
const provisional = z.literal(true).exactOptional()

const fact = z.strictObject({
  label: z.string(),
  value: z.string(),
  kind: kind.exactOptional(),
  actId: z.uuid().exactOptional(),
})

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  ruleBook,
  article: z.string().exactOptional(),
  message: z.string(),
  facts: z.array(fact),
  provisional,
})

const reason = z.strictObject({
  ruleBook: ruleBook.exactOptional(),
  article: z.string().exactOptional(),
  text: z.string(),
  facts: z.array(fact),
})

const dueAct = z.strictObject({
  kind,
  step: count,
  earliestOn: day.exactOptional(),
  latestOn: day.exactOptional(),
  overdue: z.boolean(),
  waitingOn: z.enum([
    'applicant',
    'branchCommittee',
    'branchAssembly',
    'partyCommittee',
    'organizationDepartment',
    'introducers',
  ]),
  reasons: z.array(reason),
  provisional,
})

const missing = z.strictObject({
  code: z.string(),
  kind,
  step: count,
  lacks: z.enum(['act', 'day', 'detail', 'file']),
  covers: z.array(z.enum(actKinds)).exactOptional(),
  ruleBook,
  article: z.string().exactOptional(),
  message: z.string(),
  facts: z.array(fact),
})

const remarkOnRun = z.strictObject({
  code: z.string(),
  place: z.string(),
  label: z.string(),
  state: z.enum(remarkStates),
  deliveredBy: z.enum(deliverers).exactOptional(),
  ruleBook: ruleBook.exactOptional(),
  article: z.string().exactOptional(),
  message: z.string(),
})

const paperState = z.enum(paperStates)
const paperCounts = z.array(z.strictObject({ state: paperState, persons: z.number().int() }))

export const completeness = page(
  z.strictObject({
    personId: z.uuid(),
    name: z.string(),
    studentNumber: z.string().nullable(),
    organizationId: z.uuid(),
    organization: z.string(),
    stage: z.enum(stages).nullable(),
    remarks: z.array(remarkOnRun),
    differences: z.array(z.strictObject({ place: z.string(), message: z.string() })),
  }) satisfies z.ZodType<PersonPapers>,
)

export const completenessCounts = z.strictObject({
  on: day,
  isUsed: z.boolean(),
  persons: z.number().int(),
  states: paperCounts,
  places: z.array(
    z.strictObject({
      code: z.string(),
      number: z.string(),
      label: z.string(),
      deliveredBy: z.enum(deliverers),
      states: paperCounts,
    }),
  ),
  organizations: z.array(
    z.strictObject({ id: z.uuid(), name: z.string(), persons: z.number().int(), states: paperCounts }),
  ),
}) satisfies z.ZodType<CompletenessCounts>

export const keepers = page(
  z.strictObject({
    id: z.uuid(),
    name: z.string(),
    filed: z.number().int(),
    gaps: z.array(
      z.strictObject({
        place: z.string(),
        label: z.string(),
        from: day,
        until: day,
        message: z.string(),
        basis: z.strictObject({
          regulation: z.string(),
          article: z.string(),
          cited: z.string(),
          toVerify: z.boolean(),
        }),
      }),
    ),
  }) satisfies z.ZodType<KeeperPapers>,
)

export const papers = z.strictObject({
  on: day,
  isUsed: z.boolean(),
  isWhole: z.boolean(),
  remarks: z.array(remarkOnRun.extend({ facts: z.array(fact), documentIds: z.array(z.uuid()) })),
  findings: z.array(finding.extend({ place: z.string(), documentId: z.uuid().exactOptional() })),
}) satisfies z.ZodType<PapersView>

const recordedAct = z.strictObject({
  act: act.and(z.object({ id: z.uuid() })),
  recordedBy: z.string(),
  recordedAt: instant,
  correctedBy: z
    .strictObject({ id: z.uuid(), reason: z.string(), at: instant, by: z.string(), struckOut: z.boolean() })
    .exactOptional(),
  corrects: z.uuid().exactOptional(),
  acknowledged: z.strictObject({ rules: z.array(z.string()), reason: z.string() }).exactOptional(),
})

const branch = z.strictObject({
  name: z.string(),
  establishedOn: day.exactOptional(),
  dissolvedOn: day.exactOptional(),
  offices: z
    .array(z.strictObject({ name: z.string(), office: z.string(), from: day, until: day.exactOptional() }))
    .exactOptional(),
  committeeApproves: z.boolean().exactOptional(),
})

const facts = z.strictObject({
  bornOn: z.union([day, month]).exactOptional(),
  bornOnByIdNumber: day.exactOptional(),
  leavesOn: day.exactOptional(),
  isMobile: z.boolean().exactOptional(),
  branch: branch.exactOptional(),
})

const setting = z.strictObject({ practice: localPractice, workingYears: z.array(workingYear) })

export const file = z.strictObject({
  person: z.strictObject({
    id: z.uuid(),
    name: z.string(),
    studentNumber: z.string().nullable(),
    organizationId: z.uuid(),
    organization: z.string(),
  }),
  on: day,
  isWhole: z.boolean(),
  facts,
  acts: z.array(recordedAct),
  stage,
  findings: z.array(finding),
  due: z.array(dueAct),
  missing: z.array(missing),
  constraints: planConstraints.nullable(),
  setting,
  can: z.strictObject({ record: z.array(kind), plan: z.boolean() }),
}) satisfies z.ZodType<FileView>

export const created = z.strictObject({ id: z.uuid() })

export const checked = z.strictObject({ findings: z.array(finding) })

/** Of whom a row of a list is. */
const concerned = {
  personId: z.uuid(),
  name: z.string(),
  studentNumber: z.string().nullable(),
  organizationId: z.uuid(),
  organization: z.string(),
  stage,
}

export const files = page(
  z.strictObject({
    ...concerned,
    next: z
      .strictObject({
        kind,
        earliestOn: day.nullable(),
        latestOn: day.nullable(),
        latestKind: kind.nullable(),
        overdue: z.boolean(),
      })
      .nullable(),
    errorCount: count.nullable(),
    warningCount: count.nullable(),
  }),
) satisfies z.ZodType<Page<FileRow>>

export const dues = page(
  z.strictObject({ ...concerned, act: dueAct, can: z.strictObject({ record: z.boolean() }) }),
) satisfies z.ZodType<Page<DueRow>>

export const dueCounts = z.strictObject({
  whose: z.array(z.strictObject({ whose: z.enum(whoseChoices), count: count.nullable(), overdue: count.nullable() })),
  overdue: count.nullable(),
  week: count.nullable(),
  month: count.nullable(),
}) satisfies z.ZodType<DueCounts>

const counts = {
  total: count,
  overdue: count,
  withFindings: count,
  stages: z.array(z.strictObject({ stage, count, overdue: count, withFindings: count })),
}

export const board = z.strictObject({
  ...counts,
  next: z.array(z.strictObject({ kind, count })),
  organizations: z.array(z.strictObject({ id: z.uuid(), name: z.string(), ...counts })),
}) satisfies z.ZodType<Board>

const batchHead = { id: z.uuid(), title: z.string(), createdBy: z.string(), createdAt: instant }

export const batches = page(
  z.strictObject({
    ...batchHead,
    run: z.strictObject({ number: count, ranOn: day, files: count, filesWithErrors: count, filesWithGaps: count }),
  }),
) satisfies z.ZodType<Page<BatchRow>>

const change = z.strictObject({
  cured: z.array(finding),
  new: z.array(finding),
  supplied: z.array(missing),
  newlyMissing: z.array(missing),
  papersSettled: z.array(remarkOnRun),
  papersNew: z.array(remarkOnRun),
})

const entry = z.strictObject({
  personId: z.uuid(),
  name: z.string(),
  studentNumber: z.string().nullable(),
  organization: z.string(),
  stage,
  findings: z.array(finding),
  missing: z.array(missing),
  papers: z.array(remarkOnRun),
  due: z.array(dueAct),
  change: change.nullable(),
})

export const batch = z.strictObject({
  ...batchHead,
  runs: z.array(z.strictObject({ number: count, ranOn: day, ranBy: z.string() })),
  run: z.strictObject({
    number: count,
    ranOn: day,
    entries: z.array(entry),
    gone: z.array(z.string()),
    leftOut: count,
  }),
  can: z.strictObject({ run: z.boolean() }),
}) satisfies z.ZodType<BatchView>

export const batchRun = z.strictObject({ number: count })

export const settings = setting.extend({
  shippedYears: z.array(count),
  can: z.strictObject({ settle: z.boolean() }),
}) satisfies z.ZodType<SettingsView>

const articleVersion = z.looseObject({
  from: day,
  until: day.exactOptional(),
  summary: z.string(),
  figures: z.record(z.string(), z.number()).exactOptional(),
  checked: z.enum(['confirmed', 'toVerify']),
})

export const rules = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    shortTitle: z.string(),
    issuedOn: z.string(),
    source: z.object({ document: z.string(), url: z.string().exactOptional() }),
    checkedOn: day,
    articles: z.record(z.string(), z.array(articleVersion)),
  }),
)
