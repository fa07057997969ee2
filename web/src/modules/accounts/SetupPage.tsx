import { Alert, Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { Standalone } from '../../shell/Standalone.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { accountsClient, entranceQuery } from './api.ts'
import { InvitationLinkNote } from './InvitationLinkNote.tsx'
import { isGoodPassword, NewPasswordInput } from './NewPasswordInput.tsx'

/** The first page of an empty installation: the university, the system administrator, the organisation department. */
export function SetupPage() {
  const entrance = useQuery(entranceQuery)
  const [isOpen, setIsOpen] = useState(false)
  if (entrance.data && !entrance.data.needsSetup && !isOpen) return <Navigate to="/sign-in" replace />
  return (
    <Standalone>
      <Page title="首次设置" lead="填写学校和两个账号，几分钟即可完成。没有任何默认密码；此页完成设置后不再出现。">
        {entrance.error ? (
          <ErrorState error={entrance.error} onRetry={() => void entrance.refetch()} />
        ) : entrance.data === undefined ? (
          <PageLoading />
        ) : (
          <SetupForm onBegin={() => setIsOpen(true)} />
        )}
      </Page>
    </Standalone>
  )
}

function SetupForm({ onBegin }: { onBegin: () => void }) {
  const [setupCode, setSetupCode] = useState('')
  const [university, setUniversity] = useState('')
  const [committee, setCommittee] = useState<string>()
  const [administrator, setAdministrator] = useState({ userName: '', name: '', password: '' })
  const [department, setDepartment] = useState({ userName: '', name: '', studentNumber: '' })
  const committeeName = committee ?? (university.trim() === '' ? '' : `${university.trim()}党委`)
  const setUp = useMutation({
    mutationFn: () => {
      const { studentNumber, ...colleague } = department
      return parseResponse(
        accountsClient.setup.$post({
          json: {
            setupCode,
            universityName: university,
            committeeName,
            administrator,
            department: { ...colleague, ...(studentNumber.trim() && { studentNumber }) },
          },
        }),
      )
    },
    onMutate: onBegin,
  })
  if (setUp.isSuccess) return <Done link={setUp.data.link} expiresAt={setUp.data.expiresAt} name={department.name} />

  const problem = (path: string) => problemIn(setUp.error, path)
  const needs = {
    首次设置码: setupCode.trim() !== '',
    学校名称: university.trim() !== '',
    学校党委名称: committeeName.trim() !== '',
    系统管理员的姓名: administrator.name.trim() !== '',
    系统管理员的用户名: administrator.userName.trim() !== '',
    系统管理员的密码: isGoodPassword(administrator.password, administrator.userName),
    组织部第一位用户的姓名: department.name.trim() !== '',
    组织部第一位用户的用户名: department.userName.trim() !== '',
  }
  const isReady = missingOf(needs).length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) setUp.mutate()
  }
  return (
    <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
      <Section title="确认您是部署人员">
        <TextInput
          label="首次设置码"
          description="启动服务时，显示在执行 npm start 的窗口中；由系统服务启动的，在该服务的日志中。"
          placeholder="如 ABCD-EFGH-JKMN-PRST"
          value={setupCode}
          onChange={(event) => setSetupCode(event.currentTarget.value)}
          error={problem('setupCode')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
        />
      </Section>
      <Section title="学校">
        <FieldGrid>
          <TextInput
            label="学校名称"
            placeholder="如 东湖大学"
            value={university}
            onChange={(event) => setUniversity(event.currentTarget.value)}
            error={problem('universityName')}
            required
          />
          <TextInput
            label="学校党委名称"
            value={committeeName}
            onChange={(event) => setCommittee(event.currentTarget.value)}
            error={problem('committeeName')}
            required
          />
        </FieldGrid>
      </Section>
      <Section
        title="系统管理员"
        lead="负责账号开通和系统运行，不接触党员材料。安全管理员和审计员由其登录后任命，三员不能由同一人兼任。"
      >
        <FieldGrid>
          <TextInput
            label="姓名"
            value={administrator.name}
            onChange={(event) => setAdministrator({ ...administrator, name: event.currentTarget.value })}
            error={problem('administrator.name')}
            autoComplete="name"
            required
          />
          <TextInput
            label="用户名"
            value={administrator.userName}
            onChange={(event) => setAdministrator({ ...administrator, userName: event.currentTarget.value })}
            error={problem('administrator.userName')}
            autoComplete="username"
            autoCapitalize="none"
            required
          />
          <NewPasswordInput
            label="密码"
            value={administrator.password}
            onChange={(password) => setAdministrator({ ...administrator, password })}
            userName={administrator.userName}
            error={problem('administrator.password')}
          />
        </FieldGrid>
      </Section>
      <Section
        title="组织部第一位用户"
        lead="负责建立组织架构、登记任职、导入名册。其本人用邀请链接设置密码，管理员不知道密码。"
      >
        <FieldGrid>
          <TextInput
            label="姓名"
            value={department.name}
            onChange={(event) => setDepartment({ ...department, name: event.currentTarget.value })}
            error={problem('department.name')}
            autoComplete="off"
            required
          />
          <TextInput
            label="用户名"
            value={department.userName}
            onChange={(event) => setDepartment({ ...department, userName: event.currentTarget.value })}
            error={problem('department.userName')}
            autoComplete="off"
            autoCapitalize="none"
            required
          />
          <TextInput
            label="工号（可不填）"
            description="填写后，以后可用统一身份认证登录。"
            value={department.studentNumber}
            onChange={(event) => setDepartment({ ...department, studentNumber: event.currentTarget.value })}
            error={problem('department.studentNumber')}
            autoComplete="off"
          />
        </FieldGrid>
      </Section>
      <ProblemNote error={setUp.error} />
      <StillMissing needs={needs} />
      <Button type="submit" size="md" disabled={!isReady} loading={setUp.isPending}>
        完成设置
      </Button>
    </form>
  )
}

function Done({ link, expiresAt, name }: { link: string; expiresAt: string; name: string }) {
  return (
    <>
      <Alert color="green" title="设置完成">
        请先把下面的链接交给{name}，离开本页后不再显示。
      </Alert>
      <InvitationLinkNote name={name} link={link} expiresAt={expiresAt} />
      <Section title="接下来">
        <ol>
          <li>
            系统管理员：<Link to="/sign-in">登录</Link>
            ，绑定动态口令，再为安全管理员和审计员开通账号；他们绑定动态口令后，予以任命。
          </li>
          <li>{name}：打开邀请链接设置密码，登录后在“导入”页上传现有的名册，或在“组织”页建立组织架构。</li>
        </ol>
      </Section>
    </>
  )
}
