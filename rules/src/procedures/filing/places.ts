import type { Day } from '../../kernel/day.ts'
import type { RecruitmentArticle } from '../../regulations/recruitment-rules.ts'
import type { ActKind, ConfirmationAssembly } from '../development/facts.ts'
import type { RuleBook } from '../development/results.ts'
import type { Retention } from './retention.ts'
import type { Signing } from './signatures.ts'

/** Who hands a paper in: with whom it lies while it is missing. */
export const deliverers = ['person', 'recommender', 'branch', 'partyCommittee', 'organizationDepartment'] as const
export type Deliverer = (typeof deliverers)[number]

/** `required`: of everybody who has come that far. `ifHappened`: only with the act. `optional`: filed where there is one, never missing. */
export const requirements = ['required', 'ifHappened', 'optional'] as const
export type Requirement = (typeof requirements)[number]

/** What a place rests on: an article that names the paper, the usual filing list, or practice that differs between universities. */
export const placeOrigins = ['article', 'custom', 'local'] as const
export type PlaceOrigin = (typeof placeOrigins)[number]

/** The kinds of files that a place may take, by content and not by name. */
export const contentKinds = ['pdf', 'ofd', 'picture', 'word', 'sheet'] as const
export type ContentKind = (typeof contentKinds)[number]

interface PlaceBase {
  /** Stable for ever: it stands in addresses, tables and on printed cover sheets. Unique over persons and organisations. */
  code: string
  label: string
  /** The number in the filing list; several places of one number are told apart by `number`. */
  section: number
  requirement: Requirement
  origin: PlaceOrigin
  /** The articles behind it, numbered as in 2026; none where it is local practice. */
  articles: readonly RecruitmentArticle[]
  /** The acts that its papers prove. */
  evidences: readonly ActKind[]
  deliveredBy: Deliverer
  /** `either`: an original or a copy that says where the original lies. */
  form: 'original' | 'either'
  /** Several papers may lie here, such as thought reports; otherwise one, of any number of pages. */
  several: boolean
  /** Each reading is logged and shown to the person concerned. */
  sensitive: boolean
  /** What others said or voted in confidence: the person concerned does not read it. */
  closedToPerson: boolean
  contents: readonly ContentKind[]
  /** Who signs or seals its papers. */
  signatures: readonly Signing[]
  retention: Retention
}

/** A place in the file of a person. */
export interface PersonPlace extends PlaceBase {
  subject: 'person'
  /** Once an act of this kind is recorded, or the way has gone past it, a required paper is due. */
  from: ActKind
  /** Of a paper that only some assemblies leave: what the assembly decided. */
  outcome?: NonNullable<ConfirmationAssembly['outcome']>
  /** The first day of acts of which the paper is asked; before, it may be filed and is not missed. */
  since?: Day
  /** The editions by which the paper belongs into the personnel file (Art. 36; 2014: Art. 37). */
  personnelFile: readonly RuleBook[]
}

/** A place in the files of an organisation. */
export interface OrganizationPlace extends PlaceBase {
  subject: 'organization'
  /** When a paper of it comes about, in Chinese, such as “每次会议后”. */
  occasion: string
}

export type FilingPlace = PersonPlace | OrganizationPlace
