import { Link } from '@tanstack/react-router'
import { Standalone } from '../shell/Standalone.tsx'
import { Page } from '../ui/Page.tsx'
import { chapters } from './chapters.ts'
import classes from './Manual.module.css'

/** The first page of the manual: for whom which part is. */
export function ContentsPage() {
  return (
    <Standalone>
      <Page title="使用手册" lead="按角色分页，按要办的事分段。可以打印。">
        <ul className={classes.chapters}>
          {chapters.map(({ address, title, lead }) => (
            <li key={address}>
              <Link to="/manual/$chapter" params={{ chapter: address }}>
                {title}
              </Link>
              <p>{lead}</p>
            </li>
          ))}
        </ul>
      </Page>
    </Standalone>
  )
}
