import { type Signature, signatureLabels } from '@zhibu/rules'

/** What is not on a paper, in words; undefined where nobody has looked. */
export const lackingText = (lacks: readonly Signature[] | null): string | undefined =>
  lacks === null
    ? undefined
    : lacks.length === 0
      ? '已核对，齐全'
      : `缺${lacks.map((it) => signatureLabels[it]).join('、')}`
