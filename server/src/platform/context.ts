import type { Day } from '@zhibu/rules'
import type { Db } from './database.ts'
import type { FieldEncryption } from './encryption.ts'
import { isWithin, type OrgPath, outermost } from './org-path.ts'

/** What an office or a delegation allows in a part of the organisation tree. */
export const rights = [
  'read-files',
  'keep-files',
  'keep-trainings',
  'import',
  'send-notices',
  'publish',
  'moderate',
  'hold-activities',
  'manage-organization',
  'configure-rules',
] as const
export type Right = (typeof rights)[number]

/** The three administrators (三员). They exclude one another and hold no other right. */
export const administratorRoles = ['sysadmin', 'secadmin', 'auditor'] as const
export type AdministratorRole = (typeof administratorRoles)[number]

/** Rights in a subtree, from an office held today. */
export interface Grant {
  rights: readonly Right[]
  path: OrgPath
}

/** A task handed to a helper: these people, these kinds of acts or fields, until that day. */
export interface Delegation {
  id: string
  personIds: ReadonlySet<string>
  /** Codes of acts (`actKinds`) and of fields of a person that the helper may enter. */
  fields: ReadonlySet<string>
  untilOn: Day
}

/** Who acts: a signed-in account, the person behind it, and what offices and delegations allow today. */
export class Actor {
  readonly accountId: string
  readonly personId: string | null
  /** Where the person belongs. */
  readonly home: OrgPath | null
  readonly name: string
  readonly administrator: AdministratorRole | null
  readonly grants: readonly Grant[]
  readonly delegations: readonly Delegation[]

  constructor(of: {
    accountId: string
    personId: string | null
    home?: OrgPath | null
    name: string
    administrator?: AdministratorRole | null
    grants?: readonly Grant[]
    delegations?: readonly Delegation[]
  }) {
    this.accountId = of.accountId
    this.personId = of.personId
    this.home = of.home ?? null
    this.name = of.name
    this.administrator = of.administrator ?? null
    this.grants = this.administrator ? [] : (of.grants ?? [])
    this.delegations = this.administrator ? [] : (of.delegations ?? [])
  }

  /** Whether an office gives this right at this place of the tree. */
  holds(right: Right, path: OrgPath): boolean {
    return this.grants.some((grant) => grant.rights.includes(right) && isWithin(path, grant.path))
  }

  /** Whether an office gives this right anywhere. */
  holdsAnywhere(right: Right): boolean {
    return this.grants.some((grant) => grant.rights.includes(right))
  }

  /** The roots of the subtrees in which a right is held, without those inside another. */
  rootsOf(right: Right): OrgPath[] {
    return outermost(this.grants.filter((grant) => grant.rights.includes(right)).map((grant) => grant.path))
  }

  /** Whether a delegation covers a person, and the code of an act or a field where one is given. */
  isHelperFor(personId: string, field?: string): boolean {
    return this.delegations.some((it) => it.personIds.has(personId) && (field === undefined || it.fields.has(field)))
  }
}

/** Everything a use case may know about the request: who acts, on which day, through which transaction. */
export interface Context {
  db: Db
  tenantId: string
  actor: Actor
  today: Day
  requestId: string
  encryption: FieldEncryption
}
