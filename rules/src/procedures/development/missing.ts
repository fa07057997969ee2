import { addMonths, type Day } from '../../kernel/day.ts'
import { articleNumber, issued2014, type RecruitmentArticle, ruleBookOn } from '../../regulations/recruitment-rules.ts'
import { type Dossier, dossierOf } from './dossier.ts'
import { type Act, type ActKind, type DevelopmentFacts, isDated } from './facts.ts'
import { actLabels } from './labels.ts'
import type { Missing } from './results.ts'
import { articleOn, nationalSetting, type Setting } from './setting.ts'
import { placeOf, type Standing, standingOf } from './standing.ts'
import { papersOf, stepOf } from './steps.ts'
import { type WayAct, way } from './way.ts'
import { factOf } from './wording.ts'

/**
 * What a file lacks up to the stage it has reached: acts that were passed over, days and details that are not recorded,
 * in the order of the steps. An act that is still to come is not missing; it is in `due`. Of acts before the first edition
 * kept here, nothing but their days is asked for.
 */
export function missing(facts: DevelopmentFacts, on: Day, setting: Setting = nationalSetting): readonly Missing[] {
  const dossier = dossierOf(facts, on, setting)
  return missingIn(dossier, standingOf(dossier))
}

/** The same for a file whose acts are sorted already. */
export function missingIn(dossier: Dossier, standing: Standing): readonly Missing[] {
  const { acts } = dossier.facts
  const undated = acts.filter(isUndated).map((it) => missingDay(it, dossier.on))
  const passed = [...way.flatMap((it) => missingAct(it, dossier, standing)), ...missingReviews(dossier)]
  const lacks = [...passed, ...acts.flatMap((it) => missingDetails(it, dossier))].sort(byStep)
  const [first] = lacks
  if (first !== undefined && standing.stage === 'full' && passed.length > acts.length)
    return [earlyFile(first, lacks, acts), ...undated.sort(byStep)]
  return [...lacks, ...undated].sort(byStep)
}

const byStep = (a: Missing, b: Missing): number => a.step - b.step || placeOf(a.kind) - placeOf(b.kind)

/** The first dues are known by their month. */
const isUndated = (act: Act): boolean => act.on === undefined && !(act.kind === 'duesStart' && act.month !== undefined)

/** Of a full member of whom less is recorded than missing: the file was kept before the records here began, so it is said once. */
function earlyFile(first: Missing, lacks: readonly Missing[], acts: readonly Act[]): Missing {
  const covers = [...new Set(lacks.map((it) => it.kind))]
  const named = covers.slice(0, 3).map((it) => `“${actLabels[it]}”`)
  return {
    code: 'file.file',
    kind: first.kind,
    step: first.step,
    lacks: 'file',
    covers,
    ruleBook: first.ruleBook,
    message: `早年档案未录入，缺${lacks.length}项（${named.join('、')}等）。请对照纸质档案择要补录；纸质档案中也没有的写明情况，不得补造材料。`,
    facts: acts.map(factOf),
  }
}

function missingAct(it: WayAct, dossier: Dossier, standing: Standing): Missing[] {
  if (standing.has(it.kind)) return []
  const until = it.until ?? (it.kind === 'confirmationAssembly' ? 'confirmationApproval' : 'archiving')
  if (it.kind === 'archiving' || !standing.isPast(until)) return []
  const further = furtherAct(dossier, until)
  const day = further?.on ?? dossier.on
  if (it.withNotice && articleOn(dossier.setting, '13', day).figures.publicityWorkingDays === undefined) return []
  if (day < issued2014) return []
  const { articles } = stepOf(it.kind)
  const passed = further === undefined ? '' : `已有“${actLabels[further.kind]}”，`
  return [
    {
      ...lack(it.kind, 'act', day, articles[0]),
      message: `${passed}缺“${actLabels[it.kind]}”的记录。请按原件（${papersOf(it.kind).join('、')}）补录；确实没有办理的写明情况，不得补造材料。`,
      facts: further === undefined ? [] : [factOf(further)],
    },
  ]
}

