import { type Deliverer, delivererLabels, deliverers } from '@zhibu/rules'
import type { RemarkOnRun } from '@zhibu/server/modules/development/schema'

/** The papers that one party has to hand in. */
export interface PaperGroup {
  deliveredBy: Deliverer
  who: string
  papers: { place: string; label: string }[]
}

/** The missing papers by who hands them in, each in the order of the filing list. */
export function missingByDeliverer(
  remarks: readonly Pick<RemarkOnRun, 'state' | 'deliveredBy' | 'place' | 'label'>[],
): PaperGroup[] {
  const missing = remarks.filter((it) => it.state === 'missing')
  return deliverers.flatMap((deliveredBy) => {
    const papers = missing.filter((it) => it.deliveredBy === deliveredBy).map(({ place, label }) => ({ place, label }))
    return papers.length === 0 ? [] : [{ deliveredBy, who: delivererLabels[deliveredBy], papers }]
  })
}

/** What is to be looked at in the papers that are there. */
export const doubtful = <Remark extends Pick<RemarkOnRun, 'state'>>(remarks: readonly Remark[]): Remark[] =>
  remarks.filter((it) => it.state !== 'missing' && it.state !== 'notDue')
