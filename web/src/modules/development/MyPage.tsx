import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Readings } from '../people/Readings.tsx'
import { MyWay } from './MyWay.tsx'
import { useParts } from './parts.ts'

/** The own page of an applicant or member: where I stand, what is next and why, who read my file. */
export function MyPage() {
  const session = useSession()
  const { MyGuidance, MyTraining, PersonHandovers, StaffCheck, WaitingSuccessions } = useParts()
  const personId = session?.account.personId ?? null
  if (personId === null) {
    return (
      <Page title="我的">
        <EmptyState title="这个账号没有对应的人员" action={<Link to="/account">本人账号</Link>}>
          管理员账号不对应党员或申请人，因此没有发展档案。
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page
      title="我的"
      lead="我走到哪一步、下一步是什么、依据是什么，以及谁查看过我的档案。"
      actions={
        <>
          <LinkButton variant="default" to="/development/$personId" params={{ personId }}>
            我的发展档案
          </LinkButton>
          <LinkButton variant="default" to="/archive/persons/$personId" params={{ personId }}>
            我的归档材料
          </LinkButton>
          <LinkButton variant="default" to="/people/$personId" params={{ personId }}>
            我的登记信息
          </LinkButton>
          <LinkButton
            variant="default"
            to="/forms/copies/$personId"
            params={{ personId }}
            search={{ sheet: 'admission-form' }}
          >
            填写志愿书参考
          </LinkButton>
          <LinkButton variant="default" to="/notices/preferences">
            怎样通知我
          </LinkButton>
        </>
      }
    >
      <Suspense fallback={null}>
        <WaitingSuccessions />
        <StaffCheck />
      </Suspense>
      <MyWay
        personId={personId}
        beside={
          <Suspense fallback={null}>
            <MyTraining />
            <MyGuidance />
          </Suspense>
        }
      />
      <Suspense fallback={null}>
        <PersonHandovers personId={personId} />
      </Suspense>
      <Readings personId={personId} title="谁查看过我的档案" />
    </Page>
  )
}