/** The earliest dated act that shows the file has gone past a kind. */
function furtherAct({ facts }: Dossier, until: ActKind): Act | undefined {
  const place = placeOf(until)
  let first: Act | undefined
  for (const act of facts.acts)
    if (placeOf(act.kind) >= place && (first === undefined || (act.on ?? '9999') < (first.on ?? '9999'))) first = act
  return first
}

function missingReviews({ reviews, activistDecision, prospectListing, setting }: Dossier): Missing[] {
  if (reviews.length > 0 || !isDated(activistDecision) || !isDated(prospectListing)) return []
  if (prospectListing.on < issued2014) return []
  const months = articleOn(setting, '11', prospectListing.on).figures.reviewEveryMonths
  if (prospectListing.on < addMonths(activistDecision.on, months)) return []
  return [
    {
      ...lack('review', 'act', prospectListing.on, '11'),
      message: `缺半年考察的记录，应每${months}个月一次。请对照培养考察登记表补录各次考察；确实没有考察的写明情况，不得补造材料。`,
      facts: [factOf(activistDecision), factOf(prospectListing)],
    },
  ]
}

const missingDay = (act: Act, on: Day): Missing => ({
  ...lack(act.kind, 'day', on, stepOf(act.kind).articles[0]),
  message: `“${actLabels[act.kind]}”只记录了已完成，没有日期。请对照原件补录日期。`,
  facts: [factOf(act)],
})

function missingDetails(act: Act, { on, setting }: Dossier): Missing[] {
  const day = act.on ?? on
  if (day < issued2014) return []
  const told = (article: RecruitmentArticle, message: string): Missing => ({
    ...lack(act.kind, 'detail', day, article),
    message,
    facts: [factOf(act)],
  })
  switch (act.kind) {
    case 'contactPersons':
      return act.members === undefined ? [told('9', '没有记录培养联系人是谁。请对照登记表补录姓名。')] : []
    case 'opinions':
      return act.from === undefined ? [told('13', '没有记录听取了哪些方面的意见。请对照征求意见记录补录。')] : []
    case 'publicNotice': {
      const isAsked = articleOn(setting, '13', day).figures.publicityWorkingDays !== undefined
      return isAsked && act.endedOn === undefined ? [told('13', '没有记录公示结束的日期。请对照公示补录。')] : []
    }
    case 'introducers':
      return act.members === undefined ? [told('14', '没有记录入党介绍人是谁。请对照入党志愿书补录姓名。')] : []
    case 'politicalReview':
      return act.conclusion === undefined ? [told('16', '没有记录政治审查是否合格。请对照结论性材料补录。')] : []
    case 'intensiveTraining':
      return act.trainingDays === undefined && act.trainingHours === undefined
        ? [told('17', '没有记录集中培训的天数或学时。请对照培训证明补录。')]
        : []
    case 'admissionAssembly':
      return act.vote === undefined
        ? [told('21', '没有记录应到、实到人数和表决结果。请对照会议记录和计票单补录。')]
        : []
    case 'admissionApproval':
      return act.probationFrom === undefined || act.probationUntil === undefined
        ? [told('24', '没有记录预备期的起止时间。请对照入党志愿书的审批意见补录。')]
        : []
    case 'confirmationAssembly':
      return act.vote === undefined && act.outcome !== 'postpone'
        ? [told('32', '没有记录应到、实到人数和表决结果。请对照会议记录和计票单补录。')]
        : []
    default:
      return []
  }
}

function lack(kind: ActKind, lacks: Missing['lacks'], day: Day, article: RecruitmentArticle) {
  const ruleBook = ruleBookOn(day)
  const number = articleNumber(article, ruleBook)
  return {
    code: `${kind}.${lacks}`,
    kind,
    step: stepOf(kind).number,
    lacks,
    ruleBook,
    ...(number !== undefined && { article: number }),
  }
}
