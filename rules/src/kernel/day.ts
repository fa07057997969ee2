/**
 * A calendar day such as "2026-03-01". The law counts days, not instants,
 * so no `Date` object and no time zone crosses the border of this package.
 */
export type Day = `${number}-${number}-${number}`

/** A calendar month such as "2026-03". */
export type Month = `${number}-${number}`
