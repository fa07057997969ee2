import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { quotationClient, shelfQuery } from './reflectionApi.ts'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'

/** 心得摘录 on the page of a programme: what its authors let be shown; whoever runs it chooses. Nothing where there is none. */
export function QuotationsPart({ programmeId }: { programmeId: string }) {
  const { data } = useQuery(shelfQuery(programmeId))
  const show = useWrite(({ id, isShown }: { id: string; isShown: boolean }) =>
    parseResponse(quotationClient.shelf.$put({ param: { quotationId: id }, json: { isShown } })),
  )
  const items = data?.items.filter((it) => it.isShown || data.can.show) ?? []
  if (items.length === 0) return null
  return (
    <Section title="心得摘录" lead="都由本人同意展示，本人随时可以收回。">
      <ul className={classes.quotations} aria-label="心得摘录">
        {items.map((it) => (
          <li key={it.id}>
            <blockquote className={parts.text}>{it.quote}</blockquote>
            {it.signature !== '' && <p>——{it.signature}</p>}
            {data?.can.show && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${it.isShown ? '不再展示' : '展示'}：${it.quote.slice(0, 20)}`}
                onClick={() => show.mutate({ id: it.id, isShown: !it.isShown })}
              >
                {it.isShown ? '不再展示' : '展示'}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={show.error} />
    </Section>
  )
}
