import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import classes from './Handed.module.css'

interface Props<It> {
  label: string
  files: readonly It[]
  person: (it: It) => { id: string; name: string; organization: { name: string } }
  /** What is to be known before it is opened. */
  summary: (it: It) => ReactNode
  children: (it: It) => ReactNode
}

/** The files of a list, each opened when it is asked for: a list of two hundred would be slow to draw. */
export function HandedFiles<It>({ label, files, person, summary, children }: Props<It>) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () => new Set(files.length === 1 ? files.map((it) => person(it).id) : []),
  )
  const toggle = (id: string) =>
    setOpened((before) => new Set(before.has(id) ? [...before].filter((it) => it !== id) : [...before, id]))
  return (
    <ul className={classes.files} aria-label={label}>
      {files.map((it) => {
        const { id, name, organization } = person(it)
        const isOpen = opened.has(id)
        return (
          <li key={id} className={classes.file}>
            <div className={classes.head}>
              <h3 className={classes.name}>
                {name} <span className={parts.note}>{organization.name}</span>
              </h3>
              {summary(it)}
              <Button
                variant="default"
                size="compact-sm"
                aria-expanded={isOpen}
                aria-label={`${isOpen ? '收起' : '展开'}${name}的材料`}
                onClick={() => toggle(id)}
              >
                {isOpen ? '收起' : '展开'}
              </Button>
            </div>
            {isOpen && children(it)}
          </li>
        )
      })}
    </ul>
  )
}
