import { type ActKind, actKinds, actLabels, steps, wayParts } from '@zhibu/rules'

/** The kinds of acts as the choices of a select input, grouped by the parts of the way. */
export const kindChoices = wayParts.map((group, part) => ({
  group,
  items: steps
    .filter((it) => it.part === part)
    .flatMap((it) => it.kinds)
    .map((value) => ({ value, label: actLabels[value] })),
}))

/** The kind of act a text names; undefined for every other text. */
export const kindOf = (value: string | null): ActKind | undefined => actKinds.find((it) => it === value)
