import { Badge } from '@mantine/core'
import type { HandoverView } from '@zhibu/server/modules/handovers/schema'

/** What is to be seen before the file is opened. */
export function Marks({ file }: { file: HandoverView['files'][number] }) {
  return (
    <>
      {file.obstacle && <Badge variant="filled">不能接收</Badge>}
      {file.added.length > 0 && <Badge variant="default">发出后新增 {file.added.length} 件</Badge>}
      {file.exceptions.length > 0 && <Badge variant="default">{file.exceptions.length} 件与清单不一致</Badge>}
    </>
  )
}
