import { Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'

/** No page at this address; inside the shell, where there is something to go on with, or by itself. */
export function NotFound({ isAlone = false }: { isAlone?: boolean }) {
  return (
    <Page title="没有这个页面">
      <EmptyState title="这个地址没有对应的页面" action={<Link to="/">回到首页</Link>}>
        可能是地址有误，或页面已经移动。{!isAlone && '可以从导航进入，或按 Ctrl-K 搜索。'}
      </EmptyState>
    </Page>
  )
}
