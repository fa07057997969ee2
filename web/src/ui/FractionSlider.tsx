interface Props {
  name: string
  /** From 0 to 1. */
  value: number
  onValue: (it: number) => void
  className?: string | undefined
}

/** A slider over a fraction, read aloud in hundredths. */
export function FractionSlider({ name, value, onValue, className }: Props) {
  return (
    <label className={className}>
      {name}
      <input
        type="range"
        min={0}
        max={100}
        value={Math.round(value * 100)}
        aria-valuetext={`${Math.round(value * 100)}%`}
        onChange={(event) => onValue(Number(event.currentTarget.value) / 100)}
      />
    </label>
  )
}
