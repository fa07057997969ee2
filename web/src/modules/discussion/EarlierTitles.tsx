import { Button } from '@mantine/core'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { useState } from 'react'
import { InstantText } from '../../ui/InstantText.tsx'
import classes from './Discussion.module.css'

/** That a topic was called otherwise before: who changed its title, when and why; told most plainly where others have said something to the earlier one. */
export function EarlierTitles({ it: { earlierTitles } }: { it: TopicView }) {
  const [isOpen, setIsOpen] = useState(false)
  if (earlierTitles.length === 0) return null
  return (
    <div>
      <Button size="compact-sm" variant="subtle" color="gray" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        标题改过 {earlierTitles.length} 次，{isOpen ? '收起' : '查看修改记录'}
      </Button>
      {isOpen && (
        <ol className={classes.line} aria-label="标题的修改记录">
          {earlierTitles.toReversed().map((before) => (
            <li key={before.at}>
              <b>原标题</b>
              <span>
                {before.title}
                <span className={classes.beneath}>
                  {before.by} <InstantText at={before.at} /> 改{stoodBefore(before)}
                  {before.reason && `，原因：${before.reason}`}
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

/** What others had said to the earlier title. */
function stoodBefore({ supportCount, hasOutcome }: TopicView['earlierTitles'][number]): string {
  const said = [...(supportCount > 0 ? [`已有 ${supportCount} 人赞同`] : []), ...(hasOutcome ? ['结果已公示'] : [])]
  return said.length > 0 ? `（改以前${said.join('，')}）` : ''
}
