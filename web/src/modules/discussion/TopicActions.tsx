import { Button, Select } from '@mantine/core'
import { followWayNames } from '@zhibu/server/modules/discussion/names-schema'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { topicsClient } from './api.ts'
import classes from './Discussion.module.css'
import { RetitleDialog } from './RetitleDialog.tsx'
import { useWrite } from './useWrite.ts'

/** How the reader hears of new posts, and the title. */
export function TopicActions({ it }: { it: TopicView }) {
  const [isRetitling, setIsRetitling] = useState(false)
  const follow = useWrite((way: TopicView['follow']) =>
    parseResponse(topicsClient[':topicId'].following.$put({ param: { topicId: it.id }, json: { way } })),
  )
  return (
    <div className={classes.actions}>
      {it.can.retitle && (
        <Button variant="default" onClick={() => setIsRetitling(true)}>
          改标题
        </Button>
      )}
      {it.can.follow && (
        <Select
          label="怎样得知新回复"
          data={choicesOf(followWayNames)}
          value={it.follow}
          allowDeselect={false}
          disabled={follow.isPending}
          onChange={(value) => {
            const way = codeIn(followWayNames, value)
            if (way) follow.mutate(way)
          }}
        />
      )}
      <ProblemNote error={follow.error} />
      {isRetitling && <RetitleDialog it={it} onClose={() => setIsRetitling(false)} />}
    </div>
  )
}
