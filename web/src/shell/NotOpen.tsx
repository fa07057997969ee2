import { Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'

/** A page of the navigation that is not open to whoever is signed in. */
export function NotOpen({ label }: { label: string }) {
  return (
    <Page title={label}>
      <EmptyState title="您的职务或授权不包括这一页" action={<Link to="/">回到首页</Link>}>
        可以使用的页面都列在导航里。如确需办理，请联系上级党组织调整任职或授权。
      </EmptyState>
    </Page>
  )
}
