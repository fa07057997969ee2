import { Button, CopyButton } from '@mantine/core'
import type { NoticeView } from '@zhibu/server/modules/notices/schema'
import { Section } from '../../ui/Section.tsx'
import classes from './Notices.module.css'
import { groupText } from './words.ts'

/** The notice as a text for group chats, to be copied. */
export function GroupText({ it }: { it: NoticeView }) {
  const text = groupText(it)
  return (
    <div className="no-print">
      <Section
        title="微信群文字版"
        lead="复制后发到群里。只有标题、日期和短链接，没有正文和名单；打开链接要先登录，不在发送范围内的人看不到。"
        actions={
          <CopyButton value={text} timeout={4_000}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? '已复制' : '复制文字'}
              </Button>
            )}
          </CopyButton>
        }
      >
        <p className={classes.text}>{text}</p>
      </Section>
    </div>
  )
}
