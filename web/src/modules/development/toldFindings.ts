import type { Finding } from '@zhibu/rules'
import type { OfferView } from '@zhibu/server/modules/development/offer-schema'

/** Whether one of the findings already says that the paper has this, and the record that. */
export function isTold(
  findings: readonly Pick<Finding, 'facts'>[],
  { value, recorded }: Pick<OfferView, 'value' | 'recorded'>,
): boolean {
  if (recorded === null) return false
  const compared = [...partsOf(recorded), value]
  return findings.some(({ facts }) => {
    const parts = facts.flatMap((it) => partsOf(it.value))
    return compared.every((it) => parts.includes(it))
  })
}

/** Several days or names stand in one text. */
const partsOf = (text: string): string[] => text.split('、')
