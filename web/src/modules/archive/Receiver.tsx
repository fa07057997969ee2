import { Alert, Badge, Button, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReceptionCheck } from '@zhibu/server/modules/archive/reception-schema'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { useState } from 'react'
import { InstantText } from '../../ui/InstantText.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { PersonPicker } from '../people/PersonPicker.tsx'

interface Props {
  found: ReceptionCheck
  /** The one that was chosen. */
  receiver: ReceptionCheck['candidates'][number] | undefined
  /** Why another one cannot be chosen. */
  error: unknown
  /** One of those that were found was chosen. */
  onKnown: (id: string) => void
  onOther: (id: string) => void
}

/** Into whose file a package goes: those with its number or name, or another one. A person chooses; nobody is made by it. */
export function Receiver({ found, receiver, error, onKnown, onOther }: Props) {
  const [person, setPerson] = useState<PersonRow>()
  const [organizationId, setOrganizationId] = useState<string>()
  const { kind } = found.subject
  const { title, lead, none, possible, by } = words[kind]
  const received = receiver?.received ?? null
  return (
    <Section
      title={title}
      lead={lead}
      actions={
        kind === 'person' && (
          <Link to="/people/new" target="_blank">
            登记人员
          </Link>
        )
      }
    >
      <Stack>
        {found.candidates.length === 0 && <p>{none}</p>}
        <RowList
          label={possible}
          rows={found.candidates.map((it) => ({
            key: it.id,
            title: it.name,
            mark: it.id === receiver?.id && <Badge>归入这份档案</Badge>,
            facts: [it.number, it.organization, by[it.by]],
            actions: (
              <Button
                variant="default"
                disabled={it.id === receiver?.id}
                aria-label={`选择${it.name}${it.number ?? ''}`}
                onClick={() => onKnown(it.id)}
              >
                选择
              </Button>
            ),
          }))}
        />
        {kind === 'person' ? (
          <PersonPicker
            label="选择其他人员"
            value={person}
            onChange={(it) => {
              setPerson(it)
              if (it !== undefined) onOther(it.id)
            }}
          />
        ) : (
          <OrganizationPicker
            label="选择其他组织"
            value={organizationId}
            onChange={(id) => {
              setOrganizationId(id)
              if (id !== undefined) onOther(id)
            }}
            among={(it) => it.can.keepFiles && it.dissolvedOn === null}
          />
        )}
        <ProblemNote error={error} />
        {received && (
          <Alert color="gray">
            这个包已由{received.by}于 <InstantText at={received.at} />{' '}
            {received.isRefused
              ? '办理，其中的材料都没有接收。确需归档的，请到档案中逐件归档。'
              : '接收到这份档案，不能重复接收。'}
            <Link to="/archive/receptions/$receptionId" params={{ receptionId: received.id }}>
              查看接收记录
            </Link>
          </Alert>
        )}
      </Stack>
    </Section>
  )
}

const words = {
  person: {
    title: '归入谁的档案',
    lead: '请核对姓名和学号。包里不带身份证号；人员名册中还没有这个人时，先登记，再回来接收。',
    none: '在您管理的人员中没有找到学号或姓名相同的人。',
    possible: '可能的人员',
    by: { number: '学号相同', name: '姓名相同，请核对学号', chosen: '您选择的人员' },
  },
  organization: {
    title: '归入哪个组织的档案',
    lead: '请选择本校承接这份档案的组织。接收时不会新建组织；本校还没有这个组织的，先由上级党组织新设，再回来接收。',
    none: '在您管理的组织中没有找到编码或名称相同的，请在下面选择。',
    possible: '可能的组织',
    by: { number: '组织编码相同，各校编码可能重复，请核对', name: '名称相同，请核对', chosen: '您选择的组织' },
  },
} as const
