import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Sample.module.css'

/** A part of `ui` with its name. */
export function Sample({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={classes.sample} aria-label={name}>
      <Title order={2}>{name}</Title>
      {children}
    </section>
  )
}
