import { Alert, Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ExpertView } from '@zhibu/server/modules/experts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { expertClient, expertQuery, expertsKey } from './api.ts'
import { ConsentDialog } from './ConsentDialog.tsx'
import { ContactLine } from './ContactLine.tsx'
import { ChangeExpertDialog } from './ExpertDialog.tsx'
import { InviteDialog } from './InvitationDialog.tsx'
import { Lectures } from './Lectures.tsx'
import { invitationRow } from './rows.tsx'
import { TakenDays } from './TakenDays.tsx'
import { useWrite } from './useWrite.ts'
import { aboveOne, dayOf, expertColours, expertStateNames, whoIs } from './words.ts'

const route = getRouteApi('/signed-in/training/experts/$expertId')

/** One expert: who they are, what they can speak about and have spoken about, how they are reached, and what is asked of them. */
export function ExpertPage() {
  const { expertId } = route.useParams()
  const { data, error, refetch } = useQuery(expertQuery(expertId))
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="专家" breadcrumbs={aboveOne}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.name}
      breadcrumbs={aboveOne}
      subtitle={
        <>
          {whoIs(it)} <Badge color={expertColours[it.state]}>{expertStateNames[it.state]}</Badge>
        </>
      }
      actions={<Actions it={it} etag={data.etag} />}
    >
      {it.isOwn && it.state !== 'withdrawn' && (
        <Alert color="blue" className="no-print">
          这是{it.organization.name}给您做的登记。
          {it.state === 'listed'
            ? '全校负责培训的人都能看到。不愿意公开的，点“收回同意”；不再讲课的，点“退出专家库”。'
            : '现在只有登记的单位看得到。愿意让全校负责培训的人看到的，点“同意公开”。'}
        </Alert>
      )}
      {it.state === 'withdrawn' ? (
        <Alert color="gray" title="已退出专家库">
          联系方式、主题和简介已经删去，不再列出。讲过的课还在各单位的活动里。要再登记的，请先问过本人。
        </Alert>
      ) : (
        <Facts it={it} />
      )}
      <Lectures it={it} />
      {it.taken.length > 0 && (
        <Section title="已有的约定和希望" lead="别的单位也希望或约定了这些日子。只是提醒，您仍然可以邀请。">
          <TakenDays days={it.taken} />
        </Section>
      )}
      {(it.can.invite || it.invitations.length > 0) && (
        <Section title={it.isOwn && !it.can.invite ? '收到的邀请' : '我们的邀请'}>
          {it.invitations.length === 0 ? (
            <EmptyState title="还没有邀请过" />
          ) : (
            <RowList label="邀请" rows={it.invitations.map((one) => invitationRow(one, 'organization'))} />
          )}
        </Section>
      )}
    </Page>
  )
}

function Facts({ it }: { it: ExpertView }) {
  return (
    <Section title="能讲什么，怎样联系">
      <DescriptionList
        items={[
          {
            label: '能讲的主题',
            value:
              it.topics.length > 0
                ? it.topics.map((topic, at) => (
                    <span key={topic}>
                      {at > 0 && '、'}
                      <Link to="/training/experts" search={{ topic }}>
                        {topic}
                      </Link>
                    </span>
                  ))
                : undefined,
          },
          { label: '简介', value: it.about === '' ? undefined : <span className={parts.text}>{it.about}</span> },
          ...(it.can.readContacts
            ? (['phone', 'email'] as const).map((field) => ({
                label: field === 'phone' ? '电话' : '邮箱',
                value: <ContactLine it={it} field={field} />,
              }))
            : []),
          { label: '报酬', value: '不付酬' },
          {
            label: '公开',
            value: it.consent
              ? `${dayOf(it.consent.on)}同意公开（${it.consent.how}），${it.consent.by}登记`
              : '还没有同意公开，只有登记的单位能看',
          },
          ...(it.person ? [{ label: '对应的人员', value: it.person.name }] : []),
          {
            label: '登记',
            value: (
              <>
                {it.organization.name}，{it.changedBy} <InstantText at={it.changedAt} />
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}

function Actions({ it, etag }: { it: ExpertView; etag: string }) {
  const navigate = route.useNavigate()
  const [asked, setAsked] = useState<'invite' | 'change' | 'consent' | 'withdraw'>()
  const param = { expertId: it.id }
  const takeBack = useWrite(() => parseResponse(expertClient.consent.$delete({ param })))
  const close = () => setAsked(undefined)
  return (
    <>
      {it.can.invite && <Button onClick={() => setAsked('invite')}>邀请讲课</Button>}
      {it.can.agree && (
        <Button variant="default" onClick={() => setAsked('consent')}>
          {it.isOwn ? '同意公开' : '登记同意公开'}
        </Button>
      )}
      {it.can.change && (
        <Button variant="default" onClick={() => setAsked('change')}>
          修改
        </Button>
      )}
      {it.can.takeBack && (
        <ConfirmButton
          question="收回以后，只有登记的单位看得到，别的单位不能再邀请。已经发出的邀请不变。"
          confirmLabel="收回同意"
          isBusy={takeBack.isPending}
          onConfirm={() => takeBack.mutate()}
        >
          收回同意
        </ConfirmButton>
      )}
      {it.can.withdraw && (
        <Button variant="default" onClick={() => setAsked('withdraw')}>
          退出专家库
        </Button>
      )}
      <ProblemNote error={takeBack.error} />
      {asked === 'invite' && (
        <InviteDialog
          it={it}
          onClose={close}
          onDone={(invitationId) =>
            void navigate({ to: '/training/experts/invitations/$invitationId', params: { invitationId } })
          }
        />
      )}
      {asked === 'change' && <ChangeExpertDialog it={it} etag={etag} onClose={close} />}
      {asked === 'consent' && <ConsentDialog it={it} etag={etag} onClose={close} />}
      {asked === 'withdraw' && (
        <ReasonDialog
          title="退出专家库"
          lead="电话、邮箱、主题和简介随即删去，专家库里不再列出，不能恢复。讲过的课留在各单位的活动里，已经发出的邀请不变。"
          label="退出原因"
          submitLabel="退出专家库"
          write={(reason) => parseResponse(expertClient.withdrawal.$post({ param, json: { reason } }))}
          changes={expertsKey}
          onClose={close}
        />
      )}
    </>
  )
}
