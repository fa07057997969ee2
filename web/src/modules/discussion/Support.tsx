import { Button } from '@mantine/core'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { topicsClient } from './api.ts'
import classes from './Discussion.module.css'
import { useWrite } from './useWrite.ts'

/** How many support a suggestion, and the reader's own word. Who they are is told to nobody. */
export function Support({ it }: { it: TopicView }) {
  const support = useWrite(() =>
    parseResponse(
      topicsClient[':topicId'].support.$put({ param: { topicId: it.id }, json: { supports: !it.supports } }),
    ),
  )
  if (!it.can.support && it.supportCount === 0) return null
  return (
    <>
      <div className={parts.buttons}>
        {it.can.support && (
          <Button
            variant={it.supports ? 'filled' : 'default'}
            aria-pressed={it.supports}
            loading={support.isPending}
            onClick={() => support.mutate()}
          >
            {it.supports ? '已赞同' : '赞同'}
          </Button>
        )}
        <span className={classes.aside}>{it.supportCount > 0 ? `${it.supportCount} 人赞同` : '还没有人赞同'}</span>
      </div>
      <ProblemNote error={support.error} />
    </>
  )
}
