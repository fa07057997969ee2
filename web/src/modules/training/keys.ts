import type { KeyboardEvent } from 'react'

/** In the list of a session: up and down go to the same choice of the next person, a figure makes the choice of that place. */
export function moveByKey(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, key } = event
  if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return
  const groups = [...currentTarget.querySelectorAll<HTMLElement>('[data-person]')]
  const at = groups.findIndex((it) => it.contains(target))
  const choicesAt = (place: number) => [
    ...(groups[place]?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? []),
  ]
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (step !== undefined) {
    event.preventDefault()
    const next = choicesAt(at + step)
    const chosen = next.find((it) => it.checked) ?? next[0]
    chosen?.focus()
    return
  }
  const choice = /^[1-4]$/.test(key) ? choicesAt(at)[Number(key) - 1] : undefined
  if (choice === undefined) return
  event.preventDefault()
  choice.click()
  choice.focus()
}
