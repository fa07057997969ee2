import type { Day } from '../../kernel/day.ts'
import type { ActKind } from '../development/facts.ts'
import { organizationPlaces } from './organization-places.ts'
import { personPlaces } from './person-places.ts'
import type { FilingPlace, OrganizationPlace, PersonPlace, Requirement } from './places.ts'
import { byOwnTable, type RetentionPeriod } from './retention.ts'

/** A filing list: which places there are, in their order, for persons and for organisations. */
export interface FilingTemplate {
  /** Which edition of the shipped list it is, or was made from. */
  version: string
  /** The last day on which the list was compared with its sources. */
  checkedOn: Day
  person: readonly Numbered<PersonPlace>[]
  organization: readonly Numbered<OrganizationPlace>[]
  /** Places that a university has taken out of use, numbered as if they were in it: documents may still lie there. */
  outOfUse: readonly Numbered[]
}

/** A place with the number that stands before it in the list: "18", or "19-2" where several share one. */
export type Numbered<P extends FilingPlace = FilingPlace> = P & { number: string }

/** What a university does differently. An empty one leaves the shipped list as it is. */
export interface FilingAdjustment {
  /** Its own places, each behind another one, whose section it shares. */
  added?: readonly AddedPlace[]
  /** What is different about places, added ones included; followed one after the other. */
  changed?: readonly PlaceChange[]
}

/** A place of a university: local practice. Its code begins with `own`. */
export type AddedPlace = AddedAnywhere &
  (
    | {
        subject: 'person'
        /** Once an act of this kind is recorded, a required paper is due. */
        from: ActKind
      }
    | {
        subject: 'organization'
        /** When a paper of it comes about, in Chinese. */
        occasion: string
      }
  )

type AddedAnywhere = Pick<
  FilingPlace,
  'code' | 'label' | 'deliveredBy' | 'requirement' | 'form' | 'several' | 'sensitive' | 'closedToPerson' | 'contents'
> & {
  /** The code of the place behind which it stands. */
  after: string
  retention: RetentionPeriod
}

/** So many places a university may add. None is ever taken away again: documents may lie there. */
const mostOwnPlaces = 100

/** What is different about a place. */
export interface PlaceChange {
  code: string
  label?: string
  requirement?: Requirement
  retention?: RetentionPeriod
  /** The code of the place behind which it stands, taking over its section. */
  after?: string
  /** The place is not used; what lies in it stays to be seen. */
  off?: true
}

/**
 * The filing list in force at a university. Throws a RangeError that names every reason for which
 * `refusedInAdjustment` refuses the adjustment.
 */
export function filingTemplateOf(adjustment: FilingAdjustment = {}): FilingTemplate {
  const refused = refusedInAdjustment(adjustment)
  if (refused.length > 0) throw new RangeError(refused.join('；'))
  let places = shippedPlaces
  for (const it of adjustment.added ?? []) places = placedAfter(places, placeFrom(it), it.after)
  for (const it of adjustment.changed ?? []) places = withChange(places, it)
  const off = new Set(adjustment.changed?.filter((it) => it.off).map((it) => it.code))
  const used = places.filter((it) => !off.has(it.code))
  return {
    version: '2026-11',
    checkedOn: '2026-11-23',
    person: numbered(used.filter(isOfPerson)),
    organization: numbered(used.filter(isOfOrganization)),
    outOfUse: [...numbered(places.filter(isOfPerson)), ...numbered(places.filter(isOfOrganization))].filter((it) =>
      off.has(it.code),
    ),
  }
}

/** Says of each part of an adjustment that cannot be followed why, and how to mend it. Empty: accepted. */
export function refusedInAdjustment({ added = [], changed = [] }: FilingAdjustment): string[] {
  const subjects = new Map(shippedPlaces.map((it) => [it.code, it.subject]))
  const refused: string[] = []
  if (added.length > mostOwnPlaces)
    refused.push(`本校增加的位置已有${mostOwnPlaces}个，不能再增加，请修改或恢复使用已有的位置`)
  for (const it of added) {
    refused.push(...refusedInAdded(it, subjects))
    if (!subjects.has(it.code)) subjects.set(it.code, it.subject)
  }
  const seen = new Set<string>()
  for (const it of changed) {
    if (seen.has(it.code)) refused.push(`代码为“${it.code}”的位置调整了两次，请合并为一项`)
    seen.add(it.code)
    refused.push(...refusedInChange(it, subjects))
  }
  return refused
}

const shippedPlaces: readonly FilingPlace[] = [...personPlaces, ...organizationPlaces]

type Subjects = ReadonlyMap<string, FilingPlace['subject']>

/** No shipped code begins like that, so that none of a later edition can meet one of a university. */
const isOwnCode = (text: string): boolean => /^own[A-Z][A-Za-z0-9]{0,36}$/.test(text)
const isLabel = (text: string): boolean => text.trim() === text && text !== '' && text.length <= 60

