import { Button } from '@mantine/core'
import { asProblem } from '../../problem.ts'
import type { Sending } from '../../sending.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { sizeText } from '../archive/sizeText.ts'

interface Props {
  items: readonly Sending[]
  onAgain: (item: Sending) => void
  onForget: (key: string) => void
}

/** What is on its way, how far it is, and what did not arrive, with the reason. */
export function SendingList({ items, onAgain, onForget }: Props) {
  if (items.length === 0) return null
  const failed = items.filter((it) => it.error !== null)
  const moving = items.filter((it) => it.error === null)
  const sum = (of: (it: Sending) => number) => Math.round(moving.reduce((all, it) => all + of(it), 0) / 1024)
  return (
    <>
      {moving.length > 0 && (
        <ProgressBar
          label={`正在上传，还有 ${moving.length} 个文件`}
          done={sum((it) => it.sentBytes)}
          total={sum((it) => it.file.size)}
          unit="KB"
          note="断网会自动接着传；离开或刷新了本页的，重新选择同样的文件，从断开的地方接着传。"
        />
      )}
      {failed.length > 0 && (
        <div role="alert">
          <RowList
            label="没有传成的文件"
            rows={failed.map((it) => ({
              key: it.key,
              title: it.file.name,
              facts: [sizeText(it.file.size), asProblem(it.error).details.detail],
              actions: (
                <>
                  <Button variant="default" onClick={() => onAgain(it)}>
                    再传
                  </Button>
                  <Button variant="default" onClick={() => onForget(it.key)}>
                    不传了
                  </Button>
                </>
              ),
            }))}
          />
          {failed.length > 1 && <Button onClick={() => failed.forEach(onAgain)}>全部再传（{failed.length} 个）</Button>}
        </div>
      )}
    </>
  )
}
