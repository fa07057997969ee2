import { Checkbox } from '@mantine/core'
import { type Signature, signatureLabels } from '@zhibu/rules'
import type { PlaceView } from '@zhibu/server/modules/archive/schema'

interface Props {
  /** What the papers of the place need. */
  signatures: PlaceView['signatures']
  /** What is not there; undefined where nobody has looked. */
  value: readonly Signature[] | undefined
  /** Somebody has looked before, which is not taken back. */
  wasLooked?: boolean
  onChange: (value: Signature[] | undefined) => void
}

/** Notes whether somebody has looked for signatures and seals, and which are not there. Nothing where none is needed. */
export function Lacking({ signatures, value, wasLooked = false, onChange }: Props) {
  if (signatures.length === 0) return null
  const isUnsure = signatures.some(({ isToVerify }) => isToVerify)
  return (
    <>
      <Checkbox
        label="已核对签字、盖章"
        description="没有核对的不勾选，不会算作未签字。"
        checked={value !== undefined}
        disabled={wasLooked}
        onChange={(event) => onChange(event.currentTarget.checked ? [] : undefined)}
      />
      {value !== undefined && (
        <Checkbox.Group
          label="缺哪些（齐全的不选）"
          description={
            isUnsure ? '需要哪些签字、盖章按通行做法列出，细则没有写明的待核实，以本校要求为准。' : undefined
          }
          value={[...value]}
          onChange={(chosen) => onChange(signatures.map(({ by }) => by).filter((it) => chosen.includes(it)))}
        >
          {signatures.map(({ by }) => (
            <Checkbox key={by} value={by} label={`缺${signatureLabels[by]}`} mt="xs" />
          ))}
        </Checkbox.Group>
      )}
    </>
  )
}