function refusedInAdded(it: AddedPlace, subjects: Subjects): string[] {
  const where = `增加的“${it.label}”`
  const refused: string[] = []
  if (!isOwnCode(it.code))
    refused.push(`${where}：代码“${it.code}”应以 own 开头，后接大写英文字母，共 4 至 40 个英文字母或数字，请改写`)
  else if (subjects.has(it.code)) refused.push(`${where}：代码“${it.code}”已有位置使用，请换一个`)
  if (!isLabel(it.label)) refused.push(`代码为“${it.code}”的位置：名称应为 1 至 60 个字，前后不留空格，请改写`)
  if (it.contents.length === 0) refused.push(`${where}：没有选择可以归入的文件类型，请至少选择一种`)
  if (it.retention === 'personnelFile') refused.push(`${where}：${notPersonnel}`)
  if (it.subject === 'organization' && !isLabel(it.occasion)) refused.push(`${where}：没有写明何时形成，请填写`)
  return [...refused, ...refusedAfter(where, it.after, it.subject, subjects)]
}

function refusedInChange({ code, label, requirement, retention, after, off }: PlaceChange, subjects: Subjects) {
  const subject = subjects.get(code)
  if (subject === undefined) return [`归档清单中没有代码为“${code}”的位置，请核对代码，或先增加这个位置`]
  const place = shippedPlaces.find((it) => it.code === code)
  const where = `“${place?.label ?? code}”`
  const refused: string[] = []
  if (label !== undefined && !isLabel(label)) refused.push(`${where}：名称应为 1 至 60 个字，前后不留空格，请改写`)
  if (place?.origin === 'article' && off === true)
    refused.push(`${where}是《发展党员工作细则》写明的材料，不能停用，请保留`)
  if (place?.origin === 'article' && place.requirement === 'required' && (requirement ?? 'required') !== 'required')
    refused.push(`${where}是《发展党员工作细则》写明的材料，归档要求不能放宽，请保持“必备”`)
  if (place?.retention.period === 'personnelFile' && (retention ?? 'personnelFile') !== 'personnelFile')
    refused.push(`${where}归入人事档案，保管期限随人事档案，不能另定，请删去这一项`)
  if (place?.retention.period !== 'personnelFile' && retention === 'personnelFile')
    refused.push(`${where}：${notPersonnel}`)
  if (after === code) refused.push(`${where}：不能排在自己后面，请另选一个位置`)
  else if (after !== undefined) refused.push(...refusedAfter(where, after, subject, subjects))
  return refused
}

/** Art. 36 says what goes there. */
const notPersonnel = '不归入人事档案，保管期限不能随人事档案，请选择永久、30年或10年'

const refusedAfter = (where: string, after: string, subject: FilingPlace['subject'], subjects: Subjects): string[] =>
  subjects.get(after) === subject ? [] : [`${where}：没有代码为“${after}”的位置可以排在其后，请核对代码`]

/** A place of a university, before it has found its section. */
function placeFrom({ after: _after, retention, ...it }: AddedPlace): FilingPlace {
  const own = {
    section: 0,
    origin: 'local',
    articles: [],
    signatures: [],
    retention: byOwnTable(retention),
  } as const
  return it.subject === 'person'
    ? { ...it, ...own, evidences: it.requirement === 'ifHappened' ? [it.from] : [], personnelFile: [] }
    : { ...it, ...own, evidences: [] }
}

function withChange(places: readonly FilingPlace[], change: PlaceChange): readonly FilingPlace[] {
  const place = places.find((it) => it.code === change.code)
  if (place === undefined) return places
  const changed = {
    ...place,
    ...(change.label !== undefined && { label: change.label }),
    ...(change.requirement !== undefined && { requirement: change.requirement }),
    ...(change.retention !== undefined && { retention: byOwnTable(change.retention) }),
  }
  return change.after === undefined
    ? places.map((it) => (it === place ? changed : it))
    : placedAfter(
        places.filter((it) => it !== place),
        changed,
        change.after,
      )
}

/** A place that is out of use keeps its position, so that what stands behind it stays where it is. */
function placedAfter(places: readonly FilingPlace[], place: FilingPlace, after: string): readonly FilingPlace[] {
  const at = places.findIndex((it) => it.code === after)
  return places.toSpliced(at + 1, 0, { ...place, section: places[at]?.section ?? place.section })
}

const isOfPerson = (it: FilingPlace): it is PersonPlace => it.subject === 'person'
const isOfOrganization = (it: FilingPlace): it is OrganizationPlace => it.subject === 'organization'

function numbered<P extends FilingPlace>(places: readonly P[]): Numbered<P>[] {
  const counts = new Map<number, number>()
  const sizes = Map.groupBy(places, (it) => it.section)
  return places.map((it) => {
    const count = (counts.get(it.section) ?? 0) + 1
    counts.set(it.section, count)
    const isAlone = (sizes.get(it.section)?.length ?? 1) === 1
    return { ...it, number: isAlone ? `${it.section}` : `${it.section}-${count}` }
  })
}

/** The filing list as shipped. */
export const filingTemplate: FilingTemplate = filingTemplateOf()
