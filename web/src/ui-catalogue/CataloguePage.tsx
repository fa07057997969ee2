import type { Session } from '../session.ts'
import { navigation } from '../shell/navigation.ts'
import { Shell } from '../shell/Shell.tsx'
import { Page } from '../ui/Page.tsx'

const session: Session = {
  name: '周明远',
  offices: ['信息工程学院党委 组织员', '信息工程学院研究生第一党支部 组织委员'],
  can: navigation.map((it) => it.can),
  today: '2026-05-11',
  isDemo: true,
}

/** Every part of `ui` in all its states, inside the shell. */
export function CataloguePage() {
  return (
    <Shell session={session} search={async () => []} onSignOut={() => {}}>
      <Page title="界面样例">…</Page>
    </Shell>
  )
}
