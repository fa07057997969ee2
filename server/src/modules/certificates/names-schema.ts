/** The codes and words of certificates (证书), for server and web. */

export const certificateStateNames = { valid: '有效', revoked: '已撤销' } as const
export type CertificateState = keyof typeof certificateStateNames

/** How far the paper of a certificate has come. */
export const paperStateNames = { waiting: '正在排版', ready: '已生成', failed: '没有生成' } as const
export type PaperState = keyof typeof paperStateNames

/** What a certificate is called, to choose from; something else may be typed. */
export const usualTitles = ['结业证书', '培训证书', '合格证书'] as const

/** The places of the filing list into which a certificate can be filed as evidence. */
export const filingPlaceNames = {
  activistTrainingProof: '入党积极分子培训证明',
  intensiveTrainingProof: '发展对象集中培训证明',
} as const
export type CertificatePlace = keyof typeof filingPlaceNames

/** How numbers are written where an organisation has settled nothing. */
export const shippedPattern = '〔组织〕-〔年度〕-〔序号〕'

/** So many persons are given certificates at once. */
export const mostAtOnce = 1_000

/** The facts of which the sentence on the paper is made. Days as "2026-05-11". */
interface Facts {
  programme: string
  fromOn: string | null
  untilOn: string | null
  hours: string
  result: string
}

/** The sentence on the paper, behind the name: the same on the paper, on the page and where it is confirmed. */
export function sentenceOf({ programme, fromOn, untilOn, hours, result }: Facts): string {
  const when = fromOn === null ? '' : `于${periodOf(fromOn, untilOn)}`
  const parts = [`${when}参加${programme}`, hours && `共${/^\d/.test(hours) ? ' ' : ''}${hours}`, result].filter(
    (it) => it !== '',
  )
  return `${parts.join('，')}。特发此证。`
}

/** A time as it is printed: 2026年11月2日至9日; the whole of both days where the years differ. */
export function periodOf(fromOn: string, untilOn: string | null): string {
  const from = partsOf(fromOn)
  if (untilOn === null || untilOn === fromOn) return from.whole
  const until = partsOf(untilOn)
  if (until.year !== from.year) return `${from.whole}至${until.whole}`
  return until.month === from.month ? `${from.whole}至${until.day}` : `${from.whole}至${until.month}${until.day}`
}

function partsOf(day: string): { year: string; month: string; day: string; whole: string } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const parts = { year: `${year}年`, month: `${month}月`, day: `${date}日` }
  return { ...parts, whole: `${parts.year}${parts.month}${parts.day}` }
}

/** A day as a certificate is dated: 二〇二六年十一月二十九日. */
export function dateInWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const figures = [...year].map((it) => '〇一二三四五六七八九'[Number(it)] ?? it).join('')
  return `${figures}年${countInWords(Number(month))}月${countInWords(Number(date))}日`
}

function countInWords(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10]
  const one = ones === 0 ? '' : ('一二三四五六七八九'[ones - 1] ?? '')
  return tens === 0 ? one : `${tens === 1 ? '' : ('一二三四五六七八九'[tens - 1] ?? '')}十${one}`
}

/** Office and name of who signs, as they stand on the paper; null where there is only the line. */
export const signatoryOf = ({ signatoryOffice, signatoryName }: { signatoryOffice: string; signatoryName: string }) =>
  [signatoryOffice, signatoryName].filter((it) => it !== '').join('　') || null
