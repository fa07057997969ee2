interface Props {
  text: string
  /** 每一处 [起, 止) */
  marks: readonly (readonly [number, number])[]
}

/** A text with what was searched for marked in it. */
export function MarkedText({ text, marks }: Props) {
  return (
    <span>
      {marks.map(([from, until], at) => (
        <span key={from}>
          {text.slice(marks[at - 1]?.[1] ?? 0, from)}
          <mark>{text.slice(from, until)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </span>
  )
}
